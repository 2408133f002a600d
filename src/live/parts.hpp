// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of a live node but those of the live edge (edge.hpp). Each sees the others only through
// Context.
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
  [[nodiscard]] bool usable(const Peer& peer, Instant now) const;
  [[nodiscard]] std::optional<PeerId> server_for(Instant now);
  [[nodiscard]] std::optional<PeerId> any_server(PeerId but, Instant now);
  void ask(PeerId peer, const wire::HashRequest& request, Instant now);
  void hedge(Instant now);
  [[nodiscard]] bool is_open(ledger::LogKind kind, std::uint32_t first) const;
  void expire(Instant now);

  Context& c_;
  std::vector<Open> open_;
  std::array<BlockSet, 3> whole_units_;  // full ranges that are known entirely
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
  // Somebody reads from this piece on.
  void focus(std::uint32_t piece);
  // The bulk engine begins anew: it is told again what it may fetch.
  void reopen();

 private:
  enum class State : std::uint8_t { Edge, Backlog, Wanted, Have };
  [[nodiscard]] bool leaves_known(std::uint32_t piece) const;
  void release_late(Instant now);
  void want_ready(Instant now);
  [[nodiscard]] bool edge_came(Instant now);
  void want(std::uint32_t piece);
  void move_urgent();
  [[nodiscard]] bool is_urgent(std::uint32_t piece) const {
    return piece >= urgent_first_ && piece < urgent_end_;
  }

  Context& c_;
  bool begun_ = false;
  std::uint32_t focus_ = 0;
  bool read_ = false;               // somebody reads at the focus, and may be waiting
  std::uint32_t urgent_first_ = 0;  // pieces [first, end) are wanted before all others
  std::uint32_t urgent_end_ = 0;
  std::vector<State> pieces_;
  std::vector<Instant> complete_since_;  // when the piece's last byte was announced
  std::uint32_t next_wanted_ = 0;
  std::uint32_t first_edge_ = 0;  // no piece below is still to come block by block
  bool forward_done_ = false;
  Instant waits_since_{};        // for the blocks from the output's start to the newest
  std::uint32_t waits_for_ = 0;  // and at least for those below
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

// Serves heads and hashes.
class Server {
 public:
  explicit Server(Context& context) : c_(context) {}
  void follow(PeerId peer, bool on);
  void frontier(PeerId peer, const wire::FrontierRequest& request);
  void hashes(PeerId peer, const wire::HashRequest& request, Instant now);

 private:
  Context& c_;
};

}  // namespace freshet::live
