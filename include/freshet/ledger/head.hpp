// SPDX-License-Identifier: GPL-3.0-or-later
// A head: the publisher's signed statement of how long the show is and what its bytes hash to.
// Byte layout in docs/protocol/growing-torrents.md, section "Head".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "freshet/base/bytes.hpp"
#include "freshet/base/cursor.hpp"
#include "freshet/base/time.hpp"
#include "freshet/ledger/crypto.hpp"
#include "freshet/ledger/descriptor.hpp"
#include "freshet/ledger/keys.hpp"
#include "freshet/ledger/log.hpp"

namespace freshet::ledger {

inline constexpr std::uint32_t kUpdateLeavesMax = 512;  // blocks that one head may add (8 MiB)
inline constexpr std::uint32_t kUpdateAuxMax = 64;      // aux records that one head may add
inline constexpr std::uint32_t kAuxCountMax = 1U << 22;
inline constexpr std::size_t kAuxRecordMax = 1024;  // bytes

// Only in a head that ends the show.
struct Ending {
  Hash20 final_v1;  // info-hash of the ordinary torrent; zero for an empty show
  Hash32 final_v2;  // of its v2 half; zero unless hybrid
  Hash32 file_sha256;
  friend bool operator==(const Ending&, const Ending&) = default;
};

struct Head {
  std::uint64_t seq = 0;  // 1, 2, 3, ...
  std::uint64_t size = 0;
  Hash32 root;       // over the 16 KiB leaves, the incomplete last block included
  Hash32 v1_root;    // over the SHA-1s of the complete pieces
  Hash20 tail_sha1;  // of the bytes after the last complete piece
  std::uint32_t aux_count = 0;
  Hash32 aux_root;
  WallMs published_ms = 0;  // by the publisher's clock
  std::optional<Ending> ending;
  // Id of the show that goes on when this one is full; its descriptor is an aux record.
  std::optional<Hash32> follow_up;
  Signature signature;

  [[nodiscard]] bool is_end() const { return ending.has_value(); }
  [[nodiscard]] std::uint32_t complete_blocks() const {
    return static_cast<std::uint32_t>(size / kBlockSize);
  }
  [[nodiscard]] std::uint32_t tail_bytes() const {
    return static_cast<std::uint32_t>(size % kBlockSize);
  }
  friend bool operator==(const Head&, const Head&) = default;
};

// How many items of a log a head commits to (of blocks: complete ones), and their root.
[[nodiscard]] std::uint32_t count_at(const Head& head, LogKind kind, const Descriptor& descriptor);
[[nodiscard]] const Hash32& root_at(const Head& head, LogKind kind);
// Whether the peaks of a log, and of blocks the tail leaf, make the root that the head names.
[[nodiscard]] bool makes_root(const Merkle& merkle, const Frontier& frontier, const Head& head,
                              LogKind kind, const std::optional<Hash32>& tail_leaf);

void encode(Writer& out, const Head& head);
[[nodiscard]] Bytes encode(const Head& head);
// Reads one head; `in` fails on malformed bytes.
[[nodiscard]] Head read_head(Reader& in);

void sign(Head& head, const Hash32& show, const KeyPair& show_key);
[[nodiscard]] bool verify(const Head& head, const Hash32& show, const PublicKey& show_key,
                          const Crypto& crypto);

// Whether two validly signed heads of one show exclude each other: the publisher equivocated.
[[nodiscard]] bool contradict(const Head& a, const Head& b);

// A head with what it adds to an earlier one: all that a receiver at `first_*` needs to check it.
struct HeadUpdate {
  Head head;
  std::optional<Hash32> tail_leaf;  // leaf of the incomplete last block
  std::uint32_t first_block = 0;
  std::vector<Hash32> leaves;
  std::uint32_t first_piece = 0;
  std::vector<Hash20> sha1s;
  std::uint32_t first_aux = 0;
  std::vector<Bytes> aux;
};

[[nodiscard]] Bytes encode(const HeadUpdate& update);
[[nodiscard]] std::optional<HeadUpdate> decode_update(View bytes);

}  // namespace freshet::ledger
