// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a show as libmpv reads them (mpv/stream_cb.h). mpv's demuxer thread blocks in a
// read until the bytes are here, the show ends, or mpv gives the file up.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "freshet/client/playable.hpp"

struct mpv_handle;
struct mpv_stream_cb_info;

namespace freshet::ui::player {

class Feed {
 public:
  Feed();
  // Only after mpv_terminate_destroy(): mpv may call back until then.
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // Once, after mpv_initialize().
  [[nodiscard]] bool register_with(mpv_handle* mpv);
  // Any thread: what is read under the returned URL, from byte `base` on. Older URLs are void.
  // `size` is told to mpv; none: it is not known yet.
  [[nodiscard]] std::string offer(std::shared_ptr<const client::Playable> playable,
                                  std::uint64_t base, std::optional<std::uint64_t> size);
  // Any thread: the byte that the newest reader waits for, if it does.
  [[nodiscard]] std::optional<std::uint64_t> waiting_at() const;
  // Any thread: the newest reader met an error, which mpv cannot tell from an end.
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  struct Reader;
  static int open(void* self, char* uri, mpv_stream_cb_info* info);

  struct Offer {
    unsigned number = 0;
    std::shared_ptr<const client::Playable> playable;
    std::uint64_t base = 0;
    std::optional<std::uint64_t> size;
  };
  std::mutex mutex_;
  Offer offer_;
  std::vector<std::unique_ptr<Reader>> readers_;  // kept: mpv cancels readers that it has closed
  std::atomic<std::int64_t> waiting_at_{-1};
  std::atomic<bool> failed_{false};
  std::atomic<unsigned> newest_{0};
};

}  // namespace freshet::ui::player
