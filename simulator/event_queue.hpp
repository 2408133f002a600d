// SPDX-License-Identifier: GPL-3.0-or-later
// What is still to happen, in the order of time; what happens at the same instant, in the order in
// which it was planned, so that a run depends on nothing but its seed.
#pragma once

#include <queue>
#include <vector>

#include "freshet/base/time.hpp"

namespace freshet::sim {

using NodeId = std::uint32_t;

struct Event {
  enum class Kind : std::uint8_t {
    Publish,    // the publisher's next head
    Tick,       // node a: its timer
    Wake,       // node a: something may leave now
    Join,       // node a comes
    Leave,      // node a vanishes
    Connected,  // a connection that a opened to b stands; parcel 1: after an introduction
    Arrived,    // parcel: its last byte reached b's access link
    Delivered,  // parcel: and b itself
    Acked,      // a learns that `parcel` bytes reached b
    Bulk,       // a begins to send b the block `parcel`, of the backlog
    Second,     // once a second: the measurements' clock
    Fault,      // the fault with index a
  };
  Instant at{};
  std::uint64_t order = 0;
  Kind kind{};
  NodeId a = 0;
  NodeId b = 0;
  std::uint32_t parcel = 0;
};

class EventQueue {
 public:
  [[nodiscard]] Instant now() const { return now_; }
  void plan(Instant at, Event::Kind kind, NodeId a = 0, NodeId b = 0, std::uint32_t parcel = 0) {
    Event event{at < now_ ? now_ : at, planned_++, kind, a, b, parcel};
    ++size_;
    std::int64_t slot = event.at / kSlot;
    if (slot <= slot_) {
      soon_.push(event);
    } else if (slot < slot_ + std::ssize(slots_)) {
      slots_[static_cast<std::size_t>(slot) % slots_.size()].push_back(event);
    } else {
      far_.push(event);
    }
  }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::uint64_t planned() const { return planned_; }
  Event next() {
    while (soon_.empty()) advance();
    Event event = soon_.top();
    soon_.pop();
    --size_;
    now_ = event.at;
    return event;
  }

 private:
  struct Later {
    bool operator()(const Event& x, const Event& y) const {
      return x.at != y.at ? x.at > y.at : x.order > y.order;
    }
  };
  using Heap = std::priority_queue<Event, std::vector<Event>, Later>;
  static constexpr Duration kSlot{1000};

  void advance() {
    auto& slot = slots_[static_cast<std::size_t>(++slot_) % slots_.size()];
    for (const Event& event : slot) soon_.push(event);
    slot.clear();
    while (!far_.empty() && far_.top().at / kSlot <= slot_) soon_.push(far_.top()), far_.pop();
  }

  // A heap of a million events is slow, since it is nowhere near the processor: only those of this
  // very millisecond are in order, the others lie in theirs.
  Heap soon_;
  std::vector<std::vector<Event>> slots_{1024};
  Heap far_;  // beyond all of the slots
  std::int64_t slot_ = 0;
  Instant now_{};
  std::uint64_t planned_ = 0;
  std::size_t size_ = 0;
};

}  // namespace freshet::sim
