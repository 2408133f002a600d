// SPDX-License-Identifier: GPL-3.0-or-later
// What did not come by itself: who is asked for it, and who is answered.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/live/watcher_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::sent;
using test::Watcher;

// The two sub-streams of a bundle, this block's among them.
wire::Substreams bundle_of(std::uint32_t block) {
  return static_cast<wire::Substreams>(0x0101U << block % 8);
}

void grow(Watcher& viewer, std::uint32_t blocks, std::size_t step = 25'000) {
  while (viewer.blocks() < blocks) viewer.swarm.publish(step), viewer.hears();
}

// It says that it has these, and none of those after them.
void has_until(Watcher& viewer, PeerId peer, std::uint32_t end) {
  viewer.node.receive(peer, wire::encode(wire::Have{0, end, {}}), viewer.swarm.now);
}

// A new parent sends what follows its grant. The old one was to send what is before, and did not.
TEST(Repair, WhatIsMissingBeforeANewParentsFirstBlockIsAskedOfIt) {
  Watcher viewer;
  viewer.fed_by({7});
  viewer.gets_all(7);
  std::uint32_t next = viewer.blocks();
  viewer.way(7, 0, 0xffff, 1, bundle_of(next));
  viewer.offers(8);
  std::uint32_t from = 0;
  for (int i = 0; i < 10; ++i, viewer.swarm.now += 20ms) {
    viewer.node.tick(viewer.swarm.now);
    for (const auto& [peer, ask] : sent<wire::Subscribe>(viewer.node)) {
      if (peer == 8) from = ask.from;
    }
  }
  ASSERT_GT(from, next);
  viewer.way(8, bundle_of(next), bundle_of(next), 1);
  viewer.way(7, 0, static_cast<wire::Substreams>(~bundle_of(next)), 1);
  grow(viewer, next + 1);
  for (PeerId id : {8, 9}) has_until(viewer, id, next + 1);
  auto asked = viewer.questions(500ms);
  EXPECT_EQ(std::ranges::count(asked, std::pair{PeerId{8}, next}), 1);
  EXPECT_EQ(std::ranges::count(asked, std::pair{PeerId{9}, next}), 0);
}

// Its parent lacked it, another was asked, and the parent was told that it need not send it.
TEST(Repair, WhatAnotherRefusesIsAskedOfItsParent) {
  Watcher viewer;
  viewer.fed_by({7});
  viewer.gets_all(7);
  std::uint32_t next = viewer.blocks();
  grow(viewer, next + 1);
  has_until(viewer, 9, next + 1);
  bool asked = false;
  for (int i = 0; i < 24 && !asked; ++i) {
    has_until(viewer, 7, next);
    auto questions = viewer.questions(50ms);
    asked = std::ranges::count(questions, std::pair{PeerId{9}, next}) > 0;
  }
  ASSERT_TRUE(asked);
  has_until(viewer, 7, next + 1);
  viewer.node.receive(9, wire::encode(wire::BlockReject{next}), viewer.swarm.now);
  auto questions = viewer.questions(150ms);
  EXPECT_EQ(std::ranges::count(questions, std::pair{PeerId{7}, next}), 1);
}

// All of them have heard of the end; who has its bytes does not show, but who is less behind has
// them sooner. Who does not answer lacks them, too.
TEST(Repair, TheLastBytesAreAskedOfWhoIsLeastBehind) {
  Watcher viewer;
  Instant& now = viewer.swarm.now;
  viewer.gets_all(7);
  viewer.swarm.end();
  const ledger::Head& end = viewer.swarm.author.updates.back().head;
  ASSERT_GT(end.tail_bytes(), 0U);
  for (auto [id, lag] : {std::pair{PeerId{7}, 200}, {PeerId{8}, 20}, {PeerId{9}, 60}}) {
    wire::Load full{32, 0, 0, 32, 0, 5, {}, {}, {}};
    full.lag.fill(static_cast<std::uint8_t>(lag));
    full.hops.fill(wire::Load::kHopsFull);
    viewer.offers(id, full);
    viewer.node.receive(id, wire::encode(wire::HeadNumber{end.seq, end.size}), now);
  }
  viewer.hears();
  (void)viewer.node.take_actions();
  std::vector<PeerId> asked;
  for (Instant until = now + 1s; now < until && asked.size() < 2; now += 20ms) {
    viewer.node.tick(now);
    for (const auto& [peer, ask] : sent<wire::BlockRequest>(viewer.node)) {
      if (ask.block == end.complete_blocks()) asked.push_back(peer);
    }
  }
  EXPECT_EQ(asked, (std::vector<PeerId>{8, 9}));
}

// Sends 9 all that comes; none of it arrives, so that more and more waits.
struct BusyRelay : Watcher {
  BusyRelay() {
    fed_by({7});
    gets_all(7);
    missed = blocks() - 1;
    ask(9, wire::Subscribe{0xffff, blocks() + 1});
    for (std::uint32_t end = blocks(); end < missed + 12;) {
      grow(*this, end + 1);
      for (; end < blocks(); ++end) gets(7, end);
    }
    for (int i = 0; i < 3; ++i, swarm.now += 100ms) node.tick(swarm.now);
    swarm.now -= 100ms;
    (void)node.take_actions();
  }
  template <class T>
  void ask(PeerId id, const T& message) {
    node.receive(id, wire::encode(message), swarm.now);
  }
  // Whether it says to this peer that it does not send it.
  bool refuses(PeerId id, std::uint32_t block) {
    auto all = sent<wire::BlockReject>(node);
    return std::ranges::any_of(
        all, [&](const auto& said) { return said.first == id && said.second.block == block; });
  }
  std::uint32_t missed = 0;  // a block of before 9 asked
};

TEST(Repair, WhoGetsASubStreamIsSentWhatItAsksForOfIt) {
  BusyRelay relay;
  relay.ask(8, wire::BlockRequest{relay.missed});
  EXPECT_TRUE(relay.refuses(8, relay.missed));
  relay.ask(9, wire::BlockRequest{relay.missed});
  EXPECT_FALSE(relay.refuses(9, relay.missed));
  bool came = false;
  for (int i = 0; i < 20; ++i, relay.swarm.now += 20ms) {
    relay.node.outstanding(9, 0, relay.swarm.now);
    relay.node.tick(relay.swarm.now);
    for (const auto& [peer, block] : sent<wire::BlockMessage>(relay.node)) {
      came |= peer == 9 && block.block == relay.missed;
    }
  }
  EXPECT_TRUE(came);
}

// Who has just come looks at nothing until it has its first block; the next ones wait like others'.
TEST(Repair, WhoHasNothingYetIsSentWhatItBeginsWith) {
  BusyRelay relay;
  relay.ask(8, wire::Have{});
  for (std::uint32_t i = 0; i < 3; ++i) {
    relay.ask(8, wire::BlockRequest{relay.missed - i});
    EXPECT_EQ(relay.refuses(8, relay.missed - i), i == 2) << i;
  }
}

// Though somebody has agreed to send it some, and before all that waits for others.
TEST(Repair, WhoHasNothingYetIsServedFirst) {
  BusyRelay relay;
  relay.ask(8, wire::Have{});
  wire::Load load;
  load.hops.fill(3);
  relay.ask(8, load);
  relay.ask(8, wire::BlockRequest{relay.missed});
  std::optional<PeerId> first;
  for (int i = 0; i < 20 && !first; ++i, relay.swarm.now += 20ms) {
    relay.node.outstanding(9, 0, relay.swarm.now);
    relay.node.tick(relay.swarm.now);
    auto blocks = sent<wire::BlockMessage>(relay.node);
    if (!blocks.empty()) first = blocks.front().first;
  }
  EXPECT_EQ(first, 8U);
}

TEST(Repair, WhereItBeginsIsAskedForBeforeAnybodySaysThatItIsThere) {
  Watcher viewer;
  viewer.offers(8);
  auto asked = viewer.questions(100ms);
  EXPECT_EQ(std::ranges::count(asked, std::pair{PeerId{8}, 0U}), 1);
  // It is busy. That nothing old is asked for meanwhile is not meant for this one.
  viewer.offers(9);
  viewer.node.receive(8, wire::encode(wire::BlockReject{0}), viewer.swarm.now);
  asked = viewer.questions(100ms);
  EXPECT_EQ(std::ranges::count(asked, std::pair{PeerId{9}, 0U}), 1);
}

// Or a child that asks for the same again and again would have all of the uplink.
TEST(Repair, WhoGetsASubStreamMayNotAskForMoreThanItIsSent) {
  BusyRelay relay;
  int refused = 0;
  for (int i = 0; i < 12; ++i) {
    relay.ask(9, wire::BlockRequest{relay.missed});
    refused += relay.refuses(9, relay.missed) ? 1 : 0;
  }
  EXPECT_EQ(refused, 4);
}

TEST(Repair, WhoAskedIsToldWhenItWaitedTooLong) {
  BusyRelay relay;
  relay.ask(9, wire::BlockRequest{relay.missed});
  bool told = false;
  for (int i = 0; i < 20; ++i, relay.swarm.now += 100ms) {
    relay.node.tick(relay.swarm.now);
    told |= relay.refuses(9, relay.missed);
  }
  EXPECT_TRUE(told);
}

// One old block takes a line that hardly carries the show for so long that all new ones wait.
TEST(Repair, WhatIsTooLateToBeSeenLiveIsNoBurdenOfASlowLine) {
  for (std::size_t step : {std::size_t{15'000}, std::size_t{40'000}}) {
    Watcher relay;
    bool slow = step > 30'000;  // 400 kB/s; until it is measured it is taken for as much
    for (int i = 0; i < 50; ++i) {
      relay.swarm.publish(step);
      relay.swarm.now += 90ms;
      relay.hears();
      relay.node.tick(relay.swarm.now);
    }
    relay.gets_all(7);
    relay.fed_by({7});
    auto answers = [&](std::uint32_t block) {
      relay.node.receive(9, wire::encode(wire::BlockRequest{block}), relay.swarm.now);
      return sent<wire::BlockMessage>(relay.node).size();
    };
    EXPECT_EQ(answers(relay.blocks() - 1), 1U);
    relay.node.outstanding(9, 0, relay.swarm.now += 100ms);
    EXPECT_EQ(answers(relay.blocks() - 60), 1U) << "nobody else needs the line";
    relay.node.outstanding(9, 0, relay.swarm.now += 100ms);
    relay.node.receive(8, wire::encode(wire::Subscribe{0x0101, relay.blocks() + 1}),
                       relay.swarm.now);
    (void)relay.node.take_actions();
    EXPECT_EQ(answers(relay.blocks() - 61), slow ? 0U : 1U);
  }
}

// All are busy with what is new; who looks at something does not wait for that.
TEST(Repair, WhatIsOldAndWasRefusedIsAskedForAgainAfterAPauseIfNobodyReadsIt) {
  for (bool read : {false, true}) {
    Watcher viewer;
    viewer.gets_all(7);
    std::uint32_t begin = viewer.blocks();
    grow(viewer, begin + 40);
    for (const auto& [peer, ask] : sent<wire::BlockRequest>(viewer.node)) {
      viewer.node.receive(peer, wire::encode(wire::BlockReject{ask.block}), viewer.swarm.now);
    }
    viewer.swarm.now += 6s;
    for (PeerId id : {7, 8, 9}) has_until(viewer, id, viewer.blocks());
    if (read) viewer.node.focus(std::uint64_t{begin + 8} * kBlockSize, viewer.swarm.now);
    auto asked = viewer.questions(50ms);
    ASSERT_FALSE(asked.empty());
    viewer.node.receive(asked[0].first, wire::encode(wire::BlockReject{asked[0].second}),
                        viewer.swarm.now);
    EXPECT_EQ(!viewer.questions(150ms).empty(), read);
  }
}

// It refused, and said that no place is free. It is asked again when it says that there is one.
TEST(Repair, AFullPeerIsNotAskedAgainBeforeItSaysMore) {
  Watcher viewer;
  wire::Load load{32, 20, 0, UINT16_MAX, 0, 5, {}, {}, {}};
  load.lag.fill(20);
  load.hops.fill(1);
  viewer.offers(7, load);
  auto refused = [&](Duration time) {
    int asked = 0;
    for (Instant end = viewer.swarm.now + time; viewer.swarm.now < end; viewer.swarm.now += 50ms) {
      viewer.node.tick(viewer.swarm.now);
      for (const auto& [peer, ask] : sent<wire::Subscribe>(viewer.node)) {
        ++asked;
        viewer.node.receive(peer, wire::encode(wire::Subscribed{ask.wanted, 0, 0, 0, {}}),
                            viewer.swarm.now);
      }
    }
    return asked;
  };
  EXPECT_GT(refused(500ms), 0);
  EXPECT_EQ(refused(4s), 0);
  viewer.offers(7, load);
  EXPECT_GT(refused(1s), 0);
}

}  // namespace
}  // namespace freshet::live
