// SPDX-License-Identifier: GPL-3.0-or-later
// How blocks of the live edge are asked for, checked and sent (docs/adr/0008). Each part sees the
// others only through Context.
#pragma once

#include "live/edge.hpp"
#include "live/parents.hpp"
#include "live/standing_queue.hpp"
#include "live/uplink.hpp"

namespace freshet::live {

// Blocks by name: what nobody sends, or what did not come.
class Puller {
 public:
  explicit Puller(Context& context) : c_(context) {}
  // The first block that is fetched here and not by the bulk engine; what the output needs first.
  void begin(std::uint32_t first_block, std::uint32_t focus);
  void focus(std::uint32_t block);
  [[nodiscard]] bool begun() const { return begun_; }
  [[nodiscard]] std::uint32_t first_block() const { return first_block_; }
  [[nodiscard]] bool has_request(std::uint32_t first, std::uint32_t count) const;
  [[nodiscard]] bool is_open(std::uint32_t block) const { return open_.contains(block); }
  // Nothing that is ours to fetch lacks; after the end.
  [[nodiscard]] bool complete() const;
  [[nodiscard]] bool asked(PeerId peer, std::uint32_t block) const;
  void ask(PeerId peer, std::uint32_t block, std::uint16_t offset, Instant now);
  void close(std::uint32_t block, bool cancel);
  // It does not send this block: what was asked for, or what it sent unasked until now.
  void rejected(PeerId peer, std::uint32_t block, Instant now);
  void advanced();
  void peer_gone(PeerId peer);
  void pump(Instant now);
  void stop();

 private:
  struct Open {
    PeerId peer = 0;
    Instant since{};
  };
  [[nodiscard]] Duration answers_in(std::uint32_t block) const;
  void expire(Instant now);
  void look(std::uint32_t from, std::uint32_t until, std::size_t most, Instant now);
  [[nodiscard]] bool is_first(std::uint32_t block) const;
  [[nodiscard]] bool is_tail(std::uint32_t block) const;
  [[nodiscard]] bool is_due(std::uint32_t block, Instant now) const;
  [[nodiscard]] bool parent_has(std::uint32_t block) const;
  [[nodiscard]] std::optional<PeerId> whom(std::uint32_t block, Instant now) const;
  [[nodiscard]] std::optional<PeerId> source(std::uint32_t block, PeerId not_this,
                                             Instant now) const;

  Context& c_;
  bool begun_ = false;
  std::optional<Instant> begun_at_;
  std::uint32_t begun_with_ = 0;  // blocks that there were then
  std::uint32_t first_block_ = 0;
  std::uint32_t focus_ = 0;
  std::map<std::uint32_t, Open> open_;
  // Who will not send a block unasked any more, by the block's number modulo their number.
  struct Silent {
    std::uint32_t block = UINT32_MAX;
    PeerId sender = kNobody;
  };
  using Silents = std::array<Silent, 64>;
  [[nodiscard]] static bool has(const Silents& all, std::uint32_t block, PeerId sender) {
    const Silent& one = all[block % all.size()];
    return one.block == block && one.sender == sender && sender != kNobody;
  }
  Silents given_up_{};   // by itself
  Silents cancelled_{};  // because another was asked
  Instant old_pause_{};  // nothing that is old is asked for before
};

// Checks what arrives, and lets through only what the publisher signed.
class Intake {
 public:
  explicit Intake(Context& context) : c_(context) {}
  void received(PeerId peer, const wire::BlockMessage& message, Instant now);
  // It is here already, ahead of what proves it.
  [[nodiscard]] bool waits_for_head(std::uint32_t block) const;
  // A new head may cover what was waiting for it.
  void advanced(Instant now);
  void pump(Instant now);

 private:
  enum class Taken { Yes, Useless, Uncovered, Bad, Doubtful, Changed };
  void handle(PeerId peer, const wire::BlockMessage& message, bool wanted, Instant now);
  [[nodiscard]] Taken take(PeerId peer, const wire::BlockMessage& message, Instant now);
  [[nodiscard]] Taken take_partial(const wire::BlockMessage& message, const SharedBytes& data,
                                   Instant now);
  // Whether true bytes of a block contradict the signed ones that are held of it.
  [[nodiscard]] bool changes_tail(std::uint32_t block, View data);
  // What of `data` is not in the file yet.
  void store_rest(std::uint32_t block, const SharedBytes& data);
  // Whether this peer was to send that block, or was until a moment ago.
  [[nodiscard]] bool expected(PeerId peer, std::uint32_t block, Instant now);
  void hold_uncovered(PeerId peer, const wire::BlockMessage& message, bool wanted, Instant now);

  Context& c_;
};

// Sends blocks: to who subscribed, and to who asked by name. Keeps what cannot leave yet in a queue
// of its own, where it can still be dropped, and takes on no more than the uplink carries.
class Pusher {
 public:
  explicit Pusher(Context& context);
  // These sub-streams are sent to it from now on.
  void begin(PeerId peer, wire::Substreams which, std::uint32_t from, Instant now);
  void request(PeerId peer, const wire::BlockRequest& request, Instant now);
  void cancel(PeerId peer, std::uint32_t block);
  // Bytes of this block came into being here: for who subscribed, and for who waits for it.
  void available(std::uint32_t block, Instant now);
  // Only for who waits for it.
  void answer(std::uint32_t block, Instant now);
  // All that was sent until now has left the node.
  void handed_over() { handed_over_ = uplink_.next(); }
  // Of what was handed over for this peer, so many bytes have not reached it.
  void outstanding(PeerId peer, std::size_t bytes, Instant now);
  void peer_gone(PeerId peer);
  void pump(Instant now);
  // Once in a while.
  void look(Instant now);
  // Nothing waits here or is under way.
  [[nodiscard]] bool idle() const {
    return pushes_.empty() && late_.empty() && pulls_.empty() && unacked_ == 0;
  }
  // When something may leave that may not leave yet.
  [[nodiscard]] std::optional<Instant> wake_at() const { return wake_at_; }
  // Blocks have been waiting here, and not for a connection that has stopped.
  [[nodiscard]] bool is_busy(Instant now) const;
  [[nodiscard]] Duration queue_age(Instant now) const;
  // What every push waits here at present.
  [[nodiscard]] Duration waited() const { return standing_.wait(); }
  [[nodiscard]] const Uplink& uplink() const { return uplink_; }
  void line_known(double rate) { uplink_.learned(rate); }

 private:
  struct Item {
    PeerId peer;
    std::uint32_t block;
    Instant since;
    Instant turn;  // earlier than `since` for who passes on much
  };
  using Queue = std::deque<Item>;
  [[nodiscard]] static bool is_wanted(const Peer& peer, std::uint32_t block);
  // Whether a question counts as one of those few that are answered as if unasked.
  [[nodiscard]] static bool as_child(Peer& peer, std::uint32_t block);
  [[nodiscard]] static bool as_newcomer(Peer& peer);
  [[nodiscard]] bool may_repair(std::uint32_t block, Instant now);
  // Before those of peers with at most so many children.
  void enqueue_push(PeerId peer, std::uint32_t block, int before, Instant now);
  void enqueue_pull(PeerId peer, std::uint32_t block, Instant now);
  // Waits for more before anything leaves.
  [[nodiscard]] bool gathers(Instant now);
  // False when nothing more may leave now.
  [[nodiscard]] bool pump(Queue& queue, bool pushed, Instant now);
  void give_up(Peer& peer, const Item& item);
  void sent(Peer& peer, std::size_t bytes, Instant now);
  void arrived(Peer& peer, const Peer::InFlight& block, Instant now);
  [[nodiscard]] std::size_t emit(PeerId peer, std::uint32_t block, bool pushed);
  [[nodiscard]] std::size_t emit_tail(PeerId peer, std::uint32_t block, std::uint32_t offset);

  Context& c_;
  Queue pushes_;
  Queue late_;   // pushes of what is old already: only when none of the newest waits
  Queue pulls_;  // what was asked for by name: only when no push waits
  double pull_credit_;
  Uplink uplink_;
  bool in_group_ = false;  // what was gathered leaves
  bool train_ = false;     // something waits for the pace alone,
  bool no_room_ = false;   // or until there is room
  Instant next_send_{};
  std::optional<Instant> wake_at_;  // something waits for next_send_
  std::size_t unacked_ = 0;         // bytes under way to all
  std::uint64_t handed_over_ = 0;   // blocks before this one, by Uplink's number
  std::size_t stalled_ = 0;         // of these, to who takes nothing at the moment
  StandingQueue standing_;          // of pushes_
};

}  // namespace freshet::live
