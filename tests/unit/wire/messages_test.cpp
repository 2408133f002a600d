// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/wire/messages.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::wire {
namespace {

std::vector<Message> one_of_each() {
  test::TestAuthor pub;
  pub.publish(test::random_bytes(200'000, 1));
  auto update = pub.publish(test::random_bytes(50'000, 2));
  auto frontier = *pub.ledger.frontier_since({3, 1, 0});
  ledger::HashRange range{ledger::LogKind::Aux, 4, {Bytes(7, 1), Bytes(900, 2)}, {Hash32{}}};
  HashRequest request{ledger::LogKind::Pieces, 64, 32, 100};
  return {HeadMessage{update},
          HeadNumber{7, 8, true},
          Follow{true},
          FrontierRequest{{1, 2, 3}},
          FrontierMessage{frontier},
          request,
          HashMessage{range},
          HashReject{request},
          BlockRequest{5, 100},
          BlockMessage{5, 100, 3, Bytes(200, 9)},
          BlockReject{5},
          BlockCancel{5},
          EvidenceMessage{ledger::HeadPair{pub.updates[0].head, pub.updates[1].head}},
          FollowReject{},
          Subscribe{0x1111, 77, 0x0008000400000001},
          Subscribed{0x1111, 0x0011, 0x0010, 5, {0x8000000000000003, 0x21}},
          Load{20, 15, 3, 8, 4, 12, {7, 15, 1}, {1, 2, 255}, {3, 4, 255}},
          Ping{9},
          Pong{9, 1'800'000'000'000'000, 1500},
          Audience{12, {1, 2, 3}},
          Have{3, 40, {0xA0, 0x01}},
          Introduce{3},
          Meet{true, {0xFD, 0x88, 1}, 6881},
          Probe{4, 100},
          Probed{4}};
}

TEST(Messages, EveryOneRoundTripsAndNoPartOfOneDecodes) {
  auto messages = one_of_each();
  ASSERT_EQ(messages.size() + 1, std::variant_size_v<Message>);
  for (const Message& message : messages) {
    Bytes bytes = encode(message);
    auto back = decode(bytes);
    ASSERT_TRUE(back) << message.index();
    EXPECT_EQ(back->index(), message.index());
    EXPECT_EQ(encode(*back), bytes);
    // A block's length is the message's: a shorter one is another block message, not a broken one.
    if (std::holds_alternative<BlockMessage>(message)) continue;
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      EXPECT_FALSE(decode(View(bytes).first(cut))) << message.index() << " cut at " << cut;
    }
    bytes.push_back(0);
    EXPECT_FALSE(decode(bytes)) << message.index();
  }
}

// Sub-streams that change hands together have the same figures, and are said once.
TEST(Messages, ALoadIsAsLongAsThereAreDifferentFigures) {
  Load load{20, 15, 3, 8, 4, 12, {}, {}, {}};
  std::size_t shortest = encode(load).size();
  for (std::size_t s = 0; s < kSubstreams; ++s) load.lag[s] = static_cast<std::uint8_t>(s % 8);
  Bytes bundles = encode(load);
  EXPECT_EQ(std::get<Load>(*decode(bundles)), load);
  EXPECT_EQ(bundles.size(), shortest + 3 + 6 + 6);
  load.hops[15] = 1;
  Bytes each = encode(load);
  EXPECT_EQ(std::get<Load>(*decode(each)), load);
  EXPECT_EQ(each.size(), bundles.size() + 4 + 8 + 8);
  // The same, said at length; and a number of parts that there is not.
  Bytes repeated = each;
  repeated.back() = 0;
  EXPECT_FALSE(decode(repeated));
  for (std::uint8_t parts : {0, 1, 3, 32}) {
    Bytes wrong = each;
    wrong[11] = parts;
    EXPECT_FALSE(decode(wrong)) << int{parts};
  }
}

TEST(Messages, UnknownTypes) {
  for (int type = 21; type < 0x80; ++type) {
    EXPECT_FALSE(decode(Bytes{static_cast<std::uint8_t>(type)}));
  }
  for (int type = 0x84; type < 0x100; ++type) {
    auto message = decode(Bytes{static_cast<std::uint8_t>(type), 1, 2});
    ASSERT_TRUE(message);
    EXPECT_TRUE(std::holds_alternative<Ignored>(*message));
  }
  EXPECT_FALSE(decode({}));
}

TEST(Messages, FieldsAreBounded) {
  EXPECT_FALSE(decode(Bytes(kMessageMax + 1, 0x80)));
  auto refused = [](const Message& message) { return !decode(encode(message)).has_value(); };
  EXPECT_TRUE(refused(BlockRequest{1, kBlockSize}));
  EXPECT_TRUE(refused(Meet{true, {0xFD, 0x88, 1}, 0}));
  EXPECT_TRUE(refused(Probe{1, Probe::kPaddingMax + 1}));
  EXPECT_TRUE(refused(BlockMessage{1, 0, 0, {}}));
  EXPECT_TRUE(refused(BlockMessage{1, 0, 0, Bytes(kBlockSize + 1)}));
  EXPECT_TRUE(refused(BlockMessage{1, 1, 0, Bytes(kBlockSize)}));
  EXPECT_FALSE(refused(BlockMessage{1, 0, 0, Bytes(kBlockSize)}));
  EXPECT_FALSE(refused(Have{1, 2, Bytes(Have::kBytesMax)}));
  EXPECT_TRUE(refused(Have{1, 2, Bytes(Have::kBytesMax + 1)}));
  EXPECT_TRUE(refused(Have{3, 2, {}}));
  EXPECT_FALSE(refused(Subscribed{0, 3, 2, 5, {1, 1}}));
  EXPECT_TRUE(refused(Subscribed{0, 1, 2, 5, {1}}));
  EXPECT_TRUE(refused(Have{3, UINT32_MAX, {}}));
  using ledger::LogKind;
  EXPECT_TRUE(refused(HashRequest{LogKind::Blocks, 0, 513, 600}));
  EXPECT_TRUE(refused(HashRequest{LogKind::Aux, 0, 257, 600}));
  EXPECT_TRUE(refused(HashRequest{LogKind::Blocks, 0, 0, 600}));
  EXPECT_TRUE(refused(HashRequest{static_cast<LogKind>(3), 0, 1, 600}));
  ledger::HashRange many{LogKind::Blocks, 0, std::vector<Bytes>(513, Bytes(32)), {}};
  EXPECT_TRUE(refused(HashMessage{many}));
  ledger::HashRange deep{LogKind::Blocks, 0, {Bytes(32)}, std::vector<Hash32>(65)};
  EXPECT_TRUE(refused(HashMessage{deep}));
  ledger::HashRange large{LogKind::Aux, 0, {Bytes(ledger::kAuxRecordMax + 1)}, {}};
  EXPECT_TRUE(refused(HashMessage{large}));
}

TEST(Messages, RandomBytesNeverCrashTheDecoder) {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Bytes bytes = test::random_bytes(1 + seed % 300, seed);
    bytes[0] = static_cast<std::uint8_t>(seed % 21);
    if (auto message = decode(bytes)) {
      EXPECT_EQ(encode(*message).size(), bytes.size());
    }
  }
}

}  // namespace
}  // namespace freshet::wire
