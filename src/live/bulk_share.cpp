// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/bulk_share.hpp"

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
// What may be sent at once, of all who have a turn: so many seconds of the uplink.
constexpr double kAllBuffers = 0.06;
constexpr double kSendBuffer = 32 * 1024;  // bytes; libtorrent's send_buffer_watermark
constexpr Duration kTurn = 2s;
// Times the stream. One block takes a slower line for so long that all the newest wait for it.
constexpr double kFast = 1.2;
constexpr Duration kWantsNoMore = 500ms;  // since it last asked

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

bool BulkShare::has_credit(Instant now) {
  double passed = std::chrono::duration<double>(now - std::exchange(at_, now)).count();
  double share = rate();
  double burst = std::max(kBurst, kBurstFor * share);
  credit_ = std::min(burst, credit_ + passed * share);
  // Spent, it is given again in one go: whoever was choked loses a round trip each time.
  if (credit_ <= 0) spent_ = true;
  if (credit_ >= burst / 2) spent_ = false;
  return !spent_;
}

bool BulkShare::has_turn(PeerId peer, Instant now) {
  std::erase_if(turns_,
                [&](const Turn& t) { return t.peer != peer && now - t.asked > kWantsNoMore; });
  auto own = std::ranges::find(turns_, peer, &Turn::peer);
  if (own != turns_.end()) {
    own->asked = now;
    bool over = now - own->since > kTurn && now - others_wait_ < kWantsNoMore;
    if (over) turns_.erase(own);
    return !over;
  }
  double at_once = 1 + c_.pusher->uplink().rate() * kAllBuffers / kSendBuffer;
  if (static_cast<double>(turns_.size()) + 1 > at_once) {
    others_wait_ = now;
    return false;
  }
  turns_.push_back({peer, now, now});
  return true;
}

bool BulkShare::may_repair(Instant now) {
  if (c_.children->used() == 0) return true;
  bool slow = c_.pusher->uplink().rate() < kFast * c_.heads->rate();
  return has_credit(now) && now >= held_until_ && !slow;
}

bool BulkShare::open(PeerId peer, Instant now) {
  bool credit = has_credit(now);
  if (c_.pusher->is_busy(now)) held_until_ = now + kHoldFor;
  if (now < held_until_) return false;
  // Without anybody that the edge is for, nothing is held back, and by a publisher not before its
  // uplink is known.
  bool unknown = c_.config.publisher && !c_.pusher->uplink().measured();
  if (c_.ledger.ended() || c_.children->used() == 0 || unknown) return true;
  return has_turn(peer, now) && credit;
}

}  // namespace freshet::live
