// SPDX-License-Identifier: GPL-3.0-or-later
// Who has just come, and what it asks before anything can be seen.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/live/watcher_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::sent;

// A viewer at the live edge that has only met peers 7 to 11, who stand at a head, and knows
// nothing.
struct Newcomer {
  Newcomer() : ledger(test::make_descriptor({}), ledger::system_crypto()), node(ledger, edge()) {
    for (int i = 0; i < 20; ++i) swarm.publish(25'000), swarm.run(100ms);
    for (PeerId id = 7; id <= 11; ++id) node.peer_connected(id, handshake(), swarm.now);
  }
  static NodeConfig edge() {
    NodeConfig config;
    config.start.kind = StartPoint::Kind::Edge;
    return config;
  }
  [[nodiscard]] Bytes handshake() { return swarm[0].node.handshake(); }
  void answers(PeerId peer, const wire::FrontierRequest& request) {
    auto proof = swarm.author.ledger.frontier_since(request.counts);
    node.receive(peer, wire::encode(wire::FrontierMessage{*proof}), swarm.now);
  }
  std::map<PeerId, int> asked_for_frontier() {
    std::map<PeerId, int> asked;
    for (const auto& [peer, ask] : sent<wire::FrontierRequest>(node)) ++asked[peer];
    return asked;
  }
  test::Swarm swarm;
  ledger::Ledger ledger;
  live::Node node;
};

TEST(Joining, TheFirstHeadIsAskedOfThreeForOneMayBeBusy) {
  Newcomer viewer;
  auto asked = viewer.asked_for_frontier();
  EXPECT_GE(asked.size(), 3U);
  EXPECT_LE(asked.size(), 4U);  // the one that is followed may be another
  for (auto [peer, times] : asked) EXPECT_EQ(times, 1) << peer;
}

// What it asks next it asks of who answered, and all at once.
TEST(Joining, WhoAnsweredSoonestIsAskedForTheHashes) {
  Newcomer viewer;
  auto asked = sent<wire::FrontierRequest>(viewer.node);
  ASSERT_GE(asked.size(), 3U);
  viewer.answers(asked[2].first, asked[2].second);
  bool records = false, blocks = false;
  int first_four = 0;
  for (const auto& [peer, ask] : sent<wire::HashRequest>(viewer.node)) {
    if (first_four++ < 4) {
      EXPECT_EQ(peer, asked[2].first);
    }
    records |= ask.kind == ledger::LogKind::Aux;
    blocks |= ask.kind == ledger::LogKind::Blocks;
  }
  EXPECT_TRUE(records);
  EXPECT_TRUE(blocks);
}

// As after a lost segment.
TEST(Joining, WhatOneIsSlowToAnswerAnotherIsAskedToo) {
  Newcomer viewer;
  auto asked = sent<wire::FrontierRequest>(viewer.node);
  viewer.answers(asked[0].first, asked[0].second);
  auto hashes = sent<wire::HashRequest>(viewer.node);
  ASSERT_FALSE(hashes.empty());
  std::map<PeerId, int> again;
  for (int i = 0; i < 20; ++i, viewer.swarm.now += 50ms) {
    viewer.node.tick(viewer.swarm.now);
    for (const auto& [peer, ask] : sent<wire::HashRequest>(viewer.node)) {
      bool same = std::ranges::any_of(
          hashes, [&](const auto& entry) { return entry.second == ask && entry.first != peer; });
      EXPECT_TRUE(same);
      ++again[peer];
    }
  }
  int all = 0;
  for (auto [peer, times] : again) all += times;
  EXPECT_EQ(all, static_cast<int>(hashes.size()));
}

// Each head that comes meanwhile has the same gap before it.
TEST(Joining, WhoHasNotAnsweredIsNotAskedAgainAtEachHead) {
  Newcomer viewer;
  auto asked = viewer.asked_for_frontier();
  ASSERT_FALSE(asked.empty());
  auto heads = [&](int count) {
    for (int i = 0; i < count; ++i, viewer.swarm.now += 50ms) {
      viewer.swarm.publish(25'000);
      for (PeerId id = 7; id <= 11; ++id) {
        viewer.node.receive(id, wire::encode(wire::HeadMessage{viewer.swarm.author.updates.back()}),
                            viewer.swarm.now);
      }
    }
    return viewer.asked_for_frontier();
  };
  EXPECT_TRUE(heads(10).empty());
  viewer.swarm.now += 1s;
  auto again = heads(10);
  EXPECT_EQ(again.size(), 1U);
  for (auto [peer, times] : again) EXPECT_EQ(times, 1) << peer;
}

}  // namespace
}  // namespace freshet::live
