// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/merkle.hpp"

#include <gtest/gtest.h>

#include <bit>

namespace freshet::ledger {
namespace {

Hash32 leaf(std::uint32_t index) {
  std::uint8_t bytes[4] = {static_cast<std::uint8_t>(index), static_cast<std::uint8_t>(index >> 8),
                           1, 2};
  return system_crypto().sha256(bytes);
}

class MerkleTest : public testing::Test {
 protected:
  Tree grown(std::uint32_t count) {
    Tree tree(merkle, arena);
    for (std::uint32_t i = 0; i < count; ++i) tree.append(leaf(i));
    return tree;
  }
  // The definition of BEP 52, computed the long way.
  Hash32 slow_root(std::vector<Hash32> row) {
    if (row.empty()) return {};
    row.resize(std::bit_ceil(row.size()));
    while (row.size() > 1) {
      for (std::size_t i = 0; i < row.size() / 2; ++i) {
        row[i] = merkle.parent(row[2 * i], row[2 * i + 1]);
      }
      row.resize(row.size() / 2);
    }
    return row[0];
  }
  HeapArena arena;
  Merkle merkle{system_crypto()};
};

TEST_F(MerkleTest, RootsMatchTheDefinition) {
  std::vector<Hash32> leaves;
  Tree tree(merkle, arena);
  for (std::uint32_t count = 0; count <= 70; ++count) {
    EXPECT_EQ(tree.frontier().root(merkle, std::nullopt), slow_root(leaves)) << count;
    auto with_tail = leaves;
    with_tail.push_back(leaf(9999));
    EXPECT_EQ(tree.frontier().root(merkle, leaf(9999)), slow_root(with_tail)) << count;
    tree.append(leaf(count));
    leaves.push_back(leaf(count));
  }
}

TEST_F(MerkleTest, FrontierAloneGrowsLikeTheTree) {
  Frontier frontier;
  for (std::uint32_t i = 0; i < 67; ++i) frontier.append(merkle, leaf(i));
  Tree tree = grown(67);
  EXPECT_EQ(frontier.peaks(), tree.frontier().peaks());
  EXPECT_EQ(Frontier::from(67, frontier.peaks())->root(merkle, {}), frontier.root(merkle, {}));
  EXPECT_FALSE(Frontier::from(66, frontier.peaks()).has_value() &&
               Frontier::from(66, frontier.peaks())->root(merkle, {}) == frontier.root(merkle, {}));
  EXPECT_FALSE(Frontier::from(64, frontier.peaks()));
}

TEST_F(MerkleTest, EveryAlignedRangeIsProvenToALateJoiner) {
  constexpr std::uint32_t kCount = 45;
  Tree server = grown(60);
  Tree at_count = grown(kCount);
  for (std::uint32_t size = 1; size <= 32; size *= 2) {
    for (std::uint32_t first = 0; first + size <= kCount; first += size) {
      auto uncles = server.prove(first, size, kCount);
      ASSERT_TRUE(uncles) << first << "+" << size;
      Tree joiner(merkle, arena);
      ASSERT_TRUE(joiner.advance(at_count.frontier(), {}));
      std::vector<Hash32> leaves;
      for (std::uint32_t i = 0; i < size; ++i) leaves.push_back(leaf(first + i));
      EXPECT_TRUE(joiner.insert(first, leaves, *uncles));
      EXPECT_EQ(joiner.leaf(first + size - 1), leaf(first + size - 1));
      leaves[size / 2].bytes[0] ^= 1;
      Tree other(merkle, arena);
      ASSERT_TRUE(other.advance(at_count.frontier(), {}));
      EXPECT_FALSE(other.insert(first, leaves, *uncles));
      EXPECT_NE(other.leaf(first + size / 2), leaves[size / 2]);
    }
  }
}

TEST_F(MerkleTest, ProofsAreRefusedForWhatIsNotThere) {
  Tree tree = grown(10);
  EXPECT_FALSE(tree.prove(8, 4, 10));  // beyond the end
  EXPECT_FALSE(tree.prove(1, 2, 10));  // not aligned
  EXPECT_FALSE(tree.prove(0, 3, 10));  // not a power of two
  EXPECT_FALSE(tree.prove(0, 0, 10));
  EXPECT_FALSE(tree.prove(0, 1, 11));  // a tree that does not exist yet
  EXPECT_FALSE(tree.prove(0xfffffff0, 16, 10));
}

TEST_F(MerkleTest, AnyOldStateIsBridgedToAnyNewOne) {
  Tree server = grown(70);
  for (std::uint32_t old = 0; old <= 70; ++old) {
    Tree joiner = grown(old);
    auto bridge = server.bridge(old);
    ASSERT_TRUE(bridge) << old;
    ASSERT_TRUE(joiner.advance(server.frontier(), *bridge)) << old;
    joiner.append(leaf(70));
    EXPECT_EQ(joiner.frontier().root(merkle, {}), grown(71).frontier().root(merkle, {}));
  }
}

TEST_F(MerkleTest, ABridgeToAnotherHistoryIsRefused) {
  Tree server = grown(70);
  for (std::uint32_t old = 1; old < 70; ++old) {
    Tree liar(merkle, arena);
    for (std::uint32_t i = 0; i < old; ++i) liar.append(leaf(i == old / 2 ? 5000 : i));
    Frontier before = liar.frontier();
    EXPECT_FALSE(liar.advance(server.frontier(), *server.bridge(old))) << old;
    EXPECT_EQ(liar.frontier().peaks(), before.peaks());
  }
}

}  // namespace
}  // namespace freshet::ledger
