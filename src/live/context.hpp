// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of one live node share: peers, holdings, the actions to come.
#pragma once

#include <deque>
#include <map>
#include <random>
#include <set>

#include "live/peer_table.hpp"

namespace freshet::live {

class HashFetcher;
class HeadLine;
class Parents;
class Puller;
class Intake;
class Pusher;
class BulkShare;
class Children;
class ShowClock;
class Audiences;
class Holdings;
class Introductions;
class LineProbe;
class Backlog;
class Server;
class Finaliser;
class Rejoin;

class Context {
 public:
  Context(ledger::Ledger& ledger, NodeConfig config);
  ~Context();

  ledger::Ledger& ledger;
  NodeConfig config;
  PeerTable peers;
  std::vector<Action> actions;
  BlockSet held;    // verified: in the file or on its way there
  BlockSet stored;  // in the file
  // Verified first bytes of blocks that are not whole yet. More than one only for a moment: a block
  // is still being completed when the next one begins.
  std::map<std::uint32_t, Bytes> partial;
  std::map<std::uint32_t, ledger::LogState> partial_proof;  // what signed their first bytes
  std::map<std::uint32_t, std::uint32_t> partial_stored;    // how much of them is in the file
  std::map<std::uint32_t, SharedBytes> cache;  // recent complete blocks, for forwarding
  std::optional<std::uint64_t> output_start;
  std::optional<std::uint64_t> reading_at;  // where somebody reads, if not from there
  NodeStats stats;
  std::mt19937_64 random;
  bool final_said = false;
  bool ready_said = false;  // we need nobody of the live swarm any more
  bool frozen_said = false;
  bool follow_up_said = false;

  std::unique_ptr<HashFetcher> hashes;
  std::unique_ptr<HeadLine> heads;
  std::unique_ptr<Parents> parents;
  std::unique_ptr<Puller> puller;
  std::unique_ptr<Intake> intake;
  std::unique_ptr<Pusher> pusher;
  std::unique_ptr<BulkShare> bulk;
  std::unique_ptr<Children> children;
  std::unique_ptr<ShowClock> clock;
  std::unique_ptr<Audiences> audiences;
  std::unique_ptr<Holdings> holdings;
  std::unique_ptr<Introductions> introductions;
  std::unique_ptr<LineProbe> line_probe;
  std::unique_ptr<Backlog> backlog;
  std::unique_ptr<Server> server;
  std::unique_ptr<Finaliser> finaliser;
  std::unique_ptr<Rejoin> rejoin;

  Peer* find(PeerId id) { return peers.find(id); }
  void send(PeerId peer, wire::Message message) {
    send(peer, std::make_shared<const wire::Message>(std::move(message)));
  }
  void send(PeerId peer, std::shared_ptr<const wire::Message> message) {
    if (Peer* to = find(peer)) to->told_anything = true;
    actions.push_back(Send{peer, std::move(message)});
  }
  // The peer broke a rule. Its state goes when the host reports the connection closed.
  void cut_off(PeerId id, std::string reason, bool ban) {
    Peer* peer = find(id);
    if (!peer || std::exchange(peer->cut_off, true)) return;
    actions.push_back(Disconnect{id, std::move(reason), ban});
  }
  void abuse(PeerId id, const char* what) {
    Peer* peer = find(id);
    if (peer && ++peer->abuses >= kAbusesMax) cut_off(id, what, false);
  }
  // A proven head came: tell everybody, serve what it covers, go on fetching.
  // `first_new`: our own blocks from there on are new too (the publisher's).
  void head_advanced(const ledger::HeadUpdate* update, PeerId from, Instant now,
                     std::uint32_t first_new = UINT32_MAX);
  [[nodiscard]] std::size_t partial_size(std::uint32_t block) const {
    auto found = partial.find(block);
    return found == partial.end() ? 0 : found->second.size();
  }
  void set_partial(std::uint32_t block, Bytes bytes) {
    partial[block] = std::move(bytes);
    while (partial.size() > kPartialMax) drop_partial(partial.begin()->first);
  }
  void drop_partial(std::uint32_t block) {
    partial.erase(block);
    partial_proof.erase(block);
  }
  // Complete and verified, not stored yet.
  void block_verified(std::uint32_t block, SharedBytes bytes, Instant now);
  // What the edge does whenever something has changed.
  void pump_edge(Instant now);
  // How often each of the neighbours is told what all are told: so many of them cost no more.
  [[nodiscard]] Duration among_all(Duration every) const;
  // "I stand here", to those who were never told, or not for a while.
  [[nodiscard]] bool number_due(const Peer& peer, Instant now) const {
    return peer.seq_sent == 0 || now - peer.number_sent >= among_all(kNumberEvery);
  }
  void tell_number(PeerId id, Peer& peer, Instant now);
  void judge(PeerId peer, ledger::Verdict verdict);
  void decide_output_start();
  void check_final();
  void check_ready();
  void check_follow_up();
  [[nodiscard]] wire::HeadNumber head_number() const;
  // Every byte up to the newest head is in the file.
  [[nodiscard]] bool complete() const;
  [[nodiscard]] std::uint32_t stored_tail_bytes() const;
  [[nodiscard]] bool whole(ledger::LogKind kind) const {
    return ledger.log(kind).known_count() == ledger.log(kind).count();
  }

  // Sub-streams change hands in bundles, each of them every so many-th sub-stream: a connection
  // that carries one sends often enough to keep its congestion window (RFC 5681, section 4.1).
  std::uint32_t bundles = 8;
  void choose_bundles();
  [[nodiscard]] wire::Substreams bundle_of(std::uint32_t substream) const {
    wire::Substreams bundle = 0;
    for (std::uint32_t s = substream % bundles; s < wire::kSubstreams; s += bundles)
      bundle |= bit(s);
    return bundle;
  }
  [[nodiscard]] std::uint32_t blocks_total() const {  // of the newest head, the incomplete one too
    return static_cast<std::uint32_t>((ledger.size() + kBlockSize - 1) / kBlockSize);
  }
  [[nodiscard]] bool leaf_known(std::uint32_t block) const {
    return ledger.log(ledger::LogKind::Blocks).known(block);
  }
};

}  // namespace freshet::live
