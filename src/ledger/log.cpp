// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/log.hpp"

#include "freshet/base/cursor.hpp"

namespace freshet::ledger {
namespace {

// Leaves of the pieces and aux logs are hashes of a tag, a zero byte and the item.
constexpr std::string_view kTags[] = {"", "freshet piece 1", "freshet aux 1"};

}  // namespace

Log::Log(LogKind kind, const Merkle& merkle, const Crypto& crypto, HashArena& arena)
    : kind_(kind), crypto_(&crypto), tree_(merkle, arena) {}

View Log::item(std::uint32_t index) const {
  if (index < items_.size()) return items_[index];
  return {};
}

Hash32 Log::leaf_of(View item) const {
  if (kind_ == LogKind::Blocks) return Hash32::from(item).value_or(Hash32{});
  Writer out;
  out.put(as_view(kTags[static_cast<std::size_t>(kind_)])).u8(0).put(item);
  return crypto_->sha256(out.view());
}

void Log::append(View item) {
  std::uint32_t index = tree_.count();
  tree_.append(leaf_of(item));
  if (kind_ == LogKind::Blocks) return;
  ++items_held_;
  items_.resize(index + 1);
  items_[index].assign(item.begin(), item.end());
}

bool Log::insert(std::uint32_t first, std::span<const Bytes> items,
                 std::span<const Hash32> uncles) {
  std::vector<Hash32> leaves;
  for (const Bytes& item : items) leaves.push_back(leaf_of(item));
  if (!tree_.insert(first, leaves, uncles)) return false;
  if (kind_ == LogKind::Blocks) return true;
  if (items_.size() < first + items.size()) items_.resize(first + items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    Bytes& slot = items_[first + i];
    if (slot.empty()) ++items_held_;
    slot = items[i];
  }
  return true;
}

}  // namespace freshet::ledger
