// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "live/context.hpp"

namespace freshet::live {

inline constexpr PeerId kNobody = UINT32_MAX;

// Who sends us which sub-stream.
class Parents {
 public:
  explicit Parents(Context& context);
  void answered(PeerId peer, const wire::Subscribed& message, Instant now);
  void peer_gone(PeerId peer);
  void got(PeerId peer, std::uint32_t block, std::uint8_t hops, Instant now);
  // Too late for a block that this one was to send.
  void failed(std::uint32_t block, Instant now);
  void pump(Instant now);
  void stop();
  [[nodiscard]] bool has_parent(std::uint32_t block) const {
    std::uint32_t s = substream_of(block);
    return parent_[s] != kNobody || pending_[s] != kNobody;
  }
  [[nodiscard]] PeerId parent_of(std::uint32_t block) const { return parent_[substream_of(block)]; }
  // Who was asked to send this very block: not a parent that was asked for later ones only.
  [[nodiscard]] PeerId sender_of(std::uint32_t block) const {
    std::uint32_t s = substream_of(block);
    if (block >= from_[s]) return parent_[s];
    return block < leaving_[s].until ? leaving_[s].id : kNobody;
  }
  // Its parent was to begin no later than with this block, and has had the time for it.
  [[nodiscard]] bool comes(std::uint32_t block, Instant now) const;
  // Its parent sent a later one of the same sub-stream already.
  [[nodiscard]] bool passed(std::uint32_t block) const;
  // Nobody was asked to send it unasked: it is older than our subscriptions.
  [[nodiscard]] bool before_us(std::uint32_t block) const {
    return block < from_[substream_of(block)];
  }
  using PerSubstream = std::array<std::uint8_t, wire::kSubstreams>;
  // Steps of 10 ms behind the publisher: as measured, or as old as what should have come.
  [[nodiscard]] PerSubstream lag(Instant now) const;
  [[nodiscard]] PerSubstream hops() const;
  [[nodiscard]] std::uint8_t hops(std::uint32_t block) const;
  [[nodiscard]] std::uint32_t count() const;
  // The marks of all that this sub-stream comes through, ours too.
  [[nodiscard]] std::uint64_t way(std::uint32_t substream) const;
  // Those that come all the way from the publisher: only these can be passed on.
  [[nodiscard]] wire::Substreams rooted() const;

 private:
  [[nodiscard]] bool is_rooted(std::uint32_t substream) const {
    return parent_[substream] != kNobody && way_[substream] != wire::Subscribed::kNowhere;
  }
  [[nodiscard]] bool is_wanted(std::uint32_t substream, Instant now);
  void tell_ways();
  void way_came(PeerId peer, const wire::Subscribed& message, Instant now);
  [[nodiscard]] bool is_fed(wire::Substreams which) const;
  [[nodiscard]] std::uint32_t on_the_way(const Peer& peer) const;
  void stop_old(std::uint32_t substream, Instant now);
  void stop_old(Instant now);
  void expire(Instant now);
  void wish(PeerId peer, wire::Substreams wanted, Instant now);
  void improve(Instant now, std::map<PeerId, wire::Substreams>& wishes);
  [[nodiscard]] bool settled(wire::Substreams which) const;
  [[nodiscard]] bool gives_up_for(const Peer& peer, wire::Substreams which) const;
  [[nodiscard]] double gain_of(const Peer& peer, wire::Substreams which,
                               const PerSubstream& late) const;
  void say_again(PeerId id, const Peer& peer);
  static void not_expected(Peer& peer, wire::Substreams which, Instant now);
  void release(PeerId peer, wire::Substreams which, Instant now);
  [[nodiscard]] std::optional<PeerId> best(wire::Substreams wanted, Instant now);
  [[nodiscard]] double latest(wire::Substreams which, Instant now) const;
  [[nodiscard]] double score(const Peer& peer, wire::Substreams which) const;
  [[nodiscard]] std::uint32_t from_block(wire::Substreams wanted) const;

  Context& c_;
  std::uint32_t first_;       // the sub-stream that is looked after first
  std::uint16_t places_ = 0;  // ours, as of the last pump
  std::uint64_t mark_ = 0;
  std::array<std::uint64_t, wire::kSubstreams> way_{};
  std::array<std::uint64_t, wire::kSubstreams> told_way_{};
  std::array<PeerId, wire::kSubstreams> parent_;
  std::array<PeerId, wire::kSubstreams> pending_;
  PerSubstream lag_{};
  PerSubstream hops_{};
  std::array<std::uint32_t, wire::kSubstreams> newest_{};  // that the parent sent
  wire::Substreams ending_ = 0;  // their parents send them for a moment more, no longer
  struct Leaving {
    PeerId id = kNobody;
    std::uint32_t until = 0;  // the block that the new parent begins with
    Instant since{};
  };
  std::array<Leaving, wire::kSubstreams> leaving_{};
  std::array<std::uint32_t, wire::kSubstreams> from_{};
  std::array<std::uint32_t, wire::kSubstreams> pending_from_{};
  std::array<Instant, wire::kSubstreams> asked_at_{};
  std::array<Instant, wire::kSubstreams> orphan_since_{};
  Instant next_pardon_{}, next_improve_{};
};

}  // namespace freshet::live
