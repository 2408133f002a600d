// SPDX-License-Identifier: GPL-3.0-or-later
// What a swarm does when its publisher is silent, comes back, or lies.
#include <gtest/gtest.h>

#include "freshet/ledger/aux_record.hpp"
#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"
#include "tests/unit/live/swarm_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;
using test::Swarm;
using Outcome = Rejoined::Outcome;

test::ShowOptions finalising_after(std::uint32_t seconds) {
  test::ShowOptions options;
  options.finalise_after = seconds;
  return options;
}

NodeConfig returning(bool journal_lost = false) {
  NodeConfig config;
  config.rejoin = true;
  config.journal_lost = journal_lost;
  return config;
}

// Gives `to` the first `updates` heads of the show, and their bytes, as its own journal would.
void remember(Swarm& swarm, PeerId to, std::size_t updates) {
  auto& node = swarm[to];
  for (std::size_t i = 0; i < updates; ++i) {
    ASSERT_EQ(node.ledger.accept(swarm.author.updates[i], true), ledger::Verdict::New);
  }
  std::size_t size = node.ledger.size();
  node.file.assign(swarm.author.bytes.begin(),
                   swarm.author.bytes.begin() + static_cast<std::ptrdiff_t>(size));
  std::uint32_t blocks = node.ledger.head()->complete_blocks();
  node.node.restore_blocks(0, blocks);
  node.node.restore_partial(
      blocks, Bytes(node.file.begin() + std::ptrdiff_t{blocks} * kBlockSize, node.file.end()));
  node.node.resume(swarm.now);
}

// A show of which two connected viewers have all, and whose publisher is gone.
struct Abandoned {
  explicit Abandoned(std::uint32_t finalise_after) : swarm(finalising_after(finalise_after)) {
    a = swarm.add();
    b = swarm.add();
    swarm.connect(0, a);
    swarm.connect(a, b);
    swarm.publish(300'000);
    swarm.run(1s);
    swarm.disconnect(0, a);
  }
  [[nodiscard]] bool both_finalise(std::chrono::milliseconds within) {
    return swarm.run(within, [&] { return swarm[a].provisional && swarm[b].provisional; });
  }
  Swarm swarm;
  PeerId a = 0, b = 0;
};

TEST(Finaliser, TwoViewersTakeTheShowForEndedAfterItsTimeOut) {
  Abandoned show(300);
  auto& [swarm, a, b] = show;
  swarm.run(355s);
  EXPECT_FALSE(swarm[a].final_known);  // the time-out, and then 60 s of asking
  EXPECT_TRUE(show.both_finalise(10s));
}

TEST(Finaliser, AloneNothingIsEverFinalised) {
  Swarm swarm(finalising_after(30));
  PeerId a = swarm.add();
  swarm.connect(0, a);
  swarm.publish(300'000);
  swarm.run(1s);
  swarm.disconnect(0, a);
  swarm.run(600s);
  EXPECT_FALSE(swarm[a].final_known);
}

// A suspended machine, or a monotonic clock that leaps: the gap is not silence that was heard.
TEST(Finaliser, ALeapOfTimeIsNotSilence) {
  Abandoned show(3600);
  auto& [swarm, a, b] = show;
  swarm.now += 24h;
  swarm.run(100s);
  EXPECT_FALSE(swarm[a].final_known);
}

TEST(Finaliser, SilenceIsKeptOverARestart) {
  Swarm swarm(finalising_after(300));
  PeerId a = swarm.add(), b = swarm.add();
  swarm.connect(0, b);
  swarm.publish(300'000);
  swarm.run(1s);
  swarm.disconnect(0, b);
  swarm[a].node.restore_silence({295s, false});
  remember(swarm, a, 1);
  swarm.connect(a, b);
  EXPECT_TRUE(swarm.run(70s, [&] { return swarm[a].provisional; }));
  EXPECT_FALSE(swarm[b].final_known);
}

TEST(Finaliser, APeerWithMoreIsHeardBeforeTheEnd) {
  Swarm swarm(finalising_after(30));
  PeerId a = swarm.add(), b = swarm.add(), c = swarm.add();
  swarm.connect(0, a);
  swarm.connect(0, c);
  swarm.connect(a, b);
  swarm.publish(300'000);
  swarm.run(1s);
  swarm.disconnect(0, a);
  swarm.publish(50'000);  // only c hears it
  swarm.run(1s);
  swarm.disconnect(0, c);
  swarm.run(40s);
  swarm.connect(b, c);
  EXPECT_TRUE(swarm.run(5s, [&] { return swarm.has_all(a); }));
  EXPECT_FALSE(swarm[a].final_known);
  EXPECT_TRUE(swarm.run(70s, [&] { return swarm[a].provisional && swarm[c].provisional; }));
}

TEST(Finaliser, ALaterHeadReopensAndALaterEndIsSigned) {
  Abandoned show(30);
  auto& [swarm, a, b] = show;
  ASSERT_TRUE(show.both_finalise(100s));
  swarm.publish(200'000);
  swarm.connect(0, a);
  EXPECT_TRUE(swarm.run(5s, [&] { return swarm.has_all(a) && swarm.has_all(b); }));
  EXPECT_EQ(swarm[a].reopened, 1);
  EXPECT_EQ(swarm[b].reopened, 1);
  EXPECT_FALSE(swarm[b].final_known);
  swarm.end();
  EXPECT_TRUE(swarm.run(5s, [&] { return swarm[b].final_known && !swarm[b].provisional; }));
}

TEST(Rejoin, NobodyThereMeansGoOnAfterThreeSeconds) {
  Swarm swarm;
  swarm.publish(300'000);
  PeerId back = swarm.add(returning());
  remember(swarm, back, 1);
  swarm.run(2900ms);
  EXPECT_FALSE(swarm[back].rejoined);
  swarm.run(200ms);
  EXPECT_EQ(swarm[back].rejoined, Outcome::GoOn);
}

TEST(Rejoin, ThreePeersWithNothingNewerAreEnough) {
  Swarm swarm;
  swarm.publish(300'000);
  PeerId back = swarm.add(returning());
  remember(swarm, back, 1);
  for (int i = 0; i < 3; ++i) swarm.connect(back, swarm.add());
  swarm.run(100ms);
  EXPECT_EQ(swarm[back].rejoined, Outcome::GoOn);
}

TEST(Rejoin, AStaleJournalAdoptsTheNewestHeadAndItsBytes) {
  for (bool lost : {false, true}) {
    Swarm swarm;
    PeerId viewer = swarm.add();
    swarm.connect(0, viewer);
    for (int i = 0; i < 10; ++i) swarm.publish(60'000), swarm.run(100ms);
    swarm.run(500ms);
    swarm.disconnect(0, viewer);
    PeerId back = swarm.add(returning(lost));
    if (!lost) remember(swarm, back, 4);
    swarm.connect(viewer, back);
    ASSERT_TRUE(swarm.run(20s, [&] { return swarm[back].rejoined.has_value(); }));
    EXPECT_EQ(swarm[back].rejoined, Outcome::GoOn);
    EXPECT_TRUE(swarm.has_all(back));
    swarm[back].node.become_publisher();
    auto update = swarm.author.author.cut(swarm.author.now + 1, true);
    swarm[back].node.publish(update, {}, swarm.now);
    EXPECT_TRUE(swarm.run(1s, [&] { return swarm[viewer].ledger.head()->seq == update.head.seq; }));
    EXPECT_FALSE(swarm[viewer].frozen);
  }
}

TEST(Rejoin, WithoutAJournalAndWithoutPeersNothingIsSigned) {
  Swarm swarm;
  PeerId back = swarm.add(returning(true));
  swarm.run(3500ms);
  EXPECT_EQ(swarm[back].rejoined, Outcome::Stale);
}

TEST(Rejoin, ANewerHeadThatCannotBeFetchedIsStale) {
  Swarm swarm;
  for (int i = 0; i < 4; ++i) swarm.publish(60'000);
  PeerId back = swarm.add(returning());
  remember(swarm, back, 2);
  // It says that it stands at the newest head, and then nothing.
  PeerId mute = swarm.add();
  remember(swarm, mute, 4);
  swarm.connect(mute, back);
  swarm[mute].silent = true;
  ASSERT_TRUE(swarm.run(30s, [&] { return swarm[back].rejoined.has_value(); }));
  EXPECT_EQ(swarm[back].rejoined, Outcome::Stale);
}

TEST(Rejoin, AClaimWithoutASignatureIsNotBelieved) {
  Swarm swarm;
  swarm.publish(300'000);
  PeerId back = swarm.add(returning());
  remember(swarm, back, 1);
  PeerId liar = swarm.add();
  swarm.connect(liar, back);
  swarm[back].node.receive(liar, wire::encode(wire::HeadNumber{999, 1 << 20, false, false}),
                           swarm.now);
  swarm.run(3100ms);
  EXPECT_EQ(swarm[back].rejoined, Outcome::GoOn);
}

TEST(Rejoin, ARunningTwinIsSeen) {
  Swarm swarm;
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  for (int i = 0; i < 4; ++i) swarm.publish(60'000), swarm.run(100ms);
  PeerId back = swarm.add(returning());
  remember(swarm, back, 2);
  swarm.connect(viewer, back);
  for (int i = 0; i < 40 && !swarm[back].rejoined; ++i) swarm.publish(20'000), swarm.run(500ms);
  EXPECT_EQ(swarm[back].rejoined, Outcome::Twin);
}

TEST(Rejoin, AfterAProvisionalEndTheEndIsSignedThere) {
  Abandoned show(30);
  auto& [swarm, a, b] = show;
  ASSERT_TRUE(show.both_finalise(100s));
  PeerId back = swarm.add(returning());
  remember(swarm, back, 1);
  swarm.connect(back, a);
  ASSERT_TRUE(swarm.run(5s, [&] { return swarm[back].rejoined.has_value(); }));
  EXPECT_EQ(swarm[back].rejoined, Outcome::End);
}

// The record lies before what a late joiner is told with the head: it comes with the aux log.
TEST(FollowUp, ALateJoinerLearnsItToo) {
  Swarm swarm;
  ledger::Descriptor next = test::make_descriptor();
  next.salt.fill(9);
  ledger::certify(next, test::key_of(1));
  swarm.publish(100'000);
  ASSERT_TRUE(swarm.author.author.set_follow_up(next));
  for (int i = 0; i < 5; ++i) swarm.publish(100'000);
  swarm.end();
  PeerId viewer = swarm.add();
  swarm.connect(0, viewer);
  EXPECT_TRUE(swarm.run(5s, [&] { return swarm[viewer].follow_up.has_value(); }));
  EXPECT_EQ(swarm[viewer].follow_up, next);
}

TEST(Fork, TheTwoHalvesOfASwarmProveItToEachOther) {
  Swarm swarm;
  Swarm twin;
  twin.author.now += 5'000;
  swarm.publish(300'000);
  twin.publish(290'000);
  twin.publish(70'000);  // higher, later, longer: no pair of heads contradicts
  PeerId a = swarm.add(), b = swarm.add();
  swarm.connect(a, b);
  swarm.connect(0, a);
  swarm.run(500ms);
  // A peer from the twin's half arrives.
  auto& other = *twin.nodes[0];
  PeerId stranger = swarm.add();
  for (const auto& update : twin.author.updates) {
    ASSERT_EQ(swarm[stranger].ledger.accept(update), ledger::Verdict::New);
  }
  swarm[stranger].file = other.file;
  swarm[stranger].node.restore_blocks(0, other.ledger.head()->complete_blocks());
  swarm[stranger].node.resume(swarm.now);
  swarm.connect(stranger, a);
  EXPECT_TRUE(swarm.run(10s, [&] { return swarm[a].frozen && swarm[b].frozen; }));
  EXPECT_TRUE(swarm[stranger].frozen);
  for (const auto& cut : swarm[a].cut) EXPECT_FALSE(cut.ban) << cut.reason;
}

// The publisher announces 1,000 bytes of a block and then signs a block that begins otherwise.
TEST(Fork, ATailThatChangesUnderItsBlockIsEvidence) {
  Swarm swarm;
  PeerId viewer = swarm.add(), witness = swarm.add();
  swarm.connect(viewer, witness);
  swarm.connect(0, viewer);
  swarm.publish(1'000);
  swarm.run(300ms);
  ASSERT_TRUE(swarm.has_all(viewer));
  test::TestAuthor twin;
  twin.now = swarm.author.now + 1000;
  (void)twin.author.add_record(ledger::encode(ledger::TimeMark{test::TestAuthor().now, 0, false}));
  twin.publish(test::random_bytes(500, 9));
  twin.publish(test::random_bytes(kBlockSize, 10));
  PeerId liar = swarm.add();
  // It came late itself, so it never saw the head that would contradict at once.
  ASSERT_EQ(swarm[liar].ledger.accept(*twin.ledger.frontier_since({0, 0, 0})),
            ledger::Verdict::New);
  swarm[liar].file = twin.bytes;
  swarm[liar].node.restore_blocks(0, 1);
  swarm[liar].node.resume(swarm.now);
  swarm.connect(liar, viewer);
  EXPECT_TRUE(swarm.run(5s, [&] { return swarm[viewer].frozen && swarm[witness].frozen; }));
  ASSERT_TRUE(swarm[viewer].ledger.evidence());
  EXPECT_TRUE(std::holds_alternative<ledger::ChangedTail>(*swarm[viewer].ledger.evidence()));
  // What the reader has got already stays what it was.
  EXPECT_TRUE(
      std::equal(swarm.author.bytes.begin(), swarm.author.bytes.end(), swarm[viewer].file.begin()));
  for (const auto& cut : swarm[viewer].cut) EXPECT_FALSE(cut.ban) << cut.reason;
}

}  // namespace
}  // namespace freshet::live
