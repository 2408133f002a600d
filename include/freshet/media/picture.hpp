// SPDX-License-Identifier: GPL-3.0-or-later
// One picture out of a transport stream, and the times that it says of itself.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "freshet/base/bytes.hpp"
#include "freshet/base/error.hpp"

namespace freshet::media {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // three bytes a pixel, rows without padding
};

// Reads at an offset of the file; returns how many bytes there were, 0 for none.
using ReadAt = std::function<std::size_t(std::uint64_t offset, std::span<std::uint8_t> out)>;

// The first picture that can be decoded from `offset` on, scaled to fit. Blocking; any thread. What
// peers send is decoded, so only the codecs that shows are made of are tried.
[[nodiscard]] Expected<Picture> picture_at(const ReadAt& read, std::uint64_t offset, int max_width,
                                           int max_height);

// The picture in a file, made square and small: a JPEG of at most so many bytes. Blocking.
[[nodiscard]] Expected<Bytes> emblem(const std::string& file, std::size_t bytes_max);

// The presentation time, ms, of the first video packet (or else of any packet with a time) at or
// after `offset`; none when there is none within the next megabyte. Modulo 2^33 / 90 ms.
[[nodiscard]] std::optional<std::uint64_t> time_at(const ReadAt& read, std::uint64_t offset);

}  // namespace freshet::media
