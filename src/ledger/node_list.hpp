// SPDX-License-Identifier: GPL-3.0-or-later
// Short lists of tree nodes as they travel: u8 count, then 32 bytes each.
#pragma once

#include <vector>

#include "freshet/base/cursor.hpp"
#include "freshet/ledger/merkle.hpp"

namespace freshet::ledger {

inline constexpr std::size_t kNodeListMax = 2 * kTreeLevelsMax;

inline void write_nodes(Writer& out, std::span<const Hash32> nodes) {
  out.u8(static_cast<std::uint8_t>(nodes.size()));
  for (const Hash32& node : nodes) out.put(node.view());
}

inline std::vector<Hash32> read_nodes(Reader& in) {
  std::size_t count = in.u8();
  std::vector<Hash32> nodes;
  if (count > kNodeListMax || in.left() < count * Hash32::kSize) in.fail();
  for (std::size_t i = 0; i < count && in.ok(); ++i) nodes.push_back(in.fixed<Hash32>());
  return nodes;
}

}  // namespace freshet::ledger
