// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/media/ts_scanner.hpp"

#include <gtest/gtest.h>

namespace freshet::media {
namespace {

constexpr std::size_t kPacket = 188;

Bytes packet(std::uint16_t pid, bool start, bool random_access, Bytes payload) {
  Bytes p{0x47, static_cast<std::uint8_t>((start ? 0x40 : 0) | pid >> 8),
          static_cast<std::uint8_t>(pid), 0x10};
  if (random_access) {
    p[3] = 0x30;
    p.insert(p.end(), {1, 0x40});
  }
  p.insert(p.end(), payload.begin(), payload.end());
  p.resize(kPacket, 0xff);
  return p;
}

// Tables for one program: H.264 on 0x100, AAC on 0x101.
Bytes pat() {
  return packet(0, true, false, {0, 0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0, 1, 2, 3, 4});
}
Bytes pmt() {
  return packet(0x1000, true, false,
                {0,    2, 0xb0, 23, 0,    1,    0xc1, 0,    0, 0xe1, 0, 0xf0, 0, 0x1b,
                 0xe1, 0, 0xf0, 0,  0x0f, 0xe1, 1,    0xf0, 0, 1,    2, 3,    4});
}

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(TsScanner, FindsVideoKeyframesWithTheTablesBeforeThem) {
  Bytes video = packet(0x100, true, false, {});
  Bytes key = packet(0x100, true, true, {});
  Bytes audio_key = packet(0x101, true, true, {});
  Bytes stream =
      join({pat(), pmt(), key, video, audio_key, key, video, pat(), pmt(), audio_key, key});
  std::vector<std::uint64_t> expected{0, 5 * kPacket, 7 * kPacket};
  for (std::size_t step : {stream.size(), kPacket, std::size_t{1}, std::size_t{777}}) {
    TsScanner scanner;
    std::vector<std::uint64_t> found;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      auto part = scanner.feed(View(stream).subspan(at, std::min(step, stream.size() - at)));
      found.insert(found.end(), part.begin(), part.end());
    }
    EXPECT_EQ(found, expected) << step;
  }
}

TEST(TsScanner, GivesUpOnWhatIsNotATransportStream) {
  TsScanner scanner;
  EXPECT_TRUE(scanner.feed(Bytes(1000, 0x11)).empty());
  EXPECT_TRUE(scanner.gave_up());
  EXPECT_TRUE(scanner.feed(join({pat(), pmt(), packet(0x100, true, true, {})})).empty());
}

TEST(TsScanner, SurvivesBrokenTables) {
  for (int seed = 0; seed < 5000; ++seed) {
    TsScanner scanner;
    Bytes stream = join({pat(), pmt(), packet(0x100, true, true, {})});
    std::uint32_t state = static_cast<std::uint32_t>(seed) * 2654435761U + 1;
    for (int i = 0; i < 6; ++i) {
      state = state * 1664525 + 1013904223;
      std::size_t at = state % stream.size();
      if (at % kPacket != 0) stream[at] = static_cast<std::uint8_t>(state >> 24);
    }
    (void)scanner.feed(stream);
    EXPECT_FALSE(scanner.gave_up());
  }
}

}  // namespace
}  // namespace freshet::media
