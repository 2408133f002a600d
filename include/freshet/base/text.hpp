// SPDX-License-Identifier: GPL-3.0-or-later
// Text that comes from people or peers: names made safe, sizes and times read and shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace freshet {

// A file name that any file system takes and that cannot leave its folder: no separators, control
// characters, leading dots, reserved names; valid UTF-8 of at most 200 bytes; never empty.
[[nodiscard]] std::string safe_file_name(std::string_view name);
[[nodiscard]] bool is_utf8(std::string_view text);

// "64k", "1M", "262144" -> bytes (powers of 1024 when `binary`, else of 1000).
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text, bool binary);
// "HH:MM:SS", "MM:SS" or "SS" -> milliseconds.
[[nodiscard]] std::optional<std::uint64_t> parse_clock(std::string_view text);
[[nodiscard]] std::string format_clock(std::uint64_t milliseconds);
// "1.5 MB": for people, powers of 1000.
[[nodiscard]] std::string format_size(std::uint64_t bytes);

}  // namespace freshet
