// SPDX-License-Identifier: GPL-3.0-or-later
// Who has just come, and what it asks before anything can be seen.
#include <gtest/gtest.h>

#include <algorithm>

#include "freshet/ledger/aux_record.hpp"
#include "tests/unit/live/watcher_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::sent;

// A viewer at the live edge that has only met peers 7 to 11, who stand at a head, and knows
// nothing.
struct Newcomer {
  Newcomer() : ledger(test::make_descriptor({}), ledger::system_crypto()), node(ledger, edge()) {
    for (int i = 0; i < 20; ++i) {
      if (i == kKeyframeAt) {
        ledger::TimeMark mark{swarm.author.now, swarm.author.ledger.size(), true};
        (void)swarm.author.author.add_record(ledger::encode(mark));
      }
      swarm.publish(25'000), swarm.run(100ms);
    }
    swarm[0].node.peer_connected(kUs, {}, swarm.now);
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
  // What it asks for by name in so much time, while the publisher answers whatever else it asks.
  std::vector<std::pair<PeerId, std::uint32_t>> questions(Duration time) {
    std::vector<std::pair<PeerId, std::uint32_t>> asked;
    for (Instant until = swarm.now + time; swarm.now < until; swarm.now += 50ms) {
      node.tick(swarm.now);
      for (auto actions = node.take_actions(); !actions.empty(); actions = node.take_actions()) {
        for (const Action& action : actions) hears(action, asked);
      }
    }
    return asked;
  }
  void hears(const Action& action, std::vector<std::pair<PeerId, std::uint32_t>>& asked) {
    const auto* send = std::get_if<Send>(&action);
    if (!send) return;
    const wire::Message& message = *send->message;
    if (const auto* block = std::get_if<wire::BlockRequest>(&message)) {
      asked.emplace_back(send->peer, block->block);
    }
    bool hashes = std::holds_alternative<wire::HashRequest>(message) ||
                  std::holds_alternative<wire::FrontierRequest>(message);
    if (!hashes) return;
    (void)swarm[0].node.take_actions();
    swarm[0].node.receive(kUs, message, swarm.now);
    for (const auto& [to, answer] : sent<wire::HashMessage>(swarm[0].node)) {
      node.receive(send->peer, wire::encode(answer), swarm.now);
    }
    if (const auto* frontier = std::get_if<wire::FrontierRequest>(&message)) {
      answers(send->peer, *frontier);
    }
  }
  [[nodiscard]] std::uint32_t blocks() {
    return static_cast<std::uint32_t>(swarm.author.bytes.size() / kBlockSize);
  }
  static constexpr int kKeyframeAt = 5;
  static constexpr PeerId kUs = 99;
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

TEST(Joining, WhoSaysNothingIsNotWaitedForAlone) {
  Newcomer viewer;
  auto asked = viewer.asked_for_frontier();
  viewer.swarm.now += 1100ms;
  viewer.node.tick(viewer.swarm.now);
  auto others = viewer.asked_for_frontier();
  EXPECT_TRUE(
      std::ranges::any_of(others, [&](const auto& entry) { return !asked.contains(entry.first); }));
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
  EXPECT_EQ(all, 4);  // the first four: who fetches a long show has eighty under way
}

// It begins at a keyframe of seconds ago: nothing is seen before that and what follows is here.
TEST(Joining, WhatItBeginsWithDoesNotWaitLikeABacklog) {
  Newcomer viewer;
  (void)viewer.questions(100ms);
  ASSERT_EQ(viewer.node.output_start(), Newcomer::kKeyframeAt * 25'000U);
  auto begun_with = viewer.blocks();
  viewer.swarm.now += 3s;
  auto has_all = [&] {
    for (PeerId id = 7; id <= 11; ++id) {
      viewer.node.receive(id, wire::encode(wire::Have{0, viewer.blocks(), {}}), viewer.swarm.now);
    }
  };
  has_all();
  for (int i = 0; i < 2; ++i) {
    auto asked = viewer.questions(50ms);
    EXPECT_EQ(asked.size(), 8U);
    for (auto [peer, block] : asked) {
      EXPECT_LT(block, begun_with);
      viewer.node.receive(peer, wire::encode(wire::BlockReject{block}), viewer.swarm.now);
    }
    viewer.swarm.now += 250ms;  // they were busy
  }
  // What still lacks later on does.
  viewer.swarm.now += 3s;
  has_all();
  EXPECT_EQ(viewer.questions(50ms).size(), 2U);
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
