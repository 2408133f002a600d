// SPDX-License-Identifier: GPL-3.0-or-later
// Big-endian reading and writing of byte strings. Every read is checked: once one fails, all later
// ones fail too, so that a decoder may read a whole message and ask `ok()` once.
#pragma once

#include <cstdint>
#include <span>

#include "freshet/base/bytes.hpp"

namespace freshet {

class Reader {
 public:
  explicit Reader(View bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }

  // The next `count` bytes, or an empty view (and `ok()` false) when there are fewer.
  View take(std::size_t count) {
    if (!ok_ || count > rest_.size()) {
      ok_ = false;
      return {};
    }
    View result = rest_.first(count);
    rest_ = rest_.subspan(count);
    return result;
  }

  template <class F>
  F fixed() {
    return F::from(take(F::kSize)).value_or(F{});
  }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t left() const { return ok_ ? rest_.size() : 0; }
  // True when everything was read and nothing is left over.
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
  void fail() { ok_ = false; }

 private:
  std::uint64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (std::uint8_t byte : take(width)) value = value << 8 | byte;
    return value;
  }

  View rest_;
  bool ok_ = true;
};

class Writer {
 public:
  Writer& u8(std::uint8_t value) { return number(value, 1); }
  Writer& u16(std::uint16_t value) { return number(value, 2); }
  Writer& u32(std::uint32_t value) { return number(value, 4); }
  Writer& u64(std::uint64_t value) { return number(value, 8); }
  Writer& put(View bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  Bytes take() { return std::move(bytes_); }
  [[nodiscard]] View view() const { return bytes_; }

 private:
  Writer& number(std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    return *this;
  }

  Bytes bytes_;
};

}  // namespace freshet
