// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/crc32c.hpp"

#include <array>

namespace freshet {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) ? value >> 1 ^ 0x82f63b78U : value >> 1;
    table[i] = value;
  }
  return table;
}

constexpr auto kTable = make_table();

}  // namespace

std::uint32_t crc32c(View bytes) {
  std::uint32_t state = ~0U;
  for (std::uint8_t byte : bytes) state = kTable[(state ^ byte) & 255] ^ state >> 8;
  return ~state;
}

}  // namespace freshet
