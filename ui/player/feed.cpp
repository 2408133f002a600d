// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/feed.hpp"

#include <mpv/client.h>
#include <mpv/stream_cb.h>

#include <charconv>

namespace freshet::ui::player {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kScheme = "freshet://";
// How long a blocked read takes to notice that mpv gave it up.
constexpr auto kLook = 20ms;

}  // namespace

struct Feed::Reader {
  Feed* feed = nullptr;
  unsigned number = 0;
  std::unique_ptr<client::ByteStream> stream;
  std::function<void(std::uint64_t)> reading;
  std::uint64_t base = 0;
  std::uint64_t at = 0;  // in the whole show
  std::optional<std::uint64_t> size;
  std::atomic<bool> cancelled{false};

  void wait_at(std::int64_t byte) const {
    if (feed->newest_ == number) feed->waiting_at_ = byte;
  }
  std::int64_t read(char* out, std::uint64_t count) {
    std::span<std::uint8_t> to(reinterpret_cast<std::uint8_t*>(out), count);
    for (auto patience = 0ms; !cancelled; patience = kLook) {
      client::ReadResult result = stream->read(at, to, patience);
      switch (result.status) {
        case client::StreamStatus::Data:
          wait_at(-1);
          at += result.size;
          return static_cast<std::int64_t>(result.size);
        case client::StreamStatus::End:
          wait_at(-1);
          return 0;
        case client::StreamStatus::Failed:
          if (feed->newest_ == number) feed->failed_ = true;
          return -1;
        case client::StreamStatus::Cancelled:
          return -1;
        case client::StreamStatus::Stalled:
          if (patience == 0ms && reading) reading(at);
          wait_at(static_cast<std::int64_t>(at));
          break;
      }
    }
    return -1;
  }
};

Feed::Feed() = default;
Feed::~Feed() = default;

bool Feed::register_with(mpv_handle* mpv) {
  return mpv_stream_cb_add_ro(mpv, "freshet", this, &Feed::open) == 0;
}

std::string Feed::offer(std::shared_ptr<const client::Playable> playable, std::uint64_t base,
                        std::optional<std::uint64_t> size) {
  std::lock_guard lock(mutex_);
  offer_ = {offer_.number + 1, std::move(playable), base, size};
  newest_ = offer_.number;
  waiting_at_ = -1;
  failed_ = false;
  return std::string(kScheme) + std::to_string(offer_.number);
}

std::optional<std::uint64_t> Feed::waiting_at() const {
  std::int64_t at = waiting_at_;
  return at < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(at));
}

int Feed::open(void* self, char* uri, mpv_stream_cb_info* info) {
  auto* feed = static_cast<Feed*>(self);
  std::string_view text(uri);
  text.remove_prefix(std::min(text.size(), kScheme.size()));
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  std::lock_guard lock(feed->mutex_);
  if (number != feed->offer_.number || !feed->offer_.playable) return MPV_ERROR_LOADING_FAILED;
  auto reader = std::make_unique<Reader>();
  reader->feed = feed;
  reader->number = number;
  reader->stream = feed->offer_.playable->stream();
  reader->reading = feed->offer_.playable->reading;
  reader->base = reader->at = feed->offer_.base;
  reader->size = feed->offer_.size;
  info->cookie = reader.get();
  info->read_fn = [](void* c, char* out, std::uint64_t count) {
    return static_cast<Reader*>(c)->read(out, count);
  };
  info->seek_fn = [](void* c, std::int64_t offset) -> std::int64_t {
    auto* r = static_cast<Reader*>(c);
    if (offset < 0) return MPV_ERROR_GENERIC;
    r->at = r->base + static_cast<std::uint64_t>(offset);
    return offset;
  };
  info->size_fn = [](void* c) -> std::int64_t {
    auto* r = static_cast<Reader*>(c);
    if (!r->size) return MPV_ERROR_UNSUPPORTED;
    return static_cast<std::int64_t>(*r->size - r->base);
  };
  // mpv may cancel a reader again after it has closed it, so a reader stays until the feed goes;
  // what it holds open does not.
  info->cancel_fn = [](void* c) { static_cast<Reader*>(c)->cancelled = true; };
  info->close_fn = [](void* c) {
    auto* r = static_cast<Reader*>(c);
    r->cancelled = true;
    r->stream.reset();
    r->reading = nullptr;
  };
  feed->readers_.push_back(std::move(reader));
  return 0;
}

}  // namespace freshet::ui::player
