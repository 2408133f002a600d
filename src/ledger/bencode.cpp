// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/bencode.hpp"

#include <charconv>

namespace freshet::ledger::bencode {
namespace {

void append(std::string& out, const Value& value);

void append(std::string& out, const String& text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

void append(std::string& out, const Value& value) {
  if (const Integer* number = value.integer()) {
    out += 'i' + std::to_string(*number) + 'e';
  } else if (const String* text = value.string()) {
    append(out, *text);
  } else if (const List* list = std::get_if<List>(&value.data)) {
    out += 'l';
    for (const Value& item : *list) append(out, item);
    out += 'e';
  } else {
    out += 'd';
    for (const auto& [key, item] : std::get<Dict>(value.data)) {
      append(out, key);
      append(out, item);
    }
    out += 'e';
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  std::optional<Value> value(int depth) {
    if (rest_.empty() || depth > kDepthMax) return std::nullopt;
    switch (rest_.front()) {
      case 'i':
        return integer();
      case 'l':
        return list(depth);
      case 'd':
        return dict(depth);
      default:
        break;
    }
    auto text = string();
    if (!text) return std::nullopt;
    return Value{std::move(*text)};
  }

 private:
  // A decimal number up to `stop`, in its only spelling.
  std::optional<Integer> number(char stop) {
    auto end = rest_.find(stop);
    if (end == std::string_view::npos || end == 0 || end > 20) return std::nullopt;
    Integer result = 0;
    auto [last, error] = std::from_chars(rest_.data(), rest_.data() + end, result);
    if (error != std::errc{} || last != rest_.data() + end) return std::nullopt;
    if (std::to_string(result) != rest_.substr(0, end)) return std::nullopt;
    rest_.remove_prefix(end + 1);
    return result;
  }

  std::optional<Value> integer() {
    rest_.remove_prefix(1);
    auto result = number('e');
    if (!result) return std::nullopt;
    return Value{*result};
  }

  std::optional<String> string() {
    auto size = number(':');
    if (!size || *size < 0 || static_cast<std::uint64_t>(*size) > rest_.size()) return std::nullopt;
    String text(rest_.substr(0, static_cast<std::size_t>(*size)));
    rest_.remove_prefix(text.size());
    return text;
  }

  bool take_end() {
    if (rest_.empty() || rest_.front() != 'e') return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<Value> list(int depth) {
    rest_.remove_prefix(1);
    List items;
    while (!take_end()) {
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      items.push_back(std::move(*item));
    }
    return Value{std::move(items)};
  }

  std::optional<Value> dict(int depth) {
    rest_.remove_prefix(1);
    Dict entries;
    while (!take_end()) {
      auto key = rest_.empty() ? std::nullopt : string();
      if (!key || (!entries.empty() && *key <= entries.rbegin()->first)) return std::nullopt;
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      entries.emplace_hint(entries.end(), std::move(*key), std::move(*item));
    }
    return Value{std::move(entries)};
  }

  std::string_view rest_;
};

const Value* find(const Dict& dict, std::string_view key) {
  auto entry = dict.find(std::string(key));
  return entry == dict.end() ? nullptr : &entry->second;
}

}  // namespace

std::string encode(const Value& value) {
  std::string out;
  append(out, value);
  return out;
}

std::optional<Value> decode(std::string_view text) {
  Parser parser(text);
  auto result = parser.value(0);
  if (!result || !parser.at_end()) return std::nullopt;
  return result;
}

const Integer* find_integer(const Dict& dict, std::string_view key) {
  const Value* value = find(dict, key);
  return value ? value->integer() : nullptr;
}

const String* find_string(const Dict& dict, std::string_view key) {
  const Value* value = find(dict, key);
  return value ? value->string() : nullptr;
}

const Dict* find_dict(const Dict& dict, std::string_view key) {
  const Value* value = find(dict, key);
  return value ? value->dict() : nullptr;
}

}  // namespace freshet::ledger::bencode
