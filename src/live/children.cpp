// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/children.hpp"

#include <algorithm>
#include <bit>
#include <climits>

#include "live/blocks.hpp"
#include "live/substreams.hpp"

namespace freshet::live {
namespace {

using wire::Substreams;

constexpr double kPlacesStart = 12;    // until something is measured: as many as most lines carry
constexpr double kLoadShare = 0.8;     // of the uplink: a fuller one has queues
constexpr double kEasyShare = 0.9;     // of the places: blocks wait little
constexpr double kTooMany = 1.25;      // times what the uplink carries
constexpr double kRateLeast = 10'000;  // bytes/s
constexpr double kFollowerCost = 0.2;  // of a sub-stream: heads are about 1 % of the stream
// How long every block waits here.
constexpr Duration kWaitedFull = 50ms;   // nobody more, but who finds nobody else
constexpr Duration kWaitedHard = 80ms;   // nobody at all
constexpr Duration kWaitedHigh = 100ms;  // somebody has to go
constexpr int kOverloadsMax = 4;         // in a row
constexpr Duration kAdaptEvery = 250ms;
constexpr int kOfPublisher = 2;  // sub-streams that one peer gets of it, if there are others
constexpr Duration kKeep = 4s;   // a new child is not given up before
constexpr Duration kKeepOfPublisher = 1s;
constexpr Duration kGoing = 1500ms;         // who has to go has so long to find another
constexpr Duration kGoingOfPublisher = 8s;  // who stands next to it has the most below it,
constexpr Duration kGoingAtMost = 40s;      // and keeps what others get through it, if need be
constexpr Duration kGiveUpEvery = 1s;
constexpr Duration kLoadEvery = 1500ms;
constexpr Duration kLoadAgain = 2s;
constexpr Duration kLoadSoonest = 400ms;
// What a publisher sent goes on to most of its other neighbours meanwhile, or it goes nowhere.
constexpr Duration kPassesIn = 3s;
constexpr Duration kBarrenEvery = 500ms;
constexpr Duration kBarrenFor = 60s;
constexpr Duration kProves = 1500ms;     // of a publisher's copies not all are new at once
constexpr std::uint32_t kLookedAt = 16;  // blocks
constexpr int kWitnesses = 4;            // fewer say too little
constexpr Duration kSettlesIn = 5s;      // who came later had no parents yet, in a crowd
constexpr int kHardlyAny = 16;           // less than one of so many has it
constexpr int kLagStep = 8;              // a change of a lag that is worth telling, 10 ms

// Whoever gets these through it would lose them too.
bool passes_on(const Peer& peer, Substreams which) {
  bool any = false;
  each(which, [&](std::uint32_t s) { any |= peer.load && peer.load->children[s] > 0; });
  return any;
}

}  // namespace

Children::Children(Context& context)
    : c_(context), places_(context.config.publisher ? context.config.places_max : kPlacesStart) {}

unsigned Children::used() const {
  unsigned places = 0;
  for (const auto& [id, peer] : c_.peers) {
    places += static_cast<unsigned>(std::popcount(peer.stays()));
  }
  return places;
}

std::ptrdiff_t Children::count(Substreams which) const {
  return std::ranges::count_if(
      c_.peers, [&](const auto& entry) { return (entry.second.stays() & which) != 0; });
}

std::uint16_t Children::places() const {
  double places = std::min<double>(places_, c_.config.places_max);
  for (const auto& [id, peer] : c_.peers) {
    places -= peer.follows_us && !c_.config.publisher ? kFollowerCost : 0;
  }
  return static_cast<std::uint16_t>(std::max(0.0, places));
}

std::uint16_t Children::free() const {
  unsigned taken = used();
  if (c_.pusher->waited() > kWaitedFull) return 0;  // it carries what it has, but no more
  auto easy = static_cast<unsigned>(c_.config.publisher ? places() : kEasyShare * places());
  return easy > taken ? static_cast<std::uint16_t>(easy - taken) : 0;
}

// What a child has to do without, it gets for a moment longer, in which it can find another parent:
// those that get it through that child need not notice.
void Children::give_up(PeerId id, Substreams which, Instant now) {
  Peer& peer = c_.peers.at(id);
  peer.going |= which & peer.giving;
  peer.going_until = now + (c_.config.publisher ? kGoingOfPublisher : kGoing);
  gave_up_ = true;
  tell(id, 0, 0);
}

// Hardly begun: it has had no time to pass on what it gets.
bool Children::is_new(const Peer& peer, Instant now) const {
  if (c_.config.publisher) return now - peer.granted_at < kKeepOfPublisher;
  return now - peer.giving_since < kKeep;
}

// The child in these sub-streams that can pass them on least.
PeerId Children::weakest(Substreams which, PeerId but, Instant now) const {
  PeerId weakest = kNobody;
  unsigned least = UINT_MAX;
  for (const auto& [id, peer] : c_.peers) {
    bool child = (peer.stays() & which) != 0;
    if (!child || id == but || is_new(peer, now) || !peer.load) continue;
    if (!c_.config.publisher && passes_on(peer, which)) continue;
    if (peer.load->places < least) weakest = id, least = peer.load->places;
  }
  return weakest;
}

// What who asks must have more than, if no place is free.
std::uint16_t Children::weakest_places(Instant now) const {
  std::uint16_t least = UINT16_MAX;
  for (const auto& [id, peer] : c_.peers) {
    bool child = peer.stays() != 0 && !is_new(peer, now) && peer.load;
    if (child) least = std::min(least, peer.load->places);
  }
  return least;
}

std::uint8_t Children::deepest(Instant now) const {
  Parents::PerSubstream hops = c_.parents->hops();
  std::uint8_t deepest = 0;
  for (const auto& [id, peer] : c_.peers) {
    Substreams children = peer.stays();
    if (!children || is_new(peer, now) || c_.config.publisher) continue;
    for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
      bool may_go = children >> s & 1 && hops[s] != wire::Load::kHopsUnknown;
      if (may_go && !passes_on(peer, c_.bundle_of(s))) deepest = std::max(deepest, hops[s]);
    }
  }
  return deepest;
}

// Gives up a sub-stream in which we are far from the publisher for one in which we are close: there
// are others who can send the former, and few who can send the latter.
bool Children::give_up_deeper(PeerId for_peer, Substreams which, Instant now) {
  Parents::PerSubstream hops = c_.parents->hops();
  PeerId loser = kNobody;
  std::uint32_t deepest = 0;
  int least = hops[static_cast<std::uint32_t>(std::countr_zero(which))] + kCloserBy;
  for (const auto& [id, peer] : c_.peers) {
    Substreams children = peer.stays();
    if (!children || id == for_peer || is_new(peer, now)) continue;
    for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
      if (!(children >> s & 1) || hops[s] < least || passes_on(peer, c_.bundle_of(s))) continue;
      loser = id;
      deepest = s;
      least = hops[s] + 1;
    }
  }
  if (loser == kNobody) return false;
  give_up(loser, c_.bundle_of(deepest), now);
  return true;
}

// Somebody who gets these has had no longer than this to show that it passes them on.
bool Children::granted_within(Substreams which, Duration time, Instant now) const {
  return std::ranges::any_of(c_.peers, [&](const auto& entry) {
    return (entry.second.stays() & which) != 0 && now - entry.second.granted_at < time;
  });
}

// Somebody else has had the time to pass on what it gets of these.
bool Children::another_stays(PeerId but, Substreams which, Instant now) const {
  return std::ranges::any_of(c_.peers, [&](const auto& entry) {
    const auto& [id, peer] = entry;
    return id != but && (peer.stays() & which) != 0 && now - peer.granted_at >= kProves;
  });
}

// Places are for those who can pass on most: they stand between the publisher and the others.
bool Children::make_room(PeerId for_peer, Substreams which, Instant now) {
  if (c_.config.places_max == 0) return false;
  if (!c_.config.publisher && give_up_deeper(for_peer, which, now)) return true;
  const Peer& asks = c_.peers.at(for_peer);
  PeerId loser = weakest(which, for_peer, now);
  if (loser == kNobody || !asks.load) return false;
  if (c_.config.publisher && !another_stays(loser, which, now)) return false;
  if (asks.load->places < kPreferBy * c_.peers.at(loser).load->places + 1) return false;
  give_up(loser, which, now);
  return true;
}

// The publisher sends each sub-stream as often as any other: what it does not send nobody has.
bool Children::evenly(Substreams which) const {
  if (!c_.config.publisher) return true;
  int most = std::max(1, c_.config.places_max / static_cast<int>(wire::kSubstreams));
  for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
    if (which >> s & 1 && count(bit(s)) >= most) return false;
  }
  return true;
}

// Hardly any neighbour says that it has what others were sent long ago.
bool Children::goes_nowhere(Substreams which, Instant now) const {
  std::uint32_t end = c_.heads->newest_within(kPassesIn, now);
  int asked = 0, have = 0;
  for (std::uint32_t block = end - std::min(end, kLookedAt); block < end; ++block) {
    if (!(which & substream_bit(block))) continue;
    int witnesses = 0;
    for (const auto& [id, peer] : c_.peers) {
      bool new_here = block < peer.have.begin || now - peer.have_at > kPassesIn ||
                      now - peer.connected_at < kSettlesIn;
      if (peer.giving & which || new_here) continue;
      ++witnesses;
      have += peer.have.has(block) ? 1 : 0;
    }
    if (witnesses < kWitnesses) return false;
    asked += witnesses;
  }
  return asked > 0 && have * kHardlyAny < asked;
}

// A publisher whose copies all go to peers that pass nothing on gives them to others.
void Children::leave_barren(Instant now) {
  if (!c_.config.publisher || now < next_barren_) return;
  next_barren_ = now + kBarrenEvery;
  for (std::uint32_t b = 0; b < c_.bundles; ++b) {
    Substreams which = c_.bundle_of(b);
    if (granted_within(which, kPassesIn + kKeep, now) || !goes_nowhere(which, now)) continue;
    for (auto& [id, peer] : c_.peers) {
      if (!(peer.stays() & which)) continue;
      peer.barren_until = now + kBarrenFor;
      give_up(id, peer.stays(), now);
    }
  }
}

// What one peer gets of the publisher is what it can pass on to several.
int Children::most_of_one() const {
  if (!c_.config.publisher) return wire::kSubstreams;
  auto each = c_.config.places_max / std::max<std::size_t>(1, c_.peers.size());
  return std::clamp(static_cast<int>(each), kOfPublisher, static_cast<int>(wire::kSubstreams));
}

bool Children::admit(PeerId id, Substreams which, std::uint64_t mark, Instant now) {
  if (now < c_.peers.at(id).barren_until) return false;
  if (which & ~c_.parents->rooted()) return false;
  // It comes to us through the one that asks.
  for (std::uint32_t s = 0; s < wire::kSubstreams && mark != 0; ++s) {
    if (which >> s & 1 && (c_.parents->way(s) & mark) == mark) return false;
  }
  int size = std::popcount(which);
  if (std::popcount(c_.peers.at(id).stays()) + size > std::max(most_of_one(), size)) return false;
  // Who asks although no place is free finds none anywhere.
  bool spare = places() >= used() + static_cast<unsigned>(size);
  bool room = free() >= size || (spare && c_.pusher->waited() < kWaitedHard);
  if (room && evenly(which)) return true;
  return (c_.config.publisher || now >= next_give_up_) && make_room(id, which, now);
}

void Children::subscribe(PeerId id, const wire::Subscribe& message, Instant now) {
  Peer& peer = c_.peers.at(id);
  peer.giving &= message.wanted;
  peer.going &= message.wanted;
  if (message.wanted == 0) return;
  // Nobody feeds the one that feeds it.
  auto possible =
      static_cast<Substreams>(message.wanted & ~(peer.giving | peer.taking | peer.asked));
  Substreams granted = 0;
  for (std::uint32_t b = 0; b < c_.bundles; ++b) {
    auto which = static_cast<Substreams>(possible & c_.bundle_of(b));
    if (!which || !admit(id, which, message.mark, now)) continue;
    if (peer.giving == 0) peer.giving_since = now;
    for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
      if (which >> s & 1) peer.from[s] = message.from;
    }
    peer.giving |= which;
    peer.granted_at = now;
    granted |= which;
  }
  if (std::exchange(gave_up_, false)) next_give_up_ = now + kGiveUpEvery;
  tell(id, message.wanted, free());
  if (granted) c_.pusher->begin(id, granted, message.from, now);
}

void Children::shed(unsigned until, Instant now) {
  while (used() > until) {
    PeerId weakest = kNobody;
    double least = 1e9;
    for (const auto& [id, peer] : c_.peers) {
      double rank = peer.load ? peer.load->places : 0;
      if (peer.stays() && rank < least) weakest = id, least = rank;
    }
    if (weakest == kNobody) return;
    Peer& peer = c_.peers.at(weakest);
    auto bundle = c_.bundle_of(static_cast<std::uint32_t>(std::countr_zero(peer.stays())));
    give_up(weakest, bundle, now);
  }
}

// What we send it, and which way that comes.
void Children::tell(PeerId id, Substreams wanted, std::uint16_t places) {
  const Peer& peer = c_.peers.at(id);
  wire::Subscribed message;
  message.wanted = wanted;
  message.granted = peer.giving;
  message.ending = peer.going;
  message.free = places;
  for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
    if (message.granted >> s & 1) message.ways.push_back(c_.parents->way(s));
  }
  c_.send(id, std::move(message));
}

void Children::way_changed(Substreams which) {
  for (const auto& [id, peer] : c_.peers) {
    if (peer.giving & which) tell(id, 0, free());
  }
}

// Sub-streams that the uplink carries.
double Children::carried() const {
  double substream = std::max(c_.heads->rate(), kRateLeast) / wire::kSubstreams;
  return std::min<double>(c_.config.places_max,
                          kLoadShare * c_.pusher->uplink().rate() / substream);
}

void Children::line_known() {
  at_once_ = true;
  next_adapt_ = {};
}

// Takes on what the uplink was seen to carry.
void Children::adapt(Instant now) {
  if (now < next_adapt_) return;
  next_adapt_ = now + kAdaptEvery;
  overloads_ = c_.pusher->waited() > kWaitedHigh ? overloads_ + 1 : 0;
  if (overloads_ >= kOverloadsMax) {
    overloads_ = 0;
    places_ = std::max(1.0, 0.85 * std::min<double>(places_, used()));
    if (!c_.config.publisher) shed(static_cast<unsigned>(places_), now);
  }
  if (c_.heads->rate() <= 0) return;
  const Uplink& uplink = c_.pusher->uplink();
  double target = carried();
  places_ += (std::exchange(at_once_, false) ? 1 : 0.15) * (target - places_);
  bool too_many = uplink.measured() && used() > kTooMany * target + 1;
  if (!too_many || c_.config.publisher) return;
  places_ = target;
  shed(static_cast<unsigned>(target), now);
}

wire::Load Children::load(Instant now) const {
  wire::Load load;
  load.places = places();
  load.free = free();
  load.used = static_cast<std::uint16_t>(used());
  load.weakest = weakest_places(now);
  load.deepest = deepest(now);
  for (const auto& [id, peer] : c_.peers) {
    each(peer.stays(), [&](std::uint32_t s) {
      if (load.children[s] < wire::Load::kChildrenMany) ++load.children[s];
    });
  }
  if (c_.config.publisher) {
    load.head_lag = 0;
    load.lag.fill(0);
    load.hops.fill(0);
    // What it sends often enough is only for who can pass on more.
    for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
      if (!evenly(bit(s))) load.hops[s] = wire::Load::kHopsFull;
    }
  } else {
    load.head_lag = c_.heads->lag();
    load.lag = c_.parents->lag(now);
    load.hops = c_.parents->hops();
  }
  // What a child gets has waited here too, and for those that get it before.
  auto waited = static_cast<double>(c_.pusher->waited() / 10ms);
  double one = kBlockSize / c_.pusher->uplink().rate() * 100;
  for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
    std::uint8_t& lag = load.lag[s];
    if (lag == wire::Load::kLagUnknown) continue;
    double waits = waited + one * (load.children[s] + 1);
    lag = static_cast<std::uint8_t>(std::min(lag + waits, wire::Load::kLagUnknown - 1.0));
  }
  even_out(load);
  return load;
}

// A bundle is taken as a whole: it has one figure each, which takes half of the bytes to say.
void Children::even_out(wire::Load& load) const {
  for (std::uint32_t b = 0; b < c_.bundles; ++b) {
    Substreams bundle = c_.bundle_of(b);
    std::uint8_t children = 0, hops = 0, most = 0;
    each(bundle, [&](std::uint32_t s) {
      children = std::max(children, load.children[s]);
      hops = std::max(hops, load.hops[s]);
      most = std::max(most, load.lag[s]);
    });
    bool unknown = most == wire::Load::kLagUnknown;
    double lag = unknown ? most : mean(bundle, [&](std::uint32_t s) { return load.lag[s]; });
    each(bundle, [&](std::uint32_t s) {
      load.children[s] = children;
      load.hops[s] = hops;
      load.lag[s] = static_cast<std::uint8_t>(lag);
    });
  }
}

void Children::tell_load(PeerId peer, Instant now) {
  c_.send(peer, load(now));
}

// A publisher has the uplink for a few copies more: better than that all below are late.
bool Children::may_stay(const Peer& peer, Instant now) const {
  return c_.config.publisher && passes_on(peer, peer.going) && c_.pusher->waited() < kWaitedHard &&
         now - peer.going_until < kGoingAtMost - kGoingOfPublisher;
}

// Those that had to go have had their time.
void Children::let_go(Instant now) {
  for (auto& [id, peer] : c_.peers) {
    if (!peer.going || now < peer.going_until || may_stay(peer, now)) continue;
    peer.giving &= static_cast<Substreams>(~peer.going);
    peer.going = 0;
    tell(id, 0, free());
  }
}

bool Children::is_urgent(const wire::Load& fresh) const {
  if ((fresh.free > 0) != (told_.free > 0)) return true;
  // Whether it can be had at all; how far from the publisher can wait.
  auto differs = [](std::uint8_t is, std::uint8_t was, std::uint8_t value) {
    return (is == value) != (was == value);
  };
  for (std::size_t s = 0; s < wire::kSubstreams; ++s) {
    if (differs(fresh.lag[s], told_.lag[s], wire::Load::kLagUnknown) ||
        differs(fresh.hops[s], told_.hops[s], wire::Load::kHopsFull) ||
        differs(fresh.hops[s], told_.hops[s], wire::Load::kHopsUnknown))
      return true;
  }
  return false;
}

bool Children::is_news(const wire::Load& fresh) const {
  bool places = std::abs(fresh.places - told_.places) * 8 > told_.places;
  bool late = std::abs(fresh.head_lag - told_.head_lag) >= kLagStep;
  for (std::size_t s = 0; s < wire::kSubstreams; ++s) {
    late = late || std::abs(fresh.lag[s] - told_.lag[s]) >= kLagStep;
  }
  return places || late;
}

void Children::pump(Instant now) {
  adapt(now);
  leave_barren(now);
  let_go(now);
  if (now < next_load_) return;
  wire::Load fresh = load(now);
  bool urgent = is_urgent(fresh);
  if (!urgent && now - told_at_ < c_.among_all(kLoadEvery)) return;
  next_load_ = now + c_.among_all(kLoadSoonest);
  // Told again now and then: what was answered in between may have been less.
  if (!urgent && !is_news(fresh) && now - told_at_ < c_.among_all(kLoadAgain)) return;
  told_ = fresh;
  told_at_ = now;
  auto message = std::make_shared<const wire::Message>(fresh);
  for (const auto& [id, peer] : c_.peers) c_.send(id, message);
}

}  // namespace freshet::live
