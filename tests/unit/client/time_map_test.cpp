// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/time_map.hpp"

#include <gtest/gtest.h>

namespace freshet::client {
namespace {

constexpr WallMs kNoon = 1'800'000'000'000;

TimeMap ten_seconds() {
  std::vector<ledger::TimeMark> marks;
  for (std::uint64_t s = 0; s <= 10; ++s)
    marks.push_back({kNoon + s * 1000, s * 100'000, s % 2 == 0});
  TimeMap map;
  map.add(marks);
  map.set_end(1'000'000, kNoon + 10'000);
  return map;
}

TEST(TimeMap, MapsBothWaysAndInBetween) {
  TimeMap map = ten_seconds();
  EXPECT_EQ(map.duration_ms(), 10'000U);
  EXPECT_EQ(map.ms_at(0), 0U);
  EXPECT_EQ(map.ms_at(350'000), 3500U);
  EXPECT_EQ(map.byte_at(3500), 350'000U);
  EXPECT_EQ(map.byte_at(99'000), 1'000'000U);
  EXPECT_EQ(map.ms_at(5'000'000), 10'000U);
}

TEST(TimeMap, GrowsBetweenItsMarks) {
  TimeMap map = ten_seconds();
  map.set_end(1'050'000, kNoon + 10'600);
  EXPECT_EQ(map.duration_ms(), 10'600U);
  EXPECT_EQ(map.ms_at(1'025'000), 10'300U);
  EXPECT_EQ(map.byte_at(10'300), 1'025'000U);
  EXPECT_TRUE(map.edge_is_marked());
  // After a pause of ours the new head is here before the marks of what we missed.
  map.set_end(9'000'000, kNoon + 90'000);
  EXPECT_FALSE(map.edge_is_marked());
}

TEST(TimeMap, StandsStillWhileThePublisherIsSilent) {
  TimeMap map = ten_seconds();
  ledger::TimeMark back{kNoon + 310'000, 1'000'001, false};
  map.add(std::span(&back, 1));
  map.set_end(1'000'001, kNoon + 310'000);
  EXPECT_EQ(map.duration_ms(), 11'000U);
  // A head that only says "still here" adds no time.
  map.set_end(1'000'001, kNoon + 312'000);
  EXPECT_EQ(map.duration_ms(), 11'000U);
}

TEST(TimeMap, KnowsWhereADecoderMayStart) {
  TimeMap map = ten_seconds();
  EXPECT_EQ(map.keyframe_before(0), 0U);
  EXPECT_EQ(map.keyframe_before(399'999), 200'000U);
  EXPECT_EQ(map.keyframe_before(400'000), 400'000U);
  EXPECT_EQ(map.keyframe_after(400'000), 600'000U);
  EXPECT_EQ(map.keyframe_after(1'000'000), std::nullopt);
}

TEST(TimeMap, TakesTheMediasWordForAShowThatDidNotAirAtItsOwnSpeed) {
  TimeMap map = ten_seconds();
  map.use_media({{0, 0}, {500'000, 100'000}, {1'000'000, 300'000}});
  EXPECT_EQ(map.duration_ms(), 300'000U);
  EXPECT_EQ(map.ms_at(750'000), 200'000U);
  EXPECT_EQ(map.byte_at(50'000), 250'000U);
  EXPECT_EQ(map.keyframe_before(300'000), 200'000U);
  // It goes on growing, at the rate of what is known.
  map.set_end(2'000'000, kNoon);
  EXPECT_EQ(map.duration_ms(), 600'000U);
  EXPECT_EQ(map.byte_at(450'000), 1'500'000U);
}

TEST(TimeMap, AnEmptyShowHasNoTime) {
  TimeMap map;
  EXPECT_EQ(map.duration_ms(), 0U);
  EXPECT_EQ(map.byte_at(1000), 0U);
  map.set_end(5, kNoon);
  EXPECT_EQ(map.ms_at(5), 0U);
}

TEST(TimeMap, AClockThatGoesBackDoesNot) {
  TimeMap map = ten_seconds();
  ledger::TimeMark early{kNoon + 9000, 1'100'000, false};
  map.add(std::span(&early, 1));
  map.set_end(1'100'000, kNoon + 9000);
  EXPECT_EQ(map.duration_ms(), 10'000U);
  EXPECT_LE(map.byte_at(10'000), 1'100'000U);
}

}  // namespace
}  // namespace freshet::client
