// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/live/node.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "freshet/wire/messages.hpp"
#include "tests/unit/live/swarm_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::Swarm;
using wire::BlockMessage;

// A viewer that follows from the start gets the edge block by block, and no byte twice.
TEST(Node, FollowsTheEdge) {
  Swarm swarm;
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  for (int i = 0; i < 40; ++i) {
    swarm.publish(7'000 + 1'000 * static_cast<std::size_t>(i % 5));
    swarm.run(100ms);
  }
  EXPECT_TRUE(swarm.has_all(viewer));
  EXPECT_EQ(swarm[viewer].node.stats().duplicate, 0U);
  EXPECT_EQ(swarm[viewer].node.stats().payload_in, swarm.author.bytes.size());
  EXPECT_EQ(swarm[viewer].bulk, 0U);
  EXPECT_EQ(swarm[viewer].given.size(), swarm.author.bytes.size() / swarm.options.piece_length);
}

TEST(Node, ALateJoinerFetchesTheBacklogInBulkAndTheEdgeByBlocks) {
  Swarm swarm;
  for (int i = 0; i < 20; ++i) swarm.publish(50'000);
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(2s, [&] { return swarm.has_all(viewer); }));
  EXPECT_EQ(swarm[viewer].node.output_start(), 0U);
  EXPECT_EQ(swarm[viewer].bulk, 15U * 65536);  // the complete pieces at its join
  EXPECT_EQ(swarm[viewer].node.stats().payload_in + swarm[viewer].bulk, swarm.author.bytes.size());
  EXPECT_EQ(swarm[viewer].node.stats().duplicate, 0U);
}

TEST(Node, AJoinerAtTheEdgeBeginsAtTheNewestMarkThatOthersHaveAndFillsTheRestLater) {
  Swarm swarm;
  for (int i = 0; i < 20; ++i) swarm.publish(50'000);  // a mark each 100 ms
  PeerId viewer = swarm.add({StartPoint::Kind::Edge, 0});
  swarm.connect(0, viewer);
  const Node& node = swarm[viewer].node;
  ASSERT_TRUE(swarm.run(1s, [&] { return node.output_start().has_value(); }));
  EXPECT_EQ(*node.output_start(), 850'000U);
  // Nothing of before takes the downlink from what is looked at.
  EXPECT_TRUE(swarm.run(5s, [&] {
    bool edge = node.readable_end(850'000) >= 1'000'000 / kBlockSize * kBlockSize;
    EXPECT_TRUE(edge || swarm[viewer].wanted.empty());
    return swarm.has_all(viewer);
  }));
}

TEST(Node, WhereSomebodyReadsIsFetchedFirst) {
  Swarm swarm;
  for (int i = 0; i < 40; ++i) swarm.publish(50'000);  // 30 pieces
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(1s, [&] { return swarm[viewer].node.output_start().has_value(); }));
  EXPECT_TRUE(swarm[viewer].urgent.empty());
  swarm[viewer].node.focus(20 * 65536 + 7, swarm.now);
  auto there = [&] { return swarm[viewer].node.readable_end(20 * 65536) > 21 * 65536; };
  ASSERT_TRUE(swarm.run(1s, there));
  EXPECT_LT(swarm[viewer].node.stored_bytes(), swarm.author.bytes.size());
  EXPECT_TRUE(swarm[viewer].urgent.contains(20));
  EXPECT_FALSE(swarm[viewer].urgent.contains(19));
  // The rest comes all the same, and what is no longer waited for is not urgent.
  swarm[viewer].node.focus(0, swarm.now);
  EXPECT_TRUE(swarm.run(2s, [&] { return swarm.has_all(viewer); }));
}

TEST(Node, ATimeIsMappedByTheMarks) {
  Swarm swarm;
  for (int i = 0; i < 20; ++i) swarm.publish(50'000);  // a mark each 100 ms
  PeerId viewer = swarm.add({StartPoint::Kind::Time, 750});
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(1s, [&] { return swarm[viewer].node.output_start().has_value(); }));
  EXPECT_EQ(*swarm[viewer].node.output_start(), 350'000U);
  EXPECT_TRUE(swarm.run(2s, [&] { return swarm.has_all(viewer); }));
}

TEST(Node, AChainPassesEverythingOn) {
  Swarm swarm;
  std::vector<PeerId> chain{0};
  for (int i = 0; i < 5; ++i) {
    chain.push_back(swarm.add());
    swarm.connect(chain[chain.size() - 2], chain.back());
  }
  for (int i = 0; i < 30; ++i) {
    swarm.publish(20'000);
    swarm.run(100ms);
  }
  swarm.end();
  EXPECT_TRUE(swarm.run(2s, [&] {
    return std::ranges::all_of(chain, [&](PeerId id) { return swarm[id].node.may_leave(); });
  }));
  EXPECT_TRUE(swarm.has_all(chain.back()));
  for (PeerId id : chain) EXPECT_TRUE(swarm[id].final_known) << id;
  for (PeerId id : chain) EXPECT_TRUE(swarm[id].node.may_leave()) << id;
}

TEST(Node, AParentThatVanishesIsReplaced) {
  Swarm swarm;
  PeerId relay = swarm.add();
  PeerId viewer = swarm.add();
  swarm.connect(0, relay);
  swarm.connect(relay, viewer);
  for (int i = 0; i < 10; ++i) swarm.publish(20'000), swarm.run(100ms);
  swarm.disconnect(relay, viewer);
  swarm.publish(20'000);
  swarm.connect(0, viewer);
  for (int i = 0; i < 10; ++i) swarm.publish(20'000), swarm.run(100ms);
  EXPECT_TRUE(swarm.run(2s, [&] { return swarm.has_all(viewer); }));
  EXPECT_EQ(swarm[viewer].node.stats().duplicate, 0U);
}

// One that says it has everything and then answers nothing delays, but does not stop, the others.
TEST(Node, ASilentParentIsLeft) {
  Swarm swarm;
  PeerId mute = swarm.add();
  PeerId viewer = swarm.add();
  swarm.connect(0, mute);
  for (int i = 0; i < 10; ++i) swarm.publish(40'000), swarm.run(100ms);
  swarm.connect(mute, viewer);
  swarm.run(50ms);
  swarm[mute].silent = true;
  swarm.connect(0, viewer);
  for (int i = 0; i < 30; ++i) swarm.publish(20'000), swarm.run(100ms);
  swarm.end();
  EXPECT_TRUE(swarm.run(15s, [&] { return swarm.has_all(viewer) && swarm[viewer].final_known; }));
}

// Hash requests that are never answered are given up even when nothing else is left to ask for.
TEST(Node, HashesAreAskedForElsewhereAfterATimeout) {
  Swarm swarm;
  for (int i = 0; i < 40; ++i) swarm.publish(50'000);
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  swarm[0].distort = [](Bytes message) {
    // The publisher's answers to hash requests get lost.
    if (message[0] == wire::HashMessage::kType) return Bytes{0xFF};
    return message;
  };
  swarm.run(1s);
  EXPECT_EQ(swarm[viewer].ledger.log(ledger::LogKind::Pieces).known_count(), 0U);
  PeerId helper = swarm.add();
  swarm[0].distort = nullptr;
  swarm.connect(0, helper);
  ASSERT_TRUE(swarm.run(2s, [&] { return swarm.has_all(helper); }));
  swarm.connect(helper, viewer);
  EXPECT_TRUE(swarm.run(10s, [&] { return swarm.has_all(viewer); }));
}

// A block that is asked for elsewhere after a time-out and then comes from both is nobody's fault.
TEST(Node, LateAnswersAreNoOffence) {
  Swarm swarm;
  PeerId slow = swarm.add();
  PeerId viewer = swarm.add();
  swarm.connect(0, slow);
  swarm.connect(slow, viewer);
  for (int i = 0; i < 5; ++i) swarm.publish(20'000), swarm.run(100ms);
  std::vector<Bytes> kept;
  swarm[slow].distort = [&](Bytes message) {
    if (message[0] != BlockMessage::kType) return message;
    kept.push_back(message);
    return Bytes{0xFF};
  };
  for (int i = 0; i < 4; ++i) swarm.publish(40'000), swarm.run(100ms);
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(10s, [&] { return swarm.has_all(viewer); }));
  ASSERT_GT(kept.size(), 4U);
  for (const Bytes& message : kept) swarm[viewer].node.receive(slow, message, swarm.now);
  swarm.run(100ms);
  EXPECT_TRUE(swarm[viewer].cut.empty());
}

TEST(Node, ABadBlockCutsItsSenderOffAtOnceAndIsNeverStored) {
  Swarm swarm;
  PeerId liar = swarm.add();
  PeerId viewer = swarm.add();
  swarm.connect(0, liar);
  swarm.connect(liar, viewer);
  swarm.publish(1'000);
  swarm.run(100ms);
  swarm[liar].distort = [](Bytes message) {
    if (message[0] == BlockMessage::kType) message.back() ^= 1;
    return message;
  };
  swarm.publish(100'000);
  swarm.run(500ms);
  ASSERT_EQ(swarm[viewer].cut.size(), 1U);
  EXPECT_EQ(swarm[viewer].cut[0].peer, liar);
  EXPECT_TRUE(swarm[viewer].cut[0].ban);
  EXPECT_LE(swarm[viewer].node.stored_bytes(), 1'000U);  // what came before the lie
  swarm.connect(0, viewer);
  EXPECT_TRUE(swarm.run(2s, [&] { return swarm.has_all(viewer); }));
}

TEST(Node, AForgedHeadBansAndAMalformedMessageDisconnects) {
  for (bool forged : {true, false}) {
    Swarm swarm;
    PeerId viewer = swarm.add();
    swarm.connect(0, viewer);
    swarm.run(50ms);
    swarm[0].distort = [forged](Bytes message) {
      if (message[0] != wire::HeadMessage::kType) return message;
      if (forged) {
        message[30] ^= 1;
      } else {
        message.pop_back();
      }
      return message;
    };
    swarm.publish(100'000);
    swarm.run(100ms);
    ASSERT_EQ(swarm[viewer].cut.size(), 1U);
    EXPECT_EQ(swarm[viewer].cut[0].ban, forged);
    EXPECT_FALSE(swarm[viewer].ledger.head());
  }
}

TEST(Node, BlocksThatNoHeadCoversAreBoundedAndNeverStored) {
  Swarm swarm;
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  swarm.publish(100'000);
  swarm.run(200ms);
  std::uint64_t had = swarm[viewer].node.stored_bytes();
  for (std::uint32_t i = 0; i < 80; ++i) {
    BlockMessage block{40 + i, 0, 0, test::random_bytes(kBlockSize, i)};
    swarm[viewer].node.receive(0, wire::encode(block), swarm.now);
  }
  swarm.run(100ms);
  EXPECT_EQ(swarm[viewer].node.stored_bytes(), had);
  ASSERT_EQ(swarm[viewer].cut.size(), 1U);
  EXPECT_FALSE(swarm[viewer].cut[0].ban);
}

TEST(Node, EvidenceSpreadsAndFreezes) {
  Swarm swarm;
  PeerId a = swarm.add();
  PeerId b = swarm.add();
  swarm.connect(0, a);
  swarm.connect(a, b);
  swarm.publish(100'000);
  swarm.run(300ms);
  auto other = swarm.author.updates.back();
  other.head.published_ms += 1;
  ledger::sign(other.head, swarm.author.ledger.id(), test::key_of(2));
  swarm[a].node.receive(0, wire::encode(wire::HeadMessage{other}), swarm.now);
  swarm.run(200ms);
  EXPECT_TRUE(swarm[a].frozen);
  EXPECT_TRUE(swarm[b].frozen);
  // What was signed before the contradiction still arrives.
  EXPECT_TRUE(swarm.run(2s, [&] { return swarm[b].file == swarm.author.bytes; }));
}

TEST(Node, AnEmptyShowEnds) {
  Swarm swarm;
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  swarm.run(100ms);
  swarm.end();
  EXPECT_TRUE(swarm.run(500ms, [&] { return swarm[viewer].final_known; }));
  EXPECT_TRUE(swarm[viewer].node.complete());
}

// What was stored before a restart is not fetched again.
TEST(Node, ARestartGoesOnWhereItStood) {
  Swarm swarm;
  for (int i = 0; i < 20; ++i) swarm.publish(50'000);
  PeerId viewer = swarm.add();
  for (std::uint32_t block : {0U, 1U, 2U, 3U, 9U, 30U, 31U}) {
    swarm[viewer].node.restore_blocks(block, 1);
  }
  swarm[viewer].file = swarm.author.bytes;  // as the file was left; holes hold rubbish
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(2s, [&] { return swarm.has_all(viewer); }));
  EXPECT_FALSE(swarm[viewer].wanted.contains(0));  // piece 0 was whole
}

// Two neighbours may both have sent it; the second time it is nothing new.
TEST(Node, ATailThatComesTwiceCountsOnce) {
  Swarm swarm;
  swarm.publish(2 * kBlockSize + 5000);
  swarm.end();
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(5s, [&] { return swarm.has_all(viewer); }));
  live::Node& node = swarm[viewer].node;
  std::uint64_t payload = node.stats().payload_in, twice = node.stats().duplicate;
  View tail = View(swarm.author.bytes).subspan(2 * kBlockSize);
  node.receive(0, wire::encode(wire::BlockMessage{2, 0, 0, Bytes(tail.begin(), tail.end())}),
               swarm.now);
  EXPECT_EQ(node.stats().payload_in, payload);
  EXPECT_EQ(node.stats().duplicate, twice + tail.size());
}

// Its connection broke after the end, while it was behind: what it has is not sent once more.
TEST(Node, ATailThatIsHereIsNotSentAgainByWhoBecomesItsParent) {
  Swarm swarm({.capacity = 4096});
  for (int i = 0; i < 160; ++i) swarm.publish(4 * kBlockSize);
  swarm.publish(5000);
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  swarm.run(300ms);
  swarm.end();
  const Node& node = swarm[viewer].node;
  std::uint64_t tail = 5000;
  ASSERT_TRUE(swarm.run(1s, [&] { return node.stored_tail_bytes() == tail; }));
  ASSERT_FALSE(swarm.has_all(viewer));
  swarm.disconnect(0, viewer);
  swarm.run(100ms);
  swarm.connect(0, viewer);
  ASSERT_TRUE(swarm.run(5s, [&] { return swarm.has_all(viewer); }));
  EXPECT_EQ(node.stats().duplicate, 0U);
}

TEST(Node, ATailThatIsOnItsWayIsNotSentAgain) {
  test::TestAuthor show;
  NodeConfig config;
  config.publisher = true;
  config.places_max = 32;
  ledger::Ledger ledger(test::make_descriptor({}), ledger::system_crypto());
  Node publisher(ledger, config);
  constexpr PeerId viewer = 1;
  Instant now{1'000'000};
  publisher.peer_connected(viewer, {}, now);
  publisher.receive(viewer, wire::encode(wire::Subscribe{0xffff, 0}), now);
  show.publish(test::random_bytes(5000, 1));
  publisher.publish(show.updates.back(), show.bytes, now);
  auto tails = [&] {
    int sent = 0;
    for (const Action& action : publisher.take_actions()) {
      const auto* send = std::get_if<Send>(&action);
      if (send && std::holds_alternative<BlockMessage>(*send->message)) ++sent;
    }
    return sent;
  };
  publisher.tick(now);
  ASSERT_EQ(tails(), 1);
  publisher.receive(viewer, wire::encode(wire::BlockRequest{0, 0}), now);
  EXPECT_EQ(tails(), 0);
  publisher.outstanding(viewer, 0, now);
  now += 100ms;
  publisher.receive(viewer, wire::encode(wire::BlockRequest{0, 0}), now);
  EXPECT_EQ(tails(), 1);
}

}  // namespace
}  // namespace freshet::live
