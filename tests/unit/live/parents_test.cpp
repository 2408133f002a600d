// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets a sub-stream from whom, and what becomes of those below when that changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "tests/unit/live/watcher_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::sent;
using test::Watcher;

TEST(Parents, WhoGetsNothingPassesNothingOn) {
  Watcher relay;
  relay.node.receive(9, wire::encode(wire::Subscribe{0x0101, 0}), relay.swarm.now);
  auto none = relay.grants(9);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->granted, 0);
  relay.fed_by({7, 8});
  relay.node.receive(9, wire::encode(wire::Subscribe{0x0101, 0}), relay.swarm.now);
  auto some = relay.grants(9);
  ASSERT_TRUE(some);
  EXPECT_EQ(some->granted, 0x0101);
  EXPECT_FALSE(std::ranges::count(some->ways, wire::Subscribed::kNowhere) > 0);
}

TEST(Parents, WhoLosesASubStreamSaysSoAndKeepsItsChildren) {
  Watcher relay;
  Instant& now = relay.swarm.now;
  relay.fed_by({7, 8});
  relay.node.receive(9, wire::encode(wire::Subscribe{0x0101, 0}), now);
  (void)relay.node.take_actions();
  for (PeerId id : {7, 8}) relay.way(id, 0, relay.taking[id], wire::Subscribed::kNowhere);
  auto told = relay.grants(9);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->granted, 0x0101);
  EXPECT_EQ(told->ways, std::vector<std::uint64_t>(2, wire::Subscribed::kNowhere));
  // It comes again by itself: nobody else was asked.
  now += 100ms;
  relay.node.tick(now);
  EXPECT_TRUE(sent<wire::Subscribe>(relay.node).empty());
  for (PeerId id : {7, 8}) relay.way(id, 0, relay.taking[id], 1);
  told = relay.grants(9);
  ASSERT_TRUE(told);
  EXPECT_FALSE(std::ranges::count(told->ways, wire::Subscribed::kNowhere) > 0);
}

// Its parent gives it up, and sends it for a moment more: another is asked meanwhile, and whoever
// gets it through us hears of nothing before that moment is over.
TEST(Parents, WhatEndsSoonIsAskedOfAnotherAndStaysUntilThen) {
  Watcher relay;
  Instant& now = relay.swarm.now;
  relay.fed_by({7});
  relay.node.receive(9, wire::encode(wire::Subscribe{0x0101, 0}), now);
  ASSERT_EQ(relay.grants(9).value_or(wire::Subscribed{}).granted, 0x0101);
  relay.way(7, 0, 0xffff, 1, 0x0101);
  relay.offers(8);
  wire::Substreams asked = 0;
  for (int i = 0; i < 10; ++i, now += 20ms) {
    relay.node.tick(now);
    for (const Action& action : relay.node.take_actions()) {
      const auto* send = std::get_if<Send>(&action);
      if (!send) continue;
      const auto* ask = std::get_if<wire::Subscribe>(send->message.get());
      if (ask && send->peer == 8) asked |= ask->wanted;
      EXPECT_FALSE(std::holds_alternative<wire::Subscribed>(*send->message));
    }
  }
  EXPECT_EQ(asked, 0x0101);
  relay.way(8, 0x0101, 0, 1);  // it has no place
  relay.way(7, 0, 0xfefe, 1);  // and the moment is over
  auto told = relay.grants(9);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->ways, std::vector<std::uint64_t>(2, wire::Subscribed::kNowhere));
}

// Whoever gets it through us would be later by as much.
TEST(Parents, WhatStillComesIsNotLeftForAParentThatIsMuchLater) {
  Watcher viewer;
  Instant& now = viewer.swarm.now;
  viewer.fed_by({7});
  wire::Substreams taking = viewer.taking[7];
  auto bundle = static_cast<wire::Substreams>(taking & 0x0101U << std::countr_zero(taking));
  auto offer = [&](PeerId id, std::uint8_t lag) {
    wire::Load load{32, 0, 32, 0, 0, 5, {}, {}, {}};
    load.lag.fill(lag);
    load.hops.fill(3);
    viewer.offers(id, load);
  };
  auto asked = [&](PeerId id, Duration time) {
    wire::Substreams which = 0;
    for (Instant end = now + time; now < end; now += 50ms) {
      viewer.node.tick(now);
      for (const auto& [peer, ask] : sent<wire::Subscribe>(viewer.node)) {
        if (peer == id) which |= ask.wanted & bundle;
      }
    }
    return which;
  };
  offer(9, 150);
  viewer.way(7, 0, taking, 1, bundle);
  EXPECT_EQ(asked(9, 300ms), 0);
  offer(8, 30);
  EXPECT_EQ(asked(8, 200ms), bundle);
  // It comes no more: any is better than none.
  viewer.way(8, bundle, 0, 1);
  viewer.way(7, 0, static_cast<wire::Substreams>(taking & ~bundle), 1);
  EXPECT_EQ(asked(9, 500ms), bundle);
}

TEST(Parents, WhatEndsSoonAndNobodyElseHasIsAskedForAgain) {
  Watcher viewer;
  viewer.fed_by({7});
  auto asked = [&](Duration time) {
    wire::Substreams which = 0;
    for (Instant end = viewer.swarm.now + time; viewer.swarm.now < end; viewer.swarm.now += 50ms) {
      viewer.node.tick(viewer.swarm.now);
      for (const auto& [peer, ask] : sent<wire::Subscribe>(viewer.node)) which |= ask.wanted;
    }
    return which;
  };
  viewer.way(7, 0, 0xffff, 1, 0x0101);
  EXPECT_EQ(asked(500ms), 0);  // nobody but who gives it up
  viewer.way(7, 0, 0xfefe, 1);
  viewer.offers(7);
  EXPECT_EQ(asked(2s) & 0x0101, 0x0101);
}

TEST(Parents, WhatDoesNotComeForLongIsAskedOfAnother) {
  Watcher relay;
  Instant& now = relay.swarm.now;
  relay.fed_by({7, 8});
  wire::Substreams lost = relay.taking[7];
  ASSERT_NE(lost, 0);
  relay.way(7, 0, lost, wire::Subscribed::kNowhere);
  wire::Substreams asked = 0;
  relay.offers(9);
  for (int i = 0; i < 20; ++i, now += 50ms) {
    relay.node.tick(now);
    for (const auto& [peer, ask] : sent<wire::Subscribe>(relay.node)) {
      EXPECT_NE(peer, 7);
      asked |= ask.wanted;
    }
  }
  EXPECT_EQ(asked & lost, lost);
}

// It looks for another parent itself; if all below it left at once, nothing of the tree would stay.
TEST(Parents, WhoLacksItTooIsGivenTime) {
  Watcher viewer;
  Instant& now = viewer.swarm.now;
  viewer.fed_by({7});
  ASSERT_EQ(viewer.taking[7], 0xffff);
  auto grow = [&] { viewer.swarm.publish(25'000), viewer.hears(); };
  grow();
  viewer.gets_all(7);
  std::uint32_t end = viewer.blocks();
  Instant last = now;
  bool left = false;
  auto until = [&](Duration time) {
    for (; now < last + time; now += 100ms) {
      grow();
      viewer.node.receive(7, wire::encode(wire::Have{0, end, {}}), now);
      viewer.node.receive(9, wire::encode(wire::Have{0, viewer.blocks(), {}}), now);
      viewer.node.tick(now);
      for (const auto& [peer, ask] : sent<wire::Subscribe>(viewer.node)) {
        left |= ask.wanted != 0xffff;
      }
    }
    return left;
  };
  EXPECT_FALSE(until(2s));
  EXPECT_TRUE(until(4s));
}

}  // namespace
}  // namespace freshet::live
