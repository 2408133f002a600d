// SPDX-License-Identifier: GPL-3.0-or-later
// The link of a show: a magnet URI (BEP 9) that carries the whole descriptor, so that no metadata
// needs to be fetched. Specified in docs/protocol/growing-torrents.md, section "Link".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "freshet/ledger/descriptor.hpp"

namespace freshet::ledger {

inline constexpr std::size_t kLinkMax = 16 * 1024;
inline constexpr std::size_t kLinkPeersMax = 32;
inline constexpr std::size_t kLinkTrackersMax = 32;

struct Link {
  Descriptor descriptor;
  Hash20 info_hash;                   // of the live swarm
  std::vector<std::string> trackers;  // announce URLs
  std::vector<std::string> peers;     // "address:port" hints (BEP 9's x.pe)
};

[[nodiscard]] std::string to_text(const Link& link);
// Refuses what does not hash to the info-hash it names.
[[nodiscard]] Expected<Link> parse_link(std::string_view text, const Crypto& crypto);

}  // namespace freshet::ledger
