// SPDX-License-Identifier: GPL-3.0-or-later
// Bencoding (BEP 3), strict: a byte string decodes only if it is the one canonical spelling.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "freshet/base/bytes.hpp"

namespace freshet::ledger::bencode {

struct Value;
using Integer = std::int64_t;
using String = std::string;  // raw bytes
using List = std::vector<Value>;
using Dict = std::map<std::string, Value>;

struct Value {
  std::variant<Integer, String, List, Dict> data;

  [[nodiscard]] const Integer* integer() const { return std::get_if<Integer>(&data); }
  [[nodiscard]] const String* string() const { return std::get_if<String>(&data); }
  [[nodiscard]] const Dict* dict() const { return std::get_if<Dict>(&data); }
};

// Nested at most this deep; what the protocol uses is 3.
inline constexpr int kDepthMax = 8;

[[nodiscard]] std::string encode(const Value& value);
[[nodiscard]] inline std::string encode(Dict dict) {
  return encode(Value{std::move(dict)});
}
// Whole input or nothing. Sorted unique keys, no leading zeros, no bytes left over.
[[nodiscard]] std::optional<Value> decode(std::string_view text);

// Entry of `dict` with the given type, or null.
[[nodiscard]] const Integer* find_integer(const Dict& dict, std::string_view key);
[[nodiscard]] const String* find_string(const Dict& dict, std::string_view key);
[[nodiscard]] const Dict* find_dict(const Dict& dict, std::string_view key);

[[nodiscard]] inline Value string_of(View bytes) {
  return {String(as_text(bytes))};
}

}  // namespace freshet::ledger::bencode
