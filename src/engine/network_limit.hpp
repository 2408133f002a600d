// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever owns a network could stand all around a viewer and show it whatever suits him: of the
// peers that we connect to ourselves, few may be of the same one.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <span>

namespace freshet::engine {

inline constexpr std::size_t kPerNetwork = 2;

// The /24 of an IPv4 address, the /64 of an IPv6 one. None for what is not of the Internet (RFC
// 1918, 4193, 3927, 6598, loopback): there, all are neighbours.
[[nodiscard]] std::optional<boost::asio::ip::address> network_of(
    const boost::asio::ip::address& address);

// Whether enough of `connected` are of the network of `address`.
[[nodiscard]] bool is_crowded(const boost::asio::ip::address& address,
                              std::span<const boost::asio::ip::address> connected);

}  // namespace freshet::engine
