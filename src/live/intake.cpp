// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

// A block that is here before its head: its sender has that head, and is asked for it.
constexpr Duration kHeadLate = 40ms;
constexpr int kOverrunsMax = 64;

}  // namespace

Intake::Taken Intake::take(PeerId id, const wire::BlockMessage& message, Instant now) {
  if (c_.held.has(message.block)) return Taken::Useless;
  std::size_t known = c_.partial_size(message.block);
  if (message.offset > known) return Taken::Useless;
  SharedBytes data = message.bytes;
  if (message.offset > 0) {
    const Bytes& prefix = c_.partial.at(message.block);
    Bytes whole(prefix.begin(), prefix.begin() + message.offset);
    View rest = message.bytes.view();
    whole.insert(whole.end(), rest.begin(), rest.end());
    data = std::move(whole);
  }
  if (data.size() < kBlockSize) return take_partial(message, data, now);
  if (!c_.leaf_known(message.block)) return Taken::Uncovered;
  if (!c_.ledger.check_block(message.block, data.view())) {
    return message.offset > 0 ? Taken::Doubtful : Taken::Bad;
  }
  if (changes_tail(message.block, data.view())) return Taken::Changed;
  store_rest(message.block, data);
  c_.parents->got(id, message.block, message.hops, now);
  c_.block_verified(message.block, std::move(data), now);
  return Taken::Yes;
}

bool Intake::changes_tail(std::uint32_t block, View data) {
  auto proof = c_.partial_proof.find(block);
  if (proof == c_.partial_proof.end()) return false;
  std::size_t known = proof->second.head.tail_bytes();
  const Bytes& held = c_.partial.at(block);
  if (data.size() < known || std::equal(held.begin(), held.begin() + known, data.begin())) {
    return false;
  }
  ledger::ChangedTail evidence{
      proof->second, c_.ledger.state(ledger::LogKind::Blocks), {}, Bytes(data.begin(), data.end())};
  const ledger::Tree& blocks = c_.ledger.log(ledger::LogKind::Blocks).tree();
  if (data.size() == kBlockSize) {
    evidence.uncles = blocks.prove(block, 1, blocks.count()).value_or(std::vector<Hash32>{});
  }
  return c_.ledger.accept(evidence);
}

void Intake::store_rest(std::uint32_t block, const SharedBytes& data) {
  View bytes = data.view();
  std::size_t known = 0;
  auto held = c_.partial.find(block);
  if (held != c_.partial.end() &&
      std::equal(held->second.begin(), held->second.end(), bytes.begin())) {
    known = held->second.size();
  }
  View rest = bytes.subspan(known);
  c_.actions.push_back(Store{block, static_cast<std::uint32_t>(known),
                             known == 0 ? data : SharedBytes(Bytes(rest.begin(), rest.end())),
                             c_.puller->is_open(block)});
}

Intake::Taken Intake::take_partial(const wire::BlockMessage& message, const SharedBytes& data,
                                   Instant now) {
  const auto& head = c_.ledger.head();
  if (!head || message.block > head->complete_blocks()) return Taken::Uncovered;
  // Cut at an older head than ours: true perhaps, but nothing can tell any more.
  if (message.block < head->complete_blocks() || data.size() < head->tail_bytes()) {
    return Taken::Useless;
  }
  if (data.size() > head->tail_bytes()) return Taken::Uncovered;
  View bytes = data.view();
  if (!c_.ledger.check_block(message.block, bytes)) {
    return message.offset > 0 ? Taken::Doubtful : Taken::Bad;
  }
  if (changes_tail(message.block, bytes)) return Taken::Changed;
  std::size_t known = c_.partial_size(message.block);
  bool proven = c_.partial_proof.contains(message.block);
  if (data.size() == known && (proven || message.offset == known)) return Taken::Useless;
  store_rest(message.block, data);
  c_.set_partial(message.block, Bytes(bytes.begin(), bytes.end()));
  c_.partial_proof[message.block] = c_.ledger.state(ledger::LogKind::Blocks);
  c_.pusher->available(message.block, now);
  c_.check_ready();
  return Taken::Yes;
}

bool Intake::expected(PeerId id, std::uint32_t block, Instant now) {
  Peer& peer = c_.peers.at(id);
  wire::Substreams sends = peer.taking | peer.asked;
  if (now < peer.taken_until) sends |= peer.taken;
  if (sends & substream_bit(block)) return true;
  if (peer.late_blocks == 0) return false;
  --peer.late_blocks;  // it was asked by name, and given up
  return true;
}

void Intake::hold_uncovered(PeerId id, const wire::BlockMessage& message, bool wanted,
                            Instant now) {
  Peer& peer = c_.peers.at(id);
  std::size_t all = 0;
  for (const auto& entry : c_.peers) all += entry.second.uncovered.size();
  if (peer.uncovered.size() >= kUncoveredPeerMax || all >= kUncoveredMax) {
    // Who sends what we wished for need not know that our heads come late.
    if (++peer.overruns >= (wanted ? kOverrunsMax : kAbusesMax)) {
      c_.cut_off(id, "blocks that no head covers", false);
    }
    c_.heads->ask_frontier_once(id, now);
    return;
  }
  peer.uncovered.push_back({message, now});
}

void Intake::received(PeerId id, const wire::BlockMessage& message, Instant now) {
  bool wanted = c_.puller->asked(id, message.block) || expected(id, message.block, now);
  handle(id, message, wanted, now);
}

void Intake::handle(PeerId id, const wire::BlockMessage& message, bool wanted, Instant now) {
  bool asked = c_.puller->asked(id, message.block);
  switch (take(id, message, now)) {
    case Taken::Yes:
      c_.stats.payload_in += message.bytes.size();
      // The one that was to send it may have it in its queue still.
      if (PeerId parent = c_.parents->parent_of(message.block); parent != kNobody && parent != id) {
        c_.send(parent, wire::BlockCancel{message.block});
      }
      break;
    case Taken::Useless:
      c_.stats.duplicate += message.bytes.size();
      if (!wanted) c_.abuse(id, "blocks that nobody asked for");
      break;
    case Taken::Uncovered:
      if (asked) c_.puller->close(message.block, false);
      hold_uncovered(id, message, wanted, now);
      return;
    case Taken::Bad:
      c_.cut_off(id, "a block that is not what the publisher signed", true);
      return;
    case Taken::Doubtful:
      // Either this is not true, or what the publisher signed of the block's beginning was not:
      // the whole block tells.
      c_.puller->close(message.block, false);
      c_.puller->ask(id, message.block, 0, now);
      return;
    case Taken::Changed:
      c_.judge(id, ledger::Verdict::Contradiction);
      return;
  }
  c_.puller->close(message.block, !asked);
}

bool Intake::waits_for_head(std::uint32_t block) const {
  return std::ranges::any_of(c_.peers, [&](const auto& entry) {
    return std::ranges::any_of(entry.second.uncovered,
                               [&](const auto& item) { return item.message.block == block; });
  });
}

void Intake::advanced(Instant now) {
  for (auto& [id, peer] : c_.peers) {
    peer.overruns = 0;
    if (peer.uncovered.empty()) continue;
    auto waiting = std::exchange(peer.uncovered, {});
    for (const auto& item : waiting) {
      bool covered = c_.leaf_known(item.message.block) ||
                     item.message.block <= c_.ledger.head()->complete_blocks();
      if (covered) {
        handle(id, item.message, true, now);
      } else {
        peer.uncovered.push_back(item);
      }
    }
  }
}

void Intake::pump(Instant now) {
  for (auto& [id, peer] : c_.peers) {
    while (!peer.uncovered.empty() && now - peer.uncovered.front().since > kUncoveredFor) {
      c_.stats.duplicate += peer.uncovered.front().message.bytes.size();  // it has to come again
      peer.uncovered.pop_front();
    }
    if (!peer.uncovered.empty() && now - peer.uncovered.front().since > kHeadLate) {
      c_.heads->ask_frontier_once(id, now);
    }
  }
}

}  // namespace freshet::live
