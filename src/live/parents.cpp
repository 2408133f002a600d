// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "live/blocks.hpp"
#include "live/children.hpp"
#include "live/parts.hpp"
#include "live/substreams.hpp"

namespace freshet::live {
namespace {

using wire::kSubstreams;
using wire::Substreams;

constexpr Duration kAnswerIn = 1s;  // besides the round trip
constexpr Duration kRefused = 1s;   // a peer that had no place is not asked again for
constexpr Duration kGrace = 20s;    // what was on its way when we left is no offence
constexpr Duration kPardonEvery = 2s;
constexpr int kMarkBits = 3;
constexpr std::uint8_t kHopsUnknown = wire::Load::kHopsUnknown;

constexpr double kHopLag = 5;            // 10 ms steps
constexpr Duration kBackfillIn = 700ms;  // for what lies between them and the edge
constexpr std::uint32_t kLookBack = 64;  // blocks
constexpr std::uint32_t kBackMax = 24;   // blocks that a new parent sends of before
constexpr Duration kSilent = 1200ms;     // a parent that sends nothing at all,
constexpr Duration kSilentToo = 2500ms;  // though it lacks the same itself
constexpr double kFellSilent = 0.5;      // failures
constexpr double kSentNothing = 5;  // of what it agreed to send: hardly asked again for a while
constexpr Duration kFirstItsParent = 300ms;
constexpr Duration kAnswering = 50ms;
constexpr Duration kOverlap = 1500ms;  // of an old parent and a new one

}  // namespace

Parents::Parents(Context& context)
    : c_(context), first_(static_cast<std::uint32_t>(context.random() % kSubstreams)) {
  while (std::popcount(mark_) < kMarkBits) mark_ |= std::uint64_t{1} << context.random() % 64;
  parent_.fill(kNobody);
  pending_.fill(kNobody);
  lag_.fill(wire::Load::kLagUnknown);
  hops_.fill(kHopsUnknown);
}

void Parents::stop() {
  for (auto& [id, peer] : c_.peers) {
    if (peer.taking | peer.asked) c_.send(id, wire::Subscribe{0, 0, mark_});
    peer.taking = peer.asked = 0;
  }
  parent_.fill(kNobody);
  pending_.fill(kNobody);
}

std::uint32_t Parents::from_block(Substreams wanted) const {
  std::uint32_t end = c_.ledger.head() ? c_.ledger.head()->complete_blocks() : 0;
  std::uint32_t least = std::max(c_.puller->first_block(), end - std::min(end, kBackMax));
  // Of a tail that grows no more, all may be here.
  std::size_t tail = c_.partial_size(end);
  bool last = c_.ledger.ended() && tail > 0 && tail == c_.ledger.head()->tail_bytes();
  if (last && wanted & substream_bit(end)) return end + 1;
  // After the newest that is here or on its way: what is missing before it is asked for by name.
  std::uint32_t from = end;
  while (from > least) {
    bool here = c_.held.has(from - 1) || c_.puller->is_open(from - 1);
    if (here && wanted & substream_bit(from - 1)) break;
    // What nobody can check yet has to wait, and there is room for few.
    if (end - from >= kUncoveredPeerMax && !c_.leaf_known(from - 1)) break;
    --from;
  }
  return from;
}

// Somebody sends all of these at present.
bool Parents::is_fed(Substreams which) const {
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (which & bit(s) && parent_[s] == kNobody) return false;
  }
  return true;
}

// Blocks that the old parent will have sent when the new one has answered.
std::uint32_t Parents::on_the_way(const Peer& peer) const {
  auto took = static_cast<double>((2 * peer.rtt + kAnswering).count()) / 1e6;
  return static_cast<std::uint32_t>(took * c_.heads->rate() / kBlockSize) + 1;
}

void Parents::wish(PeerId id, Substreams wanted, Instant now) {
  Peer& peer = c_.peers.at(id);
  Substreams fresh = wanted & static_cast<Substreams>(~peer.taking);
  peer.asked = fresh;
  peer.asked_at = now;
  std::uint32_t from = from_block(fresh);
  if (is_fed(fresh)) from = std::max(from, c_.blocks_total() + on_the_way(peer));
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (fresh & bit(s)) pending_from_[s] = from, asked_at_[s] = now;
  }
  c_.send(id, wire::Subscribe{wanted, from, mark_});
}

// What is on its way still is no offence.
void Parents::not_expected(Peer& peer, Substreams which, Instant now) {
  if (now > peer.taken_until) peer.taken = 0;
  peer.taken |= which;
  peer.taken_until = now + kGrace;
}

// What we want of it still, and nothing more.
void Parents::say_again(PeerId id, const Peer& peer) {
  auto wanted = static_cast<Substreams>(peer.taking | peer.asked);
  c_.send(id, wire::Subscribe{wanted, c_.blocks_total(), mark_});
}

void Parents::release(PeerId id, Substreams which, Instant now) {
  Peer* peer = c_.find(id);
  if (!peer || !(peer->taking & which)) return;
  not_expected(*peer, which, now);
  peer->taking &= static_cast<Substreams>(~which);
  say_again(id, *peer);
}

// The parent before this one sends what the new one was not asked for; then it may stop.
void Parents::stop_old(std::uint32_t s, Instant now) {
  PeerId id = std::exchange(leaving_[s], {}).id;
  Peer* peer = c_.find(id);
  if (!peer || parent_[s] == id) return;
  if (peer->taking & bit(s)) return release(id, bit(s), now);
  not_expected(*peer, bit(s), now);
  say_again(id, *peer);
}

void Parents::stop_old(Instant now) {
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    const Leaving& old = leaving_[s];
    if (old.id == kNobody) continue;
    std::uint32_t last = old.until - 1 - (old.until - 1 - s) % kSubstreams;
    if (c_.held.has(last) || now - old.since > kOverlap) stop_old(s, now);
  }
}

void Parents::answered(PeerId id, const wire::Subscribed& message, Instant now) {
  Substreams granted = message.granted;
  Peer& peer = c_.peers.at(id);
  // What was asked for since then is answered by a later message.
  Substreams answered = peer.asked & message.wanted;
  Substreams refused = answered & static_cast<Substreams>(~granted);
  Substreams lost = peer.taking & static_cast<Substreams>(~granted);
  Substreams fresh = answered & granted;
  c_.stats.refused += static_cast<std::uint32_t>(std::popcount(refused));
  c_.stats.lost += static_cast<std::uint32_t>(std::popcount(lost));
  peer.asked &= static_cast<Substreams>(~answered);
  not_expected(peer, lost, now);
  peer.taking = static_cast<Substreams>((peer.taking & granted) | fresh);
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if ((fresh | refused) & bit(s) && pending_[s] == id) pending_[s] = kNobody;
    if (fresh & bit(s)) {
      PeerId old = parent_[s];
      stop_old(s, now);
      from_[s] = pending_from_[s];
      if (old != id && c_.find(old)) leaving_[s] = {old, from_[s], now};
      parent_[s] = id;
      newest_[s] = 0;
      orphan_since_[s] = {};
      if (peer.load && peer.load->hops[s] != kHopsUnknown) {
        hops_[s] = static_cast<std::uint8_t>(hops_of(peer, s) + 1);
      }
      // What is to be expected, until it is measured: others may choose by it already.
      if (lag_[s] == wire::Load::kLagUnknown && peer.load) {
        double expected = score(peer, bit(s)) / 10'000 + kHopLag;
        lag_[s] = static_cast<std::uint8_t>(std::min(expected, wire::Load::kLagUnknown - 1.0));
      }
    }
    if (lost & bit(s) && parent_[s] == id) parent_[s] = kNobody;
    if (parent_[s] != id) continue;
    ending_ &= static_cast<Substreams>(~bit(s));
    ending_ |= message.ending & bit(s);
  }
  if (auto stale = static_cast<Substreams>(granted & ~(peer.taking | peer.asked))) {
    // It agreed to what we had given up waiting for.
    not_expected(peer, stale, now);
    say_again(id, peer);
  }
  way_came(id, message, now);
  if (refused | lost) peer.ask_not_before = now + kRefused;
  if (peer.load) peer.load->free = message.free;
  // Nor any that it keeps for who finds nobody else: it is not asked again until it says more.
  if (peer.load && refused && message.free == 0) {
    peer.load->used = std::max(peer.load->used, peer.load->places);
  }
  if (refused | lost) pump(now);
}

// Which way our sub-streams come; not through ourselves, or they would come no more.
void Parents::way_came(PeerId id, const wire::Subscribed& message, Instant now) {
  Substreams loop = 0;
  std::size_t at = 0;
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (!(message.granted & bit(s))) continue;
    std::uint64_t way = message.ways[at++];
    if (parent_[s] != id) continue;
    way_[s] = way;
    if (way == wire::Subscribed::kNowhere || (way & mark_) != mark_) continue;
    each(c_.bundle_of(s), [&](std::uint32_t t) {
      if (parent_[t] != id) return;
      loop |= bit(t);
      parent_[t] = kNobody;
    });
  }
  if (loop) release(id, loop, now);
  tell_ways();
}

// Whoever gets them from us has to know, also when they come no more: it need not wait in vain.
void Parents::tell_ways() {
  Substreams changed = 0;
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (std::exchange(told_way_[s], way(s)) != way(s)) changed |= bit(s);
  }
  if (changed) c_.children->way_changed(changed);
}

std::uint64_t Parents::way(std::uint32_t substream) const {
  if (c_.config.publisher) return 0;
  return is_rooted(substream) ? way_[substream] | mark_ : wire::Subscribed::kNowhere;
}

Substreams Parents::rooted() const {
  if (c_.config.publisher) return 0xffff;
  Substreams rooted = 0;
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (is_rooted(s)) rooted |= bit(s);
  }
  return rooted;
}

void Parents::peer_gone(PeerId id) {
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (parent_[s] == id) parent_[s] = kNobody;
    if (pending_[s] == id) pending_[s] = kNobody;
    if (leaving_[s].id == id) leaving_[s] = {};
  }
}

void Parents::got(PeerId id, std::uint32_t block, std::uint8_t hops, Instant now) {
  std::uint32_t s = substream_of(block);
  c_.peers.at(id).block_at = now;
  if (parent_[s] == id) newest_[s] = std::max(newest_[s], block);
  if (parent_[s] == id && hops < kHopsUnknown - 1) hops_[s] = static_cast<std::uint8_t>(hops + 1);
  const HeadLine::Covered* head = c_.heads->covered(block);
  if (!head) return;
  if (auto show = c_.clock->show_us(now)) {
    std::int64_t delay_ms = *show / 1000 - static_cast<std::int64_t>(head->published_ms);
    c_.audiences->got(block, std::max<std::int64_t>(0, delay_ms));
    if (parent_[s] != id) return;
    auto behind = delay_ms / 10;
    auto lag = std::clamp<std::int64_t>(behind, 0, wire::Load::kLagUnknown - 1);
    bool first = lag_[s] == wire::Load::kLagUnknown;
    // Each of them has a block a second: what has become better should not take long to be known.
    int old = lag < lag_[s] ? 2 : 3;
    lag_[s] = static_cast<std::uint8_t>(first ? lag : (old * lag_[s] + (4 - old) * lag + 2) / 4);
  }
}

bool Parents::comes(std::uint32_t block, Instant now) const {
  std::uint32_t s = substream_of(block);
  if (now - asked_at_[s] > kBackfillIn) return false;
  return pending_[s] != kNobody ? block >= pending_from_[s]
                                : parent_[s] != kNobody && block >= from_[s];
}

Parents::PerSubstream Parents::lag(Instant now) const {
  PerSubstream lag = lag_;
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (!is_rooted(s)) lag[s] = wire::Load::kLagUnknown;
  }
  auto show = c_.clock->show_us(now);
  if (!show || !c_.ledger.head() || !c_.puller->begun()) return lag;
  std::uint32_t end = c_.ledger.head()->complete_blocks();
  std::uint32_t from = std::max(c_.puller->first_block(), end - std::min(end, kLookBack));
  Substreams seen = 0;
  // Going back from the newest: a hole that later blocks of its sub-stream came after says nothing
  // of those to come.
  PerSubstream stuck{};
  for (std::uint32_t block = end; block-- > from;) {
    if (seen & substream_bit(block)) continue;
    if (c_.held.has(block)) {
      seen |= substream_bit(block);
      continue;
    }
    const HeadLine::Covered* head = c_.heads->covered(block);
    if (!head) continue;
    auto age = (*show / 1000 - static_cast<std::int64_t>(head->published_ms)) / 10;
    stuck[substream_of(block)] =
        static_cast<std::uint8_t>(std::clamp<std::int64_t>(age, 0, wire::Load::kLagUnknown));
  }
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (lag[s] != wire::Load::kLagUnknown) lag[s] = std::max(lag[s], stuck[s]);
  }
  return lag;
}

std::uint32_t Parents::count() const {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(parent_, [](PeerId id) { return id != kNobody; }));
}

Parents::PerSubstream Parents::hops() const {
  PerSubstream hops = hops_;
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (!is_rooted(s)) hops[s] = kHopsUnknown;
  }
  return hops;
}

std::uint8_t Parents::hops(std::uint32_t block) const {
  return c_.config.publisher ? 0 : hops_[substream_of(block)];
}

bool Parents::passed(std::uint32_t block) const {
  return block < newest_[substream_of(block)];
}

void Parents::failed(std::uint32_t block, Instant now) {
  std::uint32_t s = substream_of(block);
  PeerId id = parent_[s];
  if (!is_rooted(s)) return;  // it said so
  const Peer& peer = c_.peers.at(id);
  // Who lacks it too looks for another parent itself. If all below left at once, the tree would
  // fall apart wherever something stops.
  bool waits_too = peer.block_at > asked_at_[s] && !peer.have.has(block);
  if (now - std::max(peer.block_at, asked_at_[s]) <= (waits_too ? kSilentToo : kSilent)) return;
  double breach = newest_[s] == 0 ? kSentNothing : kFellSilent;
  ++c_.stats.left;
  Substreams which = 0;
  each(c_.bundle_of(s), [&](std::uint32_t t) {
    if (parent_[t] != id) return;
    which |= bit(t);
    parent_[t] = kNobody;
    lag_[t] = wire::Load::kLagUnknown;
  });
  c_.peers.at(id).failures += breach;
  release(id, which, now);
}

void Parents::expire(Instant now) {
  for (auto& [id, peer] : c_.peers) {
    if (!peer.asked || now - peer.asked_at < kAnswerIn + 2 * peer.rtt) continue;
    for (std::uint32_t s = 0; s < kSubstreams; ++s) {
      if (peer.asked & bit(s) && pending_[s] == id) pending_[s] = kNobody;
    }
    peer.asked = 0;
    peer.failures += 1;
    peer.ask_not_before = now + kRefused;
  }
}

// Nobody sends it, or somebody who gets it from nobody: that one looks for another first, and all
// that it sends it to with it.
bool Parents::is_wanted(std::uint32_t s, Instant now) {
  bool stays = is_rooted(s) && !(ending_ & bit(s));
  if (stays) orphan_since_[s] = {};
  if (stays || pending_[s] != kNobody) return false;
  if (orphan_since_[s] == Instant{}) orphan_since_[s] = now;
  return parent_[s] == kNobody || ending_ & bit(s) || now - orphan_since_[s] >= kFirstItsParent;
}

void Parents::pump(Instant now) {
  if (c_.config.publisher || !c_.config.edge || !c_.puller->begun() || c_.ledger.evidence()) return;
  if (now >= next_pardon_) {
    next_pardon_ = now + kPardonEvery;
    for (auto& [id, peer] : c_.peers) peer.failures *= 0.9;
  }
  expire(now);
  stop_old(now);
  places_ = c_.children->places();
  std::map<PeerId, Substreams> wishes;
  // Each viewer begins elsewhere, or all would ask the publisher for the same ones.
  for (std::uint32_t i = 0; i < c_.bundles; ++i) {
    Substreams wanted = 0;
    each(c_.bundle_of(i + first_), [&](std::uint32_t s) {
      if (is_wanted(s, now)) wanted |= bit(s);
    });
    if (!wanted) continue;
    auto id = best(wanted, now);
    if (!id) continue;
    Peer& peer = c_.peers.at(*id);
    if (peer.asked && !wishes.contains(*id)) continue;  // one question at a time
    take_places(peer, wanted);
    each(wanted, [&](std::uint32_t s) { pending_[s] = *id; });
    wishes[*id] |= wanted;
    peer.asked |= wanted;  // counts towards its share at once
  }
  improve(now, wishes);
  tell_ways();
  for (auto [id, wanted] : wishes) {
    wish(id, static_cast<Substreams>(c_.peers.at(id).taking | wanted), now);
  }
}

}  // namespace freshet::live
