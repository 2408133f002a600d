// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/torrent_params.hpp"

#include <libtorrent/extensions/ut_metadata.hpp>
#include <libtorrent/extensions/ut_pex.hpp>
#include <libtorrent/torrent_flags.hpp>
#include <libtorrent/torrent_info.hpp>

#include "freshet/base/check.hpp"

namespace freshet::engine {
namespace {

constexpr int kNoSentinel = -1;

lt::add_torrent_params common(const TorrentPlace& place, bool live, int sentinel = kNoSentinel) {
  lt::add_torrent_params params;
  params.save_path = place.folder.string();
  params.trackers = place.trackers;
  params.flags &= ~(lt::torrent_flags::auto_managed | lt::torrent_flags::paused);
  params.extensions.push_back([host = place.host, live, sentinel, connections = place.connections](
                                  const lt::torrent_handle&, lt::client_data_t) {
    return std::make_shared<TorrentPlugin>(host, live, sentinel, connections);
  });
  params.extensions.push_back(&lt::create_ut_pex_plugin);
  return params;
}

std::shared_ptr<lt::torrent_info> parse(const std::string& file) {
  lt::error_code error;
  auto info = std::make_shared<lt::torrent_info>(lt::span<const char>(file), error, lt::from_span);
  FRESHET_ASSERT(!error);  // we made it ourselves
  return info;
}

// What the node has of pieces [0, pieces): whole ones, and the blocks of those begun.
void add_progress(lt::add_torrent_params& params, const live::Node& node,
                  const lt::torrent_info& info, std::uint32_t blocks_per_piece,
                  std::uint32_t blocks_total, bool has_tail) {
  const live::BlockSet& stored = node.stored_blocks();
  params.have_pieces.resize(info.num_pieces(), false);
  std::uint32_t pieces = static_cast<std::uint32_t>(info.num_pieces());
  for (std::uint32_t piece = 0; piece < pieces; ++piece) {
    std::uint32_t first = piece * blocks_per_piece;
    if (first >= blocks_total) break;
    std::uint32_t count = std::min(blocks_per_piece, blocks_total - first);
    lt::bitfield blocks(static_cast<int>(count), false);
    for (std::uint32_t i = 0; i < count; ++i) {
      bool tail = has_tail && first + i == blocks_total - 1;
      if (stored.has(first + i) || tail) blocks.set_bit(static_cast<int>(i));
    }
    lt::piece_index_t index(static_cast<int>(piece));
    if (blocks.all_set()) {
      params.have_pieces.set_bit(index);
    } else if (!blocks.none_set()) {
      params.unfinished_pieces[index] = std::move(blocks);
    }
  }
}

}  // namespace

lt::sha1_hash to_libtorrent(const Hash20& hash) {
  return lt::sha1_hash(reinterpret_cast<const char*>(hash.bytes.data()));
}

lt::add_torrent_params live_params(const ledger::Descriptor& descriptor, const live::Node& node,
                                   const TorrentPlace& place) {
  auto sentinel = static_cast<int>(descriptor.capacity) - 1;
  lt::add_torrent_params params = common(place, true, sentinel);
  params.extensions.push_back(&lt::create_ut_metadata_plugin);
  params.ti = parse("d4:info" + ledger::live_info(descriptor) + "e");
  params.piece_priorities.assign(descriptor.capacity, lt::dont_download);
  params.piece_priorities.back() = lt::default_priority;
  params.flags |= lt::torrent_flags::sequential_download;
  std::uint32_t per_piece = descriptor.piece_length / kBlockSize;
  add_progress(params, node, *params.ti, per_piece, descriptor.capacity * per_piece, false);
  return params;
}

lt::add_torrent_params final_params(const ledger::Ledger& ledger,
                                    const ledger::FinalTorrent& torrent, const live::Node& node,
                                    const TorrentPlace& place) {
  lt::add_torrent_params params = common(place, false);
  params.extensions.push_back(&lt::create_ut_metadata_plugin);
  params.ti = parse(ledger::torrent_file(torrent, {}));
  params.flags |= lt::torrent_flags::sequential_download;
  auto blocks = static_cast<std::uint32_t>((ledger.size() + kBlockSize - 1) / kBlockSize);
  bool has_tail =
      ledger.head()->tail_bytes() > 0 && node.stored_tail_bytes() == ledger.head()->tail_bytes();
  add_progress(params, node, *params.ti, ledger.blocks_per_piece(), blocks, has_tail);
  return params;
}

lt::add_torrent_params signpost_params(const Hash20& live_hash, const TorrentPlace& place) {
  lt::add_torrent_params params = common(place, true);
  params.info_hashes.v1 = to_libtorrent(live_hash);
  return params;
}

}  // namespace freshet::engine
