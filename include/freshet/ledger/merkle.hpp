// SPDX-License-Identifier: GPL-3.0-or-later
// An append-only Merkle tree in the shape of BEP 52: SHA-256, padded with zero leaves to a power of
// two. A node over a complete, aligned range never changes while the tree grows, so a node that was
// proven once stays proven; a "peak" is the largest such node at its place.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "freshet/base/bytes.hpp"
#include "freshet/ledger/crypto.hpp"

namespace freshet::ledger {

inline constexpr unsigned kTreeLevelsMax = 32;

// Hash combination and the roots of all-zero subtrees.
class Merkle {
 public:
  explicit Merkle(const Crypto& crypto);
  [[nodiscard]] Hash32 parent(const Hash32& left, const Hash32& right) const;
  [[nodiscard]] const Hash32& pad(unsigned level) const { return pads_[level]; }
  // Root of `leaves`, padded to 2^levels leaves.
  [[nodiscard]] Hash32 subtree(std::span<const Hash32> leaves, unsigned levels) const;

 private:
  const Crypto& crypto_;
  std::array<Hash32, kTreeLevelsMax + 1> pads_;
};

// The peaks of a tree of `count` leaves: one at each level whose bit is set in `count`.
struct Frontier {
  std::uint32_t count = 0;
  std::array<Hash32, kTreeLevelsMax> peak{};

  // From the largest peak to the smallest.
  [[nodiscard]] std::vector<Hash32> peaks() const;
  [[nodiscard]] static std::optional<Frontier> from(std::uint32_t count,
                                                    std::span<const Hash32> peaks);
  // Root of the whole tree; `tail` is one more leaf that may still change.
  [[nodiscard]] Hash32 root(const Merkle& merkle, const std::optional<Hash32>& tail) const;
  void append(const Merkle& merkle, const Hash32& leaf);
};

struct NodeId {
  unsigned level = 0;
  std::uint32_t index = 0;
};

// Whether the tree of `next` grew out of the tree of `old`. `bridge` holds the right-hand siblings
// on the way from the smallest old peak to a peak of `next`; the left-hand ones are old peaks. The
// nodes that this proves are added to `proven` when it is given.
using ProvenNodes = std::vector<std::pair<NodeId, Hash32>>;
[[nodiscard]] bool leads_to(const Merkle& merkle, const Frontier& old, const Frontier& next,
                            std::span<const Hash32> bridge, ProvenNodes* proven = nullptr);
// The node that `leaf` at `index` leads to over its siblings, from the leaf's own upwards.
[[nodiscard]] Hash32 climb(const Merkle& merkle, const Hash32& leaf, std::uint32_t index,
                           std::span<const Hash32> uncles);

// Where a tree keeps its nodes. A page holds 256 hashes of one level; it starts as zeros, which
// mark holes, and lives as long as the arena. The core has no files: a host that wants the hashes
// of long shows out of its memory hands out pages that are mapped from one.
inline constexpr std::uint32_t kHashPage = 256;
using HashPage = std::array<Hash32, kHashPage>;
class HashArena {
 public:
  virtual ~HashArena() = default;
  [[nodiscard]] virtual HashPage* allocate() = 0;
};
class HeapArena final : public HashArena {
 public:
  HashPage* allocate() override { return pages_.emplace_back(std::make_unique<HashPage>()).get(); }

 private:
  std::vector<std::unique_ptr<HashPage>> pages_;
};

// The peak of a tree of `count` leaves that covers `leaf` (which must be below `count`).
[[nodiscard]] NodeId peak_over(std::uint32_t count, std::uint32_t leaf);

// The proven nodes of one tree; holes are allowed (a late joiner has the newest leaves first).
class Tree {
 public:
  Tree(const Merkle& merkle, HashArena& arena) : merkle_(&merkle), arena_(&arena) {}

  [[nodiscard]] const Frontier& frontier() const { return frontier_; }
  [[nodiscard]] std::uint32_t count() const { return frontier_.count; }
  [[nodiscard]] std::optional<Hash32> node(NodeId id) const;
  [[nodiscard]] std::optional<Hash32> leaf(std::uint32_t index) const { return node({0, index}); }
  // Leaves that are held. A peak or an uncle may be one too.
  [[nodiscard]] std::uint32_t leaves_held() const { return leaves_held_; }

  void append(const Hash32& leaf);
  // Moves the frontier forward without the leaves between: `bridge` holds the nodes that lead from
  // the old peaks to the new ones. False, and no change, when they do not fit together.
  [[nodiscard]] bool advance(const Frontier& next, std::span<const Hash32> bridge);
  // Takes leaves [first, first + 2^k), proven by the uncles up to any node already held.
  [[nodiscard]] bool insert(std::uint32_t first, std::span<const Hash32> leaves,
                            std::span<const Hash32> uncles);

  // Uncles of the aligned range [first, first + count) up to its peak in a tree of `tree_count`
  // leaves; nothing when the range is not aligned, not complete or not held.
  [[nodiscard]] std::optional<std::vector<Hash32>> prove(std::uint32_t first, std::uint32_t count,
                                                         std::uint32_t tree_count) const;
  [[nodiscard]] std::optional<std::vector<Hash32>> bridge(std::uint32_t old_count) const;
  // The frontier when the tree had `old_count` leaves; nothing when its peaks are not held.
  [[nodiscard]] std::optional<Frontier> frontier_at(std::uint32_t old_count) const;

 private:
  void store(NodeId id, const Hash32& hash);

  const Merkle* merkle_;
  HashArena* arena_;
  Frontier frontier_;
  std::uint32_t leaves_held_ = 0;
  std::array<std::map<std::uint32_t, HashPage*>, kTreeLevelsMax> pages_;
};

}  // namespace freshet::ledger
