// SPDX-License-Identifier: GPL-3.0-or-later
// The ordinary torrent that a show ends as: a pure function of a head and what it commits to.
// Sources: BEP 3, BEP 52.
#pragma once

#include <string>
#include <vector>

#include "freshet/base/error.hpp"
#include "freshet/ledger/ledger.hpp"

namespace freshet::ledger {

struct FinalTorrent {
  std::string info;          // bencoded info dict
  std::string piece_layers;  // bencoded; empty unless a hybrid of more than one piece
  Hash20 v1;
  Hash32 v2;  // zero unless hybrid
};

// `head` need not be an end: any head has an ordinary torrent. `sha1s` are those of its complete
// pieces; `leaves` of its complete blocks are needed for a hybrid only.
[[nodiscard]] FinalTorrent final_torrent(const Descriptor& descriptor, const Head& head,
                                         const std::vector<Hash20>& sha1s,
                                         const std::vector<Hash32>& leaves,
                                         const std::optional<Hash32>& tail_leaf,
                                         const Merkle& merkle, const Crypto& crypto);

// The same from a ledger that stands at its last head. Fails while hashes are missing, and with
// `Contradiction` when the signed end names another info-hash.
[[nodiscard]] Expected<FinalTorrent> final_torrent(const Ledger& ledger);

[[nodiscard]] std::string torrent_file(const FinalTorrent& torrent,
                                       const std::vector<std::string>& trackers);
[[nodiscard]] std::string final_magnet(const FinalTorrent& torrent, const std::string& name,
                                       const std::vector<std::string>& trackers);

}  // namespace freshet::ledger
