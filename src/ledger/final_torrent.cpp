// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/final_torrent.hpp"

#include <bit>

#include "freshet/ledger/bencode.hpp"

namespace freshet::ledger {
namespace {

using bencode::Dict;
using bencode::Integer;
using bencode::String;
using bencode::string_of;

// BEP 52: the layer of the tree whose nodes each cover one piece.
std::string piece_layer(const Descriptor& descriptor, std::vector<Hash32> leaves,
                        const std::optional<Hash32>& tail_leaf, const Merkle& merkle) {
  if (tail_leaf) leaves.push_back(*tail_leaf);
  std::size_t per_piece = descriptor.piece_length / kBlockSize;
  unsigned levels = static_cast<unsigned>(std::countr_zero(per_piece));
  std::string layer;
  for (std::size_t first = 0; first < leaves.size(); first += per_piece) {
    std::size_t count = std::min(per_piece, leaves.size() - first);
    Hash32 node = merkle.subtree(std::span(leaves).subspan(first, count), levels);
    layer += as_text(node.view());
  }
  return layer;
}

}  // namespace

FinalTorrent final_torrent(const Descriptor& descriptor, const Head& head,
                           const std::vector<Hash20>& sha1s, const std::vector<Hash32>& leaves,
                           const std::optional<Hash32>& tail_leaf, const Merkle& merkle,
                           const Crypto& crypto) {
  String pieces;
  for (const Hash20& sha1 : sha1s) pieces += as_text(sha1.view());
  if (head.size % descriptor.piece_length != 0) pieces += as_text(head.tail_sha1.view());
  Dict info;
  info["length"] = {static_cast<Integer>(head.size)};
  info["name"] = {String(descriptor.name)};
  info["piece length"] = {static_cast<Integer>(descriptor.piece_length)};
  info["pieces"] = {std::move(pieces)};
  FinalTorrent torrent;
  if (descriptor.final_kind == FinalKind::Hybrid) {
    Dict file;
    file["length"] = {static_cast<Integer>(head.size)};
    file["pieces root"] = string_of(head.root.view());
    Dict leaf;
    leaf[""] = {std::move(file)};
    Dict tree;
    tree[descriptor.name] = {std::move(leaf)};
    info["file tree"] = {std::move(tree)};
    info["meta version"] = {Integer{2}};
    Dict layers;
    // A file of at most one piece has no entry (BEP 52).
    if (head.size > descriptor.piece_length) {
      layers[String(as_text(head.root.view()))] = {
          piece_layer(descriptor, leaves, tail_leaf, merkle)};
    }
    torrent.piece_layers = bencode::encode(std::move(layers));
  }
  torrent.info = bencode::encode(std::move(info));
  torrent.v1 = crypto.sha1(as_view(torrent.info));
  if (descriptor.final_kind == FinalKind::Hybrid) {
    torrent.v2 = crypto.sha256(as_view(torrent.info));
  }
  return torrent;
}

Expected<FinalTorrent> final_torrent(const Ledger& ledger) {
  if (!ledger.head() || ledger.size() == 0) {
    return fail(ErrorCode::Internal, "nothing was sent: there is no torrent");
  }
  const Log& blocks = ledger.log(LogKind::Blocks);
  const Log& pieces = ledger.log(LogKind::Pieces);
  bool hybrid = ledger.descriptor().final_kind == FinalKind::Hybrid;
  if (pieces.known_count() != pieces.count() ||
      (hybrid && blocks.known_count() != blocks.count())) {
    return fail(ErrorCode::Internal, "hashes of the show are still missing");
  }
  std::vector<Hash20> sha1s;
  for (std::uint32_t i = 0; i < pieces.count(); ++i) {
    sha1s.push_back(*Hash20::from(pieces.item(i)));
  }
  std::vector<Hash32> leaves;
  for (std::uint32_t i = 0; hybrid && i < blocks.count(); ++i) {
    leaves.push_back(*blocks.tree().leaf(i));
  }
  FinalTorrent torrent = final_torrent(ledger.descriptor(), *ledger.head(), sha1s, leaves,
                                       ledger.tail_leaf(), ledger.merkle(), ledger.crypto());
  const auto& ending = ledger.head()->ending;
  if (ending && (ending->final_v1 != torrent.v1 || ending->final_v2 != torrent.v2)) {
    return fail(ErrorCode::Contradiction,
                "the signed end names another torrent than the signed hashes make");
  }
  return torrent;
}

std::string torrent_file(const FinalTorrent& torrent, const std::vector<std::string>& trackers) {
  // The info dict goes in as the very bytes that were hashed.
  std::string out = "d";
  if (!trackers.empty()) {
    bencode::List tiers;
    for (const std::string& url : trackers) tiers.push_back({bencode::List{{String(url)}}});
    out += "8:announce" + bencode::encode({String(trackers.front())});
    out += "13:announce-list" + bencode::encode({std::move(tiers)});
  }
  out += "10:created by" + bencode::encode({String("Freshet")});
  out += "4:info" + torrent.info;
  if (!torrent.piece_layers.empty()) out += "12:piece layers" + torrent.piece_layers;
  return out + "e";
}

std::string final_magnet(const FinalTorrent& torrent, const std::string& name,
                         const std::vector<std::string>& trackers) {
  auto escape = [](std::string_view text) {
    std::string out;
    for (char c : text) {
      bool plain = std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_';
      out += plain ? std::string(1, c) : '%' + to_hex(as_view({&c, 1}));
    }
    return out;
  };
  std::string magnet = "magnet:?xt=urn:btih:" + to_hex(torrent.v1.view());
  if (!torrent.v2.is_zero()) magnet += "&xt=urn:btmh:1220" + to_hex(torrent.v2.view());
  magnet += "&dn=" + escape(name);
  for (const std::string& tracker : trackers) magnet += "&tr=" + escape(tracker);
  return magnet;
}

}  // namespace freshet::ledger
