// SPDX-License-Identifier: GPL-3.0-or-later
// What a live node knows of each peer, and the limits that hold for it.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <vector>

#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::live {

using namespace std::chrono_literals;

inline constexpr std::size_t kWantsMax = 256;        // block requests that we keep for a peer
inline constexpr std::size_t kFollowersMax = 8;      // peers that get every head in full
inline constexpr std::size_t kUncoveredPeerMax = 8;  // blocks ahead of their head, a connection
inline constexpr std::size_t kUncoveredMax = 64;     // and in all
inline constexpr Duration kUncoveredFor = 1s;
inline constexpr int kAbusesMax = 3;
inline constexpr Duration kProofTimeout = 4s;  // to prove a head that does not grow out of ours
inline constexpr std::size_t kPartialMax = 4;
inline constexpr std::size_t kCacheBlocks = 256;  // recent blocks kept in memory (4 MiB)
inline constexpr Duration kEdgeWindow = 10s;      // what is newer belongs to us, not libtorrent
inline constexpr Duration kFresh = 2500ms;        // what is newer may still come in time
inline constexpr Duration kLateBlock = 1s;     // a block that waited so long is asked for elsewhere
inline constexpr Duration kBusyAfter = 100ms;  // the edge's queue: nothing else may go first
inline constexpr double kPreferBy = 2.0;  // a full peer makes room for so many times the places,
inline constexpr int kCloserBy = 2;       // or for a sub-stream that it has so many hops closer
inline constexpr std::size_t kHasMax = 128;
inline constexpr Duration kNumberEvery = 2s;  // "I stand at this head", to who does not follow

[[nodiscard]] constexpr std::uint32_t substream_of(std::uint32_t block) {
  return block % wire::kSubstreams;
}
[[nodiscard]] constexpr wire::Substreams bit(std::uint32_t substream) {
  return static_cast<wire::Substreams>(1U << substream);
}
[[nodiscard]] constexpr wire::Substreams substream_bit(std::uint32_t block) {
  return bit(substream_of(block));
}

struct Peer {
  Instant connected_at{};
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
  wire::Have have;  // the newest blocks that it holds, as it said last
  Instant have_at{}, have_sent{};
  bool told_anything = false;   // since it was looked at last
  Instant told_at{};            // and when that was true
  std::uint32_t have_told = 0;  // version of what it was told
  Duration rtt{};               // 0: not measured yet
  double failures = 0;          // promises that it did not keep, fading

  // Introductions: how it came here; it was asked for some, which may come until then; it wants to
  // be introduced until then, and was to these.
  Origin origin = Origin::Ours;
  Instant introductions_asked{};
  int introductions_left = 0;
  Instant introduce_until{}, introduced_at{};
  std::vector<PeerId> introduced;

  int probes = 0;  // of its line, that we answered
  // Blocks that it asked for by name and that were sent as if unasked: when it got nothing yet, and
  // of what it gets from us, not more often than it is sent some.
  int firsts = 0, named = 0;

  // Sub-streams that it sends us, that it was asked for, and that it sent until a moment ago.
  wire::Substreams taking = 0, asked = 0, taken = 0;
  Instant asked_at{}, taken_until{};
  Instant ask_not_before{};
  Instant block_at{};                      // its newest block came then
  std::optional<Instant> frontier_asked;   // and not answered
  std::optional<wire::Audience> audience;  // what it reported, while it follows us

  // Sub-streams that we send it.
  wire::Substreams giving = 0;
  Instant giving_since{}, granted_at{};
  Instant barren_until{};      // it passed nothing on: nothing of a publisher until then
  wire::Substreams going = 0;  // of these, those that it has to find elsewhere until
  Instant going_until{};
  [[nodiscard]] wire::Substreams stays() const {
    return static_cast<wire::Substreams>(giving & ~going);
  }
  std::array<std::uint32_t, wire::kSubstreams> from{};  // what is before it has, or gets elsewhere
  // The newest blocks that went to it, or that it has from elsewhere: a ring of block + 1.
  std::vector<std::uint32_t> has;
  std::uint32_t has_newest = 0;
  void note_has(std::uint32_t block) {
    if (has.empty()) has.resize(kHasMax);
    has[block % kHasMax] = block + 1;
    has_newest = std::max(has_newest, block);
  }
  [[nodiscard]] bool may_have(std::uint32_t block) const {
    return !has.empty() && (block + kHasMax <= has_newest || has[block % kHasMax] == block + 1);
  }
  struct Tail {
    std::uint32_t block = UINT32_MAX;
    std::uint32_t sent = 0;  // bytes of it
  } tail;
  struct InFlight {
    std::size_t bytes;
    Instant since;
    std::uint64_t number;  // Uplink's
  };
  std::deque<InFlight> in_flight;        // blocks on their way to it, oldest first
  std::size_t unacked = 0;               // bytes of these
  Duration best_took = Duration::max();  // the fastest way of a block there and its receipt back
};

}  // namespace freshet::live
