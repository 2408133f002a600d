// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "freshet/base/time.hpp"

namespace freshet::live {

// How long even the luckiest of what left within the newest one to two seconds had waited. A queue
// that is empty now and then is a burst, and passes; one that never is, is more than the line
// carries (RFC 8289, section 3).
class StandingQueue {
 public:
  void left(Duration waited, Instant now) {
    turn(now);
    least_ = std::min(least_, waited);
  }
  // At least once a second.
  void turn(Instant now) {
    std::int64_t slot = now / kSlot;
    if (slot == slot_) return;
    Duration newest = std::exchange(least_, Duration::max());
    before_ = std::exchange(slot_, slot) + 1 == slot ? newest : Duration::max();
  }
  // 0: nothing left, or nothing waited.
  [[nodiscard]] Duration wait() const {
    Duration least = std::min(least_, before_);
    return least == Duration::max() ? Duration{} : least;
  }

 private:
  static constexpr Duration kSlot = std::chrono::seconds(1);
  std::int64_t slot_ = 0;
  Duration least_ = Duration::max(), before_ = Duration::max();  // of this slot, of the one before
};

}  // namespace freshet::live
