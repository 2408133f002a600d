// SPDX-License-Identifier: GPL-3.0-or-later
// The commands. Each returns its exit status.
#pragma once

#include "cli/options.hpp"

namespace freshet::cli {

[[nodiscard]] int run_publish(PublishArguments args);
// A channel's link: the show that is on the air, or the last one.
[[nodiscard]] int run_follow(WatchArguments args);
[[nodiscard]] int run_watch(const WatchArguments& args);
// Becomes the desktop program; returns only when that fails.
[[nodiscard]] int run_play(const WatchArguments& args);
[[nodiscard]] int run_seed(const SeedArguments& args);
[[nodiscard]] int run_info(const InfoArguments& args);
[[nodiscard]] int run_key(const KeyArguments& args);
[[nodiscard]] int run_list(const CommonOptions& common);
[[nodiscard]] int run_remove(const RemoveArguments& args);

}  // namespace freshet::cli
