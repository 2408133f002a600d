// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/rate_keeper.hpp"

#include <algorithm>
#include <utility>

namespace freshet::client {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kLateMs = 2500;  // at the audience: it falls behind
constexpr std::uint32_t kWellMs = 1500;
constexpr double kSmooth = 0.3;
constexpr double kFull = 1.1;    // times the show's rate go out: the line is not what is short
constexpr double kShare = 0.75;  // of what goes out: heads, repairs and what waits need some too
constexpr double kRaise = 1.15;
constexpr double kLeast = 25'000;  // bytes/s
constexpr auto kStarved = 4s;
constexpr auto kSettles = 12s;         // until a change can be judged
constexpr double kPatienceMost = 300;  // s between two attempts at more

}  // namespace

std::optional<int> RateKeeper::take(const engine::Snapshot& snapshot, Time now) {
  auto before = std::exchange(last_, snapshot);
  auto before_at = std::exchange(last_at_, now);
  if (!before || snapshot.size < before->size || snapshot.state != engine::State::Live) return {};
  double seconds = std::chrono::duration<double>(now - before_at).count();
  if (seconds < 0.2) return {};
  double made = static_cast<double>(snapshot.size - before->size) / seconds;
  rate_ += (rate_ == 0 ? 1 : kSmooth) * (made - rate_);
  up_ += (up_ == 0 ? 1 : kSmooth) * (snapshot.up_rate - up_);
  if (limit_ == 0) chosen_ = rate_;
  bool late = snapshot.audience > 0 && snapshot.audience_p50_ms >= kLateMs;
  bool well = snapshot.audience == 0 || snapshot.audience_p50_ms <= kWellMs;
  if (!late || up_ >= kFull * rate_) starved_since_.reset();
  if (!well) well_since_.reset();
  if (late && up_ < kFull * rate_ && !starved_since_) starved_since_ = now;
  if (well && !well_since_) well_since_ = now;
  bool settled = limit_ == 0 || now - changed_at_ >= kSettles;
  if (starved_since_ && now - *starved_since_ >= kStarved && settled) return lower(up_, now);
  auto patience = std::chrono::duration<double>(patience_);
  if (limit_ > 0 && well_since_ && now - *well_since_ >= patience) return raise(now);
  return {};
}

std::optional<int> RateKeeper::lower(double up, Time now) {
  double target = kShare * up;
  // An attempt at more that failed is not made again soon.
  if (limit_ > 0) patience_ = std::min(kPatienceMost, 2 * patience_);
  if (limit_ > 0) target = std::min(target, limit_ / kRaise);
  target = std::max(kLeast, target);
  if (target >= chosen_ || target == limit_) return {};
  limit_ = target;
  changed_at_ = now;
  starved_since_.reset();
  return static_cast<int>(limit_ * 8);
}

std::optional<int> RateKeeper::raise(Time now) {
  limit_ *= kRaise;
  if (limit_ >= chosen_) limit_ = 0;
  changed_at_ = now;
  well_since_.reset();
  return static_cast<int>(limit_ * 8);
}

}  // namespace freshet::client
