// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace freshet {
namespace {

constexpr std::size_t kNameMax = 200;  // leaves room below NAME_MAX (255) for suffixes

// Length of the UTF-8 sequence at the front of `text`, or 0 when it is not well-formed.
std::size_t utf8_length(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(0);
  std::size_t length = first < 0x80   ? 1
                       : first < 0xc2 ? 0
                       : first < 0xe0 ? 2
                       : first < 0xf0 ? 3
                       : first < 0xf5 ? 4
                                      : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  if (first == 0xe0 && byte(1) < 0xa0) return 0;  // overlong
  if (first == 0xed && byte(1) > 0x9f) return 0;  // surrogate
  if (first == 0xf0 && byte(1) < 0x90) return 0;  // overlong
  if (first == 0xf4 && byte(1) > 0x8f) return 0;  // beyond U+10FFFF
  return length;
}

bool is_unsafe(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
         std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string safe_file_name(std::string_view name) {
  std::string safe;
  while (!name.empty()) {
    std::size_t length = utf8_length(name);
    if (safe.size() + std::max<std::size_t>(length, 1) > kNameMax) break;
    if (length == 0 || (length == 1 && is_unsafe(name[0]))) {
      safe += '_';
      length = 1;
    } else {
      safe.append(name.substr(0, length));
    }
    name.remove_prefix(length);
  }
  while (!safe.empty() && (safe.back() == ' ' || safe.back() == '.')) safe.pop_back();
  std::size_t start = safe.find_first_not_of(" .");
  safe = start == std::string::npos ? "" : safe.substr(start);
  return safe.empty() ? "show" : safe;
}

std::optional<std::uint64_t> parse_size(std::string_view text, bool binary) {
  std::uint64_t factor = 1;
  if (!text.empty()) {
    static constexpr std::string_view kSuffixes = "kmg";
    auto power = kSuffixes.find(static_cast<char>(text.back() | 0x20));
    if (power != std::string_view::npos) {
      for (std::size_t i = 0; i <= power; ++i) factor *= binary ? 1024 : 1000;
      text.remove_suffix(1);
    }
  }
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value > UINT64_MAX / factor) return std::nullopt;
  return value * factor;
}

std::optional<std::uint64_t> parse_clock(std::string_view text) {
  std::uint64_t seconds = 0;
  for (int parts = 0; parts < 3; ++parts) {
    auto colon = text.find(':');
    std::string_view part = text.substr(0, colon);
    std::uint64_t value = 0;
    auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc{} || end != part.data() + part.size() || value > 1000000) {
      return std::nullopt;
    }
    if (parts > 0 && value > 59) return std::nullopt;
    seconds = seconds * 60 + value;
    if (colon == std::string_view::npos) return seconds * 1000;
    text.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

std::string format_clock(std::uint64_t milliseconds) {
  std::uint64_t seconds = milliseconds / 1000;
  if (seconds >= 3600) {
    return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string format_size(std::uint64_t bytes) {
  static constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  if (unit == 0) return fmt::format("{} B", bytes);
  return fmt::format("{:.{}f} {}", value, value < 9.95 ? 1 : 0, kUnits[unit]);
}

}  // namespace freshet
