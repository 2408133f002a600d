// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/link.hpp"

#include "ledger/magnet.hpp"

namespace freshet::ledger {
namespace {

constexpr std::string_view kTopic = "urn:btih:";

}  // namespace

std::string to_text(const Link& link) {
  std::string text(magnet::kScheme);
  text += "xt=";
  text += kTopic;
  text += to_hex(link.info_hash.view());
  text += "&dn=" + magnet::percent_encode(link.descriptor.name);
  text += "&x.grow=" + to_base64url(as_view(encode(link.descriptor)));
  for (const std::string& tracker : link.trackers) text += "&tr=" + magnet::percent_encode(tracker);
  for (const std::string& peer : link.peers) text += "&x.pe=" + magnet::percent_encode(peer);
  return text;
}

Expected<Link> parse_link(std::string_view text, const Crypto& crypto) {
  auto bad = [](std::string why) {
    return fail(ErrorCode::Link, "this is not a link to a show: " + why);
  };
  if (!text.starts_with(magnet::kScheme)) return bad("it does not begin with \"magnet:?\"");
  if (text.size() > kLinkMax) return bad("it is too long");
  auto fields = magnet::parse(text);
  if (!fields) return bad("it has a broken %-escape");
  std::optional<Bytes> hash;
  std::optional<Bytes> descriptor;
  Link link;
  for (const auto& [key, value] : *fields) {
    if (key == "xt" && value.starts_with(kTopic)) hash = from_hex(value.substr(kTopic.size()));
    if (key == "x.grow") descriptor = from_base64url(value);
    if (key == "tr" && link.trackers.size() < kLinkTrackersMax) link.trackers.push_back(value);
    if (key == "x.pe" && link.peers.size() < kLinkPeersMax) link.peers.push_back(value);
  }
  if (!hash || hash->size() != Hash20::kSize) return bad("it names no 40-digit info-hash");
  if (!descriptor) return bad("it lacks the show's description (x.grow); was it cut off?");
  link.info_hash = *Hash20::from(*hash);
  auto decoded = decode_descriptor(*descriptor, crypto);
  if (!decoded) return tl::make_unexpected(decoded.error());
  link.descriptor = std::move(*decoded);
  if (live_info_hash(link.descriptor, crypto) != link.info_hash) {
    return bad("its info-hash does not belong to its description; copy it again");
  }
  return link;
}

}  // namespace freshet::ledger
