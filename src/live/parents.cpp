// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "live/blocks.hpp"
#include "live/children.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using wire::kSubstreams;
using wire::Substreams;

constexpr Duration kAnswerIn = 1s;  // besides the round trip
constexpr Duration kRefused = 1s;   // a peer that had no place is not asked again for
constexpr Duration kGrace = 20s;    // what was on its way when we left is no offence
constexpr Duration kPardonEvery = 2s;
constexpr double kFailureCost = 400'000;  // µs
constexpr int kMarkBits = 3;
constexpr int kShareMax = 8;  // sub-streams from one peer: half
constexpr std::uint8_t kHopsUnknown = wire::Load::kHopsUnknown;

template <class F>
void each(Substreams which, F&& f) {
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (which & bit(s)) f(s);
  }
}

// The mean of what each has.
template <class F>
double mean(Substreams which, F&& f) {
  double sum = 0;
  each(which, [&](std::uint32_t s) { sum += f(s); });
  return sum / std::popcount(which);
}

std::uint8_t hops_of(const Peer& peer, std::uint32_t substream) {
  std::uint8_t hops = peer.load->hops[substream];
  return hops == wire::Load::kHopsFull ? std::uint8_t{0} : hops;
}

bool is_full(const Peer& peer, Substreams which) {
  bool full = false;
  each(which, [&](std::uint32_t s) { full |= peer.load->hops[s] == wire::Load::kHopsFull; });
  return full;
}

// It gets all of these from somebody.
bool gets(const Peer& peer, Substreams which) {
  bool fed = true;
  each(which, [&](std::uint32_t s) {
    fed &= peer.load->hops[s] != kHopsUnknown && peer.load->lag[s] != wire::Load::kLagUnknown;
  });
  return fed;
}

bool has_room(const Peer& peer, Substreams which) {
  return peer.load->free >= std::popcount(which) && !is_full(peer, which);
}

// Until it says again how many are left.
void take_places(Peer& peer, Substreams which) {
  int left = peer.load->free - std::popcount(which);
  peer.load->free = static_cast<std::uint16_t>(std::max(0, left));
}

constexpr double kHopLag = 5;            // 10 ms steps
constexpr Duration kBackfillIn = 700ms;  // for what lies between them and the edge
constexpr std::uint32_t kLookBack = 64;  // blocks
constexpr std::uint32_t kBackMax = 24;   // blocks that a new parent sends of before
constexpr Duration kSilent = 1800ms;     // a parent that sends nothing at all
constexpr double kHopCost = 40'000;      // µs
constexpr double kBetterBy = 80'000;     // µs, and closer to the publisher
constexpr double kMuchBetterBy = 300'000;
constexpr Duration kImproveEvery = 800ms;
constexpr Duration kAnswering = 50ms;
constexpr Duration kOverlap = 1500ms;  // of an old parent and a new one
constexpr Duration kOrphan = 150ms;    // then also those are asked that have no free place

}  // namespace

Parents::Parents(Context& context)
    : c_(context), first_(static_cast<std::uint32_t>(context.random() % kSubstreams)) {
  while (std::popcount(mark_) < kMarkBits) mark_ |= std::uint64_t{1} << context.random() % 64;
  parent_.fill(kNobody);
  pending_.fill(kNobody);
  before_.fill(kNobody);
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

double Parents::score(const Peer& peer, Substreams which) const {
  return mean(which, [&](std::uint32_t s) { return peer.load->lag[s] * 10'000.0; }) +
         static_cast<double>(peer.rtt.count()) / 2 + peer.failures * kFailureCost;
}

// Whom to ask for these sub-streams, which change hands together.
std::optional<PeerId> Parents::best(Substreams wanted, Instant now) {
  std::optional<PeerId> best;
  double least = 1e18;
  int usable = 0;
  auto first = static_cast<std::uint32_t>(std::countr_zero(wanted));
  int size = std::popcount(wanted);
  bool orphan = now - orphan_since_[first] > kOrphan;
  for (const auto& [id, peer] : c_.peers) {
    if (peer.cut_off || !peer.load || !gets(peer, wanted)) continue;
    ++usable;
    // Whoever gets it from us; who gets it through us refuses by the way it comes.
    if (peer.giving & wanted || peer.ask_not_before > now) continue;
    bool room = has_room(peer, wanted);
    bool spare = peer.load->places >= peer.load->used + size && !is_full(peer, wanted);
    bool maybe = spare || gives_up_for(peer, wanted);
    if (!room && !(orphan && maybe)) continue;
    int share = std::popcount(static_cast<Substreams>(peer.taking | peer.asked | wanted));
    if (share > std::max(kShareMax, size) && c_.peers.size() > 1) continue;
    double cost = score(peer, wanted) + (room ? 0 : 1e6) + static_cast<double>(c_.random() % 16384);
    if (cost < least) best = id, least = cost;
  }
  // With nobody but one peer, half of the show is not enough.
  if (!best && usable == 1) {
    for (const auto& [id, peer] : c_.peers) {
      bool can = !peer.cut_off && peer.load && peer.load->free > 0 && peer.ask_not_before <= now;
      if (can && gets(peer, wanted)) best = id;
    }
  }
  return best;
}

std::uint32_t Parents::from_block(Substreams wanted) const {
  std::uint32_t end = c_.ledger.head() ? c_.ledger.head()->complete_blocks() : 0;
  std::uint32_t least = std::max(c_.puller->first_block(), end - std::min(end, kBackMax));
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
    bool fed = parent_[s] != kNobody || before_[s] != kNobody;
    if (which & bit(s) && !fed) return false;
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
      PeerId old = parent_[s] != kNobody ? parent_[s] : before_[s];
      stop_old(s, now);
      from_[s] = pending_from_[s];
      if (old != id && c_.find(old)) leaving_[s] = {old, from_[s], now};
      before_[s] = kNobody;
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
    if (lost & bit(s) && parent_[s] == id) parent_[s] = kNobody, before_[s] = id;
  }
  if (auto stale = static_cast<Substreams>(granted & ~(peer.taking | peer.asked))) {
    // It agreed to what we had given up waiting for.
    not_expected(peer, stale, now);
    say_again(id, peer);
  }
  way_came(id, message, now);
  if (refused | lost) peer.ask_not_before = now + kRefused;
  if (peer.load) peer.load->free = message.free;
  if (refused | lost) pump(now);
}

// Which way our sub-streams come; not through ourselves, or they would come no more.
void Parents::way_came(PeerId id, const wire::Subscribed& message, Instant now) {
  Substreams changed = 0, loop = 0;
  std::size_t at = 0;
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (!(message.granted & bit(s))) continue;
    std::uint64_t way = message.ways[at++];
    if (parent_[s] != id) continue;
    if (std::exchange(way_[s], way) != way) changed |= bit(s);
    if ((way & mark_) != mark_) continue;
    each(c_.bundle_of(s), [&](std::uint32_t t) {
      if (parent_[t] != id) return;
      loop |= bit(t);
      parent_[t] = kNobody;
    });
  }
  if (loop) release(id, loop, now);
  if (changed) c_.children->way_changed(changed);
}

std::uint64_t Parents::way(std::uint32_t substream) const {
  if (c_.config.publisher) return 0;
  return parent_[substream] == kNobody ? mark_ : way_[substream] | mark_;
}

void Parents::peer_gone(PeerId id) {
  for (std::uint32_t s = 0; s < kSubstreams; ++s) {
    if (parent_[s] == id) parent_[s] = kNobody;
    if (pending_[s] == id) pending_[s] = kNobody;
    if (before_[s] == id) before_[s] = kNobody;
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
    if (parent_[s] != id && before_[s] != id) return;
    auto behind = delay_ms / 10;
    auto lag = std::clamp<std::int64_t>(behind, 0, wire::Load::kLagUnknown - 1);
    bool first = lag_[s] == wire::Load::kLagUnknown;
    lag_[s] = static_cast<std::uint8_t>(first ? lag : (3 * lag_[s] + lag + 2) / 4);
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
    if (parent_[s] == kNobody) lag[s] = wire::Load::kLagUnknown;
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
    if (parent_[s] == kNobody) hops[s] = kHopsUnknown;
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
  if (id == kNobody) return;
  bool silent = now - std::max(c_.peers.at(id).block_at, asked_at_[s]) > kSilent;
  if (!silent) return;
  ++c_.stats.left;
  Substreams which = 0;
  each(c_.bundle_of(s), [&](std::uint32_t t) {
    if (parent_[t] != id) return;
    which |= bit(t);
    parent_[t] = kNobody;
    lag_[t] = wire::Load::kLagUnknown;
  });
  c_.peers.at(id).failures += 0.5;
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

// Closer to the publisher, where there is room: one bundle at a time, and the old parent is let go
// when the new one has agreed.
void Parents::improve(Instant now, std::map<PeerId, Substreams>& wishes) {
  if (now < next_improve_ || !wishes.empty()) return;
  PerSubstream late = lag(now);
  next_improve_ = now + kImproveEvery + Duration(c_.random() % 500'000);
  std::optional<PeerId> to;
  Substreams which = 0;
  double gain = 0;
  for (std::uint32_t b = 0; b < c_.bundles; ++b) {
    Substreams bundle = c_.bundle_of(b);
    if (!settled(bundle)) continue;
    for (const auto& [id, peer] : c_.peers) {
      if (peer.cut_off || !peer.load || peer.asked || peer.ask_not_before > now) continue;
      if (std::popcount(static_cast<Substreams>(peer.taking | bundle)) >
          std::max(kShareMax, std::popcount(bundle)))
        continue;
      double more = gain_of(peer, bundle, late);
      if (more > gain) gain = more, to = id, which = bundle;
    }
  }
  if (!to) return;
  Peer& peer = c_.peers.at(*to);
  which &= static_cast<Substreams>(~peer.taking);
  take_places(peer, which);
  each(which, [&](std::uint32_t s) { pending_[s] = *to; });
  peer.asked |= which;
  wishes[*to] |= which;
}

// All of these come, and nobody else was asked for them.
bool Parents::settled(Substreams which) const {
  bool settled = true;
  each(which, [&](std::uint32_t s) { settled &= parent_[s] != kNobody && pending_[s] == kNobody; });
  return settled;
}

// It is full, but far from the publisher in another sub-stream, which it may give up for this one.
bool Parents::gives_up_for(const Peer& peer, Substreams which) const {
  if (peer.load->places == 0) return false;
  if (places_ >= kPreferBy * peer.load->weakest + 1) return true;
  return mean(which, [&](std::uint32_t s) { return hops_of(peer, s); }) + kCloserBy <=
         peer.load->deepest;
}

double Parents::gain_of(const Peer& peer, Substreams which, const PerSubstream& late) const {
  if (peer.giving & which || (peer.taking & which) == which || !gets(peer, which)) return 0;
  if (!has_room(peer, which) && !gives_up_for(peer, which)) return 0;
  double there = score(peer, which) + kHopCost;
  double here = mean(which, [&](std::uint32_t s) { return late[s] * 10'000.0; });
  bool closer = mean(which, [&](std::uint32_t s) { return hops_of(peer, s); }) <
                mean(
                    which, [&](std::uint32_t s) { return hops_[s]; });
  return there + (closer ? kBetterBy : kMuchBetterBy) < here ? here - there : 0;
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
      if (parent_[s] != kNobody || pending_[s] != kNobody) return;
      if (orphan_since_[s] == Instant{}) orphan_since_[s] = now;
      wanted |= bit(s);
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
  for (auto [id, wanted] : wishes) {
    wish(id, static_cast<Substreams>(c_.peers.at(id).taking | wanted), now);
  }
}

}  // namespace freshet::live
