// SPDX-License-Identifier: GPL-3.0-or-later
// One participant of one live swarm: follows heads, fetches hashes and edge blocks, serves others,
// and decides which pieces the bulk engine may fetch. Sans-I/O: bytes and `now` in, actions out.
// Single-threaded; knows nothing of sockets, files, clocks or libtorrent.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "freshet/base/time.hpp"
#include "freshet/ledger/ledger.hpp"
#include "freshet/live/actions.hpp"
#include "freshet/live/block_set.hpp"

namespace freshet::live {

// Where the in-order output begins.
struct StartPoint {
  enum class Kind { Beginning, Edge, Time };
  Kind kind = Kind::Beginning;
  std::uint64_t time_ms = 0;  // since the first time mark; for Kind::Time
};

struct NodeConfig {
  bool publisher = false;
  // A publisher that comes back: it takes part like a viewer until it knows that nobody has a newer
  // head (action Rejoined), and then calls become_publisher(). `publisher` is false until then.
  bool rejoin = false;
  bool journal_lost = false;  // with `rejoin`: nothing here says what was signed before
  StartPoint start;
  std::uint64_t seed = 1;  // for choices among equals
  // Sub-streams (sixteenths of the stream) that are sent to others, at most. What the uplink
  // carries is measured.
  std::uint16_t places_max = 1024;
  // Into how many parts the stream is dealt out, a power of two up to 16; 0: by its rate.
  std::uint32_t bundles = 0;
  // Whether the newest seconds come block by block. Without, everything but the very end comes in
  // bulk, as in any torrent: for comparison.
  bool edge = true;
  // The host does not say what is outstanding: nothing is held back.
  bool unpaced = false;
};

struct NodeStats {
  std::uint64_t payload_in = 0;  // bytes of blocks that came by our own messages, first copies
  std::uint64_t payload_out = 0;
  std::uint64_t duplicate = 0;  // bytes of blocks that were held already
  std::uint64_t stale_hashes = 0;
  // What the edge did.
  std::uint32_t pulls = 0;        // blocks asked for by name
  std::uint32_t pulls_late = 0;   // of these, not answered in time
  std::uint32_t refused = 0;      // sub-streams that a peer had no place for
  std::uint32_t lost = 0;         // that a parent gave up
  std::uint32_t left = 0;         // that we took from a parent that was too late
  std::uint32_t fed = 0;          // sub-streams that somebody sends us, now
  std::uint32_t feeding = 0;      // that we send others, now
  std::uint32_t places = 0;       // that we could
  std::uint32_t waited_ms = 0;    // that every block waits here at least, now
  std::uint32_t standing_ms = 0;  // and in queues beyond ours
  std::uint32_t uplink = 0;       // bytes/s that we were seen to carry
  std::uint32_t cut_short = 0;    // blocks dropped from our queue: too late for anybody
};

// The upper limits of Audience::delays, ms; the last bucket has none.
inline constexpr std::array<std::int64_t, 15> kAudienceLimitsMs = {
    100, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000, 20000, 60000};

// How a connection came about.
enum class Origin : std::uint8_t {
  Ours,    // we connected
  Theirs,  // the peer did: so others can connect to us
  Met,     // a common neighbour brought us together (action GoMeet)
};

class Context;

class Node {
 public:
  Node(ledger::Ledger& ledger, NodeConfig config);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // What the journal says is verified and in the file. Before anything else.
  void restore_blocks(std::uint32_t first, std::uint32_t count);
  void restore_partial(std::uint32_t block, Bytes bytes);
  void restore_silence(const ledger::Silence& silence);
  // After restoring: takes up where the ledger stands.
  void resume(Instant now);

  // Goes into the extension handshake: the newest head, or nothing before the first.
  [[nodiscard]] Bytes handshake() const;
  // The peer speaks our extension; `head` is what its handshake carried.
  void peer_connected(PeerId peer, View head, Instant now, Origin origin = Origin::Theirs);
  void peer_gone(PeerId peer, Instant now);
  void receive(PeerId peer, View message, Instant now);
  // The same for a message that was decoded already.
  void receive(PeerId peer, const wire::Message& message, Instant now);

  // After Rejoined with GoOn or End.
  void become_publisher();
  // The publisher's own next head; `bytes` are those it adds. They are durable already.
  void publish(const ledger::HeadUpdate& update, View bytes, Instant now);

  // Whether these are truly the bytes of a complete block.
  [[nodiscard]] bool check(std::uint32_t block, View bytes) const;
  // The blocks are in the file now, whoever fetched them.
  void stored(std::uint32_t first, std::uint32_t count, Instant now);
  void stored_tail(std::uint32_t block, std::uint32_t length);

  // Of the block messages handed over for this peer, so many bytes have not reached it yet. After
  // each change, at best within 20 ms.
  void outstanding(PeerId peer, std::size_t bytes, Instant now);

  // Blocks leave at a pace: send_due() is wanted then, if before the next tick.
  [[nodiscard]] std::optional<Instant> wake_at() const;
  void send_due(Instant now);

  // Somebody reads from this byte on: what follows it is fetched before the rest.
  void focus(std::uint64_t offset, Instant now);

  // At least every 100 ms: time-outs, requests, choice of whom to follow.
  void tick(Instant now);
  [[nodiscard]] std::vector<Action> take_actions();

  [[nodiscard]] const BlockSet& stored_blocks() const;
  // Bytes of the incomplete last block that are in the file.
  [[nodiscard]] std::uint32_t stored_tail_bytes() const;
  [[nodiscard]] std::uint64_t stored_bytes() const;
  // The end of what can be read without a gap from `offset` on.
  [[nodiscard]] std::uint64_t readable_end(std::uint64_t offset) const;
  [[nodiscard]] std::optional<std::uint64_t> output_start() const;
  // Every byte up to the newest head is stored.
  [[nodiscard]] bool complete() const;
  // The end is known and no connected peer needs the live swarm any more.
  [[nodiscard]] bool may_leave() const;
  [[nodiscard]] bool final_known() const;
  [[nodiscard]] bool provisional() const;
  [[nodiscard]] bool frozen() const;
  // The publisher's clock, µs since 1970, and by how much it may be off.
  struct ShowTime {
    std::int64_t us = 0;
    std::uint32_t error_us = 0;
  };
  [[nodiscard]] std::optional<ShowTime> show_clock(Instant now) const;
  // Who watches from here on, as reported; the publisher's is everybody.
  [[nodiscard]] wire::Audience audience() const;
  // Whether pieces may leave now, to a peer that wants some, without taking the uplink from the
  // edge's blocks; to be asked every 0.1 s. Say how many bytes of them did.
  [[nodiscard]] bool bulk_may_leave(PeerId peer, Instant now);
  void bulk_left(std::size_t bytes);
  [[nodiscard]] std::size_t peer_count() const;
  [[nodiscard]] const NodeStats& stats() const;

 private:
  std::unique_ptr<Context> context_;
};

}  // namespace freshet::live
