// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network_limit.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/ban_list.hpp"

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

bool is_local(ip::address_v4 address) {
  return std::ranges::any_of(
      kLocal, [&](const auto& entry) { return (address.to_uint() & entry.second) == entry.first; });
}

bool is_local(const ip::address_v6& address) {
  bool unique_local = (address.to_bytes()[0] & 0xFE) == 0xFC;
  return address.is_loopback() || address.is_link_local() || unique_local;
}

}  // namespace

std::optional<ip::address> network_of(const ip::address& address) {
  ip::address network = BanList::network_of(address);
  if (network.is_v6()) {
    if (is_local(address.to_v6())) return std::nullopt;
    return network;
  }
  if (is_local(network.to_v4())) return std::nullopt;
  return ip::address_v4(network.to_v4().to_uint() & 0xFFFFFF00);
}

bool is_crowded(const ip::address& address, std::span<const ip::address> connected) {
  auto network = network_of(address);
  if (!network) return false;
  auto same = std::ranges::count_if(
      connected, [&](const ip::address& other) { return network_of(other) == network; });
  return static_cast<std::size_t>(same) >= kPerNetwork;
}

}  // namespace freshet::engine
