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

namespace freshet::wire {

// Key in the extension handshake's "m" dictionary.
inline constexpr const char* kExtensionName = "fr_grow";
// Key of the newest head in the extension handshake: an update without items.
inline constexpr const char* kHandshakeHead = "fr_head";

inline constexpr std::size_t kMessageMax = 512 * 1024;  // bytes; libtorrent refuses above 1 MiB
// Types from here on are ignored when unknown; smaller unknown ones disconnect.
inline constexpr std::uint8_t kOptionalTypes = 0x80;

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
// An unknown message of an optional type.
struct Ignored {};

using Message = std::variant<HeadMessage, HeadNumber, Follow, FrontierRequest, FrontierMessage,
                             HashRequest, HashMessage, HashReject, BlockRequest, BlockMessage,
                             BlockReject, BlockCancel, EvidenceMessage, FollowReject, Ignored>;

[[nodiscard]] Bytes encode(const Message& message);
// Nothing when the bytes are malformed, too long or of an unknown mandatory type.
[[nodiscard]] std::optional<Message> decode(View bytes);

}  // namespace freshet::wire
