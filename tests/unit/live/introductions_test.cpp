// SPDX-License-Identifier: GPL-3.0-or-later
// Who cannot be connected to from outside is brought together with others like it, and nobody can
// be sent to where he did not ask to be sent.
#include <gtest/gtest.h>

#include "tests/unit/live/swarm_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;

struct One {
  explicit One(bool publisher = false) : node(show.ledger, config(publisher)) {}
  static NodeConfig config(bool publisher) {
    NodeConfig config;
    config.publisher = publisher;
    return config;
  }
  void add(PeerId peer, Origin origin) { node.peer_connected(peer, {}, now, origin); }
  template <class T>
  std::vector<T> take() {
    std::vector<T> found;
    for (const Action& action : node.take_actions()) {
      if (const auto* one = std::get_if<T>(&action)) found.push_back(*one);
    }
    return found;
  }
  // What it asked its neighbours within `time`: who, and for how many.
  std::vector<std::pair<PeerId, int>> asks(Duration time) {
    std::vector<std::pair<PeerId, int>> asked;
    for (Instant end = now + time; now < end; now += 100ms) {
      node.tick(now);
      for (const Send& send : take<Send>()) {
        const auto* ask = std::get_if<wire::Introduce>(send.message.get());
        if (ask) asked.emplace_back(send.peer, ask->wanted);
      }
    }
    return asked;
  }
  std::vector<BringTogether> introduce(PeerId peer, std::uint8_t wanted) {
    node.receive(peer, wire::Introduce{wanted}, now);
    return take<BringTogether>();
  }

  test::TestAuthor show;
  Node node;
  Instant now{1'000'000};
};

TEST(Introductions, ANeighbourBringsTogetherWhoAsked) {
  One hub(true);
  for (PeerId peer : {1U, 2U, 3U}) hub.add(peer, Origin::Theirs);
  EXPECT_TRUE(hub.introduce(1, 3).empty());  // nobody else wants to
  hub.now += 1s;
  auto pairs = hub.introduce(2, 3);  // and 3 never asked
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].opens, 2U);
  EXPECT_EQ(pairs[0].calls, 1U);
  hub.now += 1s;
  EXPECT_TRUE(hub.introduce(1, 3).empty()) << "the same two again";
  hub.now += 1s;
  pairs = hub.introduce(3, 1);
  ASSERT_EQ(pairs.size(), 1U) << "as many as it wanted";
  EXPECT_EQ(pairs[0].opens, 3U);
}

TEST(Introductions, WhoAskedLongAgoOrLeftIsNotNamed) {
  One hub(true);
  for (PeerId peer : {1U, 2U, 3U}) hub.add(peer, Origin::Theirs);
  EXPECT_TRUE(hub.introduce(1, 0).empty());
  hub.now += 20s;
  EXPECT_TRUE(hub.introduce(2, 0).empty());
  hub.node.peer_gone(2, hub.now);
  hub.now += 20s;
  EXPECT_TRUE(hub.introduce(3, 3).empty());
}

TEST(Introductions, WhoIsNotReachedAsksUntilItHasEnough) {
  One viewer;
  viewer.add(1, Origin::Ours);
  viewer.add(2, Origin::Ours);
  EXPECT_TRUE(viewer.asks(1900ms).empty()) << "somebody may still come";
  auto asked = viewer.asks(4s);
  std::vector<std::pair<PeerId, int>> each_once{{1, 3}, {2, 3}};
  EXPECT_EQ(asked, each_once);
  for (PeerId peer = 10; peer < 20; ++peer) viewer.add(peer, Origin::Met);
  viewer.asks(10s);
  for (auto [peer, wanted] : viewer.asks(20s)) EXPECT_EQ(wanted, 0) << peer;
}

TEST(Introductions, WhoIsReachedDoesNotAsk) {
  One viewer;
  viewer.add(1, Origin::Ours);
  viewer.add(2, Origin::Theirs);
  EXPECT_TRUE(viewer.asks(10s).empty());
}

TEST(Introductions, NobodyIsSentWhereItDidNotAskToBeSent) {
  One viewer;
  viewer.add(1, Origin::Ours);
  wire::Meet meet{.calls = true, .address = {0xFD, 1}, .port = 6881};
  viewer.node.receive(1, meet, viewer.now);
  EXPECT_TRUE(viewer.take<GoMeet>().empty());
  ASSERT_EQ(viewer.asks(2200ms).size(), 1U);
  std::size_t times = 0;
  for (int i = 0; i < 50; ++i) {
    viewer.node.receive(1, meet, viewer.now);
    for (const GoMeet& go : viewer.take<GoMeet>()) {
      EXPECT_EQ(go.where, meet);
      ++times;
    }
  }
  EXPECT_EQ(times, 6U) << "what it wanted, and three that others want";
}

}  // namespace
}  // namespace freshet::live
