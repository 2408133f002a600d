// SPDX-License-Identifier: GPL-3.0-or-later
// Magnet URIs (BEP 9) as pairs of names and values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace freshet::ledger::magnet {

inline constexpr std::string_view kScheme = "magnet:?";

[[nodiscard]] std::string percent_encode(std::string_view text);
// In the order of the text; nothing when it is no magnet URI or has a broken escape.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> parse(
    std::string_view text);

}  // namespace freshet::ledger::magnet
