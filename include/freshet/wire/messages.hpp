// SPDX-License-Identifier: GPL-3.0-or-later
// The messages that two Freshet peers exchange inside BEP 10's extension protocol: one struct each,
// one encoder, one decoder. Byte tables in docs/protocol/growing-torrents.md, section "Messages".
#pragma once

#include <optional>
#include <variant>

#include "freshet/base/bytes.hpp"
#include "freshet/ledger/head.hpp"
#include "freshet/ledger/journal.hpp"
#include "freshet/ledger/ledger.hpp"
#include "freshet/wire/optional_messages.hpp"

namespace freshet::wire {

// Key in the extension handshake's "m" dictionary.
inline constexpr const char* kExtensionName = "fr_grow";
// Key of the newest head in the extension handshake: an update without items.
inline constexpr const char* kHandshakeHead = "fr_head";

inline constexpr std::size_t kMessageMax = 512 * 1024;  // bytes; libtorrent refuses above 1 MiB

// A new head with what it adds. Sent to followers only.
struct HeadMessage {
  static constexpr std::uint8_t kType = 0;
  ledger::HeadUpdate update;
};
// "I stand at this head." Sent to everybody at every new head.
struct HeadNumber {
  static constexpr std::uint8_t kType = 1;
  std::uint64_t seq = 0;
  std::uint64_t size = 0;
  bool ready = false;        // the sender can go on without the live swarm
  bool provisional = false;  // the sender took the show for ended, for want of a publisher
};
// "Send me your heads in full from now on" (or no longer).
struct Follow {
  static constexpr std::uint8_t kType = 2;
  bool on = true;
};
struct FrontierRequest {
  static constexpr std::uint8_t kType = 3;
  std::array<std::uint32_t, 3> counts{};  // what the sender holds of each log
};
struct FrontierMessage {
  static constexpr std::uint8_t kType = 4;
  ledger::FrontierProof proof;
};
// Items [first, first + count) with a proof to the peak in a tree of `tree_count` leaves. `count`
// is a power of two that divides `first` (BEP 52's hash request, base layer 0).
struct HashRequest {
  static constexpr std::uint8_t kType = 5;
  ledger::LogKind kind = ledger::LogKind::Blocks;
  std::uint32_t first = 0;
  std::uint16_t count = 0;
  std::uint32_t tree_count = 0;
  friend bool operator==(const HashRequest&, const HashRequest&) = default;
};
struct HashMessage {
  static constexpr std::uint8_t kType = 6;
  ledger::HashRange range;
};
struct HashReject {
  static constexpr std::uint8_t kType = 7;
  HashRequest request;
};
// Bytes of a block from `offset` on; may name a block that does not exist yet, then it is answered
// as soon as there is something to send.
struct BlockRequest {
  static constexpr std::uint8_t kType = 8;
  std::uint32_t block = 0;
  std::uint16_t offset = 0;
};
struct BlockMessage {
  static constexpr std::uint8_t kType = 9;
  std::uint32_t block = 0;
  std::uint16_t offset = 0;
  std::uint8_t hops = 0;  // peers between the publisher and the sender, the sender included
  SharedBytes bytes;
};
struct BlockReject {
  static constexpr std::uint8_t kType = 10;
  std::uint32_t block = 0;
};
struct BlockCancel {
  static constexpr std::uint8_t kType = 11;
  std::uint32_t block = 0;
};
struct EvidenceMessage {
  static constexpr std::uint8_t kType = 12;
  ledger::Evidence evidence;
};
// "I do not follow": no place for one more follower, or no path from the counts that were named.
struct FollowReject {
  static constexpr std::uint8_t kType = 13;
};
// Blocks are dealt out to sub-streams by index modulo this; a viewer takes each from whom it likes.
inline constexpr std::uint32_t kSubstreams = 16;
using Substreams = std::uint16_t;  // a set of them, bit by bit

// "From now on send me, unasked, the blocks of these sub-streams, from block `from` on." Replaces
// what was wished before; an empty set ends it.
struct Subscribe {
  static constexpr std::uint8_t kType = 14;
  Substreams wanted = 0;
  std::uint32_t from = 0;
  std::uint64_t mark = 0;  // the asker's own bits in `ways`
};
// "These I send you." The answer to Subscribe, and said again whenever it becomes less
// or comes another way.
struct Subscribed {
  static constexpr std::uint8_t kType = 15;
  Substreams wanted = 0;  // what this answers; none when it was not asked
  Substreams granted = 0;
  Substreams ending = 0;   // of these: for a moment more, until another sends them
  std::uint16_t free = 0;  // places that are left
  // For each granted one, lowest first: the marks of all peers that its blocks come through, the
  // sender's own too. Who finds its own mark there has found a loop. All marks: it comes from
  // nobody at present.
  static constexpr std::uint64_t kNowhere = UINT64_MAX;
  std::vector<std::uint64_t> ways{};
};
// What the sender can do for others, and how late the show reaches it.
struct Load {
  static constexpr std::uint8_t kType = 16;
  static constexpr std::uint8_t kLagUnknown = 255;
  static constexpr std::uint8_t kHopsUnknown = 255;  // from nobody
  static constexpr std::uint8_t kHopsFull = 254;     // the publisher's own, which enough others get
  std::uint16_t places = 0;                          // sub-streams that its uplink carries
  std::uint16_t used = 0;                            // of these, taken
  std::uint16_t free = 0;                            // of these, that may be asked for without need
  std::uint16_t weakest = 0;  // a full peer makes room for who has half more places
  std::uint8_t deepest = 0;   // or gives up this far from the publisher for what is closer
  std::uint8_t head_lag = kLagUnknown;               // steps of 10 ms behind the publisher's clock
  static constexpr std::uint8_t kChildrenMany = 15;  // or more
  std::array<std::uint8_t, kSubstreams> children{};  // that get it from the sender
  // What a child would get of it comes so late, in steps of 10 ms.
  std::array<std::uint8_t, kSubstreams> lag{};
  std::array<std::uint8_t, kSubstreams> hops{};  // from the publisher; 255: nobody sends it
  friend bool operator==(const Load&, const Load&) = default;
};
// Which of the newest blocks the sender holds: all of [begin, first), and of those that follow the
// ones whose bits are set, high bit first (as BEP 3's bitfield).
struct Have {
  static constexpr std::uint8_t kType = 20;
  static constexpr std::size_t kBytesMax = 64;
  std::uint32_t begin = 0;
  std::uint32_t first = 0;
  Bytes bits{};
  [[nodiscard]] bool has(std::uint32_t block) const {
    if (block < first) return block >= begin;
    std::uint32_t at = block - first;
    return at / 8 < bits.size() && (bits[at / 8] >> (7 - at % 8) & 1) != 0;
  }
  friend bool operator==(const Have&, const Have&) = default;
};
// NTP's echo (RFC 5905, section 8), one direction.
struct Ping {
  static constexpr std::uint8_t kType = 17;
  std::uint32_t id = 0;
};
struct Pong {
  static constexpr std::uint8_t kType = 18;
  std::uint32_t id = 0;
  std::uint64_t show_us = 0;   // the publisher's clock as the sender knows it; 0: it does not
  std::uint32_t error_us = 0;  // at most so much off
};
// How many watch behind the sender and how late the show reaches them; a report, not a proof.
struct Audience {
  static constexpr std::uint8_t kType = 19;
  std::uint32_t viewers = 0;
  std::array<std::uint32_t, 16> delays{};  // viewers by delay; limits in live/node.hpp
};
using Message =
    std::variant<HeadMessage, HeadNumber, Follow, FrontierRequest, FrontierMessage, HashRequest,
                 HashMessage, HashReject, BlockRequest, BlockMessage, BlockReject, BlockCancel,
                 EvidenceMessage, FollowReject, Subscribe, Subscribed, Load, Ping, Pong, Audience,
                 Have, Introduce, Meet, Probe, Probed, Ignored>;

[[nodiscard]] Bytes encode(const Message& message);
// Nothing when the bytes are malformed, too long or of an unknown mandatory type.
[[nodiscard]] std::optional<Message> decode(View bytes);

}  // namespace freshet::wire
