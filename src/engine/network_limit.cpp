// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network_limit.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace freshet::engine {

namespace ip = boost::asio::ip;

namespace {

// Network and mask of what is not of the Internet.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> kLocal{{
    {0x0A000000, 0xFF000000},  // 10/8
    {0xAC100000, 0xFFF00000},  // 172.16/12
    {0xC0A80000, 0xFFFF0000},  // 192.168/16
    {0xA9FE0000, 0xFFFF0000},  // 169.254/16
    {0x64400000, 0xFFC00000},  // 100.64/10
    {0x7F000000, 0xFF000000},  // 127/8
}};

std::optional<ip::address> network_of(ip::address_v4 address) {
  std::uint32_t bits = address.to_uint();
  bool local = std::ranges::any_of(
      kLocal, [&](const auto& entry) { return (bits & entry.second) == entry.first; });
  if (local) return std::nullopt;
  return ip::address_v4(bits & 0xFFFFFF00);
}

}  // namespace

std::optional<ip::address> network_of(const ip::address& address) {
  if (address.is_v4()) return network_of(address.to_v4());
  ip::address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return network_of(ip::make_address_v4(ip::v4_mapped, v6));
  auto bytes = v6.to_bytes();
  bool unique_local = (bytes[0] & 0xFE) == 0xFC;
  if (v6.is_loopback() || v6.is_link_local() || unique_local) return std::nullopt;
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return ip::address_v6(bytes);
}

bool is_crowded(const ip::address& address, std::span<const ip::address> connected) {
  auto network = network_of(address);
  if (!network) return false;
  auto same = std::ranges::count_if(
      connected, [&](const ip::address& other) { return network_of(other) == network; });
  return static_cast<std::size_t>(same) >= kPerNetwork;
}

}  // namespace freshet::engine
