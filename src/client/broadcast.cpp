// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/broadcast.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "freshet/client/library.hpp"

namespace freshet::client {
namespace {

using namespace std::chrono_literals;

constexpr double kAnnounceAt = 0.95;  // of the capacity
// Of a part of video that is soon full the next one is announced earlier, and it ends at a
// keyframe.
constexpr double kAnnounceBefore = 4;  // seconds, at the rate of the part so far
constexpr double kCutBefore = 1.5;
// Long enough for viewers to join the next show before this one ends.
constexpr auto kOverlap = 2s;
constexpr std::size_t kEarlierMost = 5;  // recordings that a show names

}  // namespace

Broadcast::Broadcast(Client& client, NetworkOptions network, PublishOptions options,
                     PublishPlan plan, EventQueue& events)
    : client_(client),
      network_(std::move(network)),
      options_(std::move(options)),
      plan_(std::move(plan)),
      events_(events) {}

Broadcast::~Broadcast() {
  if (looks_back_.joinable()) looks_back_.join();
}

Expected<std::unique_ptr<Broadcast>> Broadcast::open(Client& client, const NetworkOptions& network,
                                                     PublishOptions options, PublishPlan plan,
                                                     EventQueue& events) {
  std::unique_ptr<Broadcast> broadcast(
      new Broadcast(client, network, std::move(options), std::move(plan), events));
  if (auto begun = broadcast->begin(); !begun) return tl::make_unexpected(begun.error());
  return broadcast;
}

void Broadcast::say(bool on_air) {
  if (!channel_) {
    channel_ = std::make_shared<ledger::KeyPair>(ledger::KeyPair::from_seed(plan_.channel.seed()));
  }
  airs_ = on_air;
  auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  client_.say(channel_,
              {now.count(), on_air, options_.channel_name, shows_.at(current_).link().descriptor});
}

Expected<void> Broadcast::begin() {
  if (!plan_.unfinished) return begin_new();
  std::uint64_t before = 0;
  for (const auto& part : plan_.earlier) {
    // Whoever is behind, or comes with the broadcast's link, still needs these.
    auto show = client_.resume(part, {}, events_, shows_.size());
    if (!show) return tl::make_unexpected(show.error());
    before += part.size;
    add(std::move(*show));
  }
  auto show = client_.resume(*plan_.unfinished, options_.torrent_file, events_, shows_.size());
  if (!show && show.error().code == ErrorCode::Stale) {
    events_.push(WarningEvent{"stale", show.error().message + "; a new show begins instead"},
                 shows_.size());
    return begin_new();
  }
  if (!show) return tl::make_unexpected(show.error());
  bool over = show->is_over();
  written_ = show->resume_at();
  current_ = shows_.size();
  add(std::move(*show));
  if (over) return begin_new();
  goes_on_ = true;
  say(false);
  resume_at_ = before + written_;
  elapsed_ms_ = shows_.front().elapsed_ms();
  return {};
}

Expected<void> Broadcast::begin_new() {
  if (plan_.unfinished) {
    PublishOptions fresh = options_;
    fresh.fresh = true;
    auto plan = plan_publish(network_, fresh);
    if (!plan) return tl::make_unexpected(plan.error());
    plan_ = std::move(*plan);
  }
  auto show = client_.publish(plan_.descriptor, *plan_.show_key, options_, events_, shows_.size());
  if (!show) return tl::make_unexpected(show.error());
  first_ = current_ = shows_.size();
  written_ = 0;
  if (!options_.channel_name.empty() || !options_.channel_picture.empty()) {
    show->announce_channel({options_.channel_name, options_.channel_picture});
  }
  add(std::move(*show));
  say(false);
  looks_back_ = std::thread(
      [this, at = first_, channel = plan_.descriptor.channel_key] { name_earlier(at, channel); });
  return {};
}

void Broadcast::name_earlier(std::size_t show, const PublicKey& channel) {
  std::vector<std::pair<std::filesystem::file_time_type, ledger::Descriptor>> found;
  for (const engine::ShowSummary& it : engine::list_shows(network_.data_dir)) {
    bool ours = it.publisher && it.descriptor.channel_key == channel;
    std::error_code error;
    auto at = std::filesystem::last_write_time(it.file, error);
    if (ours && it.ended && it.size > 0 && !error) found.emplace_back(at, it.descriptor);
  }
  std::ranges::sort(found, std::greater<>(), [](const auto& entry) { return entry.first; });
  if (found.size() > kEarlierMost) found.resize(kEarlierMost);
  OpenShow* open = nullptr;
  {
    std::lock_guard lock(mutex_);
    if (stopped_) return;
    open = &shows_.at(show);
  }
  for (const auto& [at, descriptor] : found) open->announce_earlier(descriptor);
}

void Broadcast::add(OpenShow show) {
  std::lock_guard lock(mutex_);
  shows_.push_back(std::move(show));
  if (stopped_) {
    if (auto in = shows_.back().inlet()) in->close();
  }
}

std::size_t Broadcast::show_count() const {
  std::lock_guard lock(mutex_);
  return shows_.size();
}

std::shared_ptr<engine::Inlet> Broadcast::inlet(std::size_t show) const {
  std::lock_guard lock(mutex_);
  return shows_.at(show).inlet();
}

Expected<void> Broadcast::prepare_next() {
  ++plan_.part;
  ledger::Descriptor next = shows_.at(current_).link().descriptor;
  PublishOptions options = options_;
  options.torrent_file = part_path(options.torrent_file, plan_.part);
  // A publisher that was cut off may have named the next show already.
  auto kept = shows_.at(current_).follow_up();
  Expected<OpenShow> show = freshet::fail(ErrorCode::Internal, "");
  if (kept) {
    auto summary = engine::inspect(engine::show_folder(network_.data_dir, *kept));
    if (!summary) return tl::make_unexpected(summary.error());
    show = client_.resume(*summary, options.torrent_file, events_, shows_.size());
  } else {
    auto key = ledger::KeyPair::generate();
    next.name = part_name(options_.name, plan_.part);
    next.show_key = key.public_key();
    next.planned_start = 0;
    ledger::fill_random(next.salt);
    ledger::certify(next, plan_.channel);
    show = client_.publish(next, key.seed(), options, events_, shows_.size());
  }
  if (!show) return tl::make_unexpected(show.error());
  add(std::move(*show));
  if (!kept) shows_.at(current_).announce_follow_up(next);
  next_ready_ = true;
  announced_ = std::chrono::steady_clock::now();
  return {};
}

void Broadcast::switch_over() {
  inlet(current_)->finish();
  ++current_;
  next_ready_ = false;
  airs_ = false;  // the channel names the new one with its first bytes
  written_ = shows_.at(current_).resume_at();
  part_began_ = std::chrono::steady_clock::now();
}

// How much of the end of the current part has begun: none, the announcing, the cutting.
Broadcast::Closing Broadcast::closing() const {
  auto capacity = static_cast<double>(shows_.at(current_).link().descriptor.size_max());
  auto written = static_cast<double>(written_);
  if (written >= capacity * kAnnounceAt) return Closing::Cut;
  if (!has_keyframes_ || written < capacity / 2) return Closing::None;
  std::chrono::duration<double> aired = std::chrono::steady_clock::now() - part_began_;
  double left = (capacity - written) / std::max(1.0, written / std::max(0.001, aired.count()));
  if (left < kCutBefore) return Closing::Cut;
  return left < kAnnounceBefore ? Closing::Announce : Closing::None;
}

bool Broadcast::write(Bytes bytes, bool keyframe) {
  has_keyframes_ = has_keyframes_ || keyframe;
  while (!bytes.empty()) {
    std::uint64_t capacity = shows_.at(current_).link().descriptor.size_max();
    Closing end = closing();
    if ((end != Closing::None || written_ + bytes.size() > capacity) && !next_ready_) {
      if (auto ready = prepare_next(); !ready) {
        events_.push(FailedEvent{ready.error()}, current_);
        return false;
      }
    }
    bool seen = std::chrono::steady_clock::now() - announced_ >= kOverlap;
    // At a keyframe if there is one in time, so that the next recording can be played by itself.
    if (next_ready_ && (written_ == capacity || (end == Closing::Cut && keyframe && seen))) {
      switch_over();
      continue;
    }
    auto room =
        static_cast<std::size_t>(std::min<std::uint64_t>(capacity - written_, bytes.size()));
    Bytes rest(bytes.begin() + static_cast<std::ptrdiff_t>(room), bytes.end());
    bytes.resize(room);
    if (!inlet(current_)->write({std::move(bytes), keyframe})) return false;
    written_ += room;
    if (!airs_) say(true);
    bytes = std::move(rest);
    keyframe = false;
  }
  return true;
}

void Broadcast::finish() {
  say(false);
  inlet(current_)->finish();
  // The show that was to come next has nothing to say.
  if (next_ready_) inlet(current_ + 1)->finish();
}

void Broadcast::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  for (const OpenShow& show : shows_) {
    if (auto in = show.inlet()) in->close();
  }
}

void Broadcast::close() {
  stop();
  if (looks_back_.joinable()) looks_back_.join();
  // In order: what an earlier show says of the next one must be told first.
  for (OpenShow& show : shows_) show.close();
}

}  // namespace freshet::client
