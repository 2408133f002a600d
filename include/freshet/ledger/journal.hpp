// SPDX-License-Identifier: GPL-3.0-or-later
// What is written to disk about a show, so that a crash of either side loses nothing that was
// announced. Frames only: who writes them, and when they are synced, is the engine's business.
#pragma once

#include <functional>

#include "freshet/base/bytes.hpp"
#include "freshet/ledger/ledger.hpp"

namespace freshet::ledger {

enum class JournalKind : std::uint8_t {
  Update = 1,      // a HeadUpdate
  Frontier = 2,    // a FrontierProof
  Hashes = 3,      // a proven range of a log
  Blocks = 4,      // first and count of blocks that are verified and in the file
  Tail = 5,        // block and length of a verified incomplete block that is in the file
  Checkpoint = 6,  // boot id: everything before it is synced
  Lost = 7,        // first and count of blocks that a power cut took from the file
  Silence = 8,     // how long the publisher was not heard
  Published = 9,   // a HeadUpdate of our own; all that it covers is in the file and synced
};

// Time without a new head, counted only while at least one peer was connected.
struct Silence {
  Duration heard_nothing_for{};
  bool provisional = false;  // it was so long that the show was taken for ended
};

struct HashRange {
  LogKind kind = LogKind::Blocks;
  std::uint32_t first = 0;
  std::vector<Bytes> items;
  std::vector<Hash32> uncles;
};

[[nodiscard]] Bytes encode(const FrontierProof& proof);
[[nodiscard]] std::optional<FrontierProof> decode_frontier(View bytes);
[[nodiscard]] Bytes encode(const HashRange& range);
[[nodiscard]] std::optional<HashRange> decode_hash_range(View bytes);
[[nodiscard]] Bytes encode_blocks(std::uint32_t first, std::uint32_t count);
[[nodiscard]] Bytes encode(const Silence& silence);
[[nodiscard]] std::optional<Silence> decode_silence(View bytes);

// u32 length, u32 CRC-32C of what follows, u8 kind, payload.
[[nodiscard]] Bytes journal_frame(JournalKind kind, View payload);
inline constexpr std::size_t kJournalFrameMax = 512 * 1024;

// Calls `frame` for each whole record and returns how many bytes are good: the first bad CRC, and
// all after it, is where a torn write began. `frame` returning false ends the scan before that one.
std::size_t scan_journal(View bytes, const std::function<bool(JournalKind, View)>& frame);

}  // namespace freshet::ledger
