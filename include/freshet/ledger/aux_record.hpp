// SPDX-License-Identifier: GPL-3.0-or-later
// Records of the aux log: small signed facts about a show. Unknown types are kept and ignored.
// Byte layout in docs/protocol/growing-torrents.md, section "Aux log".
#pragma once

#include <optional>
#include <string>

#include "freshet/ledger/descriptor.hpp"

#include "freshet/base/bytes.hpp"
#include "freshet/base/time.hpp"

namespace freshet::ledger {

inline constexpr std::uint8_t kAuxTimeMark = 1;
inline constexpr std::uint8_t kAuxChannel = 2;
inline constexpr std::uint8_t kAuxFollowUp = 3;
inline constexpr std::uint8_t kAuxEarlier = 4;

// "At published_ms the show was `size` bytes long." With `keyframe`, a decoder may start there.
struct TimeMark {
  WallMs published_ms = 0;
  std::uint64_t size = 0;
  bool keyframe = false;
};

struct Channel {
  std::string name;  // UTF-8, at most 200 bytes
  Bytes picture;     // PNG or JPEG, small enough for one record; may be empty
};

[[nodiscard]] Bytes encode(const TimeMark& mark);
[[nodiscard]] Bytes encode(const Channel& channel);
[[nodiscard]] std::optional<TimeMark> decode_time_mark(View record);
[[nodiscard]] std::optional<Channel> decode_channel(View record);
// Another show, by its whole descriptor: the one that goes on when this one is full (kAuxFollowUp),
// or one that the channel aired before (kAuxEarlier).
[[nodiscard]] Bytes encode_show(std::uint8_t type, const Descriptor& descriptor);
[[nodiscard]] std::optional<Descriptor> decode_show(std::uint8_t type, View record,
                                                    const Crypto& crypto);

}  // namespace freshet::ledger
