// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ban_list.hpp"

#include <gtest/gtest.h>

namespace freshet::engine {
namespace {

using boost::asio::ip::make_address;
using Endpoint = boost::asio::ip::tcp::endpoint;
using namespace std::chrono_literals;

TEST(BanList, ByAddressAndPortForAnHour) {
  BanList bans;
  Endpoint liar(make_address("10.0.0.1"), 1000);
  Endpoint neighbour(make_address("10.0.0.1"), 1001);
  bans.add(liar, 5s);
  EXPECT_TRUE(bans.has(liar, 6s));
  EXPECT_FALSE(bans.has(neighbour, 6s));
  EXPECT_TRUE(bans.has(liar, 59min));
  EXPECT_FALSE(bans.has(liar, 61min));
}

TEST(BanList, AWholeAddressOnlyAfterThreePorts) {
  BanList bans;
  for (std::uint16_t port : {1, 2}) bans.add({make_address("10.0.0.1"), port}, 1s);
  EXPECT_FALSE(bans.has({make_address("10.0.0.1"), 9}, 2s));
  bans.add({make_address("::ffff:10.0.0.1"), 3}, 1s);  // the same address, mapped
  EXPECT_TRUE(bans.has({make_address("10.0.0.1"), 9}, 2s));
  EXPECT_FALSE(bans.has({make_address("10.0.0.2"), 9}, 2s));
}

TEST(BanList, IPv6BySubnet) {
  BanList bans;
  bans.add({make_address("2001:db8::1"), 1}, 1s);
  bans.add({make_address("2001:db8::2"), 2}, 1s);
  bans.add({make_address("2001:db8::3"), 3}, 1s);
  EXPECT_TRUE(bans.has({make_address("2001:db8::4"), 9}, 2s));
  EXPECT_FALSE(bans.has({make_address("2001:db8:0:1::4"), 9}, 2s));
}

TEST(BanList, IsBounded) {
  BanList bans;
  for (std::uint32_t i = 0; i < 2 * BanList::kAddressesMax; ++i) {
    bans.add({boost::asio::ip::address_v4(i + 1), 1}, Instant(i + 1));
  }
  EXPECT_FALSE(bans.has({boost::asio::ip::address_v4(1), 1}, 1s));
  EXPECT_TRUE(bans.has({boost::asio::ip::address_v4(2 * BanList::kAddressesMax), 1}, 1s));
}

}  // namespace
}  // namespace freshet::engine
