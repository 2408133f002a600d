// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/network_limit.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace freshet::engine {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::make_address;

bool crowded(const char* one, std::vector<const char*> others) {
  std::vector<address> connected;
  for (const char* other : others) connected.push_back(make_address(other));
  return is_crowded(make_address(one), connected);
}

TEST(NetworkLimit, TwoOfANetworkAreEnough) {
  EXPECT_FALSE(crowded("203.0.113.1", {"203.0.113.2", "198.51.100.1", "203.0.114.1"}));
  EXPECT_TRUE(crowded("203.0.113.1", {"203.0.113.2", "203.0.113.254"}));
  EXPECT_TRUE(crowded("::ffff:203.0.113.1", {"203.0.113.2", "203.0.113.254"}));
  EXPECT_FALSE(crowded("2001:db8:1:2::1", {"2001:db8:1:3::1", "2001:db8:1:2::9"}));
  EXPECT_TRUE(crowded("2001:db8:1:2::1", {"2001:db8:1:2:ffff::1", "2001:db8:1:2::9"}));
}

TEST(NetworkLimit, AtHomeAllAreNeighbours) {
  for (const char* local : {"10.1.2.3", "172.31.0.1", "192.168.1.7", "169.254.1.1", "100.127.0.1",
                            "127.0.0.1", "fd00::1", "fe80::1", "::1"}) {
    EXPECT_FALSE(crowded(local, {local, local, local})) << local;
  }
  EXPECT_TRUE(network_of(make_address("172.32.0.1")));
  EXPECT_TRUE(network_of(make_address("100.128.0.1")));
}

}  // namespace
}  // namespace freshet::engine
