// SPDX-License-Identifier: GPL-3.0-or-later
// Staying just behind the live edge: a little faster when more is there than is needed.
#pragma once

namespace freshet::ui::player {

inline constexpr double kLiveTarget = 0.3;  // s of media that wait to be shown
inline constexpr double kLiveSlack = 0.08;  // that more does not count as late
inline constexpr double kLiveTooFar = 6.0;  // further behind, one jumps
inline constexpr double kCatchUpSpeed = 1.25;

struct LiveStep {
  double speed = 1;
  bool jump = false;
};

// `buffered`: seconds of media that are here and not shown yet; `fast`: it goes faster already.
[[nodiscard]] constexpr LiveStep follow_edge(double buffered, bool fast) {
  if (buffered > kLiveTooFar) return {1, true};
  if (buffered > 1) return {1.05, false};
  // Once faster, until the target is reached: no hunting around the limit.
  if (buffered > kLiveTarget + kLiveSlack || (fast && buffered > kLiveTarget)) return {1.03, false};
  return {1, false};
}

}  // namespace freshet::ui::player
