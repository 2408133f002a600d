// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/holdings.hpp"

#include <algorithm>

#include "live/blocks.hpp"

namespace freshet::live {
namespace {

constexpr Duration kEvery = 600ms;
constexpr Duration kEveryChild = 200ms;  // a connection that is idle for longer closes its window

}  // namespace

wire::Have Holdings::have() const {
  wire::Have have;
  if (!c_.ledger.head()) return have;
  std::uint32_t end = c_.ledger.head()->complete_blocks();
  std::uint32_t from = end - std::min(end, kToldMax);
  if (c_.puller->begun()) from = std::max(from, std::min(end, c_.puller->first_block()));
  have.first = std::min(c_.held.first_missing(from), end);
  have.begin = c_.held.run_begin(have.first);
  while (end > have.first && !c_.held.has(end - 1)) --end;
  have.bits.resize((end - have.first + 7) / 8);
  for (std::uint32_t block = have.first; block < end; ++block) {
    std::uint32_t at = block - have.first;
    if (c_.held.has(block)) have.bits[at / 8] |= static_cast<std::uint8_t>(0x80 >> at % 8);
  }
  return have;
}

void Holdings::tell(PeerId peer) {
  c_.send(peer, have());
}

void Holdings::tick(Instant now) {
  std::shared_ptr<const wire::Message> message;
  for (auto& [id, peer] : c_.peers) {
    if (std::exchange(peer.told_anything, false)) peer.told_at = now;
    bool child = peer.giving != 0 && !c_.ledger.ended();
    bool idle = child && now - peer.told_at >= kEveryChild;
    if (!idle && now - peer.have_sent < c_.among_all(kEvery)) continue;
    if (!message) {
      wire::Have fresh = have();
      if (fresh != newest_) ++version_;
      newest_ = std::move(fresh);
      message = std::make_shared<const wire::Message>(newest_);
    }
    if (!child && peer.have_told == version_) continue;
    c_.send(id, message);
    peer.have_sent = now;
    peer.have_told = version_;
  }
}

void Holdings::received(PeerId id, const wire::Have& message, Instant now) {
  Peer& peer = c_.peers.at(id);
  peer.have = message;
  peer.have_at = now;
  std::uint32_t total = c_.blocks_total();
  // What a peer says of the far future is not looked at.
  std::uint32_t end = std::min(message.first + 8 * static_cast<std::uint32_t>(message.bits.size()),
                               total + kToldMax);
  std::uint32_t from = std::max(message.begin, total - std::min(total, kToldMax));
  if (c_.puller->begun()) from = std::max(from, c_.puller->first_block());
  for (std::uint32_t block = c_.held.first_missing(from); block < end;
       block = c_.held.first_missing(block + 1)) {
    Seen& seen = seen_[block % kLookedAt];
    if (seen.block != block && message.has(block)) seen = {block, now};
  }
}

}  // namespace freshet::live
