// SPDX-License-Identifier: GPL-3.0-or-later
// One line per event on stderr, only when FRESHET_LOG is set (error, warn, info, debug). Any
// thread.
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace freshet::log {

enum class Level { Error, Warn, Info, Debug };

[[nodiscard]] bool enabled(Level level);
void write(Level level, std::string_view line);

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::Debug)) write(Level::Debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::Info)) write(Level::Info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::Warn)) write(Level::Warn, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace freshet::log
