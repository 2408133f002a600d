// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/children.hpp"

namespace freshet::live {
namespace {

constexpr double kShare = 0.7;        // of the uplink, the live edge included
constexpr double kLeast = 0.03;       // of the uplink
constexpr double kOfPublisher = 0.3;  // of the stream
constexpr std::size_t kCrowd = 8;     // peers; fewer may have nobody but the publisher
constexpr double kBurst = 32 * 1024;  // bytes
constexpr Duration kHoldFor = 300ms;  // asking again after a pause costs round trips
constexpr double kBurstFor = 0.5;     // seconds at that rate

}  // namespace

void BulkShare::sent(std::size_t bytes) {
  credit_ = std::max(-kBurst, credit_ - static_cast<double>(bytes));
}

double BulkShare::rate() const {
  const Uplink& uplink = c_.pusher->uplink();
  double stream = c_.heads->rate();
  double edge = stream * c_.children->used() / wire::kSubstreams;
  double rate = std::max(kLeast * uplink.rate(), kShare * uplink.rate() - edge);
  if (c_.config.publisher && c_.peers.size() > kCrowd) rate = std::min(rate, kOfPublisher * stream);
  return rate;
}

bool BulkShare::open(Instant now) {
  double passed = std::chrono::duration<double>(now - std::exchange(at_, now)).count();
  double share = rate();
  double burst = std::max(kBurst, kBurstFor * share);
  credit_ = std::min(burst, credit_ + passed * share);
  // Spent, it is given again in one go: whoever was choked loses a round trip each time.
  if (credit_ <= 0) spent_ = true;
  if (credit_ >= burst / 2) spent_ = false;
  if (c_.pusher->is_busy(now)) held_until_ = now + kHoldFor;
  if (now < held_until_) return false;
  // Before the uplink is known, and without anybody that the edge is for, nothing is held back.
  bool free = c_.ledger.ended() || c_.children->used() == 0 || !c_.pusher->uplink().measured();
  return free || !spent_;
}

}  // namespace freshet::live
