// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a viewer asks for its sub-streams.
#include <algorithm>
#include <bit>

#include "live/blocks.hpp"
#include "live/children.hpp"
#include "live/substreams.hpp"

namespace freshet::live {
namespace {

using wire::Substreams;

constexpr double kFailureCost = 400'000;  // µs
constexpr int kShareMax = 8;              // sub-streams from one peer: half
constexpr double kHopCost = 40'000;       // µs
constexpr double kBetterBy = 80'000;      // µs, and closer to the publisher
constexpr double kMuchBetterBy = 300'000;
constexpr Duration kImproveEvery = 800ms;
constexpr Duration kOrphan = 50ms;  // then also those are asked that have no free place
// While the old parent still sends, a new one may be so much later, µs, and more with each second.
constexpr double kLaterBy = 300'000;
constexpr double kLaterEach = 50'000;

// µs.
double mean_lag(const Parents::PerSubstream& lag, Substreams which) {
  return mean(which, [&](std::uint32_t s) { return lag[s] * 10'000.0; });
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
    fed &= peer.load->hops[s] != wire::Load::kHopsUnknown &&
           peer.load->lag[s] != wire::Load::kLagUnknown;
  });
  return fed;
}

bool has_room(const Peer& peer, Substreams which) {
  return peer.load->free >= std::popcount(which) && !is_full(peer, which);
}

}  // namespace

double Parents::score(const Peer& peer, Substreams which) const {
  return mean_lag(peer.load->lag, which) + static_cast<double>(peer.rtt.count()) / 2 +
         peer.failures * kFailureCost;
}

// Beyond this a new parent is worse than to wait for another one: all that get these through us
// would be later by as much. Who was next to the publisher is hardly later by less than a second
// wherever there is room, and half of the swarm may be below it.
double Parents::latest(Substreams which, Instant now) const {
  bool comes = (ending_ & which) == which && settled(which);
  if (!comes) return 1e18;
  auto since = orphan_since_[static_cast<std::uint32_t>(std::countr_zero(which))];
  return mean_lag(lag_, which) + kLaterBy +
         kLaterEach * static_cast<double>((now - since).count()) / 1e6;
}

// Whom to ask for these sub-streams, which change hands together.
std::optional<PeerId> Parents::best(Substreams wanted, Instant now) {
  std::optional<PeerId> best;
  double least = 1e18;
  int usable = 0;
  auto first = static_cast<std::uint32_t>(std::countr_zero(wanted));
  int size = std::popcount(wanted);
  bool orphan = now - orphan_since_[first] > kOrphan;
  double most = latest(wanted, now);
  for (const auto& [id, peer] : c_.peers) {
    if (peer.cut_off || !peer.load || !gets(peer, wanted)) continue;
    ++usable;
    // Whoever gets it from us; who gets it through us refuses by the way it comes.
    if ((peer.giving | peer.taking) & wanted || peer.ask_not_before > now) continue;
    bool room = has_room(peer, wanted);
    bool spare = peer.load->places >= peer.load->used + size && !is_full(peer, wanted);
    bool maybe = spare || gives_up_for(peer, wanted);
    if (!room && !(orphan && maybe)) continue;
    int share = std::popcount(static_cast<Substreams>(peer.taking | peer.asked | wanted));
    if (share > std::max(kShareMax, size) && c_.peers.size() > 1) continue;
    double late = score(peer, wanted);
    if (late > most) continue;
    double cost = late + (room ? 0 : 1e6) + static_cast<double>(c_.random() % 16384);
    if (cost < least) best = id, least = cost;
  }
  // With nobody but one peer, half of the show is not enough.
  if (!best && usable == 1) {
    for (const auto& [id, peer] : c_.peers) {
      bool can = !peer.cut_off && peer.load && peer.load->free > 0 && peer.ask_not_before <= now &&
                 !(peer.taking & wanted);
      if (can && gets(peer, wanted)) best = id;
    }
  }
  return best;
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
    // All that get it through us gain as much.
    auto ours = static_cast<double>(1 + c_.children->count(bundle));
    for (const auto& [id, peer] : c_.peers) {
      if (peer.cut_off || !peer.load || peer.asked || peer.ask_not_before > now) continue;
      if (std::popcount(static_cast<Substreams>(peer.taking | bundle)) >
          std::max(kShareMax, std::popcount(bundle)))
        continue;
      double more = gain_of(peer, bundle, late) * ours;
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
  each(which, [&](std::uint32_t s) { settled &= is_rooted(s) && pending_[s] == kNobody; });
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
  double here = mean_lag(late, which);
  bool closer = mean(which, [&](std::uint32_t s) { return hops_of(peer, s); }) <
                mean(
                    which, [&](std::uint32_t s) { return hops_[s]; });
  return there + (closer ? kBetterBy : kMuchBetterBy) < here ? here - there : 0;
}

}  // namespace freshet::live
