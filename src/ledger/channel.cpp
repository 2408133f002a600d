// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/channel.hpp"

#include "freshet/base/text.hpp"
#include "freshet/ledger/bencode.hpp"
#include "ledger/magnet.hpp"

namespace freshet::ledger {
namespace {

constexpr std::string_view kTopic = "urn:btpk:";

}  // namespace

std::string to_text(const ChannelLink& link) {
  std::string text(magnet::kScheme);
  text += "xs=";
  text += kTopic;
  text += to_hex(link.key.view());
  text += "&s=" + to_hex(as_view(kChannelSalt));
  if (!link.name.empty()) text += "&dn=" + magnet::percent_encode(link.name);
  return text;
}

bool is_channel_link(std::string_view text) {
  return text.starts_with(magnet::kScheme) && text.find(kTopic) != std::string_view::npos &&
         text.find("urn:btih:") == std::string_view::npos;
}

Expected<ChannelLink> parse_channel_link(std::string_view text) {
  auto bad = [](const char* why) {
    return fail(ErrorCode::Link, std::string("this is not a link to a channel: ") + why);
  };
  auto fields = magnet::parse(text);
  if (!fields) return bad("it does not begin with \"magnet:?\", or is broken");
  ChannelLink link;
  bool named = false, ours = false;
  for (const auto& [key, value] : *fields) {
    if (key == "xs" && value.starts_with(kTopic)) {
      auto bytes = from_hex(std::string_view(value).substr(kTopic.size()));
      auto public_key = bytes ? PublicKey::from(*bytes) : std::nullopt;
      if (!public_key) return bad("its key has not 64 hexadecimal digits");
      link.key = *public_key;
      named = true;
    }
    if (key == "s") {
      auto salt = from_hex(value);
      ours = salt && as_text(*salt) == kChannelSalt;
    }
    if (key == "dn" && value.size() <= kChannelNameMax && is_utf8(value)) link.name = value;
  }
  if (!named) return bad("it names no key");
  if (!ours) return bad("it is another program's");
  return link;
}

std::string encode_channel_item(const ChannelItem& item, const Crypto& crypto) {
  bencode::Dict dict;
  dict["grow"] = bencode::string_of(as_view(encode(item.descriptor)));
  dict["ih"] = bencode::string_of(live_info_hash(item.descriptor, crypto).view());
  dict["live"] = bencode::Value{bencode::Integer{item.on_air ? 1 : 0}};
  bencode::Dict named = dict;
  named["n"] = bencode::Value{item.name};
  std::string text = bencode::encode(std::move(named));
  return text.size() <= kChannelItemMax ? text : bencode::encode(std::move(dict));
}

Expected<ChannelItem> decode_channel_item(std::string_view value, const PublicKey& channel,
                                          std::int64_t seq, const Crypto& crypto) {
  auto bad = [](const char* why) {
    return fail(ErrorCode::Protocol, std::string("this is no item of a channel: ") + why);
  };
  if (value.size() > kChannelItemMax) return bad("it is too long");
  auto decoded = bencode::decode(value);
  const auto* dict = decoded ? decoded->dict() : nullptr;
  const auto* show = dict ? bencode::find_string(*dict, "grow") : nullptr;
  const auto* live = dict ? bencode::find_integer(*dict, "live") : nullptr;
  const auto* hash = dict ? bencode::find_string(*dict, "ih") : nullptr;
  const auto* name = dict ? bencode::find_string(*dict, "n") : nullptr;
  if (!show || !live || !hash) return bad("it lacks a field");
  auto descriptor = decode_descriptor(as_view(*show), crypto);
  if (!descriptor) return tl::make_unexpected(descriptor.error());
  if (descriptor->channel_key != channel) return bad("its show is another channel's");
  if (as_text(live_info_hash(*descriptor, crypto).view()) != *hash) {
    return bad("its info-hash is another show's");
  }
  ChannelItem item{seq, *live == 1, {}, std::move(*descriptor)};
  if (name && name->size() <= kChannelNameMax && is_utf8(*name)) item.name = *name;
  return item;
}

std::string channel_item_to_sign(std::string_view value, std::int64_t seq) {
  std::string text = "4:salt" + std::to_string(kChannelSalt.size()) + ":";
  text += kChannelSalt;
  text += "3:seqi" + std::to_string(seq) + "e1:v";
  text += value;
  return text;
}

}  // namespace freshet::ledger
