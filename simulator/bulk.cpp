// SPDX-License-Identifier: GPL-3.0-or-later
// The bulk engine, as far as the live edge needs it: what became too old for the edge is fetched
// block by block, a few at a time, from neighbours that have it, have unchoked us and whose edge
// does not wait.
#include "simulator/swarm.hpp"

namespace freshet::sim {
namespace {

using namespace std::chrono_literals;

constexpr Duration kQueued = 20ms;  // bulk waits for an uplink without a queue, as LEDBAT does
constexpr int kTries = 8;
constexpr std::size_t kOpenMax = 2;
constexpr Duration kGivenUp = 5s;

}  // namespace

// The first block of the pieces it wants that it lacks and did not ask for.
std::optional<std::uint32_t> Swarm::next_bulk(Peer& peer) {
  std::uint32_t per_piece = airing_.ledger().blocks_per_piece();
  const live::BlockSet& stored = peer.node->stored_blocks();
  std::erase_if(peer.wanted, [&](std::uint32_t piece) {
    return stored.first_missing(piece * per_piece) >= (piece + 1) * per_piece;
  });
  for (std::uint32_t piece : peer.wanted) {
    for (std::uint32_t i = piece * per_piece; i < (piece + 1) * per_piece; ++i) {
      if (i >= airing_.published().size()) break;  // the tail comes by the edge
      if (!stored.has(i) && !peer.bulk.contains(i)) return i;
    }
  }
  return std::nullopt;
}

void Swarm::fetch_bulk(NodeId id) {
  Peer& peer = peers_[id];
  Instant now = events_.now();
  if (peer.all_wanted_at != Instant{} && now >= peer.all_wanted_at) want_all(id);
  std::erase_if(peer.bulk, [&](const auto& open) { return now - open.second > kGivenUp; });
  while (!peer.wanted.empty() && !peer.neighbours.empty() && peer.bulk.size() < kOpenMax) {
    auto block = next_bulk(peer);
    if (!block) return;
    auto source = bulk_source(id, *block);
    if (!source) return;
    peer.bulk[*block] = now;
    Duration way = one_way(peer.host, peers_[*source].host);
    events_.plan(now + way, Event::Kind::Bulk, *source, id, *block);
  }
}

std::optional<NodeId> Swarm::bulk_source(NodeId id, std::uint32_t block) {
  const Peer& peer = peers_[id];
  for (int i = 0; i < kTries; ++i) {
    auto at = random_.below(static_cast<std::uint32_t>(peer.neighbours.size()));
    NodeId source = peer.neighbours[at].id;
    const Peer& them = peers_[source];
    bool sends = them.role == Role::Viewer || them.role == Role::Publisher;
    if (!sends || !them.node->stored_blocks().has(block)) continue;
    bool waits = them.host.up.backlog(events_.now()) > kQueued;
    if (!waits && them.node->bulk_may_leave(id, events_.now())) return source;
  }
  return std::nullopt;
}

// The show has ended: what lacks is an ordinary download.
void Swarm::want_all(NodeId id) {
  Peer& peer = peers_[id];
  std::uint32_t per_piece = airing_.ledger().blocks_per_piece();
  auto pieces = static_cast<std::uint32_t>(airing_.published().size() / per_piece + 1);
  peer.all_wanted_at = {};
  peer.wanted.clear();
  for (std::uint32_t piece = peer.output_block / per_piece; piece < pieces; ++piece) {
    peer.wanted.push_back(piece);
  }
}

void Swarm::send_bulk(NodeId from, NodeId to, std::uint32_t block) {
  Neighbour* neighbour = peers_[from].here && peers_[to].here ? find(from, to) : nullptr;
  if (!neighbour) return;
  if (!peers_[from].node->bulk_may_leave(to, events_.now())) {
    peers_[to].bulk.erase(block);  // choked meanwhile
    return;
  }
  peers_[from].node->bulk_left(kBlockSize);
  auto message =
      std::make_shared<const wire::Message>(wire::BlockMessage{block, 0, 0, airing_.block(block)});
  launch(from, to, *neighbour, std::move(message), true);
}

void Swarm::bulk_arrived(NodeId id, const wire::BlockMessage& message) {
  Peer& peer = peers_[id];
  peer.bulk.erase(message.block);
  if (peer.node->stored_blocks().has(message.block)) {
    measured_.duplicates += message.bytes.size();
  } else {
    measured_.first_copies += message.bytes.size();
    verified(id, message.block, message.bytes.view());
    peer.node->stored(message.block, 1, events_.now());
    carry_out(id);
  }
  fetch_bulk(id);
}

}  // namespace freshet::sim
