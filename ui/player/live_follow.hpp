// SPDX-License-Identifier: GPL-3.0-or-later
// Staying just behind the live edge: a little faster when more is there than is needed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

namespace freshet::ui::player {

inline constexpr double kLiveStart = 0.3;    // s of media that wait when it begins to be shown
inline constexpr double kLiveTarget = 0.15;  // s that wait just before more comes
inline constexpr double kLiveSlack = 0.08;   // that more does not count as late
inline constexpr double kLiveTooFar = 6.0;   // further behind, one jumps
inline constexpr double kCatchUpSpeed = 1.25;

struct LiveStep {
  double speed = 1;
  bool jump = false;
};

// `buffered`: seconds of media that are here and not shown yet; `fast`: it goes faster already.
[[nodiscard]] constexpr LiveStep follow_edge(double buffered, bool fast) {
  if (buffered > kLiveTooFar) return {1.05, true};
  if (buffered > 1) return {1.05, false};
  // Once faster, until the target is reached: no hunting around the limit.
  if (buffered > kLiveTarget + kLiveSlack || (fast && buffered > kLiveTarget)) return {1.03, false};
  return {1, false};
}

// What waits is most just after a chunk came and least just before the next: the least of the last
// one to two seconds was never used.
class Reserve {
 public:
  // `now` in ms of any clock that goes on; `buffered` in s. Returns the least, s.
  double add(std::int64_t now, double buffered) {
    if (now - since_ >= kSpanMs) {
      before_ = std::exchange(least_, buffered);
      since_ = now;
    }
    least_ = std::min(least_, buffered);
    return std::min(least_, before_);
  }

 private:
  static constexpr std::int64_t kSpanMs = 1000;
  static constexpr double kNone = 1e9;
  std::int64_t since_ = 0;
  double least_ = kNone, before_ = kNone;
};

}  // namespace freshet::ui::player
