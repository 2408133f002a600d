// SPDX-License-Identifier: GPL-3.0-or-later
// How each of a show's three torrents is added to libtorrent.
#pragma once

#include <filesystem>
#include <libtorrent/add_torrent_params.hpp>
#include <memory>
#include <string>
#include <vector>

#include "engine/peer_plugin.hpp"
#include "freshet/base/error.hpp"
#include "freshet/ledger/final_torrent.hpp"
#include "freshet/live/node.hpp"

namespace freshet::engine {

struct TorrentPlace {
  std::filesystem::path folder;
  std::vector<std::string> trackers;
  std::weak_ptr<PeerHost> host;
  std::shared_ptr<Connections> connections = std::make_shared<Connections>();
};

// The growing swarm: all pieces unwanted but the sentinel, so that it never counts as finished.
[[nodiscard]] lt::add_torrent_params live_params(const ledger::Descriptor& descriptor,
                                                 const live::Node& node, const TorrentPlace& place);
// The ordinary torrent, over the same file, with what is already here.
[[nodiscard]] lt::add_torrent_params final_params(const ledger::Ledger& ledger,
                                                  const ledger::FinalTorrent& torrent,
                                                  const live::Node& node,
                                                  const TorrentPlace& place);
// After the end: no file, no metadata; tells who still comes with the live link how it ended.
[[nodiscard]] lt::add_torrent_params signpost_params(const Hash20& live_hash,
                                                     const TorrentPlace& place);
[[nodiscard]] lt::sha1_hash to_libtorrent(const Hash20& hash);

}  // namespace freshet::engine
