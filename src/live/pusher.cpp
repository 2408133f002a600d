// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using wire::Substreams;

constexpr std::size_t kPeerWindow = 2;  // blocks in queues on the way to one peer,
constexpr Duration kPerBlock = 50ms;    // and one more for so much of the way itself
// Blocks under way in all, bytes: as many as keep the uplink busy without a queue.
constexpr double kWindowStart = 4.0 * kBlockSize;
constexpr double kWindowMin = 3.0 * kBlockSize;
constexpr double kWindowMax = 512.0 * kBlockSize;
constexpr double kStandingLow = 40'000;   // µs in queues beyond ours: there is room for more
constexpr double kStandingHigh = 90'000;  // too much
// Blocks leave one by one, twice as fast as they do on the average: a burst would overflow the
// queue of an access link, which holds four or five of them.
constexpr double kPaceMin = 200'000;  // bytes/s
constexpr Duration kBehind = 60ms;
constexpr Duration kCutEvery = 200ms;
constexpr double kQueuedMax = 400'000;  // longer is a lost segment and no queue
// How many sub-streams are taken on, by how long blocks wait, µs, our own queue included.
constexpr double kPlacesStart = 18;
constexpr double kWaitedLow = 40'000;    // room for more
constexpr double kWaitedFull = 80'000;   // nobody more, but who finds nobody else
constexpr double kWaitedHard = 200'000;  // nobody at all
constexpr double kWaitedHigh = 280'000;  // somebody has to go
constexpr double kSlower = 0.85;
constexpr int kOverloadsMax = 4;  // in a row
constexpr Duration kAdaptEvery = 250ms;
constexpr Duration kGrowAfter = 10s;   // it was too much: one more at a time
constexpr Duration kKeep = 2s;         // a new child is not given up before
constexpr double kPreferBy = 1.7;      // times the places of the one that has to go
constexpr int kCloserBy = 2;           // hops
constexpr double kFollowerCost = 0.2;  // of a sub-stream: heads are about 1 % of the stream
constexpr Duration kLoadEvery = 1s;
constexpr Duration kLoadAgain = 2s;
constexpr Duration kLoadSoonest = 200ms;
constexpr int kLagStep = 4;  // a change of a lag that is worth telling, 10 ms
constexpr std::size_t kQueueMax = 2048;
constexpr std::size_t kPullsMax = 16;  // that wait; more are better served by others
constexpr std::size_t kPullsOfPeerMax = 6;
constexpr double kPullBurst = 64;
constexpr double kPullShare = 0.25;  // of the stream that a publisher sends to who asks by name

std::size_t peer_window(const Peer& peer) {
  if (peer.best_took == Duration::max()) return 2 * kPeerWindow;
  return kPeerWindow + static_cast<std::size_t>(std::min(peer.best_took, Duration(1s)) / kPerBlock);
}

}  // namespace

Pusher::Pusher(Context& context)
    : c_(context),
      pull_credit_(kPullBurst),
      window_(kWindowStart),
      places_(context.config.publisher ? context.config.places_max : kPlacesStart) {}

unsigned Pusher::used() const {
  unsigned places = 0;
  for (const auto& [id, peer] : c_.peers) {
    places += static_cast<unsigned>(std::popcount(peer.giving));
  }
  return places;
}

std::uint16_t Pusher::places() const {
  double places = std::min<double>(places_, c_.config.places_max);
  for (const auto& [id, peer] : c_.peers) places -= peer.follows_us ? kFollowerCost : 0;
  return static_cast<std::uint16_t>(std::max(0.0, places));
}

std::uint16_t Pusher::free() const {
  unsigned taken = used();
  if (waited_ > kWaitedFull) return 0;  // it carries what it has, but no more
  return places() > taken ? static_cast<std::uint16_t>(places() - taken) : 0;
}

Duration Pusher::queue_age(Instant now) const {
  return pushes_.empty() ? Duration{} : now - pushes_.front().since;
}

// The publisher's few places are for those who can pass on most.
bool Pusher::prefer_stronger(PeerId for_peer, std::uint32_t substream, Instant now) {
  const Peer& asks = c_.peers.at(for_peer);
  PeerId weakest = kNobody;
  double least = asks.load ? asks.load->places / kPreferBy : 0;
  for (const auto& [id, peer] : c_.peers) {
    if (!(peer.giving >> substream & 1) || id == for_peer) continue;
    if (now - peer.giving_since < kKeep || !peer.load || peer.load->places >= least) continue;
    weakest = id;
    least = peer.load->places;
  }
  if (weakest == kNobody) return false;
  Peer& peer = c_.peers.at(weakest);
  peer.giving &= static_cast<Substreams>(~(1U << substream));
  c_.send(weakest, wire::Subscribed{0, peer.giving, 0});
  return true;
}

// Gives up a sub-stream in which we are far from the publisher for one in which we are close: there
// are others who can send the former, and few who can send the latter.
bool Pusher::make_room(PeerId for_peer, std::uint32_t substream, Instant now) {
  if (c_.config.places_max == 0) return false;
  if (c_.config.publisher) return prefer_stronger(for_peer, substream, now);
  Parents::PerSubstream hops = c_.parents->hops();
  PeerId loser = kNobody;
  std::uint32_t deepest = 0;
  int least = hops[substream] + kCloserBy;
  for (const auto& [id, peer] : c_.peers) {
    if (!peer.giving || id == for_peer || now - peer.giving_since < kKeep) continue;
    for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
      if (!(peer.giving >> s & 1) || hops[s] < least) continue;
      loser = id;
      deepest = s;
      least = hops[s] + 1;
    }
  }
  if (loser == kNobody) return false;
  Peer& peer = c_.peers.at(loser);
  peer.giving &= static_cast<Substreams>(~(1U << deepest));
  c_.send(loser, wire::Subscribed{0, peer.giving, 0});
  return true;
}

// The publisher sends each sub-stream as often as any other: what it does not send nobody has.
bool Pusher::evenly(std::uint32_t substream) const {
  if (!c_.config.publisher) return true;
  auto copies = std::ranges::count_if(
      c_.peers, [&](const auto& entry) { return (entry.second.giving >> substream & 1) != 0; });
  return copies < std::max(1, c_.config.places_max / static_cast<int>(wire::kSubstreams));
}

void Pusher::subscribe(PeerId id, const wire::Subscribe& message, Instant now) {
  Peer& peer = c_.peers.at(id);
  Substreams fresh = message.wanted & static_cast<Substreams>(~peer.giving);
  peer.giving &= message.wanted;
  if (message.wanted == 0) return;
  // Nobody feeds the one that feeds it.
  Substreams possible = fresh & static_cast<Substreams>(~(peer.taking | peer.asked));
  Substreams granted = 0;
  for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
    auto bit = static_cast<Substreams>(1U << s);
    if (!(possible & bit)) continue;
    // Who asks although no place is free finds none anywhere.
    bool room = free() > 0 || (places() > used() && waited_ < kWaitedHard);
    if (!(room && evenly(s)) && !make_room(id, s, now)) {
      denied_ = true;
      continue;
    }
    if (peer.giving == 0) peer.giving_since = now;
    peer.giving |= bit;
    granted |= bit;
  }
  c_.send(id, wire::Subscribed{message.wanted, peer.giving, free()});
  if (!granted || !c_.ledger.head()) return;
  std::uint32_t end = c_.ledger.head()->complete_blocks();
  std::uint32_t from = std::max(message.from, end - std::min<std::uint32_t>(end, 64));
  for (std::uint32_t block = from; block <= end; ++block) {
    bool here = block < end ? c_.held.has(block) : c_.partial_size(block) > 0;
    if (granted & substream_bit(block) && here) enqueue_push(id, block, now);
  }
  pump(now);
}

void Pusher::request(PeerId id, const wire::BlockRequest& request, Instant now) {
  Peer& peer = c_.peers.at(id);
  bool beyond = std::uint64_t{request.block} * kBlockSize >= c_.ledger.descriptor().size_max() ||
                (c_.ledger.ended() && request.block >= c_.blocks_total());
  if (beyond || c_.config.places_max == 0) {
    c_.send(id, wire::BlockReject{request.block});
    return;
  }
  if (peer.wants.size() >= kWantsMax) {
    c_.send(id, wire::BlockReject{request.block});
    c_.abuse(id, "more open block requests than allowed");
    return;
  }
  peer.wants[request.block] = request.offset;
  bool whole = c_.held.has(request.block);
  if (whole || c_.partial_size(request.block) > request.offset) {
    enqueue_pull(id, request.block, now);
    pump(now);
  }
}

void Pusher::cancel(PeerId id, std::uint32_t block) {
  c_.peers.at(id).wants.erase(block);
  auto it = [&](const Item& i) { return i.peer == id && i.block == block; };
  std::erase_if(pushes_, it);
  std::erase_if(pulls_, it);
}

void Pusher::enqueue_push(PeerId id, std::uint32_t block, Instant now) {
  if (pushes_.size() >= kQueueMax) pushes_.pop_front();
  pushes_.push_back({id, block, now});
}

// Who is busy says so at once, and another is asked.
void Pusher::enqueue_pull(PeerId id, std::uint32_t block, Instant now) {
  auto same = std::ranges::count(pulls_, id, &Item::peer);
  bool busy = pulls_.size() >= kPullsMax || same >= std::ptrdiff_t{kPullsOfPeerMax} ||
              queue_age(now) > kBusyAfter || pull_credit_ < 1;
  if (busy) {
    c_.peers.at(id).wants.erase(block);
    c_.send(id, wire::BlockReject{block});
    return;
  }
  if (c_.config.publisher) pull_credit_ -= 1;
  pulls_.push_back({id, block, now});
}

void Pusher::available(std::uint32_t block, Instant now) {
  if (c_.config.publisher) pull_credit_ = std::min(kPullBurst, pull_credit_ + kPullShare);
  // Those first that can pass it on to most.
  std::vector<std::pair<int, PeerId>> children;
  for (auto& [id, peer] : c_.peers) {
    if (peer.wants.contains(block)) enqueue_pull(id, block, now);
    if (!(peer.giving & substream_bit(block))) continue;
    children.emplace_back(peer.load ? -int{peer.load->places} : 0, id);
  }
  std::ranges::sort(children);
  for (auto [rank, id] : children) enqueue_push(id, block, now);
  pump(now);
}

void Pusher::answer(std::uint32_t block, Instant now) {
  bool any = false;
  for (auto& [id, peer] : c_.peers) {
    if (!peer.wants.contains(block)) continue;
    enqueue_pull(id, block, now);
    any = true;
  }
  if (any) pump(now);
}

std::size_t Pusher::emit_tail(PeerId id, std::uint32_t block, std::uint32_t offset) {
  const auto& head = c_.ledger.head();
  auto partial = c_.partial.find(block);
  if (!head || block != head->complete_blocks() || partial == c_.partial.end()) return 0;
  const Bytes& tail = partial->second;
  // Only as much as the newest head covers: the receiver can check nothing else.
  std::size_t end = std::min<std::size_t>(tail.size(), head->tail_bytes());
  if (end <= offset || end != head->tail_bytes()) return 0;
  c_.send(id, wire::BlockMessage{
                  block, static_cast<std::uint16_t>(offset), c_.parents->hops(block),
                  Bytes(tail.begin() + offset, tail.begin() + static_cast<std::ptrdiff_t>(end))});
  return end - offset;
}

// Sends what there is of the block to this peer; how many bytes that was.
std::size_t Pusher::emit(PeerId id, std::uint32_t block, bool pushed) {
  Peer& peer = c_.peers.at(id);
  std::uint32_t offset = peer.tail.block == block ? peer.tail.sent : 0;
  auto want = peer.wants.find(block);
  if (!pushed && want == peer.wants.end()) return 0;
  if (want != peer.wants.end()) {
    offset = want->second;
  } else if (!(peer.giving & substream_bit(block)) || block < peer.next_push[substream_of(block)]) {
    return 0;
  }
  std::size_t size = 0;
  bool whole = c_.ledger.head() && block < c_.ledger.head()->complete_blocks();
  if (!whole) {
    size = emit_tail(id, block, offset);
    if (size == 0) return 0;
    peer.tail = {block, static_cast<std::uint32_t>(offset + size)};
  } else if (auto cached = c_.cache.find(block); cached != c_.cache.end()) {
    SharedBytes bytes = cached->second;
    View rest = bytes.view().subspan(offset);
    if (offset > 0) bytes = Bytes(rest.begin(), rest.end());
    size = bytes.size();
    c_.send(id, wire::BlockMessage{block, static_cast<std::uint16_t>(offset),
                                   c_.parents->hops(block), std::move(bytes)});
  } else if (c_.stored.has(block)) {
    c_.actions.push_back(SendFromDisk{id, block, offset, c_.parents->hops(block)});
    size = kBlockSize - offset;
  } else {
    return 0;
  }
  if (pushed && whole) {
    std::uint32_t& next = peer.next_push[substream_of(block)];
    next = std::max(next, block + 1);
  } else if (!pushed) {
    std::erase_if(pushes_, [&](const Item& i) { return i.peer == id && i.block == block; });
  }
  if (want != peer.wants.end()) peer.wants.erase(want);
  c_.stats.payload_out += size;
  return size;
}

void Pusher::pump(Instant now) {
  wake_at_.reset();
  window_limits_ = !pump(pushes_, true, now) && !wake_at_;
  if (!window_limits_ && !wake_at_ && !pulls_.empty()) (void)pump(pulls_, false, now);
}

bool Pusher::pump(Queue& queue, bool pushed, Instant now) {
  for (auto item = queue.begin(); item != queue.end();) {
    Peer* peer = c_.find(item->peer);
    bool too_late = pushed && now - item->since > kLateBlock;
    if (!peer || peer->cut_off || too_late) {
      c_.stats.cut_short += too_late ? 1 : 0;
      item = queue.erase(item);
      continue;
    }
    // What was asked for by name leaves when nothing else is under way, nearly.
    double window = pushed ? window_ : std::min(window_, kWindowMin);
    if (static_cast<double>(unacked_) + kBlockSize > window && unacked_ > 0) return false;
    if (next_send_ > now) {
      wake_at_ = next_send_;
      return false;
    }
    if (peer->in_flight.size() >= peer_window(*peer)) {
      ++item;
      continue;
    }
    Item next = *item;
    item = queue.erase(item);
    std::size_t size = emit(next.peer, next.block, pushed);
    if (size == 0 || c_.config.unpaced) continue;
    peer->in_flight.push_back({size, now, pushed ? now - next.since : Duration::max()});
    peer->unacked += size;
    unacked_ += size;
    auto gap = Duration(static_cast<std::int64_t>(static_cast<double>(size) / pace_ * 1e6));
    next_send_ = std::max(next_send_ + gap, now);
  }
  return true;
}

void Pusher::outstanding(PeerId id, std::size_t bytes, Instant now) {
  Peer* peer = c_.find(id);
  if (!peer) return;
  bool any = false;
  while (!peer->in_flight.empty() && peer->unacked > bytes) {
    Peer::InFlight done = peer->in_flight.front();
    if (peer->unacked - done.bytes < bytes) break;  // a part of it is still under way
    peer->in_flight.pop_front();
    peer->unacked -= done.bytes;
    unacked_ -= done.bytes;
    acked_ += static_cast<double>(done.bytes);
    any = true;
    if (done.bytes >= kBlockSize / 2) arrived(*peer, done, now);
  }
  if (any) pump(now);
}

void Pusher::arrived(Peer& peer, const Peer::InFlight& block, Instant now) {
  Duration took = now - block.since;
  bool first = peer.best_took == Duration::max();
  peer.best_took = first ? took : std::min(took, peer.best_took + peer.best_took / 64);
  // A window that idleness has closed costs a round trip (RFC 5681, section 4.1), and is no queue.
  auto queued = static_cast<double>(std::max(Duration{}, took - peer.best_took - peer.rtt).count());
  // A queue that stands delays all; what delays one alone is that connection's own loss.
  standing_ = queued < standing_ ? queued : standing_ + 0.2 * (queued - standing_);
  if (standing_ > kStandingHigh && now - window_cut_ > kCutEvery) {
    window_ = std::max(kWindowMin, window_ * 0.8);
    window_cut_ = now;
  } else if (standing_ < kStandingLow && window_limits_) {
    window_ = std::min(kWindowMax, window_ + 0.5 * static_cast<double>(block.bytes));
  }
  if (block.waited == Duration::max()) return;
  double all = static_cast<double>(block.waited.count()) + std::min(queued, kQueuedMax);
  waited_ += 0.05 * (all - waited_);
}

void Pusher::peer_gone(PeerId id) {
  std::erase_if(pushes_, [&](const Item& i) { return i.peer == id; });
  std::erase_if(pulls_, [&](const Item& i) { return i.peer == id; });
  if (Peer* peer = c_.find(id)) unacked_ -= peer->unacked;
}

void Pusher::shed(unsigned until, Instant) {
  for (unsigned taken = used(); taken > until; --taken) {
    PeerId weakest = kNobody;
    double least = 1e9;
    for (const auto& [id, peer] : c_.peers) {
      double rank = peer.load ? peer.load->places : 0;
      if (peer.giving && rank < least) weakest = id, least = rank;
    }
    if (weakest == kNobody) return;
    Peer& peer = c_.peers.at(weakest);
    peer.giving &= static_cast<Substreams>(peer.giving - 1);
    c_.send(weakest, wire::Subscribed{0, peer.giving, 0});
  }
}

void Pusher::send_away(std::uint32_t substream) {
  auto bit = static_cast<Substreams>(1U << substream);
  for (auto& [id, peer] : c_.peers) {
    if (!(peer.giving & bit)) continue;
    peer.giving &= static_cast<Substreams>(~bit);
    c_.send(id, wire::Subscribed{0, peer.giving, free()});
  }
}

// Takes on more as long as nothing waits, and less when blocks do.
void Pusher::adapt(Instant now) {
  if (now < next_adapt_) return;
  double seconds = static_cast<double>((now - next_adapt_ + kAdaptEvery).count()) / 1e6;
  next_adapt_ = now + kAdaptEvery;
  carried_ += 0.15 * (std::exchange(acked_, 0) / std::max(0.1, seconds) - carried_);
  double least = std::max(kPaceMin, 2 * std::max(carried_, c_.heads->rate()));
  bool behind = queue_age(now) > kBehind && standing_ < kStandingLow;
  pace_ = behind ? std::max(least, 1.25 * pace_) : least;
  if (pushes_.empty() && unacked_ == 0) waited_ *= 0.8;
  double waited = std::max(waited_, static_cast<double>(queue_age(now).count()));
  unsigned taken = used();
  overloads_ = waited > kWaitedHigh && taken > 1 ? overloads_ + 1 : 0;
  if (overloads_ >= kOverloadsMax) {
    overloads_ = 0;
    places_ = std::max(1.0, kSlower * taken);
    grow_at_ = now + kGrowAfter;
    if (!c_.config.publisher) shed(static_cast<unsigned>(places_), now);
  } else if (std::exchange(denied_, false) && waited < kWaitedLow && taken >= places()) {
    if (grow_at_ == Instant{}) {
      places_ = std::min<double>(c_.config.places_max, places_ + 1 + places_ / 16);
    } else if (now >= grow_at_) {
      places_ = std::min<double>(c_.config.places_max, places_ + 1);
      grow_at_ = now + kGrowAfter / 5;
    }
  }
}

wire::Load Pusher::load(Instant now) const {
  wire::Load load;
  load.places = places();
  load.free = free();
  if (c_.config.publisher) {
    load.head_lag = 0;
    load.lag.fill(0);
    load.hops.fill(0);
  } else {
    load.head_lag = c_.heads->lag();
    load.lag = c_.parents->lag(now);
    load.hops = c_.parents->hops();
  }
  return load;
}

void Pusher::tell_load(PeerId peer, Instant now) {
  c_.send(peer, load(now));
}

void Pusher::pump_load(Instant now) {
  adapt(now);
  if (now < next_load_) return;
  wire::Load fresh = load(now);
  bool urgent = (fresh.free > 0) != (told_.free > 0);
  for (std::size_t s = 0; s < wire::kSubstreams; ++s) {
    bool known = fresh.lag[s] != wire::Load::kLagUnknown;
    urgent = urgent || fresh.hops[s] != told_.hops[s] ||
             known != (told_.lag[s] != wire::Load::kLagUnknown);
  }
  if (!urgent && now - told_at_ < kLoadEvery) return;
  next_load_ = now + kLoadSoonest;
  bool told = (fresh.free > 0) == (told_.free > 0) &&
              std::abs(fresh.places - told_.places) * 8 <= told_.places &&
              std::abs(fresh.head_lag - told_.head_lag) < kLagStep;
  for (std::size_t s = 0; s < wire::kSubstreams; ++s) {
    told =
        told && std::abs(fresh.lag[s] - told_.lag[s]) < kLagStep && fresh.hops[s] == told_.hops[s];
  }
  // Told again now and then: what was answered in between may have been less.
  if (told && now - told_at_ < kLoadAgain) return;
  told_ = fresh;
  told_at_ = now;
  auto message = std::make_shared<const wire::Message>(fresh);
  for (const auto& [id, peer] : c_.peers) c_.send(id, message);
}

}  // namespace freshet::live
