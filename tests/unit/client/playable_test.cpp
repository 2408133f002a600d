// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/playable.hpp"

#include <gtest/gtest.h>

namespace freshet::client {
namespace {

TEST(Sniff, KnowsThreeContainersAndRefusesTheRest) {
  Bytes ts(kSniffSize, 0);
  ts[0] = ts[188] = ts[376] = 0x47;
  EXPECT_EQ(sniff(ts), Container::MpegTs);
  ts[188] = 0;
  EXPECT_EQ(sniff(ts), Container::Unknown);
  Bytes mkv = {0x1a, 0x45, 0xdf, 0xa3, 0, 0, 0, 0};
  EXPECT_EQ(sniff(mkv), Container::Matroska);
  Bytes mp4 = {0, 0, 0, 32, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'};
  EXPECT_EQ(sniff(mp4), Container::Mp4);
  for (std::string text : {"#EXTM3U\nhttp://127.0.0.1/a.ts\n", "# mpv EDL v0\n/etc/passwd\n", ""}) {
    EXPECT_EQ(sniff(as_view(text)), Container::Unknown) << text;
  }
  // One packet is not enough to be sure.
  EXPECT_EQ(sniff(View(ts).subspan(0, 188)), Container::Unknown);
}

TEST(Availability, SaysHowMuchOfARangeIsHere) {
  engine::Availability available;
  available.add_blocks(0, 4);
  available.add_blocks(8, 1);
  available.set_tail(10, 100);
  std::vector<std::uint64_t> bounds = {
      0, 2 * kBlockSize, 6 * kBlockSize, 8 * kBlockSize, 10 * kBlockSize, 10 * kBlockSize + 200};
  EXPECT_EQ(available.held(bounds), (std::vector<float>{1, 0.5, 0, 0.5, 0.5}));
  std::vector<std::uint64_t> inside = {kBlockSize / 2, kBlockSize, kBlockSize};
  EXPECT_EQ(available.held(inside), (std::vector<float>{1, 0}));
  EXPECT_TRUE(available.has(0, 4 * kBlockSize));
  EXPECT_FALSE(available.has(0, 4 * kBlockSize + 1));
  EXPECT_TRUE(available.has(10 * kBlockSize, 100));
  available.set_end(10 * kBlockSize + 100, false);
  EXPECT_TRUE(available.has(10 * kBlockSize, 5000));
}

TEST(Playable, StartsAgainAtTheNextKeyframeThatIsHere) {
  Playable playable;
  playable.available = std::make_shared<engine::Availability>();
  for (std::uint64_t s = 0; s < 10; ++s) {
    playable.available->add_mark({1'800'000'000'000 + s * 1000, s * 10 * kBlockSize, s > 0});
  }
  playable.refresh();
  playable.times.set_end(100 * kBlockSize, 1'800'000'010'000);
  playable.available->add_blocks(0, 15);
  playable.available->add_blocks(31, 69);
  EXPECT_EQ(playable.next_start(12 * kBlockSize), 40U * kBlockSize);
  EXPECT_EQ(playable.next_start(95 * kBlockSize), std::nullopt);
}

}  // namespace
}  // namespace freshet::client
