// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/pictures.hpp"

#include "freshet/client/client.hpp"

namespace freshet::client {
namespace {

constexpr std::uint64_t kPtsWrapMs = (std::uint64_t{1} << 33) / 90;

media::ReadAt reader_of(ByteStream& stream) {
  return [&stream](std::uint64_t offset, std::span<std::uint8_t> out) {
    ReadResult result = stream.read(offset, out, std::chrono::milliseconds(0));
    return result.status == StreamStatus::Data ? result.size : 0;
  };
}

}  // namespace

Expected<Picture> picture_of(const Playable& playable, std::uint64_t byte, int max_width,
                             int max_height) {
  auto stream = playable.stream();
  return media::picture_at(reader_of(*stream), byte, max_width, max_height);
}

std::vector<TimeMap::Point> media_times(const Playable& playable, std::uint64_t size,
                                        unsigned places) {
  auto stream = playable.stream();
  auto read = reader_of(*stream);
  auto first = media::time_at(read, 0);
  if (!first || size == 0) return {};
  std::vector<TimeMap::Point> points = {{0, 0}};
  // The last place is a little before the end, where there still is a whole packet with a time.
  std::uint64_t last = size - std::min(size, std::uint64_t{256} << 10);
  for (unsigned i = 1; i <= places; ++i) {
    std::uint64_t byte = last / places * i;
    auto time = media::time_at(read, byte);
    if (!time) continue;
    std::uint64_t ms = (*time + kPtsWrapMs - *first) % kPtsWrapMs;
    bool forward = ms >= points.back().ms && ms < kPtsWrapMs / 2;
    if (forward && byte > points.back().byte) points.push_back({byte, ms});
  }
  if (points.size() < 2) return {};
  return points;
}

Expected<Bytes> channel_picture(const std::string& file) {
  return media::emblem(file, kChannelPictureMax);
}

}  // namespace freshet::client
