// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/live/block_set.hpp"

#include <gtest/gtest.h>

namespace freshet::live {
namespace {

TEST(BlockSet, TheRunThatLeadsUpToABlock) {
  BlockSet set;
  EXPECT_EQ(set.run_begin(5), 5U);
  for (std::uint32_t block = 3; block < 200; ++block) set.add(block);
  EXPECT_EQ(set.run_begin(200), 3U);
  EXPECT_EQ(set.run_begin(64), 3U);
  EXPECT_EQ(set.run_begin(201), 201U);
  set.remove(127);
  EXPECT_EQ(set.run_begin(200), 128U);
  for (std::uint32_t block = 0; block < 3; ++block) set.add(block);
  EXPECT_EQ(set.run_begin(127), 0U);
}

}  // namespace
}  // namespace freshet::live
