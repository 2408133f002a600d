// SPDX-License-Identifier: GPL-3.0-or-later
// Small files, read and written as a whole. Blocking; any thread.
#pragma once

#include <filesystem>

#include "freshet/base/bytes.hpp"
#include "freshet/base/error.hpp"

namespace freshet::engine {

// Fails with Storage when the file cannot be read or is longer than `max`.
[[nodiscard]] Expected<Bytes> read_whole(const std::filesystem::path& path, std::size_t max);
// Over a temporary name, synced, folder and all: even after a power cut there is the old file or
// the new one, never a part. Fails with Output when the place is full or read-only, else Storage.
[[nodiscard]] Expected<void> write_atomically(const std::filesystem::path& path, View bytes,
                                              unsigned mode = 0644);

}  // namespace freshet::engine
