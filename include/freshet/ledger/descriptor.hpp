// SPDX-License-Identifier: GPL-3.0-or-later
// What is fixed about a show before its first byte, and the info dict of its live swarm.
// Specified in docs/protocol/growing-torrents.md, section "Descriptor".
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "freshet/base/bytes.hpp"
#include "freshet/base/error.hpp"
#include "freshet/ledger/crypto.hpp"
#include "freshet/ledger/keys.hpp"

namespace freshet::ledger {

inline constexpr std::uint32_t kCapacityMax = 65536;  // libtorrent's CPU grows with it beyond this
inline constexpr std::uint32_t kCapacityMin = 2;      // one piece and the sentinel
inline constexpr std::uint32_t kPieceLengthMin = kBlockSize;
inline constexpr std::uint32_t kPieceLengthMax = 16 * 1024 * 1024;
inline constexpr std::size_t kDescriptorMax = 1000;  // bytes, encoded: fits one aux record
inline constexpr std::uint32_t kFinaliseAfterDefault = 24 * 3600;

enum class FinalKind : std::uint8_t { V1, Hybrid };

struct Descriptor {
  std::string name;  // the recording's file name, safe as it is
  std::uint32_t piece_length = 0;
  std::uint32_t capacity = 0;  // pieces; the last one is the sentinel that never exists
  PublicKey channel_key;
  PublicKey show_key;
  Signature certificate;  // by the channel key, over everything else here
  std::array<std::uint8_t, 16> salt{};
  FinalKind final_kind = FinalKind::V1;
  std::string media_type;           // RFC 6838, for instance video/mp2t; empty: unknown
  std::uint64_t planned_start = 0;  // seconds since 1970 UTC; 0: now
  std::uint32_t finalise_after = kFinaliseAfterDefault;  // seconds of silence

  [[nodiscard]] std::uint64_t size_max() const {
    return (std::uint64_t{capacity} - 1) * piece_length;
  }
  friend bool operator==(const Descriptor&, const Descriptor&) = default;
};

// Signs `descriptor` with the channel key, whose public half it sets.
void certify(Descriptor& descriptor, const KeyPair& channel);

// The canonical form: the live info dict without its `pieces`.
[[nodiscard]] std::string encode(const Descriptor& descriptor);
// Checks every bound and the certificate.
[[nodiscard]] Expected<Descriptor> decode_descriptor(View bytes, const Crypto& crypto);

// Signatures cover this id, so they do not rest on SHA-1.
[[nodiscard]] Hash32 show_id(const Descriptor& descriptor, const Crypto& crypto);
// The bencoded info dict of the live swarm; its SHA-1 is the live info-hash.
[[nodiscard]] std::string live_info(const Descriptor& descriptor);
[[nodiscard]] Hash20 live_info_hash(const Descriptor& descriptor, const Crypto& crypto);

// The smallest power of two >= 64 KiB whose pieces hold 24 hours; 1 MiB when the rate is unknown
// (0).
[[nodiscard]] std::uint32_t default_piece_length(std::uint64_t bytes_per_second);

}  // namespace freshet::ledger
