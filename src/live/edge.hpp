// SPDX-License-Identifier: GPL-3.0-or-later
// The live edge: how the newest seconds travel. Heads come from one peer that is followed; blocks
// come unasked, sub-stream by sub-stream, each from the peer that was asked for it (docs/adr/0008).
// Each part sees the others only through Context.
#pragma once

#include "live/context.hpp"

namespace freshet::live {

// The publisher's clock, as far as it is known here: an NTP-style echo with each neighbour, summed
// towards the publisher.
class ShowClock {
 public:
  explicit ShowClock(Context& context) : c_(context) {}
  void peer_connected(Instant now) {
    next_ = {};
    tick(now);
  }
  void tick(Instant now);
  void ping(PeerId peer, const wire::Ping& message, Instant now);
  void pong(PeerId peer, const wire::Pong& message, Instant now);
  void published(WallMs at, Instant now);  // by ourselves
  void peer_gone(PeerId peer) { echoes_.erase(peer); }
  // Microseconds since 1970 by the publisher's clock; nothing before an answer came.
  [[nodiscard]] std::optional<std::int64_t> show_us(Instant now) const;
  [[nodiscard]] std::uint32_t error_us() const { return error_us_; }

 private:
  struct Echo {
    std::uint32_t id = 0;
    Instant sent{};
    Instant next{};
    int answers = 0;
    std::optional<std::int64_t> offset_us;  // show time minus our monotonic one
    std::uint32_t error_us = 0;
  };
  void choose();

  Context& c_;
  std::map<PeerId, Echo> echoes_;
  Instant next_{};  // no echo is due before
  std::optional<std::int64_t> offset_us_;
  std::uint32_t error_us_ = 0;
  std::uint32_t last_id_ = 0;
};

// How many watch, and how late: each viewer reports its own and its followers' to the peer that it
// follows, so that the sum reaches the publisher. A report, never a ground to decide on.
class Audiences {
 public:
  explicit Audiences(Context& context) : c_(context) {}
  void tick(Instant now);
  void reported(PeerId peer, const wire::Audience& message);
  void got(std::uint32_t block, std::int64_t delay_ms);  // a block of our own
  [[nodiscard]] wire::Audience sum() const;

 private:
  void count_missed(Instant now);
  void count(std::int64_t delay_ms);

  Context& c_;
  std::int64_t delay_ms_ = -1;   // of our newest blocks, mean
  std::uint32_t looked_at_ = 0;  // blocks before this one came in time, or were counted as missed
  Instant next_{};
};

// Whom we follow for heads, and when which byte was first covered by one.
class HeadLine {
 public:
  explicit HeadLine(Context& context) : c_(context) {}
  [[nodiscard]] std::optional<PeerId> parent() const { return parent_; }
  // The peer stands elsewhere: ask it to lead us to its head.
  void ask_frontier(PeerId peer);
  // The same, unless it was asked within the last second and has not answered.
  void ask_frontier_once(PeerId peer, Instant now);
  void rejected(PeerId peer);
  void advanced(PeerId from, bool jumped, Instant now);
  void peer_gone(PeerId peer);
  void pump(Instant now);
  void stop();
  struct Covered {
    std::uint64_t size = 0;
    WallMs published_ms = 0;
    Instant heard{};
  };
  // The first head that covered this block, if we were there to see.
  [[nodiscard]] const Covered* covered(std::uint32_t block) const;
  // The first block of which we heard no longer ago than this.
  [[nodiscard]] std::uint32_t newest_within(Duration age, Instant now) const;
  [[nodiscard]] std::uint8_t lag() const { return lag_; }
  // Of the stream, bytes/s, by the newest heads; 0: not known yet.
  [[nodiscard]] double rate() const;
  [[nodiscard]] Instant heard() const { return heard_; }  // the newest head
  // Who brought the first: the one that answers soonest.
  [[nodiscard]] std::optional<PeerId> first_from() const { return first_from_; }
  // When we came to a head without those before it.
  [[nodiscard]] Instant jumped() const { return jumped_; }

 private:
  [[nodiscard]] bool wants_other(Instant now);
  [[nodiscard]] std::optional<PeerId> best() const;
  void ask_first(Instant now);

  Context& c_;
  std::optional<PeerId> parent_, first_from_;
  Instant heard_{};
  Instant chosen_{};
  Instant jumped_{};
  std::uint8_t lag_ = wire::Load::kLagUnknown;
  std::deque<Covered> covered_;
};

}  // namespace freshet::live
