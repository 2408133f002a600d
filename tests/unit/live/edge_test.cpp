// SPDX-License-Identifier: GPL-3.0-or-later
// The live edge among several viewers: who sends whom what.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"
#include "tests/unit/live/swarm_fixture.hpp"
#include "tests/unit/live/watcher_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::sent;
using test::Swarm;
using test::Watcher;

// Blocks that the node sends this peer next.
std::vector<std::uint32_t> sent_to(PeerId peer, Node& node) {
  std::vector<std::uint32_t> blocks;
  for (const auto& [to, message] : sent<wire::BlockMessage>(node)) {
    if (to == peer) blocks.push_back(message.block);
  }
  return blocks;
}

// A publisher and viewers, each connected with all others.
struct Mesh {
  explicit Mesh(PeerId viewers) {
    for (PeerId i = 0; i < viewers; ++i) {
      PeerId id = swarm.add();
      for (PeerId other = 0; other < id; ++other) swarm.connect(other, id);
    }
  }
  void air(int steps) {
    for (int i = 0; i < steps; ++i) swarm.publish(25'000), swarm.run(100ms);
  }
  // A peer that only the publisher knows, and that says nothing by itself.
  PeerId stranger() {
    PeerId id = swarm.add();
    swarm[0].node.peer_connected(id, {}, swarm.now);
    return id;
  }
  // The block that the publisher completes next.
  [[nodiscard]] std::uint32_t next_block() const {
    return static_cast<std::uint32_t>(swarm.author.bytes.size() / kBlockSize);
  }
  Swarm swarm;
};

TEST(Edge, ThePublisherSendsFewCopiesAndNobodyGetsAnythingTwice) {
  Mesh mesh(8);
  Swarm& swarm = mesh.swarm;
  mesh.air(100);
  ASSERT_TRUE(swarm.run(3s, [&] {
    bool all = true;
    for (PeerId id = 1; id <= 8; ++id) all = all && swarm.has_all(id);
    return all;
  }));
  std::uint64_t duplicates = 0;
  for (PeerId id = 1; id <= 8; ++id) duplicates += swarm[id].node.stats().duplicate;
  EXPECT_LT(duplicates, swarm.author.bytes.size() * 8 / 50);
  EXPECT_LT(swarm[0].node.stats().payload_out, swarm.author.bytes.size() * 4);
  for (PeerId id = 1; id <= 8; ++id) EXPECT_EQ(swarm[id].node.stats().fed, 16U) << id;
}

TEST(Edge, EveryNodeKnowsThePublishersClock) {
  Mesh mesh(3);
  mesh.air(20);
  auto truth = mesh.swarm[0].node.show_clock(mesh.swarm.now);
  ASSERT_TRUE(truth);
  for (PeerId id = 1; id <= 3; ++id) {
    auto clock = mesh.swarm[id].node.show_clock(mesh.swarm.now);
    ASSERT_TRUE(clock) << id;
    // The fixture's publisher has no steady clock; what counts is the estimate's own error bound.
    EXPECT_LE(std::abs(clock->us - truth->us), 200'000 + std::int64_t{clock->error_us});
  }
}

TEST(Edge, ThePublisherHearsHowManyWatch) {
  Mesh mesh(5);
  mesh.air(80);
  EXPECT_EQ(mesh.swarm[0].node.audience().viewers, 5U);
}

TEST(Edge, AReportThatDoesNotAddUpIsLeftOut) {
  Mesh mesh(1);
  mesh.air(10);
  wire::Audience lie;
  lie.viewers = 3;
  lie.delays[0] = 1000;
  mesh.swarm[0].node.receive(1, wire::encode(lie), mesh.swarm.now);
  EXPECT_LE(mesh.swarm[0].node.audience().viewers, 1U);
  lie.viewers = 4'000'000'000;
  mesh.swarm[0].node.receive(1, wire::encode(lie), mesh.swarm.now);
  EXPECT_LE(mesh.swarm[0].node.audience().viewers, 1U);
}

// A line that carries half of a show must not look like one on which all is well.
TEST(Edge, WhoLacksEveryOtherBlockIsLate) {
  Mesh mesh(1);
  mesh.air(20);
  mesh.swarm[0].distort = [](Bytes message) {
    auto decoded = wire::decode(message);
    const auto* block = decoded ? std::get_if<wire::BlockMessage>(&*decoded) : nullptr;
    bool lost = block && block->block % 2 == 1;
    return lost ? wire::encode(wire::BlockReject{block->block}) : message;
  };
  mesh.air(120);
  wire::Audience audience = mesh.swarm[0].node.audience();
  ASSERT_EQ(audience.viewers, 1U);
  auto late = std::ranges::find(kAudienceLimitsMs, 2000) - kAudienceLimitsMs.begin();
  std::uint32_t counted = 0;
  for (std::size_t i = static_cast<std::size_t>(late) + 1; i < audience.delays.size(); ++i) {
    counted += audience.delays[i];
  }
  EXPECT_EQ(counted, 1U);
}

// What was asked for and given up may be granted later; the other side is told at once.
TEST(Edge, AGrantThatNobodyWaitsForIsGivenBack) {
  Mesh mesh(1);
  mesh.air(10);
  auto& viewer = mesh.swarm[1].node;
  (void)viewer.take_actions();
  PeerId other = mesh.swarm.add();
  mesh.swarm.connect(1, other);
  (void)viewer.take_actions();
  viewer.receive(other,
                 wire::encode(wire::Subscribed{0, 0x00ff, 0, 3, std::vector<std::uint64_t>(8, 1)}),
                 mesh.swarm.now);
  bool told = false;
  for (const Action& action : viewer.take_actions()) {
    const auto* send = std::get_if<Send>(&action);
    const auto* subscribe = send ? std::get_if<wire::Subscribe>(send->message.get()) : nullptr;
    told = told || (subscribe && send->peer == other && subscribe->wanted == 0);
  }
  EXPECT_TRUE(told);
  EXPECT_TRUE(mesh.swarm[1].cut.empty());
}

// Who gave up waiting for an answer asks somebody else, and still wants what it subscribed to.
TEST(Edge, AQuestionTakenBackDoesNotMeanThatTheBlockIsThere) {
  Mesh mesh(1);
  mesh.air(20);
  auto& publisher = mesh.swarm[0].node;
  PeerId other = mesh.stranger();
  std::uint32_t next = mesh.next_block();
  auto which = static_cast<wire::Substreams>(1U << next % wire::kSubstreams);
  publisher.receive(other, wire::encode(wire::Subscribe{which, next}), mesh.swarm.now);
  publisher.receive(other, wire::encode(wire::BlockRequest{next + 16, 0}), mesh.swarm.now);
  publisher.receive(other, wire::encode(wire::BlockCancel{next + 16}), mesh.swarm.now);
  (void)publisher.take_actions();
  bool sent = false;
  for (int i = 0; i < 20 && !sent; ++i) {
    mesh.swarm.publish(25'000);
    for (std::uint32_t block : sent_to(other, publisher)) {
      sent = sent || block == next + 16;
      publisher.outstanding(other, 0, mesh.swarm.now);
    }
    mesh.swarm.now += 100ms;
    publisher.tick(mesh.swarm.now);
  }
  EXPECT_TRUE(sent);
}

// Asking again and again for the same blocks brings them once: small questions, no large answers.
TEST(Edge, ASubscriptionThatIsTakenUpAgainBringsNothingTwice) {
  Mesh mesh(1);
  mesh.air(20);
  auto& publisher = mesh.swarm[0].node;
  PeerId other = mesh.stranger();
  (void)publisher.take_actions();
  std::size_t sent = 0;
  for (int i = 0; i < 5; ++i) {
    publisher.receive(other, wire::encode(wire::Subscribe{0x00ff, 0}), mesh.swarm.now);
    publisher.receive(other, wire::encode(wire::Subscribe{0, 0}), mesh.swarm.now);
    sent += sent_to(other, publisher).size();
  }
  EXPECT_GT(sent, 0U);
  EXPECT_LE(sent, mesh.swarm.author.bytes.size() / kBlockSize / 2 + 8);
}

// Blocks leave only as fast as they arrive: what is not reported as arrived is still under way.
TEST(Edge, WhatIsUnderWayIsBounded) {
  Swarm swarm;
  NodeConfig paced;
  PeerId relay = swarm.add(paced);
  swarm.connect(0, relay);
  for (int i = 0; i < 20; ++i) swarm.publish(25'000), swarm.run(100ms);
  ASSERT_TRUE(swarm.run(3s, [&] { return swarm.has_all(relay); }));
  ledger::Ledger ledger(test::make_descriptor({}), ledger::system_crypto());
  Node node(ledger, {});
  node.peer_connected(0, {}, swarm.now);
  for (const auto& update : swarm.author.updates) {
    node.receive(0, wire::encode(wire::HeadMessage{update}), swarm.now);
  }
  node.peer_connected(9, {}, swarm.now);
  (void)node.take_actions();
  std::size_t sent = 0;
  for (std::uint32_t block = 0; block < 24; ++block) {
    View bytes = View(swarm.author.bytes).subspan(std::size_t{block} * kBlockSize, kBlockSize);
    node.receive(9, wire::encode(wire::BlockRequest{block, 0}), swarm.now);
    node.receive(0,
                 wire::encode(wire::BlockMessage{block, 0, 0, Bytes(bytes.begin(), bytes.end())}),
                 swarm.now);
    swarm.now += 5ms;
    node.tick(swarm.now);
    for (const Action& action : node.take_actions()) {
      const auto* send = std::get_if<Send>(&action);
      const auto* out = send ? std::get_if<wire::BlockMessage>(send->message.get()) : nullptr;
      if (out && send->peer == 9) sent += out->bytes.size();
    }
  }
  EXPECT_GT(sent, 0U);
  EXPECT_LE(sent, 8U * kBlockSize);
}

TEST(Edge, ABlockIsAskedForByNameOnlyOfWhoHasIt) {
  Watcher viewer;
  viewer.node.receive(7, wire::encode(wire::Have{0, 0, {}}), viewer.swarm.now);
  viewer.node.receive(8, wire::encode(wire::Have{0, viewer.blocks(), {}}), viewer.swarm.now);
  viewer.node.receive(9, wire::encode(wire::Have{0, 1, {}}), viewer.swarm.now);
  std::map<PeerId, int> asked;
  for (auto [peer, block] : viewer.questions(3s)) {
    ++asked[peer];
    EXPECT_NE(peer, 7U);
    EXPECT_TRUE(peer == 8 || block == 0) << block;  // it has no other
  }
  EXPECT_GT(asked[8], 0);
  EXPECT_LE(asked[9], 3s / 150ms / 2);  // in turn with 8, until somebody answers
}

// A player at the edge always waits for the next block, which is on its way.
TEST(Edge, WhatIsReadAtTheEdgeIsNotAskedForBeforeItIsLate) {
  Watcher viewer;
  viewer.node.focus((viewer.blocks() - 1) * kBlockSize, viewer.swarm.now);
  viewer.node.receive(8, wire::encode(wire::Have{0, viewer.blocks(), {}}), viewer.swarm.now);
  for (auto [peer, block] : viewer.questions(200ms)) EXPECT_NE(block, viewer.blocks() - 1);
}

// Who was to send it has given it up: it is asked for where it is, without waiting for its time.
TEST(Edge, WhatItsSenderGivesUpIsAskedOfAnother) {
  for (bool given_up : {false, true}) {
    Watcher viewer;
    viewer.fed_by({7});
    viewer.gets_all(7);
    std::uint32_t block = viewer.blocks();
    while (!(viewer.taking[7] >> block % wire::kSubstreams & 1)) ++block;
    while (viewer.blocks() <= block) viewer.swarm.publish(25'000), viewer.hears();
    Instant now = viewer.swarm.now;
    viewer.node.receive(9, wire::encode(wire::Have{block, viewer.blocks(), {}}), now);
    if (given_up) viewer.node.receive(7, wire::encode(wire::BlockReject{block}), now);
    auto asked = viewer.questions(200ms);
    EXPECT_EQ(std::ranges::count(asked, std::pair{PeerId{9}, block}), given_up ? 1 : 0);
  }
}

TEST(Edge, WhatAPeerSaysOfTheFarFutureIsNotBelieved) {
  Watcher viewer;
  auto far = UINT32_MAX - 8 * static_cast<std::uint32_t>(wire::Have::kBytesMax);
  viewer.node.receive(8, wire::encode(wire::Have{0, far, Bytes(64, 0xFF)}), viewer.swarm.now);
  viewer.node.receive(9, wire::encode(wire::Have{far, far, {}}), viewer.swarm.now);
  EXPECT_GT(viewer.asks(2s)[8], 0U);
}

TEST(Edge, WhoSaysThatItHasABlockIsNotSentIt) {
  Mesh mesh(1);
  mesh.air(20);
  auto& publisher = mesh.swarm[0].node;
  PeerId other = mesh.stranger();
  std::uint32_t next = mesh.next_block();
  auto has = wire::Have{0, 0, Bytes(1, 0x40)};
  has.begin = has.first = next;  // and the one after it
  publisher.receive(other, wire::encode(wire::Subscribe{0xffff, next}), mesh.swarm.now);
  publisher.receive(other, wire::encode(has), mesh.swarm.now);
  (void)publisher.take_actions();
  std::vector<std::uint32_t> sent;
  for (int i = 0; i < 10; ++i) {
    mesh.swarm.publish(25'000);
    for (std::uint32_t block : sent_to(other, publisher)) sent.push_back(block);
    publisher.outstanding(other, 0, mesh.swarm.now);
    mesh.swarm.now += 100ms;
    publisher.tick(mesh.swarm.now);
  }
  EXPECT_TRUE(std::ranges::count(sent, next) > 0);
  EXPECT_TRUE(std::ranges::count(sent, next + 2) > 0);
  EXPECT_FALSE(std::ranges::count(sent, next + 1) > 0);
}

TEST(Edge, PiecesLeaveWhenNoBlockHasToWait) {
  Watcher relay;
  Instant& now = relay.swarm.now;
  EXPECT_TRUE(relay.node.bulk_may_leave(7, now));
  relay.fed_by({7, 8});  // or it would have no child
  relay.node.receive(9, wire::encode(wire::Subscribe{0xffff, 0}), now);
  for (std::uint32_t block = 0; block < 24; ++block) {
    View bytes =
        View(relay.swarm.author.bytes).subspan(std::size_t{block} * kBlockSize, kBlockSize);
    relay.node.receive(7, wire::encode(wire::BlockRequest{block, 0}), now);
    relay.node.receive(
        8, wire::encode(wire::BlockMessage{block, 0, 0, Bytes(bytes.begin(), bytes.end())}), now);
  }
  now += 200ms;
  relay.node.tick(now);
  EXPECT_FALSE(relay.node.bulk_may_leave(7, now));
  for (int i = 0; i < 60; ++i) {
    (void)relay.node.take_actions();
    for (PeerId id : {7, 9}) relay.node.outstanding(id, 0, now);
    now += 100ms;
    relay.node.tick(now);
  }
  EXPECT_TRUE(relay.node.bulk_may_leave(7, now));
}

// Whoever is unchoked has a whole send buffer filled: of thirty at once the uplink has for seconds.
TEST(Edge, PiecesLeaveToOnePeerAfterTheOther) {
  Watcher relay;
  Instant& now = relay.swarm.now;
  EXPECT_TRUE(relay.node.bulk_may_leave(7, now));
  EXPECT_TRUE(relay.node.bulk_may_leave(8, now));
  relay.fed_by({7, 8});
  relay.node.receive(9, wire::encode(wire::Subscribe{0xffff, 0}), now);
  std::map<PeerId, int> turns;
  int both = 0;
  for (int i = 0; i < 100; ++i) {
    bool one = relay.node.bulk_may_leave(7, now);
    bool other = relay.node.bulk_may_leave(8, now);
    turns[7] += one ? 1 : 0;
    turns[8] += other ? 1 : 0;
    both += one && other ? 1 : 0;
    now += 100ms;
    relay.node.tick(now);
    (void)relay.node.take_actions();
    relay.node.outstanding(9, 0, now);
  }
  EXPECT_EQ(both, 0);
  EXPECT_GT(turns[7], 25);
  EXPECT_GT(turns[8], 25);
}

}  // namespace
}  // namespace freshet::live
