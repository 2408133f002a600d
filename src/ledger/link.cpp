// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/link.hpp"

#include <algorithm>

namespace freshet::ledger {
namespace {

constexpr std::string_view kScheme = "magnet:?";
constexpr std::string_view kTopic = "urn:btih:";

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~:[]").find(c) != std::string_view::npos;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += '%' + to_hex({reinterpret_cast<const std::uint8_t*>(&c), 1});
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    auto byte = i + 2 < text.size() ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
    if (!byte) return std::nullopt;
    out += static_cast<char>((*byte)[0]);
    i += 2;
  }
  return out;
}

}  // namespace

std::string to_text(const Link& link) {
  std::string text(kScheme);
  text += "xt=";
  text += kTopic;
  text += to_hex(link.info_hash.view());
  text += "&dn=" + percent_encode(link.descriptor.name);
  text += "&x.grow=" + to_base64url(as_view(encode(link.descriptor)));
  for (const std::string& tracker : link.trackers) text += "&tr=" + percent_encode(tracker);
  for (const std::string& peer : link.peers) text += "&x.pe=" + percent_encode(peer);
  return text;
}

Expected<Link> parse_link(std::string_view text, const Crypto& crypto) {
  auto bad = [](std::string why) {
    return fail(ErrorCode::Link, "this is not a link to a show: " + why);
  };
  if (!text.starts_with(kScheme)) return bad("it does not begin with \"magnet:?\"");
  if (text.size() > kLinkMax) return bad("it is too long");
  text.remove_prefix(kScheme.size());
  std::optional<Bytes> hash;
  std::optional<Bytes> descriptor;
  Link link;
  while (!text.empty()) {
    auto end = std::min(text.find('&'), text.size());
    std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    auto equals = item.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view key = item.substr(0, equals);
    auto value = percent_decode(item.substr(equals + 1));
    if (!value) return bad("it has a broken %-escape");
    if (key == "xt" && value->starts_with(kTopic)) hash = from_hex(value->substr(kTopic.size()));
    if (key == "x.grow") descriptor = from_base64url(*value);
    if (key == "tr" && link.trackers.size() < kLinkTrackersMax) link.trackers.push_back(*value);
    if (key == "x.pe" && link.peers.size() < kLinkPeersMax) link.peers.push_back(*value);
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
