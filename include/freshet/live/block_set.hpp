// SPDX-License-Identifier: GPL-3.0-or-later
// A growing set of block indexes.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace freshet::live {

class BlockSet {
 public:
  [[nodiscard]] bool has(std::uint32_t block) const {
    return block / 64 < words_.size() && (words_[block / 64] >> (block % 64) & 1) != 0;
  }
  // True when it was not in the set before.
  bool add(std::uint32_t block) {
    if (has(block)) return false;
    if (block / 64 >= words_.size()) words_.resize(block / 64 + 1);
    words_[block / 64] |= std::uint64_t{1} << (block % 64);
    ++count_;
    return true;
  }
  void remove(std::uint32_t block) {
    if (!has(block)) return;
    words_[block / 64] &= ~(std::uint64_t{1} << (block % 64));
    --count_;
  }
  [[nodiscard]] std::uint32_t count() const { return count_; }
  // The first block at or after `from` that is not in the set.
  [[nodiscard]] std::uint32_t first_missing(std::uint32_t from) const {
    std::uint32_t word = from / 64;
    if (word >= words_.size()) return from;
    std::uint64_t gaps = ~words_[word] >> (from % 64) << (from % 64);
    while (gaps == 0) {
      if (++word >= words_.size()) return word * 64;
      gaps = ~words_[word];
    }
    return word * 64 + static_cast<std::uint32_t>(std::countr_zero(gaps));
  }
  // The first of the blocks in the set that lead up to `end` without a gap.
  [[nodiscard]] std::uint32_t run_begin(std::uint32_t end) const {
    while (end > 0) {
      std::uint32_t word = (end - 1) / 64, bits = (end - 1) % 64 + 1;
      if (word >= words_.size()) return end;
      std::uint64_t gaps = ~words_[word];
      if (bits < 64) gaps &= (std::uint64_t{1} << bits) - 1;
      if (gaps != 0) return word * 64 + static_cast<std::uint32_t>(std::bit_width(gaps));
      end = word * 64;
    }
    return 0;
  }
  [[nodiscard]] bool has_all(std::uint32_t first, std::uint32_t count) const {
    return first_missing(first) >= first + count;
  }
  // How many of [first, end) are in the set.
  [[nodiscard]] std::uint32_t count_in(std::uint32_t first, std::uint32_t end) const {
    std::uint32_t count = 0;
    for (std::uint32_t block = first; block < end;) {
      std::uint32_t word = block / 64, next = std::min(end, (word + 1) * 64);
      if (word >= words_.size()) break;
      std::uint64_t bits = words_[word] >> (block % 64);
      if (next - block < 64) bits &= (std::uint64_t{1} << (next - block)) - 1;
      count += static_cast<std::uint32_t>(std::popcount(bits));
      block = next;
    }
    return count;
  }
  [[nodiscard]] bool has_any(std::uint32_t first, std::uint32_t count) const {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (has(first + i)) return true;
    }
    return false;
  }

 private:
  std::vector<std::uint64_t> words_;
  std::uint32_t count_ = 0;
};

}  // namespace freshet::live
