// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/rate_keeper.hpp"

#include <gtest/gtest.h>

namespace freshet::client {
namespace {

using namespace std::chrono_literals;

// A show of 200 kB/s over a line, seen once a second.
class RateKeeperTest : public testing::Test {
 protected:
  // Seconds until something is to be changed, and to what; at most `seconds`.
  std::pair<int, std::optional<int>> watch(int seconds, double up, std::uint32_t late_ms) {
    for (int i = 1; i <= seconds; ++i) {
      now_ += 1s;
      snapshot_.size += static_cast<std::uint64_t>(made_);
      snapshot_.up_rate = up;
      snapshot_.audience_p50_ms = late_ms;
      if (auto limit = keeper_.take(snapshot_, now_)) {
        made_ = *limit == 0 ? 200'000 : *limit / 8.0;
        return {i, limit};
      }
    }
    return {seconds, std::nullopt};
  }
  void SetUp() override {
    snapshot_.state = engine::State::Live;
    snapshot_.audience = 1;
  }

  RateKeeper keeper_;
  engine::Snapshot snapshot_;
  RateKeeper::Time now_{};
  double made_ = 200'000;
};

TEST_F(RateKeeperTest, LeavesAloneWhatReachesTheAudience) {
  EXPECT_FALSE(watch(100, 150'000, 800).second);
}

TEST_F(RateKeeperTest, LeavesAloneWhoIsLateForOtherReasons) {
  // All of it goes out, twice: the line is not what is short.
  EXPECT_FALSE(watch(100, 400'000, 10'000).second);
}

TEST_F(RateKeeperTest, LeavesAloneAShowThatNobodyWatches) {
  snapshot_.audience = 0;
  EXPECT_FALSE(watch(100, 1000, 10'000).second);
}

TEST_F(RateKeeperTest, MakesLessThanTheLineCarriesWithinSeconds) {
  auto [after, limit] = watch(30, 100'000, 5000);
  ASSERT_TRUE(limit);
  EXPECT_LE(after, 8);
  EXPECT_GT(*limit, 0.6 * 800'000);
  EXPECT_LT(*limit, 0.8 * 800'000);
}

TEST_F(RateKeeperTest, AHiccupChangesNothing) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(watch(3, 100'000, 5000).second);
    EXPECT_FALSE(watch(3, 200'000, 1000).second);
  }
}

TEST_F(RateKeeperTest, ComesBackToWhatWasChosenStepByStep) {
  ASSERT_TRUE(watch(30, 100'000, 5000).second);
  int steps = 0;
  for (std::optional<int> limit = 1; limit != 0; ++steps) {
    double before = made_;
    limit = watch(60, made_, 500).second;
    ASSERT_TRUE(limit);
    if (*limit > 0) {
      EXPECT_NEAR(made_, 1.15 * before, 10);
    }
    ASSERT_LT(steps, 20);
  }
  EXPECT_GE(steps, 5);
  EXPECT_FALSE(watch(200, 200'000, 500).second);
}

TEST_F(RateKeeperTest, AnAttemptThatFailedIsNotMadeAgainSoon) {
  ASSERT_TRUE(watch(30, 100'000, 5000).second);
  int first = watch(600, 80'000, 500).first;
  ASSERT_TRUE(watch(60, 80'000, 5000).second);
  int second = watch(600, 80'000, 500).first;
  EXPECT_GE(second, first * 3 / 2);
}

}  // namespace
}  // namespace freshet::client
