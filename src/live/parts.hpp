// SPDX-License-Identifier: GPL-3.0-or-later
// The four jobs of a live node. Each sees the others only through Context.
#pragma once

#include "live/context.hpp"

namespace freshet::live {

// Fetches what is missing of the three logs, in ranges, with proofs.
class HashFetcher {
 public:
  explicit HashFetcher(Context& context) : c_(context) {}
  void received(PeerId peer, const wire::HashMessage& message, Instant now);
  void rejected(PeerId peer, const wire::HashReject& message, Instant now);
  void peer_gone(PeerId peer);
  void pump(Instant now);

 private:
  struct Open {
    wire::HashRequest request;
    PeerId peer;
    Instant since;
  };
  // The next range of `kind` at or after `from` that is neither known nor asked for.
  [[nodiscard]] std::optional<wire::HashRequest> next(ledger::LogKind kind, std::uint32_t from);
  [[nodiscard]] std::optional<wire::HashRequest> next_of_all();
  [[nodiscard]] std::optional<PeerId> server_for(Instant now);
  [[nodiscard]] bool is_open(ledger::LogKind kind, std::uint32_t first) const;
  void expire(Instant now);

  Context& c_;
  std::vector<Open> open_;
  std::array<BlockSet, 3> whole_units_;  // full ranges that are known entirely
};

// Follows one peer for heads and asks it for blocks as they come into being.
class EdgeFetcher {
 public:
  explicit EdgeFetcher(Context& context) : c_(context) {}
  // The first block that is fetched here and not by the bulk engine.
  [[nodiscard]] std::uint32_t first_block() const { return first_block_; }
  void begin(std::uint32_t first_block, std::uint32_t focus);
  [[nodiscard]] bool begun() const { return begun_; }
  // Nothing is followed or asked for any more.
  void stop();
  [[nodiscard]] bool has_request(std::uint32_t first, std::uint32_t count) const;
  [[nodiscard]] std::optional<PeerId> parent() const { return parent_; }
  // The parent stands elsewhere: ask it where we are.
  void ask_frontier(PeerId peer);
  void received(PeerId peer, const wire::BlockMessage& message, Instant now);
  void rejected(PeerId peer, std::uint32_t block, Instant now);
  void follow_rejected(PeerId peer);
  void head_advanced(Instant now);
  void peer_gone(PeerId peer);
  void pump(Instant now);

 private:
  struct Open {
    PeerId peer = 0;
    std::uint16_t offset = 0;
    Instant since{};
  };
  enum class Taken { Yes, Useless, Uncovered, Bad, Doubtful, Changed };

  void choose_parent(Instant now);
  void request(PeerId peer, std::uint32_t block, Instant now);
  void request(PeerId peer, std::uint32_t block, Instant now, std::uint16_t offset);
  void close(std::uint32_t block, bool cancel);
  void request_missing(Instant now);
  void repair(Instant now);
  [[nodiscard]] std::optional<PeerId> other_source(PeerId not_this, std::uint32_t block);
  [[nodiscard]] Taken take(const wire::BlockMessage& message);
  [[nodiscard]] Taken take_partial(const wire::BlockMessage& message, const SharedBytes& data);
  // Whether true bytes of a block contradict the signed ones that are held of it.
  [[nodiscard]] bool changes_tail(std::uint32_t block, View data);
  // What of `data` is not in the file yet.
  void store_rest(std::uint32_t block, const SharedBytes& data);
  [[nodiscard]] bool late(PeerId peer);
  void hold_uncovered(PeerId peer, const wire::BlockMessage& message, Instant now);

  Context& c_;
  bool begun_ = false;
  std::uint32_t first_block_ = 0;
  std::uint32_t focus_ = 0;  // what the output needs first
  std::optional<PeerId> parent_;
  Instant parent_since_{};
  std::map<std::uint32_t, Open> open_;
};

// Decides which pieces the bulk engine fetches, and which it is only told of.
class Backlog {
 public:
  explicit Backlog(Context& context) : c_(context) {}
  // Pieces below are the bulk engine's; the ones from `focus` on are let go first.
  void begin(std::uint32_t edge_piece, std::uint32_t focus);
  [[nodiscard]] bool owns(std::uint32_t piece) const;
  void stored(std::uint32_t first, std::uint32_t count);
  void pump(Instant now);
  // The bulk engine begins anew: it is told again what it may fetch.
  void reopen();

 private:
  enum class State : std::uint8_t { Edge, Backlog, Wanted, Have };
  [[nodiscard]] bool leaves_known(std::uint32_t piece) const;
  void release_late(Instant now);
  void want_ready();

  Context& c_;
  bool begun_ = false;
  std::uint32_t focus_ = 0;
  std::vector<State> pieces_;
  std::vector<Instant> complete_since_;  // when the piece's last byte was announced
  std::uint32_t next_wanted_ = 0;
  std::uint32_t first_edge_ = 0;  // no piece below is still to come block by block
  bool forward_done_ = false;
};

// Watches over a publisher that went silent. Silence is counted only while somebody is connected,
// so neither a clock that jumps nor a machine that is offline ends a show.
class Finaliser {
 public:
  explicit Finaliser(Context& context) : c_(context) {}
  void restore(const ledger::Silence& silence);
  // A new head is proven. True when the show had been taken for ended.
  bool head_advanced();
  void peer_connected(PeerId peer);
  void tick(Instant now);
  [[nodiscard]] bool provisional() const { return provisional_; }

 private:
  void note();

  Context& c_;
  Duration silence_{};
  Duration noted_{};                      // what the journal says
  std::optional<Duration> asking_since_;  // the silence at which we began to ask everybody
  Instant last_tick_{};
  bool provisional_ = false;
};

// Leads a publisher that came back to the newest head that anybody has.
class Rejoin {
 public:
  explicit Rejoin(Context& context) : c_(context) {}
  void tick(Instant now);

 private:
  enum class Step { Begin, Asking, Fetching, Quiet, Done };
  [[nodiscard]] bool up_to_date() const;
  void finish(Rejoined::Outcome outcome);

  Context& c_;
  Step step_ = Step::Begin;
  Instant since_{};        // of the step
  Instant first_quiet_{};  // when we had caught up for the first time
  Instant progress_at_{};
  std::uint64_t progress_ = 0;
  std::uint64_t seq_ = 0;
};

// Answers other peers' requests.
class Server {
 public:
  explicit Server(Context& context) : c_(context) {}
  void follow(PeerId peer, bool on);
  void frontier(PeerId peer, const wire::FrontierRequest& request);
  void hashes(PeerId peer, const wire::HashRequest& request, Instant now);
  void block(PeerId peer, const wire::BlockRequest& request);
  void cancel(PeerId peer, std::uint32_t block);
  // A block or more of the tail came into being: answer who waits for it.
  void available(std::uint32_t block);

 private:
  // True when the request is settled.
  bool answer(PeerId id, std::uint32_t block, std::uint16_t offset);

  Context& c_;
};

}  // namespace freshet::live
