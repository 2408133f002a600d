// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/bulk_share.hpp"
#include "live/children.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using wire::Substreams;

constexpr std::size_t kPeerWindow = 2;       // blocks in queues on the way to one peer,
constexpr Duration kPerBlock = 50ms;         // and one more for so much of the way itself
constexpr double kUplinkStart = 350'000;     // bytes/s
constexpr double kPublisherAtLeast = 2.6;    // times the stream
constexpr double kPublisherStart = 800'000;  // it sends two copies in any case
constexpr Duration kTrainGap = 15ms;
constexpr std::size_t kGroup = 4;  // blocks that leave together while the uplink is not known
constexpr Duration kGather = 400ms;
constexpr Duration kStopped = 1s;
constexpr std::uint32_t kBackMax = 64;
constexpr std::uint32_t kOld = 24;  // blocks behind the newest
constexpr int kFirsts = 2;          // blocks that one peer begins with
constexpr int kNamed = 8;  // that it may ask for of what it gets, and one for each that it is sent
constexpr std::size_t kQueueMax = 2048;
// Who passes it on goes first: each of its own children counts for so much of waiting.
constexpr Duration kPerChild = 200ms;
constexpr int kChildrenCounted = 8;
constexpr double kPullsMax = 16;   // that wait; more are better served by others
constexpr double kPullsFor = 0.4;  // seconds of the uplink
constexpr std::size_t kPullsOfPeerMax = 6;
constexpr Duration kPullWaits = 300ms;
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
      uplink_(context.config.publisher ? kPublisherStart : kUplinkStart) {}

Duration Pusher::queue_age(Instant now) const {
  if (pushes_.empty()) return {};
  return now - std::ranges::min_element(pushes_, {}, &Item::since)->since;
}

bool Pusher::is_busy(Instant now) const {
  // What waits for a connection that has stopped waits for nobody's uplink.
  auto waits = [&](const Queue& queue) {
    return std::ranges::any_of(queue, [&](const Item& item) {
      const Peer* peer = c_.find(item.peer);
      bool stopped = !peer || peer->in_flight.size() >= peer_window(*peer);
      return !stopped && now - item.since > kBusyAfter;
    });
  };
  return waits(pushes_) || waits(late_) || waits(pulls_);
}

// It gets this unasked, and as far as we know it is not there yet.
bool Pusher::is_wanted(const Peer& peer, std::uint32_t block) {
  bool subscribed = peer.giving & substream_bit(block) && block >= peer.from[substream_of(block)];
  return subscribed && !peer.may_have(block) && !peer.have.has(block);
}

// What a new child lacks of the newest blocks.
void Pusher::begin(PeerId id, Substreams which, std::uint32_t from, Instant now) {
  if (!c_.ledger.head()) return;
  std::uint32_t end = c_.ledger.head()->complete_blocks();
  from = std::max(from, end - std::min(end, kBackMax));
  for (std::uint32_t block = from; block <= end; ++block) {
    if (c_.peers.at(id).have.has(block)) continue;
    bool here = block < end ? c_.held.has(block) : c_.partial_size(block) > 0;
    if (which & substream_bit(block) && here) enqueue_push(id, block, 0, now);
  }
  pump(now);
}

// It gets this sub-stream from us, but not this block, or not any more: of before it asked, or
// because it asked another who was busy. All below it wait for it too.
bool Pusher::as_child(Peer& peer, std::uint32_t block) {
  bool gets = (peer.giving & substream_bit(block)) != 0;
  return gets && peer.named < kNamed && ++peer.named > 0;
}

// It has just come and has nothing yet: this is what it begins with.
bool Pusher::as_newcomer(Peer& peer) {
  auto any = [](std::uint8_t bits) { return bits != 0; };
  bool told = peer.have_at != Instant{};
  bool nothing =
      told && peer.have.begin >= peer.have.first && std::ranges::none_of(peer.have.bits, any);
  return nothing && peer.firsts < kFirsts && ++peer.firsts > 0;
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
  bool whole = c_.held.has(request.block);
  if (!whole && request.block + kOld < c_.blocks_total()) {
    // It will not come by itself: another may have it.
    c_.send(id, wire::BlockReject{request.block});
    return;
  }
  // The question and the tail, which was sent unasked, have crossed.
  bool crossed = !whole && peer.tail.block == request.block && !peer.in_flight.empty() &&
                 peer.tail.sent >= c_.partial_size(request.block);
  if (crossed) return;
  peer.wants[request.block] = request.offset;
  bool fresh = whole && request.offset == 0 && request.block + kOld >= c_.blocks_total();
  if (fresh && !c_.config.publisher) {
    bool first = as_newcomer(peer);
    if (first || as_child(peer, request.block)) {
      enqueue_push(id, request.block, first ? kChildrenCounted : 0, now);
      return pump(now);
    }
  }
  if (whole || c_.partial_size(request.block) > request.offset) {
    enqueue_pull(id, request.block, now);
    pump(now);
  }
}

void Pusher::cancel(PeerId id, std::uint32_t block) {
  Peer& peer = c_.peers.at(id);
  // Who takes back a question mostly asks another one: it has the block only if it never asked.
  bool asked = peer.wants.erase(block) > 0;
  if (peer.giving && !asked) peer.note_has(block);
  auto it = [&](const Item& i) { return i.peer == id && i.block == block; };
  for (Queue* queue : {&pushes_, &late_, &pulls_}) std::erase_if(*queue, it);
}

void Pusher::enqueue_push(PeerId id, std::uint32_t block, int before, Instant now) {
  // What is late already does not delay what is new.
  Queue& queue = block + kOld < c_.blocks_total() ? late_ : pushes_;
  auto same = [&](const Item& i) { return i.peer == id && i.block == block; };
  if (std::ranges::any_of(queue, same)) return;
  if (queue.size() >= kQueueMax) queue.pop_front();
  const auto& load = c_.peers.at(id).load;
  int children = std::max(before, load ? load->children[substream_of(block)] : 0);
  Item item{id, block, now, now - kPerChild * std::min(children, kChildrenCounted)};
  queue.insert(std::ranges::upper_bound(queue, item.turn, {}, &Item::turn), item);
}

// What can not be in time any more is as little urgent as what is fetched in bulk, and takes no
// more of the uplink.
bool Pusher::may_repair(std::uint32_t block, Instant now) {
  bool old = !c_.ledger.ended() && block < c_.heads->newest_within(kFresh, now);
  if (!old || c_.config.publisher) return true;
  if (!c_.bulk->may_repair(now)) return false;
  c_.bulk->sent(kBlockSize);
  return true;
}

// Who is busy says so at once, and another is asked.
void Pusher::enqueue_pull(PeerId id, std::uint32_t block, Instant now) {
  auto same = std::ranges::count(pulls_, id, &Item::peer);
  // No more than the uplink sends while who asks has patience.
  double carries = kPullsFor * uplink_.rate() / kBlockSize;
  auto most = static_cast<std::size_t>(std::clamp(carries, 1.0, kPullsMax));
  bool ended = c_.ledger.ended();
  bool its_share = same >= std::ptrdiff_t{kPullsOfPeerMax};
  bool full = its_share || pulls_.size() >= most;
  // While it lasts, everybody's newest blocks come first.
  bool busy = full || (!ended && (queue_age(now) > kBusyAfter || pull_credit_ < 1));
  // The last blocks are waited for by all.
  bool last = ended && block + kOld >= c_.blocks_total();
  if (last && !its_share && pulls_.size() < kQueueMax) {
    pulls_.push_front({id, block, now, now});
    return;
  }
  if (busy || !may_repair(block, now)) {
    c_.peers.at(id).wants.erase(block);
    c_.send(id, wire::BlockReject{block});
    return;
  }
  if (c_.config.publisher) pull_credit_ -= 1;
  pulls_.push_back({id, block, now, now});
}

void Pusher::available(std::uint32_t block, Instant now) {
  if (c_.config.publisher) pull_credit_ = std::min(kPullBurst, pull_credit_ + kPullShare);
  for (auto& [id, peer] : c_.peers) {
    if (peer.wants.contains(block)) enqueue_pull(id, block, now);
    if (!(peer.giving & substream_bit(block)) || peer.have.has(block)) continue;
    enqueue_push(id, block, 0, now);
  }
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
  } else if (!is_wanted(peer, block)) {
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
  if (whole) peer.note_has(block);
  if (pushed && want == peer.wants.end()) peer.named = std::max(0, peer.named - 1);
  if (!pushed) {
    std::erase_if(pushes_, [&](const Item& i) { return i.peer == id && i.block == block; });
  }
  if (want != peer.wants.end()) peer.wants.erase(want);
  c_.stats.payload_out += size;
  return size;
}

// A viewer with few children sends one block at a time, which tells nothing of its uplink: some
// gathered first, and sent back to back, are a train. Who asks by name waits for nobody.
bool Pusher::gathers(Instant now) {
  bool known = !uplink_.starting() || c_.config.publisher || c_.config.unpaced || c_.ledger.ended();
  if (pushes_.empty()) in_group_ = false;
  if (known || in_group_ || pushes_.empty() || !late_.empty() || !pulls_.empty()) return false;
  Duration waits = queue_age(now);
  in_group_ = pushes_.size() >= kGroup || waits >= kGather;
  if (!in_group_) wake_at_ = now - waits + kGather;
  return !in_group_;
}

void Pusher::pump(Instant now) {
  wake_at_.reset();
  if (gathers(now)) return;
  if (!pump(pushes_, true, now) || !pump(late_, true, now)) return;
  (void)pump(pulls_, false, now);
}

// Whoever waits for it need not wait any longer, and asks somebody else.
void Pusher::give_up(Peer& peer, const Item& item) {
  ++c_.stats.cut_short;
  bool asked = peer.wants.erase(item.block) > 0;
  if (asked || is_wanted(peer, item.block)) c_.send(item.peer, wire::BlockReject{item.block});
}

bool Pusher::pump(Queue& queue, bool pushed, Instant now) {
  for (auto item = queue.begin(); item != queue.end();) {
    Peer* peer = c_.find(item->peer);
    bool too_late = pushed && now - item->since > (&queue == &late_ ? 3 * kLateBlock : kLateBlock);
    if (!peer || peer->cut_off || too_late) {
      if (peer && !peer->cut_off) give_up(*peer, *item);
      item = queue.erase(item);
      continue;
    }
    std::size_t under_way = unacked_ - std::min(unacked_, stalled_);
    if (under_way > 0 && !uplink_.has_room(under_way, &queue == &pushes_)) {
      no_room_ = true;
      return false;
    }
    if (next_send_ > now) {
      wake_at_ = next_send_;
      train_ = true;
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
    if (&queue == &pushes_) standing_.left(now - next.since, now);
    sent(*peer, size, now);
  }
  return true;
}

void Pusher::sent(Peer& peer, std::size_t bytes, Instant now) {
  bool in_pace = std::exchange(train_, false) && now - next_send_ < kTrainGap;
  bool train = std::exchange(no_room_, false) || in_pace;
  peer.in_flight.push_back({bytes, now, uplink_.sent(bytes, train, now)});
  peer.unacked += bytes;
  unacked_ += bytes;
  double gap = static_cast<double>(bytes) / uplink_.pace() * 1e6;
  next_send_ = now + Duration(static_cast<std::int64_t>(gap));
}

void Pusher::outstanding(PeerId id, std::size_t bytes, Instant now) {
  Peer* peer = c_.find(id);
  if (!peer) return;
  // What nobody took from us yet is in no report.
  for (auto block = peer->in_flight.rbegin(); block != peer->in_flight.rend(); ++block) {
    if (block->number < handed_over_) break;
    bytes += block->bytes;
  }
  bool any = false;
  while (!peer->in_flight.empty() && peer->unacked > bytes) {
    Peer::InFlight done = peer->in_flight.front();
    if (peer->unacked - done.bytes < bytes) break;  // a part of it is still under way
    peer->in_flight.pop_front();
    peer->unacked -= done.bytes;
    unacked_ -= done.bytes;
    any = true;
    arrived(*peer, done, now);
  }
  if (any) pump(now);
}

void Pusher::arrived(Peer& peer, const Peer::InFlight& block, Instant now) {
  if (block.bytes < kBlockSize) return uplink_.lost(block.number);
  Duration took = now - block.since;
  bool first = peer.best_took == Duration::max();
  peer.best_took = first ? took : std::min(took, peer.best_took + peer.best_took / 4096);
  // Never more than a window that idleness had closed costs (RFC 5681, 4.1), or a queue that always
  // stood would be taken for the way itself.
  auto own = Duration(static_cast<std::int64_t>(kBlockSize / uplink_.rate() * 1e6));
  Duration most = peer.rtt > Duration{} ? 2 * peer.rtt + own + 20ms : Duration::max();
  uplink_.arrived(block.number, std::min(peer.best_took, most), now);
}

void Pusher::peer_gone(PeerId id) {
  for (Queue* queue : {&pushes_, &late_, &pulls_}) {
    std::erase_if(*queue, [&](const Item& i) { return i.peer == id; });
  }
  Peer* peer = c_.find(id);
  if (!peer) return;
  unacked_ -= peer->unacked;
  for (const Peer::InFlight& block : peer->in_flight) uplink_.lost(block.number);
}

void Pusher::look(Instant now) {
  uplink_.assume(c_.heads->rate() * (c_.config.publisher ? kPublisherAtLeast : 1.0));
  if (c_.ledger.ended()) pull_credit_ = kPullBurst;  // nothing else needs the uplink
  standing_.turn(now);
  // Who waits for long is better served by another.
  std::erase_if(pulls_, [&](const Item& item) {
    if (now - item.since < kPullWaits) return false;
    Peer* peer = c_.find(item.peer);
    if (peer && peer->wants.erase(item.block) > 0) {
      c_.send(item.peer, wire::BlockReject{item.block});
    }
    return true;
  });
  // A connection that has stopped says nothing about the uplink.
  stalled_ = 0;
  for (const auto& [id, peer] : c_.peers) {
    bool stopped = !peer.in_flight.empty() && now - peer.in_flight.front().since > kStopped;
    if (stopped) stalled_ += peer.unacked;
  }
}

}  // namespace freshet::live
