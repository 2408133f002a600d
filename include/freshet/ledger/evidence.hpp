// SPDX-License-Identifier: GPL-3.0-or-later
// Self-contained proof that a publisher equivocated: signed two statements that exclude each other.
// Anybody can check it with the link alone. Byte layout in docs/protocol/growing-torrents.md,
// section "Evidence".
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "freshet/ledger/head.hpp"
#include "freshet/ledger/log.hpp"

namespace freshet::ledger {

inline constexpr std::size_t kEvidenceMax = 64 * 1024;  // bytes, encoded

// A head and the peaks of one log that it commits to.
struct LogState {
  Head head;
  std::optional<Hash32> tail_leaf;  // of the blocks log
  std::vector<Hash32> peaks;
  friend bool operator==(const LogState&, const LogState&) = default;
};

// Two heads that cannot both be true: see contradict().
struct HeadPair {
  Head first;
  Head second;
  friend bool operator==(const HeadPair&, const HeadPair&) = default;
};
// The newer log did not grow out of the older one: where the older one stood it had other peaks.
struct ForkedLog {
  LogKind kind = LogKind::Blocks;
  LogState older;
  LogState newer;
  std::vector<Hash32> old_peaks;  // of the newer log, at the older one's count
  std::vector<Hash32> bridge;     // from there to the newer one's peaks
  friend bool operator==(const ForkedLog&, const ForkedLog&) = default;
};
// The block that was incomplete at the older head begins with other bytes at the newer one.
struct ChangedTail {
  LogState older;  // of the blocks log, as is the newer
  LogState newer;
  std::vector<Hash32> uncles;  // of the block's leaf up to its peak; none while it is the tail
  Bytes bytes;                 // of the block, as far as the newer head covers it
  friend bool operator==(const ChangedTail&, const ChangedTail&) = default;
};

using Evidence = std::variant<HeadPair, ForkedLog, ChangedTail>;

[[nodiscard]] Bytes encode(const Evidence& evidence);
[[nodiscard]] std::optional<Evidence> decode_evidence(View bytes);
// Checks every signature and proof, and that they exclude each other.
[[nodiscard]] bool proves_equivocation(const Evidence& evidence, const Descriptor& descriptor,
                                       const Crypto& crypto);

}  // namespace freshet::ledger
