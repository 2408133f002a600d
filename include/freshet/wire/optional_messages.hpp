// SPDX-License-Identifier: GPL-3.0-or-later
// Messages that a peer may do without: unknown ones of these types are ignored.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include "freshet/base/time.hpp"

namespace freshet::wire {

// Types from here on are ignored when unknown; smaller unknown ones disconnect.
inline constexpr std::uint8_t kOptionalTypes = 0x80;

// "Nobody outside can connect to me; introduce me to others of whom that is true": to `wanted` of
// them now, and to who asks later (BEP 55's rendezvous, but without naming anybody).
struct Introduce {
  static constexpr std::uint8_t kType = kOptionalTypes;
  std::uint8_t wanted = 0;
};
// "Connect with this address over uTP: its owner was told the same." The one whose turn it is to
// open sends a packet so that its own router lets the answer in; the other calls a moment later.
struct Meet {
  static constexpr std::uint8_t kType = kOptionalTypes + 1;
  static constexpr Duration kCallAfter = std::chrono::milliseconds(2600);
  bool calls = false;
  std::array<std::uint8_t, 16> address{};  // IPv6, or IPv4 mapped into it (RFC 4291, 2.5.5.2)
  std::uint16_t port = 0;
  friend bool operator==(const Meet&, const Meet&) = default;
};
// Nothing but bytes, to see how fast they leave; who gets them says so at once.
struct Probe {
  static constexpr std::uint8_t kType = kOptionalTypes + 2;
  static constexpr std::uint16_t kPaddingMax = 16 * 1024;
  std::uint32_t id = 0;
  std::uint16_t padding = 0;  // bytes, zeros
};
struct Probed {
  static constexpr std::uint8_t kType = kOptionalTypes + 3;
  std::uint32_t id = 0;
};
// An unknown message of an optional type.
struct Ignored {};

}  // namespace freshet::wire
