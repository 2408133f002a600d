// SPDX-License-Identifier: GPL-3.0-or-later
// What a link carries, as its receipts tell.
#include "live/uplink.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "freshet/live/node.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;

// A link of so many bytes a second to somebody who is 20 ms away, and a show that offers its blocks
// some at a time: six are two blocks to three children.
struct Line {
  explicit Line(double carries) : rate(carries) {}

  // Receipts come each `lumps`, or at once.
  void run(Duration time, double offered, Duration lumps) {
    auto gap = Duration(static_cast<std::int64_t>(at_once * kBlockSize / offered * 1e6));
    for (Instant end = now + time; now < end; now += 1ms) {
      while (!receipts.empty() && receipts.front().second <= now) {
        uplink.arrived(receipts.front().first, way(), now);
        receipts.pop_front();
      }
      if (now >= next_offer) next_offer += gap, waiting += at_once;
      if (waiting == 0 || now < next_send) continue;
      if (!receipts.empty() && !uplink.has_room(receipts.size() * kBlockSize, true)) continue;
      bool train = --waiting % at_once < at_once - 1;
      next_send = now + Duration(static_cast<std::int64_t>(kBlockSize / uplink.pace() * 1e6));
      free = std::max(free, now) + carry();
      Instant back = free + 40ms + delayed;
      if (lumps > Duration{}) back += lumps - back % lumps;
      receipts.emplace_back(uplink.sent(kBlockSize, train, now), back);
    }
  }
  [[nodiscard]] Duration carry() const {
    return Duration(static_cast<std::int64_t>(kBlockSize / rate * 1e6));
  }
  [[nodiscard]] Duration way() const { return 40ms + carry(); }

  double rate;
  int at_once = 6;
  Duration delayed{};  // beyond what is thought to be usual
  Uplink uplink{350'000};
  int waiting = 0;
  Instant now{1'000'000}, next_offer = now, next_send{}, free{};
  std::deque<std::pair<std::uint64_t, Instant>> receipts;
};

TEST(Uplink, IsMeasuredByWhatIsSentAnyway) {
  for (double carries : {250'000.0, 500'000.0, 1'250'000.0}) {
    Line line(carries);
    line.run(30s, 0.9 * carries, 0ms);
    EXPECT_TRUE(line.uplink.measured());
    EXPECT_NEAR(line.uplink.rate(), carries, 0.2 * carries);
  }
}

TEST(Uplink, WhatIsNotKnownYetIsSeenByFewBlocks) {
  Line line(1'250'000);
  line.at_once = 3;
  line.run(10s, 250'000, 0ms);
  EXPECT_NEAR(line.uplink.rate(), 1'250'000, 250'000);
}

// It was assumed to carry nearly three times what it does: as much leaves as there is room for, and
// each block waits behind two others.
TEST(Uplink, ThatIsAlwaysFullIsMeasuredAsWell) {
  Line line(125'000);
  line.run(10s, 200'000, 0ms);
  EXPECT_NEAR(line.uplink.rate(), 125'000, 25'000);
}

// Windows that idleness closed and acknowledgements that wait cost 80 ms.
TEST(Uplink, ADelayThatIsTakenForAQueueDoesNotLowerIt) {
  Line line(500'000);
  line.run(20s, 250'000, 0ms);
  line.delayed = 80ms;
  for (int i = 0; i < 60; ++i) {
    line.run(1s, 250'000, 0ms);
    EXPECT_GT(line.uplink.rate(), 400'000) << i;
  }
}

// Retransmissions delay them by a second and more, one connection's and so those of all trains.
TEST(Uplink, IsNeverTakenForLessThanItCarriedForSeconds) {
  Line line(500'000);
  line.run(20s, 400'000, 0ms);
  for (int i = 0; i < 20; ++i) {
    line.run(1s, 400'000, 700ms);
    EXPECT_GT(line.uplink.rate(), 360'000) << i;
    EXPECT_LT(line.uplink.rate(), 700'000) << i;
  }
}

}  // namespace
}  // namespace freshet::live
