// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"

namespace freshet::live {
namespace {

constexpr Duration kEvery = 2s;
constexpr std::int64_t kInTimeMs = 3000;    // later, a block is of no use at the edge
constexpr std::int64_t kMissedMs = 10'000;  // what one that is missing counts
// One viewer cannot make a multitude: no peer speaks for more than this.
constexpr std::uint32_t kViewersMax = 10'000'000;

}  // namespace

void Audiences::got(std::uint32_t block, std::int64_t delay_ms) {
  if (block >= looked_at_) count(delay_ms);
}

void Audiences::count(std::int64_t delay_ms) {
  delay_ms_ = delay_ms_ < 0 ? delay_ms : (15 * delay_ms_ + delay_ms) / 16;
}

void Audiences::reported(PeerId id, const wire::Audience& message) {
  Peer& peer = c_.peers.at(id);
  std::uint64_t counted = 0;
  for (std::uint32_t count : message.delays) counted += count;
  // What does not add up, or comes from who does not follow us, is left out.
  if (!peer.follows_us || message.viewers > kViewersMax || counted > message.viewers) return;
  peer.audience = message;
}

wire::Audience Audiences::sum() const {
  wire::Audience all;
  if (!c_.config.publisher) {
    all.viewers = 1;
    if (delay_ms_ >= 0) {
      auto limit = std::ranges::lower_bound(kAudienceLimitsMs, delay_ms_);
      ++all.delays[static_cast<std::size_t>(limit - kAudienceLimitsMs.begin())];
    }
  }
  for (const auto& [id, peer] : c_.peers) {
    if (!peer.follows_us || !peer.audience) continue;
    all.viewers = std::min(kViewersMax, all.viewers + peer.audience->viewers);
    for (std::size_t i = 0; i < all.delays.size(); ++i) all.delays[i] += peer.audience->delays[i];
  }
  return all;
}

// What does not come says nothing of its delay: a line that carries half of the show would look
// like one on which all is well.
void Audiences::count_missed(Instant now) {
  auto show = c_.clock->show_us(now);
  if (!show || !c_.puller->begun() || !c_.ledger.head()) return;
  looked_at_ = std::max(looked_at_, c_.puller->first_block());
  for (; looked_at_ < c_.ledger.head()->complete_blocks(); ++looked_at_) {
    const HeadLine::Covered* head = c_.heads->covered(looked_at_);
    if (!head) continue;  // long ago
    if (*show / 1000 - static_cast<std::int64_t>(head->published_ms) < kInTimeMs) return;
    if (!c_.held.has(looked_at_)) count(kMissedMs);
  }
}

void Audiences::tick(Instant now) {
  if (c_.config.publisher || now < next_) return;
  next_ = now + kEvery;
  count_missed(now);
  if (auto parent = c_.heads->parent()) c_.send(*parent, sum());
}

}  // namespace freshet::live
