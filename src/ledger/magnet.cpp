// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/magnet.hpp"

#include <algorithm>

#include "freshet/base/bytes.hpp"

namespace freshet::ledger::magnet {
namespace {

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~:[]").find(c) != std::string_view::npos;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    auto byte = i + 2 < text.size() ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
    if (!byte) return std::nullopt;
    out += static_cast<char>((*byte)[0]);
    i += 2;
  }
  return out;
}

}  // namespace

std::string percent_encode(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += '%' + to_hex({reinterpret_cast<const std::uint8_t*>(&c), 1});
    }
  }
  return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse(std::string_view text) {
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  std::vector<std::pair<std::string, std::string>> fields;
  while (!text.empty()) {
    auto end = std::min(text.find('&'), text.size());
    std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    auto equals = item.find('=');
    if (equals == std::string_view::npos) continue;
    auto value = percent_decode(item.substr(equals + 1));
    if (!value) return std::nullopt;
    fields.emplace_back(item.substr(0, equals), std::move(*value));
  }
  return fields;
}

}  // namespace freshet::ledger::magnet
