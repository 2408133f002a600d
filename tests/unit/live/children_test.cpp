// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets a place, who loses it, and who is sent a block first.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"
#include "live/standing_queue.hpp"
#include "tests/unit/ledger/show_fixture.hpp"
#include "tests/unit/live/watcher_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;

constexpr wire::Substreams kBundle = 0x0101;

// A publisher that has been on the air for two seconds, and peers that say what they are told to.
struct Publisher {
  Publisher() : ledger(test::make_descriptor({}), ledger::system_crypto()), node(ledger, config()) {
    for (int i = 0; i < 20; ++i) publish(25'000), pass(100ms);
  }
  static NodeConfig config() {
    NodeConfig config;
    config.publisher = true;
    config.places_max = 32;  // as the engine sets it
    return config;
  }
  void publish(std::size_t size) {
    std::size_t before = author.updates.size();
    std::uint64_t old = ledger.size();
    author.publish(test::random_bytes(size, old + 1));
    for (std::size_t i = before; i < author.updates.size(); ++i) {
      const auto& update = author.updates[i];
      View bytes = View(author.bytes).subspan(old, update.head.size - old);
      old = update.head.size;
      node.publish(update, bytes, now);
    }
  }
  void add(PeerId id, std::uint16_t places, std::uint8_t children = 0) {
    peers.push_back(id);
    node.peer_connected(id, {}, now);
    wire::Load load;
    load.places = places;
    load.children.fill(children);
    load.lag.fill(wire::Load::kLagUnknown);
    load.hops.fill(wire::Load::kHopsUnknown);
    node.receive(id, wire::encode(load), now);
  }
  // What it gets after it has asked for these.
  wire::Substreams ask(PeerId id, wire::Substreams wanted) {
    node.receive(id, wire::encode(wire::Subscribe{wanted, blocks() + 1}), now);
    look();
    return granted[id];
  }
  // These get a bundle of it, and 9 comes, which is strong.
  void feed(std::vector<PeerId> ids, std::uint16_t places) {
    for (PeerId id : ids) {
      add(id, places);
      EXPECT_EQ(ask(id, kBundle), kBundle);
    }
    add(9, 60);
  }
  // All that is sent arrives within 10 ms.
  void pass(std::chrono::milliseconds time) {
    for (Instant end = now + time; now < end;) {
      now += 10ms;
      node.tick(now);
      look();
      for (PeerId id : peers) node.outstanding(id, 0, now);
      look();
    }
  }
  void look() {
    for (const Action& action : node.take_actions()) {
      const auto* send = std::get_if<Send>(&action);
      if (!send) continue;
      if (const auto* answer = std::get_if<wire::Subscribed>(send->message.get()))
        granted[send->peer] = answer->granted & static_cast<wire::Substreams>(~answer->ending);
      if (const auto* said = std::get_if<wire::Load>(send->message.get())) told = *said;
      if (std::holds_alternative<wire::BlockMessage>(*send->message)) sent.push_back(send->peer);
      if (const auto* said = std::get_if<wire::BlockReject>(send->message.get()))
        given_up[send->peer].push_back(said->block);
    }
  }
  [[nodiscard]] std::uint32_t blocks() const {
    return static_cast<std::uint32_t>(author.bytes.size() / kBlockSize);
  }

  Instant now{10s};
  test::TestAuthor author;
  ledger::Ledger ledger;
  Node node;
  std::vector<PeerId> peers;
  std::map<PeerId, wire::Substreams> granted;
  std::vector<PeerId> sent;                               // to whom each block went
  std::map<PeerId, std::vector<std::uint32_t>> given_up;  // what it said that it does not send
  wire::Load told;                                        // what it said last of itself
};

TEST(Children, APublisherLeavesAWeakPeerForAStrongOneWhenAnotherStays) {
  Publisher publisher;
  publisher.feed({7, 8}, 4);
  EXPECT_EQ(publisher.ask(9, kBundle), 0) << "at once: nobody would have the blocks yet";
  publisher.pass(2s);
  EXPECT_EQ(publisher.ask(9, kBundle), kBundle);
  EXPECT_EQ(publisher.granted[7] + publisher.granted[8], kBundle);
  // The one that is left is the only one that others can live by.
  publisher.add(10, 60);
  publisher.pass(1s);
  EXPECT_EQ(publisher.ask(10, kBundle), 0);
}

// In a crowd it may take a while until it finds another, and who watched before must not stall.
TEST(Children, WhomAPublisherLeavesItGoesOnSendingToForSeconds) {
  Publisher publisher;
  publisher.feed({7, 8}, 4);
  publisher.pass(2s);
  ASSERT_EQ(publisher.ask(9, kBundle), kBundle);
  for (int i = 0; i < 40; ++i) publisher.publish(25'000), publisher.pass(100ms);
  publisher.sent.clear();
  for (int i = 0; i < 15; ++i) publisher.publish(25'000), publisher.pass(100ms);
  for (PeerId id : {7, 8, 9}) EXPECT_GT(std::ranges::count(publisher.sent, id), 0) << id;
}

// All below it would be later by as much as another parent is. But no place is for ever.
TEST(Children, WhoPassesItOnMayTakeItsTimeToFindAnother) {
  for (std::uint8_t children : {0, 3}) {
    Publisher publisher;
    publisher.add(7, 4, children);
    EXPECT_EQ(publisher.ask(7, kBundle), kBundle);
    publisher.add(8, 40);
    EXPECT_EQ(publisher.ask(8, kBundle), kBundle);
    publisher.add(9, 60);
    publisher.pass(2s);
    ASSERT_EQ(publisher.ask(9, kBundle), kBundle);
    auto still_sent = [&](std::chrono::seconds after) {
      publisher.pass(after);
      publisher.sent.clear();
      for (int i = 0; i < 15; ++i) publisher.publish(25'000), publisher.pass(100ms);
      return std::ranges::count(publisher.sent, PeerId{7}) > 0;
    };
    EXPECT_EQ(still_sent(10s), children > 0);
    EXPECT_FALSE(still_sent(30s));
  }
}

// One watches, and many come at once: that they have nothing yet is no fault of the one. Later it
// is.
TEST(Children, WhoJustCameIsNoWitnessThatCopiesGoNowhere) {
  Publisher publisher;
  publisher.add(7, 40);
  EXPECT_EQ(publisher.ask(7, kBundle), kBundle);
  auto pass = [&](int tenths) {
    for (int i = 0; i < tenths; ++i) {
      publisher.publish(12'500);
      publisher.pass(100ms);
      for (PeerId id : publisher.peers) {
        std::uint32_t begin = publisher.blocks() - std::min(publisher.blocks(), 64U);
        wire::Have nothing{begin, begin, Bytes(8)};
        if (id != 7) publisher.node.receive(id, wire::encode(nothing), publisher.now);
      }
    }
  };
  pass(75);
  for (PeerId id = 20; id < 30; ++id) publisher.add(id, 12);
  pass(15);
  EXPECT_EQ(publisher.granted[7], kBundle);
  pass(75);
  EXPECT_EQ(publisher.granted[7], 0);
}

// A third vanishes: the others look for what those were sent.
TEST(Children, APublisherSaysAtOnceThatASubStreamCanBeHadAgain) {
  Publisher publisher;
  publisher.feed({7, 8}, 40);
  publisher.pass(5s);
  ASSERT_EQ(publisher.told.hops[0], wire::Load::kHopsFull);
  for (int i = 0; i < 4; ++i) {  // whenever it was told last
    publisher.node.peer_gone(8, publisher.now);
    publisher.pass(500ms);
    EXPECT_EQ(publisher.told.hops[0], 0) << i;
    publisher.node.peer_connected(8, {}, publisher.now);
    publisher.add(8, 40);
    EXPECT_EQ(publisher.ask(8, kBundle), kBundle);
    publisher.pass(1100ms);
    EXPECT_EQ(publisher.told.hops[0], wire::Load::kHopsFull) << i;
  }
}

TEST(Children, APublisherKeepsWhoIsAsStrong) {
  Publisher publisher;
  publisher.feed({7, 8}, 40);
  publisher.pass(6s);
  EXPECT_EQ(publisher.ask(9, kBundle), 0);
}

// Behind one that passes it on others wait, behind the other nobody.
TEST(Children, WhoPassesABlockOnIsSentItFirst) {
  Publisher publisher;
  publisher.add(7, 60, 0);
  publisher.add(9, 60, 3);
  std::uint32_t next = publisher.blocks();
  for (std::uint32_t b = 0; b < 8; ++b) {
    bool early = (b + 8 - next % 8) % 8 < 4;  // of eight blocks in a row, the first four
    auto bundle = static_cast<wire::Substreams>(kBundle << b);
    PeerId id = early ? 7 : 9;
    (void)publisher.ask(id, publisher.granted[id] | bundle);
  }
  publisher.sent.clear();
  publisher.publish(8 * kBlockSize);
  publisher.pass(2s);
  auto first = [&](PeerId id) {
    return std::ranges::find(publisher.sent, id) - publisher.sent.begin();
  };
  ASSERT_EQ(std::ranges::count(publisher.sent, PeerId{7}), 4);
  ASSERT_EQ(std::ranges::count(publisher.sent, PeerId{9}), 4);
  EXPECT_EQ(first(7), 0);
  EXPECT_LT(first(9), 3);
}

// A connection that has stopped: what waits for it too long is dropped, and it hears of that.
TEST(Children, WhatIsNotSentInTimeIsSaidToBeGivenUp) {
  Publisher publisher;
  publisher.add(7, 60);
  publisher.add(8, 60);
  for (PeerId id : {7, 8}) ASSERT_EQ(publisher.ask(id, kBundle), kBundle);
  std::uint32_t begin = publisher.blocks();
  publisher.peers = {8};  // nothing that is sent to the other arrives
  for (int i = 0; i < 40; ++i) publisher.publish(4 * kBlockSize), publisher.pass(100ms);
  EXPECT_FALSE(publisher.given_up[7].empty());
  for (std::uint32_t block : publisher.given_up[7]) {
    EXPECT_GE(block, begin);
    EXPECT_TRUE(kBundle >> block % wire::kSubstreams & 1);
  }
  EXPECT_TRUE(publisher.given_up[8].empty());
}

// One more waits for all those that get it before.
TEST(Children, ALoadSaysHowManyGetASubStreamAndWhatOneMoreWaitsFor) {
  Publisher publisher;
  publisher.feed({7, 8}, 4);
  publisher.pass(5s);
  EXPECT_EQ(publisher.told.children[0], 2);
  EXPECT_EQ(publisher.told.children[1], 0);
  EXPECT_EQ(publisher.told.children[8], 2);
  EXPECT_GE(publisher.told.lag[0], 2 * publisher.told.lag[1]);
  EXPECT_GT(publisher.told.lag[1], 0);
}

// A host that looks at its connections before it has carried out our actions must not be taken to
// say that these blocks have arrived.
TEST(Children, WhatHasNotLeftTheNodeHasNotArrived) {
  Publisher publisher;
  publisher.add(7, 60);
  (void)publisher.ask(7, 0xffff);
  publisher.publish(64 * kBlockSize);
  for (int i = 0; i < 100; ++i) {
    publisher.node.send_due(publisher.now += 10ms);
    publisher.node.outstanding(7, 0, publisher.now);
  }
  publisher.sent.clear();
  publisher.look();
  EXPECT_GT(publisher.sent.size(), 0U);
  EXPECT_LE(publisher.sent.size(), 8U);
}

TEST(StandingQueue, IsWhatEvenTheLuckiestWaited) {
  StandingQueue queue;
  Instant now{10s};
  EXPECT_EQ(queue.wait(), 0ms);
  for (int i = 0; i < 10; ++i) queue.left(i == 4 ? 20ms : 300ms, now += 100ms);
  EXPECT_EQ(queue.wait(), 20ms);
  for (int i = 0; i < 20; ++i) queue.left(300ms, now += 100ms);
  EXPECT_EQ(queue.wait(), 300ms);
  queue.turn(now += 2s);
  EXPECT_EQ(queue.wait(), 0ms);
}

// A full viewer makes room for a sub-stream that it has closer to the publisher, but not by taking
// something away from a child through which others get it.
TEST(Children, WhoPassesOnIsNotGivenUpForAnother) {
  test::Watcher relay;
  Instant& now = relay.swarm.now;
  wire::Load offer{32, 0, 32, 0, 0, 5, {}, {}, {}};
  offer.lag.fill(20);
  offer.hops.fill(6);
  for (std::size_t s : {7, 15}) offer.hops[s] = 1;
  relay.fed_by({7, 8}, offer);
  for (std::uint32_t block = 0; block < relay.blocks(); ++block) {
    relay.gets(7, block, offer.hops[block % wire::kSubstreams]);
  }
  auto says = [&](PeerId id, std::uint8_t children) {
    wire::Load load{12, 12, 0, 0, 0, 5, {}, {}, {}};
    load.children.fill(children);
    load.lag.fill(wire::Load::kLagUnknown);
    load.hops.fill(wire::Load::kHopsUnknown);
    relay.node.receive(id, wire::encode(load), now);
  };
  auto asks = [&](PeerId id, wire::Substreams wanted) {
    relay.node.receive(id, wire::encode(wire::Subscribe{wanted, relay.blocks() + 64}), now);
    return relay.granted();
  };
  std::map<PeerId, wire::Substreams> granted;
  for (PeerId id = 20; id < 26; ++id) {
    relay.node.peer_connected(id, {}, now);
    says(id, id == 22 ? 0 : 1);
    granted.merge(asks(id, static_cast<wire::Substreams>(kBundle << (id - 20))));
  }
  ASSERT_NE(granted[22], 0);
  for (Instant end = now + 5s; now < end; now += 50ms) relay.node.tick(now);
  // Those that came just now take what is free.
  for (PeerId id = 40, last = 0; last != id; ++id) {
    relay.node.peer_connected(id, {}, now);
    says(id, 1);
    if (asks(id, 0x4040)[id] == 0) last = id + 1;
  }
  relay.node.peer_connected(30, {}, now);
  says(30, 0);
  auto after = asks(30, 0x8080);
  EXPECT_EQ(after[30], 0x8080);
  EXPECT_EQ(after.size(), 2U);
  EXPECT_EQ(after.count(22), 1U);
}

}  // namespace
}  // namespace freshet::live
