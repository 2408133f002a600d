// SPDX-License-Identifier: GPL-3.0-or-later
// The three append-only logs that a head commits to: block leaves, piece SHA-1s, aux records.
#pragma once

#include <vector>

#include "freshet/ledger/merkle.hpp"

namespace freshet::ledger {

enum class LogKind : std::uint8_t { Blocks = 0, Pieces = 1, Aux = 2 };
inline constexpr std::array kLogKinds = {LogKind::Blocks, LogKind::Pieces, LogKind::Aux};

// Items that one message may carry; a power of two. Aux records are larger than hashes.
[[nodiscard]] constexpr std::uint32_t range_max(LogKind kind) {
  return kind == LogKind::Aux ? 256 : 512;
}

// An item is what travels: the leaf itself for blocks, 20 bytes for pieces, the record for aux.
class Log {
 public:
  Log(LogKind kind, const Merkle& merkle, const Crypto& crypto, HashArena& arena);

  [[nodiscard]] LogKind kind() const { return kind_; }
  [[nodiscard]] std::uint32_t count() const { return tree_.count(); }
  [[nodiscard]] const Tree& tree() const { return tree_; }
  // Of a piece or a record the leaf may be held while the item itself is not.
  [[nodiscard]] bool known(std::uint32_t index) const {
    return kind_ == LogKind::Blocks ? tree_.leaf(index).has_value() : !item(index).empty();
  }
  // How many items are known; all of them when equal to count().
  [[nodiscard]] std::uint32_t known_count() const {
    return kind_ == LogKind::Blocks ? tree_.leaves_held() : items_held_;
  }
  // Empty when not known, and always for blocks: their leaves are in the tree.
  [[nodiscard]] View item(std::uint32_t index) const;
  [[nodiscard]] Hash32 leaf_of(View item) const;

  void append(View item);
  [[nodiscard]] bool advance(const Frontier& next, std::span<const Hash32> bridge) {
    return tree_.advance(next, bridge);
  }
  [[nodiscard]] bool insert(std::uint32_t first, std::span<const Bytes> items,
                            std::span<const Hash32> uncles);

 private:
  LogKind kind_;
  const Crypto* crypto_;
  Tree tree_;
  std::vector<Bytes> items_;
  std::uint32_t items_held_ = 0;
};

}  // namespace freshet::ledger
