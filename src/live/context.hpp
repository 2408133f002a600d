// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of one live node share: peers, holdings, the actions to come.
#pragma once

#include <deque>
#include <map>
#include <random>
#include <set>

#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::live {

using namespace std::chrono_literals;

inline constexpr std::size_t kWantsMax = 256;        // block requests that we keep for a peer
inline constexpr std::size_t kFollowersMax = 16;     // peers that get every head in full
inline constexpr std::size_t kUncoveredPeerMax = 8;  // blocks ahead of their head, a connection
inline constexpr std::size_t kUncoveredMax = 64;     // and in all
inline constexpr Duration kUncoveredFor = 1s;
inline constexpr int kAbusesMax = 3;
inline constexpr Duration kProofTimeout = 4s;  // to prove a head that does not grow out of ours
inline constexpr std::size_t kPartialMax = 4;
inline constexpr std::size_t kCacheBlocks = 256;  // recent blocks kept in memory (4 MiB)
inline constexpr Duration kEdgeWindow = 10s;      // what is newer belongs to us, not libtorrent
inline constexpr Duration kLateBlock = 1s;     // a block that waited so long is asked for elsewhere
inline constexpr Duration kBusyAfter = 100ms;  // the edge's queue: nothing else may go first
inline constexpr Duration kNumberEvery = 1s;   // "I stand at this head", to who does not follow

[[nodiscard]] constexpr std::uint32_t substream_of(std::uint32_t block) {
  return block % wire::kSubstreams;
}
[[nodiscard]] constexpr wire::Substreams substream_bit(std::uint32_t block) {
  return static_cast<wire::Substreams>(1U << substream_of(block));
}

struct Peer {
  std::uint64_t seq = 0;  // newest head that it said it stands at
  std::uint64_t size = 0;
  bool cut_off = false;      // it broke a rule: nothing it says counts any more
  bool ready = false;        // it does not need the live swarm any more
  bool provisional = false;  // it took the show for ended
  // It sent a signed head that does not grow out of ours: it has to prove where it stands.
  std::optional<Instant> suspect_since;
  bool follows_us = false;
  bool rejected_us = false;  // it will not have us as a follower
  int abuses = 0;
  int overruns = 0;
  std::map<std::uint32_t, std::uint16_t> wants;  // its open block requests: block -> offset
  struct Uncovered {
    wire::BlockMessage message;
    Instant since;
  };
  std::deque<Uncovered> uncovered;
  unsigned hash_requests = 0;  // ours, open at this peer
  unsigned block_requests = 0;
  Instant pull_pause{};  // it is busy: ask it for no block before
  // Requests that we gave up or cancelled: their answers may be on the way already.
  unsigned late_blocks = 0;
  unsigned late_hashes = 0;
  Instant hash_pause{};    // ask it for no hashes before
  double hash_credit = 0;  // bytes of hashes that we may send it
  Instant hash_credit_at{};
  Instant behind_since{};  // it announced a newer head than ours then
  Instant number_sent{};   // when it last heard where we stand
  std::uint64_t seq_sent = 0;
  std::optional<wire::Load> load;
  Duration rtt{};       // 0: not measured yet
  double failures = 0;  // promises that it did not keep, fading

  // Sub-streams that it sends us, that it was asked for, and that it sent until a moment ago.
  wire::Substreams taking = 0, asked = 0, taken = 0;
  Instant asked_at{}, taken_until{};
  Instant ask_not_before{};
  Instant block_at{};  // its newest block came then
  Instant frontier_asked{};

  // Sub-streams that we send it.
  wire::Substreams giving = 0;
  Instant giving_since{};
  std::array<std::uint32_t, wire::kSubstreams> next_push{};  // nothing before goes to it unasked
  struct Tail {
    std::uint32_t block = UINT32_MAX;
    std::uint32_t sent = 0;  // bytes of it
  } tail;
  struct InFlight {
    std::size_t bytes;
    Instant since;
    Duration waited;  // in our queue; max: not counted
  };
  std::deque<InFlight> in_flight;        // blocks on their way to it, oldest first
  std::size_t unacked = 0;               // bytes of these
  Duration best_took = Duration::max();  // the fastest way of a block there and its receipt back
};

class HashFetcher;
class HeadLine;
class Parents;
class Puller;
class Intake;
class Pusher;
class ShowClock;
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
  std::map<PeerId, Peer> peers;
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
  std::unique_ptr<ShowClock> clock;
  std::unique_ptr<Backlog> backlog;
  std::unique_ptr<Server> server;
  std::unique_ptr<Finaliser> finaliser;
  std::unique_ptr<Rejoin> rejoin;

  Peer* find(PeerId id) {
    auto peer = peers.find(id);
    return peer == peers.end() ? nullptr : &peer->second;
  }
  void send(PeerId peer, wire::Message message) {
    send(peer, std::make_shared<const wire::Message>(std::move(message)));
  }
  void send(PeerId peer, std::shared_ptr<const wire::Message> message) {
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
  // "I stand here", to those who were not told for a while.
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

  [[nodiscard]] std::uint32_t blocks_total() const {  // of the newest head, the incomplete one too
    return static_cast<std::uint32_t>((ledger.size() + kBlockSize - 1) / kBlockSize);
  }
  [[nodiscard]] bool leaf_known(std::uint32_t block) const {
    return ledger.log(ledger::LogKind::Blocks).known(block);
  }
};

}  // namespace freshet::live
