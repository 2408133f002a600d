// SPDX-License-Identifier: GPL-3.0-or-later
// A show as a player sees it: its bytes, which of them are here, and when they were on the air.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "freshet/client/byte_stream.hpp"
#include "freshet/client/time_map.hpp"
#include "freshet/engine/availability.hpp"

namespace freshet::client {

// What the first bytes say a file is. Peers choose them, so nothing else is ever guessed.
enum class Container { Unknown, MpegTs, Matroska, Mp4 };
inline constexpr std::size_t kSniffSize = 3 * 188;
// Of the first `kSniffSize` bytes of a file, or of as many as it has.
[[nodiscard]] Container sniff(View bytes);

struct Playable {
  std::filesystem::path file;
  std::shared_ptr<engine::Availability> available;
  // Any thread: somebody waits for what follows this byte.
  std::function<void(std::uint64_t)> reading;
  TimeMap times;  // of the thread that shows it

  // A reader of its own for each thread that reads.
  [[nodiscard]] std::unique_ptr<ByteStream> stream() const {
    return std::make_unique<ByteStream>(file, available);
  }
  // Takes in the marks that came to be known since the last time.
  void refresh() {
    auto marks = available->marks(times.mark_count());
    times.add(marks);
  }
  // The first place after `byte` where a decoder may start and has something to decode.
  [[nodiscard]] std::optional<std::uint64_t> next_start(std::uint64_t byte) const;
};

}  // namespace freshet::client
