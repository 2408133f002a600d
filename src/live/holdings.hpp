// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "live/context.hpp"

namespace freshet::live {

// Which of the newest blocks are here, told to all neighbours: a repair asks only who has it.
class Holdings {
 public:
  explicit Holdings(Context& context) : c_(context) {}
  void tick(Instant now);
  void tell(PeerId peer);
  void received(PeerId peer, const wire::Have& message, Instant now);
  // When a neighbour first said that it has this block.
  [[nodiscard]] Instant seen(std::uint32_t block) const {
    const Seen& seen = seen_[block % kLookedAt];
    return seen.block == block ? seen.since : Instant::max();
  }

 private:
  static constexpr std::uint32_t kToldMax = 8 * wire::Have::kBytesMax;  // blocks of one message
  // As far ahead of the newest that we know, and as far back.
  static constexpr std::uint32_t kLookedAt = 2 * kToldMax;
  struct Seen {
    std::uint32_t block = UINT32_MAX;
    Instant since;
  };
  [[nodiscard]] wire::Have have() const;

  Context& c_;
  std::vector<Seen> seen_{kLookedAt};  // by the block's number modulo their number
  wire::Have newest_;
  std::uint32_t version_ = 0;  // of newest_
};

}  // namespace freshet::live
