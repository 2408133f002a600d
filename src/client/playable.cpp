// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/playable.hpp"

#include <algorithm>
#include <array>

namespace freshet::client {
namespace {

constexpr std::size_t kTsPacket = 188;
constexpr std::uint8_t kTsSync = 0x47;
constexpr std::uint64_t kEnoughToDecode = 64 << 10;

}  // namespace

Container sniff(View bytes) {
  static constexpr std::array<std::uint8_t, 4> kEbml = {0x1a, 0x45, 0xdf, 0xa3};
  static constexpr std::array<std::uint8_t, 4> kFtyp = {'f', 't', 'y', 'p'};
  if (bytes.size() >= 8) {
    if (std::ranges::equal(bytes.subspan(0, 4), kEbml)) return Container::Matroska;
    if (std::ranges::equal(bytes.subspan(4, 4), kFtyp)) return Container::Mp4;
  }
  if (bytes.size() < 2 * kTsPacket) return Container::Unknown;
  for (std::size_t at = 0; at < bytes.size(); at += kTsPacket) {
    if (bytes[at] != kTsSync) return Container::Unknown;
  }
  return Container::MpegTs;
}

std::optional<std::uint64_t> Playable::next_start(std::uint64_t byte) const {
  for (auto at = times.keyframe_after(byte); at; at = times.keyframe_after(*at)) {
    if (*at < times.size() && available->has(*at, std::min(kEnoughToDecode, times.size() - *at))) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace freshet::client
