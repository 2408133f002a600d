// SPDX-License-Identifier: GPL-3.0-or-later
// What the nodes send each other, on its way.
#include <algorithm>

#include "freshet/base/check.hpp"
#include "simulator/swarm.hpp"

namespace freshet::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kFraming = 6;      // BEP 3's length, BEP 10's two types
constexpr std::uint32_t kBlockHeader = 8;  // of our own block message
constexpr std::uint32_t kSmall = 1024;     // bytes; below, the downlink's wait is not modelled
constexpr Duration kTailComes = 3s;        // the last blocks come by the edge
constexpr std::uint64_t kCheckCodecEvery = 128;
constexpr Duration kInTime = 3s;

}  // namespace

struct Swarm::Executor {
  Swarm& swarm;
  NodeId id;

  void operator()(const live::Send& a) const { swarm.send(id, a.peer, a.message); }
  void operator()(const live::SendFromDisk& a) const {
    View whole = swarm.airing_.block(a.block).view();
    SharedBytes bytes = swarm.airing_.block(a.block);
    if (a.offset > 0) bytes = Bytes(whole.begin() + a.offset, whole.end());
    swarm.send(id, a.peer,
               std::make_shared<const wire::Message>(wire::BlockMessage{
                   a.block, static_cast<std::uint16_t>(a.offset), a.hops, std::move(bytes)}));
  }
  void operator()(const live::Disconnect& a) const {
    ++swarm.measured_.cut_off[a.reason];
    if (a.ban) swarm.peers_[id].banned.push_back(a.peer);
    swarm.disconnect(id, a.peer);
  }
  void operator()(const live::Store& a) const {
    live::Node& node = *swarm.peers_[id].node;
    std::uint32_t end = a.offset + static_cast<std::uint32_t>(a.bytes.size());
    if (end < kBlockSize) return node.stored_tail(a.block, end);
    swarm.verified(id, a.block, a.bytes.view());
    node.stored(a.block, 1, swarm.events_.now());
  }
  void operator()(const live::WantPiece& a) const { swarm.peers_[id].wanted.push_back(a.piece); }
  // An address is the other's number.
  void operator()(const live::BringTogether& a) const {
    for (bool calls : {false, true}) {
      wire::Meet meet{.calls = calls, .port = 1};
      std::uint32_t other = calls ? a.opens : a.calls;
      for (std::size_t i = 0; i < 4; ++i)
        meet.address[i] = static_cast<std::uint8_t>(other >> 8 * i);
      swarm.send(id, calls ? a.calls : a.opens, std::make_shared<const wire::Message>(meet));
    }
  }
  void operator()(const live::GoMeet& a) const {
    NodeId other = 0;
    for (std::size_t i = 0; i < 4; ++i) other |= NodeId{a.where.address[i]} << 8 * i;
    if (a.where.calls && other < swarm.peers_.size()) swarm.meet(id, other);
  }
  void operator()(const live::FinalKnown&) const {
    swarm.peers_[id].all_wanted_at = swarm.events_.now() + kTailComes;
  }
  void operator()(const live::OutputStarts& a) const {
    swarm.peers_[id].output_block = static_cast<std::uint32_t>(a.offset / kBlockSize);
  }
  void operator()(const auto&) const {}  // the bulk engine's business, and the files'
};

void Swarm::carry_out(NodeId id) {
  Peer& peer = peers_[id];
  while (peer.here) {
    auto actions = peer.node->take_actions();
    if (actions.empty()) break;
    for (const live::Action& action : actions) std::visit(Executor{*this, id}, action);
  }
  auto wake = peer.here ? peer.node->wake_at() : std::nullopt;
  if (wake && (peer.wake == Instant{} || *wake < peer.wake)) {
    peer.wake = std::max(*wake, events_.now());
    events_.plan(peer.wake, Event::Kind::Wake, id);
  }
  look_at_end(peer);
}

// The tail is what the end's own head adds; all of the show, what was late before it too.
void Swarm::look_at_end(Peer& peer) {
  bool waits = peer.here && peer.got_all == Instant{} && peer.role != Role::Publisher;
  if (!waits || airing_.ended_at() == Instant{} || !peer.node->final_known()) return;
  std::uint64_t size = airing_.ledger().size();
  bool tail = peer.node->readable_end((size - 1) / kBlockSize * kBlockSize) == size;
  if (tail && peer.got_tail == Instant{}) peer.got_tail = events_.now();
  std::uint64_t begin = std::uint64_t{peer.output_block} * kBlockSize;
  if (peer.node->readable_end(begin) == size) peer.got_all = events_.now();
}

std::uint32_t Swarm::size_of(const std::shared_ptr<const wire::Message>& message) {
  if (const auto* block = std::get_if<wire::BlockMessage>(message.get())) {
    return kFraming + kBlockHeader + static_cast<std::uint32_t>(block->bytes.size());
  }
  if (sized_ != message) {
    Bytes encoded = wire::encode(*message);
    if (++measured_.messages % kCheckCodecEvery == 0) {
      auto back = wire::decode(encoded);
      FRESHET_ASSERT(back && wire::encode(*back) == encoded);
    }
    size_ = kFraming + static_cast<std::uint32_t>(encoded.size());
    sized_ = message;
  }
  return size_;
}

void Swarm::send(NodeId from, NodeId to, std::shared_ptr<const wire::Message> message) {
  Peer& sender = peers_[from];
  Neighbour* neighbour = find(from, to);
  if (!neighbour) return;
  const auto* block = std::get_if<wire::BlockMessage>(message.get());
  bool silent = sender.role == Role::Liar || sender.role == Role::FreeRider;
  if (block && silent) {
    // As far as the node can tell it has sent it.
    events_.plan(events_.now() + one_way(sender.host, peers_[to].host), Event::Kind::Acked, from,
                 to, 0);
    return;
  }
  if (sender.role == Role::Liar && std::holds_alternative<wire::HeadMessage>(*message)) return;
  if (block && sender.role == Role::Polluter) {
    View bytes = block->bytes.view();
    Bytes junk(bytes.begin(), bytes.end());
    junk[random_.below(static_cast<std::uint32_t>(junk.size()))] ^= 0x40;
    message = std::make_shared<const wire::Message>(
        wire::BlockMessage{block->block, block->offset, block->hops, std::move(junk)});
  } else if (block) {
    crypto_.keep(block->bytes);
  } else if (const auto* request = std::get_if<wire::BlockRequest>(message.get())) {
    sender.pulled.insert(request->block);
  }
  launch(from, to, *neighbour, std::move(message), false);
}

void Swarm::launch(NodeId from, NodeId to, Neighbour& neighbour,
                   std::shared_ptr<const wire::Message> message, bool bulk) {
  Peer& sender = peers_[from];
  std::uint32_t slot = static_cast<std::uint32_t>(parcels_.size());
  if (free_parcels_.empty()) {
    parcels_.emplace_back();
  } else {
    slot = free_parcels_.back();
    free_parcels_.pop_back();
  }
  Parcel& parcel = parcels_[slot];
  parcel = {from, to, std::move(message), 0, bulk, {}, {}};
  parcel.size = size_of(parcel.message);
  const auto* block = std::get_if<wire::BlockMessage>(parcel.message.get());
  if (block && !bulk) neighbour.outstanding += block->bytes.size();
  if (block && from != 0) parcel.trail = sender.trails[block->block % sender.trails.size()];
  if (block && from == 0 && block->block < airing_.published().size()) {
    float held = static_cast<float>((events_.now() - airing_.published()[block->block]).count());
    parcel.trail.ms[Trail::Waiting] = held / 1000;
  } else if (block && from != 0) {
    // trails hold the moment of verification in `Waiting` as a difference to publication.
    float total = 0;
    for (float part : parcel.trail.ms) total += part;
    Instant published = block->block < airing_.published().size()
                            ? airing_.published()[block->block]
                            : events_.now();
    float held = static_cast<float>((events_.now() - published).count()) / 1000 - total;
    parcel.trail.ms[Trail::Waiting] += std::max(0.0F, held);
  }
  measured_.handed_over += parcel.size;
  measured_.bytes_by_type[parcel.message->index()] += parcel.size;
  ++measured_.count_by_type[parcel.message->index()];
  if (from == 0) measured_.publisher_sent += parcel.size;
  Instant at = sim::send(flows_[neighbour.flow], sender.host, peers_[to].host, parcel.size,
                         events_.now(), scenario_, random_, parcel.way);
  events_.plan(at, Event::Kind::Arrived, from, to, slot);
}

void Swarm::arrived(std::uint32_t slot) {
  Parcel& parcel = parcels_[slot];
  Peer& to = peers_[parcel.to];
  if (!to.here) return delivered(slot);
  Instant at = receive(to.host, parcel.size, events_.now(), parcel.way);
  if (parcel.size < kSmall) return delivered(slot);
  events_.plan(at, Event::Kind::Delivered, parcel.from, parcel.to, slot);
}

void Swarm::delivered(std::uint32_t slot) {
  Parcel parcel = std::move(parcels_[slot]);
  free_parcels_.push_back(slot);
  Peer& to = peers_[parcel.to];
  if (!to.here || !find(parcel.to, parcel.from)) return;
  measured_.hash(static_cast<std::uint64_t>(events_.now().count()) * 31 + parcel.from * 7 +
                 parcel.to + (parcel.message->index() << 48));
  if (const auto* block = std::get_if<wire::BlockMessage>(parcel.message.get())) {
    Trail& trail = to.trails.empty() ? parcel.trail : to.trails[block->block % to.trails.size()];
    Trail fresh = parcel.trail;
    fresh.ms[Trail::Queueing] += parcel.way.queueing;
    fresh.ms[Trail::Flight] += parcel.way.flight;
    fresh.ms[Trail::Recovery] += parcel.way.recovery;
    ++fresh.depth;
    if (to.pulled.erase(block->block) > 0) {
      std::swap(fresh.ms[Trail::Repair], fresh.ms[Trail::Waiting]);
    }
    // Kept only when this is the copy that counts; the node tells by storing it.
    bool held = to.node->stored_blocks().has(block->block);
    if (!held) trail = fresh;
  }
  if (parcel.bulk) return bulk_arrived(parcel.to, std::get<wire::BlockMessage>(*parcel.message));
  if (const auto* block = std::get_if<wire::BlockMessage>(parcel.message.get())) {
    Instant back = events_.now() + one_way(to.host, peers_[parcel.from].host);
    events_.plan(back, Event::Kind::Acked, parcel.from, parcel.to,
                 static_cast<std::uint32_t>(block->bytes.size()));
  }
  to.node->receive(parcel.from, *parcel.message, events_.now());
  carry_out(parcel.to);
}

void Swarm::acked(NodeId from, NodeId to, std::uint32_t bytes) {
  Peer& peer = peers_[from];
  Neighbour* neighbour = peer.here ? find(from, to) : nullptr;
  if (!neighbour) return;
  // A connection that was replaced since had its own count.
  neighbour->outstanding -= std::min<std::size_t>(neighbour->outstanding, bytes);
  peer.node->outstanding(to, neighbour->outstanding, events_.now());
  carry_out(from);
}

void Swarm::verified(NodeId id, std::uint32_t block, View bytes) {
  Peer& peer = peers_[id];
  Instant now = events_.now();
  bool ours = block < airing_.published().size();
  View truth = ours ? airing_.block(block).view() : View{};
  // Comparing the ends of a block is enough to notice what a polluter changed somewhere: the ledger
  // compared all of it, this only watches the ledger.
  if (!ours || (random_.below(64) == 0 && !std::ranges::equal(bytes, truth))) {
    ++measured_.bad_accepted;
  }
  if (!ours) return;
  if (peer.first_block == Instant{}) {
    peer.first_block = now;
    measured_.first_block.add(static_cast<double>((now - peer.joined).count()) / 1000);
  }
  Instant published = airing_.published()[block];
  double delay = static_cast<double>((now - published).count()) / 1000;
  if (now - published <= kInTime) {
    if (block >= peer.in_time.size()) peer.in_time.resize(block + 1);
    peer.in_time[block] = true;
  }
  if (!counted(peer, published)) return;
  measured_.delays.add(delay);
  peer.came.push_back({published, delay});
  count_by_publication(peer, now);
  if (peer.role == Role::Viewer) measured_.contributors.add(delay);
  if (peer.early) measured_.early.add(delay);
  const Trail& trail = peer.trails[block % peer.trails.size()];
  ++measured_.depth[trail.depth];
  for (std::size_t i = 0; i < trail.ms.size(); ++i) measured_.causes[i] += trail.ms[i];
  ++measured_.caused;
}

Published& Swarm::published_in(Instant at) {
  auto second = static_cast<std::size_t>(at.count() / 1'000'000);
  if (second >= measured_.published.size()) measured_.published.resize(second + 1);
  return measured_.published[second];
}

// Of who leaves, neither what came nor what did not come in its last three seconds counts.
void Swarm::count_by_publication(Peer& peer, Instant until) {
  std::erase_if(peer.came, [&](const Came& came) {
    bool stayed = came.published + kInTime <= until;
    if (stayed) published_in(came.published).delays.add(came.delay);
    return stayed;
  });
}

// Adds up what a peer leaves behind.
void Swarm::account_for(Peer& peer) {
  if (peer.role == Role::Publisher || !peer.node) return;
  const live::NodeStats& stats = peer.node->stats();
  const live::NodeStats& before = peer.before;
  measured_.first_copies += stats.payload_in - before.payload_in;
  measured_.duplicates += stats.duplicate - before.duplicate;
  live::NodeStats& sum = measured_.nodes;
  sum.pulls += stats.pulls - before.pulls;
  sum.pulls_late += stats.pulls_late - before.pulls_late;
  sum.refused += stats.refused - before.refused;
  sum.lost += stats.lost - before.lost;
  sum.left += stats.left - before.left;
  sum.cut_short += stats.cut_short - before.cut_short;
  const auto& published = airing_.published();
  Instant gone = peer.left == Instant{} ? events_.now() : peer.left;
  count_by_publication(peer, gone);
  for (std::uint32_t block = 0; block < published.size(); ++block) {
    if (!counted(peer, published[block]) || published[block] + kInTime > gone) continue;
    std::uint64_t got = block < peer.in_time.size() && peer.in_time[block] ? 1 : 0;
    ++measured_.due;
    measured_.in_time += got;
    Published& then = published_in(published[block]);
    for (auto* count : {&then.all, &then.by_substream[block % wire::kSubstreams]}) {
      ++count->due;
      count->in_time += got;
    }
    if (peer.role == Role::Viewer)
      ++measured_.due_contributors, measured_.in_time_contributors += got;
    if (peer.early) ++measured_.due_early, measured_.in_time_early += got;
    if (peer.eclipsed) ++measured_.due_eclipsed, measured_.in_time_eclipsed += got;
  }
  bool judged = peer.role == Role::Viewer && peer.left == Instant{};
  if (!judged || airing_.ended_at() == Instant{} || peer.joined > airing_.ended_at()) return;
  auto add = [&](Instant got, Histogram& to, std::uint64_t& never) {
    if (got == Instant{}) {
      ++never;
    } else {
      to.add(static_cast<double>((got - airing_.ended_at()).count()) / 1000);
    }
  };
  add(peer.got_tail, measured_.tail, measured_.never_ended);
  add(peer.got_all, measured_.whole, measured_.never_whole);
}

}  // namespace freshet::sim
