// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/log.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace freshet::log {
namespace {

Level threshold() {
  const char* value = std::getenv("FRESHET_LOG");
  std::string_view name = value ? value : "";
  if (name == "debug") return Level::Debug;
  if (name == "info") return Level::Info;
  if (name == "warn") return Level::Warn;
  return Level::Error;
}

}  // namespace

bool enabled(Level level) {
  static const Level limit = threshold();
  return level <= limit;
}

void write(Level level, std::string_view line) {
  static constexpr const char* kNames[] = {"error", "warn", "info", "debug"};
  auto now = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch());
  std::fprintf(stderr, "%.3f %s %.*s\n", now.count(), kNames[static_cast<int>(level)],
               static_cast<int>(line.size()), line.data());
}

}  // namespace freshet::log
