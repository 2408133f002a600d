// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/parts.hpp"

namespace freshet::live {
namespace {

constexpr std::uint32_t kAhead = 16;        // blocks asked for before they exist
constexpr unsigned kOpenPerPeer = 64;       // 1 MiB under way: 20 MB/s at 50 ms
constexpr Duration kBlockTimeout = 1500ms;  // for a block that is known to exist
constexpr Duration kLag = 700ms;            // a parent this late behind another is left
constexpr Duration kSilence = 3s;           // without any head, another parent is tried

}  // namespace

void EdgeFetcher::begin(std::uint32_t first_block, std::uint32_t focus) {
  begun_ = true;
  first_block_ = first_block;
  focus_ = focus;
}

void EdgeFetcher::stop() {
  while (!open_.empty()) close(open_.begin()->first, true);
  if (parent_) c_.send(*std::exchange(parent_, std::nullopt), wire::Follow{false});
}

bool EdgeFetcher::has_request(std::uint32_t first, std::uint32_t count) const {
  auto open = open_.lower_bound(first);
  return open != open_.end() && open->first < first + count;
}

void EdgeFetcher::ask_frontier(PeerId id) {
  c_.send(id, wire::FrontierRequest{c_.ledger.counts()});
}

void EdgeFetcher::choose_parent(Instant now) {
  std::uint64_t ours = c_.ledger.head() ? c_.ledger.head()->seq : 0;
  for (auto& [id, peer] : c_.peers) {
    if (peer.seq <= ours) {
      peer.behind_since = Instant::max();
    } else if (peer.behind_since == Instant::max()) {
      peer.behind_since = now;
    }
  }
  if (parent_) {
    bool late = std::ranges::any_of(c_.peers, [&](const auto& entry) {
      const Peer& peer = entry.second;
      return entry.first != *parent_ && !peer.rejected_us && peer.seq > ours &&
             now - peer.behind_since > kLag;
    });
    bool silent = now - parent_since_ > kSilence && c_.peers.size() > 1 && !c_.ledger.ended();
    bool empty = !c_.ledger.head() && c_.peers.at(*parent_).seq == 0 &&
                 std::ranges::any_of(c_.peers, [](const auto& p) { return p.second.seq > 0; });
    if (!late && !silent && !empty) return;
  }
  std::vector<PeerId> best;
  for (const auto& [id, peer] : c_.peers) {
    if (peer.rejected_us || peer.cut_off || (parent_ && id == *parent_)) continue;
    std::uint64_t top = best.empty() ? 0 : c_.peers.at(best.front()).seq;
    if (peer.seq > top) best.clear();
    if (peer.seq >= top) best.push_back(id);
  }
  if (best.empty()) {
    // Everybody turned us away: ask again, places come free.
    for (auto& [id, peer] : c_.peers) peer.rejected_us = false;
    return;
  }
  if (parent_) c_.send(*parent_, wire::Follow{false});
  parent_ = best[c_.random() % best.size()];
  parent_since_ = now;
  c_.send(*parent_, wire::Follow{true});
  ask_frontier(*parent_);
}

void EdgeFetcher::follow_rejected(PeerId id) {
  if (Peer* peer = c_.find(id)) peer->rejected_us = true;
  if (parent_ == id) parent_.reset();
}

void EdgeFetcher::request(PeerId id, std::uint32_t block, Instant now) {
  request(id, block, now, static_cast<std::uint16_t>(c_.partial_size(block)));
}

void EdgeFetcher::request(PeerId id, std::uint32_t block, Instant now, std::uint16_t offset) {
  open_[block] = {id, offset, now};
  ++c_.peers.at(id).block_requests;
  c_.send(id, wire::BlockRequest{block, offset});
}

void EdgeFetcher::close(std::uint32_t block, bool cancel) {
  auto open = open_.find(block);
  if (open == open_.end()) return;
  if (Peer* peer = c_.find(open->second.peer)) {
    --peer->block_requests;
    if (cancel) {
      c_.send(open->second.peer, wire::BlockCancel{block});
      ++peer->late_blocks;
    }
  }
  open_.erase(open);
}

void EdgeFetcher::request_missing(Instant now) {
  if (!parent_ || !begun_) return;
  // Where the parent stands is not known to us yet: what it would send could not be checked.
  std::uint64_t ours = c_.ledger.head() ? c_.ledger.head()->seq : 0;
  if (c_.peers.at(*parent_).seq > ours) return;
  const auto& head = c_.ledger.head();
  std::uint32_t complete = head ? head->complete_blocks() : 0;
  std::uint32_t end = c_.ledger.ended() ? c_.blocks_total() : complete + kAhead;
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  auto ask = [&](std::uint32_t from, std::uint32_t until) {
    for (std::uint32_t block = c_.held.first_missing(from); block < until;
         block = c_.held.first_missing(block + 1)) {
      if (c_.peers.at(*parent_).block_requests >= kOpenPerPeer) return;
      if (open_.contains(block) || c_.backlog->owns(block / bpp)) continue;
      if (block < complete && !c_.leaf_known(block)) continue;
      bool have_end =
          c_.ledger.ended() && block == complete && c_.partial_size(block) >= head->tail_bytes();
      if (have_end) continue;
      request(*parent_, block, now);
    }
  };
  ask(focus_, end);
  ask(first_block_, std::min(focus_, end));
}

std::optional<PeerId> EdgeFetcher::other_source(PeerId not_this, std::uint32_t block) {
  std::vector<PeerId> others;
  for (const auto& [id, peer] : c_.peers) {
    if (id != not_this && peer.size / kBlockSize > block && peer.block_requests < kOpenPerPeer) {
      others.push_back(id);
    }
  }
  if (others.empty()) return std::nullopt;
  return others[c_.random() % others.size()];
}

void EdgeFetcher::repair(Instant now) {
  if (!c_.ledger.head()) return;
  std::vector<std::uint32_t> late;
  for (const auto& [block, open] : open_) {
    bool exists = block < c_.blocks_total();
    if (exists && now - open.since > kBlockTimeout) late.push_back(block);
  }
  for (std::uint32_t block : late) {
    PeerId was = open_.at(block).peer;
    auto other =
        block < c_.ledger.head()->complete_blocks() ? other_source(was, block) : std::nullopt;
    close(block, true);
    if (other || parent_) request(other.value_or(*parent_), block, now);
  }
}

void EdgeFetcher::pump(Instant now) {
  if (c_.config.publisher) return;
  choose_parent(now);
  repair(now);
  request_missing(now);
  for (auto& [id, peer] : c_.peers) {
    while (!peer.uncovered.empty() && now - peer.uncovered.front().since > kUncoveredFor) {
      peer.uncovered.pop_front();
    }
  }
}

void EdgeFetcher::head_advanced(Instant now) {
  parent_since_ = now;
  if (c_.ledger.ended()) {
    std::vector<std::uint32_t> beyond;
    for (const auto& [block, open] : open_) {
      if (block >= c_.blocks_total()) beyond.push_back(block);
    }
    for (std::uint32_t block : beyond) close(block, true);
  }
  // A request ahead of its time counts as late only from when the block came into being.
  std::uint32_t complete = c_.ledger.head()->complete_blocks();
  for (auto& [block, open] : open_) {
    if (block + 1 >= complete) open.since = now;
  }
  for (auto& [id, peer] : c_.peers) {
    auto waiting = std::exchange(peer.uncovered, {});
    for (const auto& item : waiting) received(id, item.message, now);
  }
  pump(now);
}

EdgeFetcher::Taken EdgeFetcher::take(const wire::BlockMessage& message) {
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
  if (data.size() < kBlockSize) return take_partial(message, data);
  if (!c_.leaf_known(message.block)) return Taken::Uncovered;
  if (!c_.ledger.check_block(message.block, data.view())) {
    return message.offset > 0 ? Taken::Doubtful : Taken::Bad;
  }
  if (changes_tail(message.block, data.view())) return Taken::Changed;
  store_rest(message.block, data);
  c_.block_verified(message.block, std::move(data));
  return Taken::Yes;
}

bool EdgeFetcher::changes_tail(std::uint32_t block, View data) {
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

void EdgeFetcher::store_rest(std::uint32_t block, const SharedBytes& data) {
  View bytes = data.view();
  std::size_t known = 0;
  auto held = c_.partial.find(block);
  if (held != c_.partial.end() &&
      std::equal(held->second.begin(), held->second.end(), bytes.begin())) {
    known = held->second.size();
  }
  View rest = bytes.subspan(known);
  c_.actions.push_back(Store{block, static_cast<std::uint32_t>(known),
                             known == 0 ? data : SharedBytes(Bytes(rest.begin(), rest.end()))});
}

EdgeFetcher::Taken EdgeFetcher::take_partial(const wire::BlockMessage& message,
                                             const SharedBytes& data) {
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
  if (data.size() == known && message.offset == known) return Taken::Useless;
  store_rest(message.block, data);
  c_.set_partial(message.block, Bytes(bytes.begin(), bytes.end()));
  c_.partial_proof[message.block] = c_.ledger.state(ledger::LogKind::Blocks);
  c_.server->available(message.block);
  return Taken::Yes;
}

void EdgeFetcher::hold_uncovered(PeerId id, const wire::BlockMessage& message, Instant now) {
  Peer& peer = c_.peers.at(id);
  std::size_t all = 0;
  for (const auto& entry : c_.peers) all += entry.second.uncovered.size();
  if (peer.uncovered.size() >= kUncoveredPeerMax || all >= kUncoveredMax) {
    if (++peer.overruns >= kAbusesMax) c_.cut_off(id, "blocks that no head covers", false);
    return;
  }
  peer.uncovered.push_back({message, now});
}

// Whether an answer of this peer was still to come.
bool EdgeFetcher::late(PeerId id) {
  Peer& peer = c_.peers.at(id);
  if (peer.late_blocks == 0) return false;
  --peer.late_blocks;
  return true;
}

void EdgeFetcher::received(PeerId id, const wire::BlockMessage& message, Instant now) {
  auto open = open_.find(message.block);
  bool asked = open != open_.end() && open->second.peer == id;
  switch (take(message)) {
    case Taken::Yes:
      c_.stats.payload_in += message.bytes.size();
      break;
    case Taken::Useless:
      c_.stats.duplicate += message.bytes.size();
      if (!asked && !late(id)) c_.abuse(id, "blocks that nobody asked for");
      break;
    case Taken::Uncovered:
      if (asked) {
        close(message.block, false);
        c_.stats.duplicate += message.bytes.size();  // it will have to come again
      } else if (late(id)) {
        c_.stats.duplicate += message.bytes.size();
      } else {
        hold_uncovered(id, message, now);
      }
      return;
    case Taken::Bad:
      c_.cut_off(id, "a block that is not what the publisher signed", true);
      return;
    case Taken::Doubtful:
      // Either this is not true, or what the publisher signed of the block's beginning was not:
      // the whole block tells.
      close(message.block, false);
      request(id, message.block, now, 0);
      return;
    case Taken::Changed:
      c_.judge(id, ledger::Verdict::Contradiction);
      return;
  }
  close(message.block, !asked);
  pump(now);
}

void EdgeFetcher::rejected(PeerId id, std::uint32_t block, Instant now) {
  auto open = open_.find(block);
  if (open == open_.end() || open->second.peer != id) return;
  // Kept as open until it times out, so that the same peer is not asked again at once.
  open->second.since = std::min(open->second.since, now - kBlockTimeout / 2);
}

void EdgeFetcher::peer_gone(PeerId id) {
  std::erase_if(open_, [&](const auto& entry) { return entry.second.peer == id; });
  if (parent_ == id) parent_.reset();
}

}  // namespace freshet::live
