// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/merkle.hpp"

#include <algorithm>
#include <bit>

#include "freshet/base/check.hpp"

namespace freshet::ledger {

Merkle::Merkle(const Crypto& crypto) : crypto_(crypto) {
  for (unsigned level = 0; level < kTreeLevelsMax; ++level) {
    pads_[level + 1] = parent(pads_[level], pads_[level]);
  }
}

Hash32 Merkle::parent(const Hash32& left, const Hash32& right) const {
  std::array<std::uint8_t, 64> both;
  std::ranges::copy(left.bytes, both.begin());
  std::ranges::copy(right.bytes, both.begin() + 32);
  return crypto_.sha256(both);
}

Hash32 Merkle::subtree(std::span<const Hash32> leaves, unsigned levels) const {
  if (leaves.empty()) return pads_[levels];
  std::vector<Hash32> row(leaves.begin(), leaves.end());
  for (unsigned level = 0; level < levels; ++level) {
    if (row.size() % 2 != 0) row.push_back(pads_[level]);
    for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = parent(row[2 * i], row[2 * i + 1]);
    row.resize(row.size() / 2);
  }
  FRESHET_ASSERT(row.size() == 1);
  return row[0];
}

std::vector<Hash32> Frontier::peaks() const {
  std::vector<Hash32> result;
  for (unsigned level = kTreeLevelsMax; level-- > 0;) {
    if (count >> level & 1) result.push_back(peak[level]);
  }
  return result;
}

std::optional<Frontier> Frontier::from(std::uint32_t count, std::span<const Hash32> peaks) {
  if (peaks.size() != static_cast<std::size_t>(std::popcount(count))) return std::nullopt;
  Frontier frontier;
  frontier.count = count;
  std::size_t next = 0;
  for (unsigned level = kTreeLevelsMax; level-- > 0;) {
    if (count >> level & 1) frontier.peak[level] = peaks[next++];
  }
  return frontier;
}

Hash32 Frontier::root(const Merkle& merkle, const std::optional<Hash32>& tail) const {
  std::uint64_t leaves = std::uint64_t{count} + (tail ? 1 : 0);
  if (leaves == 0) return Hash32{};
  unsigned depth = static_cast<unsigned>(std::bit_width(leaves - 1));
  std::optional<Hash32> partial = tail;  // the node over what follows the peaks; none: only padding
  for (unsigned level = 0; level < depth; ++level) {
    if (count >> level & 1) {
      partial = merkle.parent(peak[level], partial.value_or(merkle.pad(level)));
    } else if (partial) {
      partial = merkle.parent(*partial, merkle.pad(level));
    }
  }
  return partial ? *partial : peak[depth];
}

void Frontier::append(const Merkle& merkle, const Hash32& leaf) {
  FRESHET_ASSERT(count < UINT32_MAX);
  Hash32 node = leaf;
  unsigned level = 0;
  for (; count >> level & 1; ++level) node = merkle.parent(peak[level], node);
  peak[level] = node;
  ++count;
}

NodeId peak_over(std::uint32_t count, std::uint32_t leaf) {
  FRESHET_ASSERT(leaf < count);
  std::uint32_t start = 0;
  for (unsigned level = kTreeLevelsMax; level-- > 0;) {
    if (!(count >> level & 1)) continue;
    if (leaf - start < (std::uint64_t{1} << level)) return {level, start >> level};
    start += std::uint32_t{1} << level;
  }
  return {};
}

std::optional<Hash32> Tree::node(NodeId id) const {
  if (id.level >= kTreeLevelsMax) return std::nullopt;
  const auto& level = pages_[id.level];
  auto page = level.find(id.index / kHashPage);
  if (page == level.end()) return std::nullopt;
  const Hash32& hash = (*page->second)[id.index % kHashPage];
  if (hash.is_zero()) return std::nullopt;
  return hash;
}

void Tree::store(NodeId id, const Hash32& hash) {
  HashPage*& page = pages_[id.level][id.index / kHashPage];
  if (!page) page = arena_->allocate();
  Hash32& slot = (*page)[id.index % kHashPage];
  if (id.level == 0 && slot.is_zero()) ++leaves_held_;
  slot = hash;
}

void Tree::append(const Hash32& leaf) {
  Hash32 hash = leaf;
  NodeId id{0, frontier_.count};
  store(id, hash);
  for (; frontier_.count >> id.level & 1; store(id, hash)) {
    hash = merkle_->parent(frontier_.peak[id.level], hash);
    id = {id.level + 1, id.index >> 1};
  }
  frontier_.peak[id.level] = hash;
  ++frontier_.count;
}

bool leads_to(const Merkle& merkle, const Frontier& old, const Frontier& next,
              std::span<const Hash32> bridge, ProvenNodes* proven) {
  if (next.count < old.count) return false;
  if (old.count == 0) return bridge.empty();
  auto note = [&](NodeId id, const Hash32& hash) {
    if (proven) proven->push_back({id, hash});
  };
  unsigned level = static_cast<unsigned>(std::countr_zero(old.count));
  std::uint32_t index = (old.count >> level) - 1;
  Hash32 hash = old.peak[level];
  std::uint32_t rest = old.count & (old.count - 1);  // old peaks that are not part of `hash` yet
  NodeId top = peak_over(next.count, old.count - 1);
  std::size_t used = 0;
  for (; level < top.level; ++level, index >>= 1) {
    if (index & 1) {
      hash = merkle.parent(old.peak[level], hash);
      rest &= ~(std::uint32_t{1} << level);
    } else {
      if (used == bridge.size()) return false;
      note({level, index + 1}, bridge[used]);
      hash = merkle.parent(hash, bridge[used++]);
    }
    note({level + 1, index >> 1}, hash);
  }
  if (used != bridge.size() || hash != next.peak[top.level]) return false;
  for (unsigned l = top.level + 1; l < kTreeLevelsMax; ++l) {
    if ((rest >> l & 1) && old.peak[l] != next.peak[l]) return false;
  }
  return true;
}

Hash32 climb(const Merkle& merkle, const Hash32& leaf, std::uint32_t index,
             std::span<const Hash32> uncles) {
  Hash32 hash = leaf;
  for (const Hash32& uncle : uncles) {
    hash = index & 1 ? merkle.parent(uncle, hash) : merkle.parent(hash, uncle);
    index >>= 1;
  }
  return hash;
}

bool Tree::advance(const Frontier& next, std::span<const Hash32> bridge) {
  ProvenNodes proven;
  if (!leads_to(*merkle_, frontier_, next, bridge, &proven)) return false;
  for (const auto& [id, hash] : proven) store(id, hash);
  std::uint32_t start = 0;
  for (unsigned level = kTreeLevelsMax; level-- > 0;) {
    if (!(next.count >> level & 1)) continue;
    store({level, start >> level}, next.peak[level]);
    start += std::uint32_t{1} << level;
  }
  frontier_ = next;
  return true;
}

bool Tree::insert(std::uint32_t first, std::span<const Hash32> leaves,
                  std::span<const Hash32> uncles) {
  std::uint64_t end = std::uint64_t{first} + leaves.size();
  if (leaves.empty() || !std::has_single_bit(leaves.size()) || first % leaves.size() != 0 ||
      end > frontier_.count) {
    return false;
  }
  std::vector<std::pair<NodeId, Hash32>> proven;
  std::vector<Hash32> row(leaves.begin(), leaves.end());
  unsigned level = 0;
  std::uint32_t index = first;
  while (true) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      proven.push_back({{level, index + static_cast<std::uint32_t>(i)}, row[i]});
    }
    if (row.size() == 1) break;
    for (std::size_t i = 0; i < row.size() / 2; ++i) {
      row[i] = merkle_->parent(row[2 * i], row[2 * i + 1]);
    }
    row.resize(row.size() / 2);
    ++level;
    index >>= 1;
  }
  Hash32 hash = row[0];
  for (std::size_t used = 0;; ++used, ++level, index >>= 1) {
    if (auto held = node({level, index})) {
      if (*held != hash) return false;
      break;
    }
    if (used == uncles.size()) return false;
    proven.push_back({{level, index ^ 1}, uncles[used]});
    hash = index & 1 ? merkle_->parent(uncles[used], hash) : merkle_->parent(hash, uncles[used]);
    proven.push_back({{level + 1, index >> 1}, hash});
  }
  for (const auto& [id, value] : proven) store(id, value);
  return true;
}

std::optional<std::vector<Hash32>> Tree::prove(std::uint32_t first, std::uint32_t count,
                                               std::uint32_t tree_count) const {
  std::uint64_t end = std::uint64_t{first} + count;
  if (count == 0 || !std::has_single_bit(count) || first % count != 0 || end > tree_count ||
      tree_count > frontier_.count) {
    return std::nullopt;
  }
  for (std::uint32_t i = first; i < end; ++i) {
    if (!leaf(i)) return std::nullopt;
  }
  NodeId top = peak_over(tree_count, first);
  unsigned level = static_cast<unsigned>(std::countr_zero(count));
  if (level > top.level) return std::nullopt;
  std::vector<Hash32> uncles;
  for (std::uint32_t index = first >> level; level < top.level; ++level, index >>= 1) {
    auto uncle = node({level, index ^ 1});
    if (!uncle) return std::nullopt;
    uncles.push_back(*uncle);
  }
  return uncles;
}

std::optional<Frontier> Tree::frontier_at(std::uint32_t old_count) const {
  if (old_count > frontier_.count) return std::nullopt;
  Frontier old;
  old.count = old_count;
  std::uint32_t start = 0;
  for (unsigned level = kTreeLevelsMax; level-- > 0;) {
    if (!(old_count >> level & 1)) continue;
    auto peak = node({level, start >> level});
    if (!peak) return std::nullopt;
    old.peak[level] = *peak;
    start += std::uint32_t{1} << level;
  }
  return old;
}

std::optional<std::vector<Hash32>> Tree::bridge(std::uint32_t old_count) const {
  if (old_count > frontier_.count) return std::nullopt;
  std::vector<Hash32> nodes;
  if (old_count == 0) return nodes;
  NodeId top = peak_over(frontier_.count, old_count - 1);
  unsigned level = static_cast<unsigned>(std::countr_zero(old_count));
  for (std::uint32_t index = (old_count >> level) - 1; level < top.level; ++level, index >>= 1) {
    if (index & 1) continue;
    auto right = node({level, index + 1});
    if (!right) return std::nullopt;
    nodes.push_back(*right);
  }
  return nodes;
}

}  // namespace freshet::ledger
