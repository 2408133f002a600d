// SPDX-License-Identifier: GPL-3.0-or-later
// Who was cut off for lying. By address and port, since many people share an address behind NAT; a
// whole address (IPv6: its /64) only after three of its ports lied.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <set>
#include <string>

#include "freshet/base/time.hpp"

namespace freshet::engine {

// "address:port", IPv6 in brackets.
[[nodiscard]] std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint);

class BanList {
 public:
  static constexpr Duration kFor = std::chrono::hours(1);
  static constexpr std::size_t kPortsMax = 3;
  static constexpr std::size_t kAddressesMax = 4096;  // the oldest go first

  void add(const boost::asio::ip::tcp::endpoint& peer, Instant now);
  [[nodiscard]] bool has(const boost::asio::ip::tcp::endpoint& peer, Instant now);

  // An IPv4 address, or the first 64 bits of an IPv6 one.
  [[nodiscard]] static boost::asio::ip::address network_of(const boost::asio::ip::address& address);

 private:
  void expire(Instant now);

  struct Entry {
    std::set<std::uint16_t> ports;
    Instant until{};
  };
  std::map<boost::asio::ip::address, Entry> entries_;
};

}  // namespace freshet::engine
