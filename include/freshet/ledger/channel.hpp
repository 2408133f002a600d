// SPDX-License-Identifier: GPL-3.0-or-later
// A channel outlives its shows: a link that names only its key (BEP 46), and a signed item in the
// DHT (BEP 44) that says which show is on the air, or was the last one. Specified in
// docs/protocol/growing-torrents.md, section "Channel".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "freshet/ledger/descriptor.hpp"
#include "freshet/ledger/keys.hpp"

namespace freshet::ledger {

inline constexpr std::size_t kChannelItemMax = 1000;  // bytes of the value; BEP 44
inline constexpr std::size_t kChannelNameMax = 200;   // bytes, UTF-8
// Other programs may use the same key for items of their own.
inline constexpr std::string_view kChannelSalt = "freshet";

struct ChannelLink {
  PublicKey key;
  std::string name;  // a hint, not signed
};
[[nodiscard]] std::string to_text(const ChannelLink& link);
[[nodiscard]] bool is_channel_link(std::string_view text);
[[nodiscard]] Expected<ChannelLink> parse_channel_link(std::string_view text);

struct ChannelItem {
  std::int64_t seq = 0;  // a later item has a larger one
  bool on_air = false;
  std::string name;
  Descriptor descriptor;  // of the show; certified by the channel's key
};
// The item's value, bencoded. The name is left out when there is no room for it.
[[nodiscard]] std::string encode_channel_item(const ChannelItem& item, const Crypto& crypto);
// Refuses what is no item of this channel. `seq` is not part of the value.
[[nodiscard]] Expected<ChannelItem> decode_channel_item(std::string_view value,
                                                        const PublicKey& channel, std::int64_t seq,
                                                        const Crypto& crypto);
// What BEP 44 has signed.
[[nodiscard]] std::string channel_item_to_sign(std::string_view value, std::int64_t seq);

}  // namespace freshet::ledger
