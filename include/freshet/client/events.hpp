// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a show, as a queue that one thread waits on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>

#include "freshet/engine/events.hpp"

namespace freshet::client {

using engine::BlockEvent;
using engine::ChannelEvent;
using engine::CompleteEvent;
using engine::EarlierEvent;
using engine::EndedEvent;
using engine::FailedEvent;
using engine::FollowUpEvent;
using engine::HeadEvent;
using engine::RejectedEvent;
using engine::ReopenedEvent;
using engine::SeedingEvent;
using engine::Snapshot;
using engine::State;
using engine::WarningEvent;

// Put in by the program itself.
struct InterruptEvent {
  bool terminate = false;  // SIGTERM rather than SIGINT
};
// The line carries less than was chosen for the audience not to fall behind, or more again.
struct LineEvent {
  int limit = 0;         // bits/s that the show is made with at most from now on; 0: as chosen
  bool followed = true;  // false: the source passes on what was encoded elsewhere, and cannot
};
struct SourceEndedEvent {
  std::optional<Error> error;
};
struct OutputEvent {
  enum class Kind { FirstByte, Stall, Resume, Done, Failed } kind = Kind::FirstByte;
  std::uint64_t offset = 0;
  std::optional<Error> error;
};

using AnyEvent =
    std::variant<HeadEvent, BlockEvent, RejectedEvent, EndedEvent, ReopenedEvent, FollowUpEvent,
                 ChannelEvent, EarlierEvent, CompleteEvent, SeedingEvent, WarningEvent, FailedEvent,
                 Snapshot, InterruptEvent, SourceEndedEvent, LineEvent, OutputEvent>;

class EventQueue {
 public:
  // `pushed` is called after each event, on the thread that pushed it; for programs that have an
  // event loop of their own.
  explicit EventQueue(std::function<void()> pushed = {}) : pushed_(std::move(pushed)) {}

  struct Item {
    AnyEvent event;
    std::size_t show = 0;  // which one, when a program has several
  };

  void push(AnyEvent event, std::size_t show = 0) {
    {
      std::lock_guard lock(mutex_);
      queue_.push_back({std::move(event), show});
      changed_.notify_one();
    }
    if (pushed_) pushed_();
  }
  [[nodiscard]] std::optional<Item> pop(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, timeout, [&] { return !queue_.empty(); })) return std::nullopt;
    Item item = std::move(queue_.front());
    queue_.pop_front();
    return item;
  }

 private:
  std::function<void()> pushed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> queue_;
};

}  // namespace freshet::client
