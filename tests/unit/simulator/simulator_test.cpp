// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "simulator/bound.hpp"
#include "simulator/memo_crypto.hpp"
#include "simulator/network.hpp"
#include "simulator/report.hpp"
#include "simulator/swarm.hpp"

namespace freshet::sim {
namespace {

using namespace std::chrono_literals;

Scenario small() {
  Scenario s;
  s.name = "test";
  s.seconds = 12;
  s.peers = 12;
  s.publisher_uplink = 5;
  return s;
}

Measurements run(const Scenario& scenario, std::uint64_t seed) {
  Swarm swarm(scenario, seed);
  swarm.run([](double) {});
  return swarm.measurements();
}

TEST(Simulator, TheSameSeedIsTheSameRunAndAnotherSeedAnother) {
  Scenario s = small();
  s.churn_per_minute = 1;
  s.loss = {0, 0.01};
  std::uint64_t first = run(s, 7).trace;
  EXPECT_EQ(run(s, 7).trace, first);
  EXPECT_NE(run(s, 8).trace, first);
}

TEST(Simulator, ACalmSwarmGetsEverythingInTimeWithFewCopiesAndFewDuplicates) {
  Measurements m = run(small(), 1);
  EXPECT_GT(m.due, 400U);
  EXPECT_EQ(m.in_time, m.due);
  auto f = figures(m, 250'000, 12);
  EXPECT_LT(f["publisher_copies"], 3);
  EXPECT_LT(f["duplicates"], 0.02);
}

TEST(Simulator, WhatASwarmCostBeforeTheCountIsInNoFigure) {
  Scenario s = small();
  Measurements all = run(s, 1);
  s.count_from = 6;
  Measurements half = run(s, 1);
  EXPECT_EQ(half.trace, all.trace);
  double share = static_cast<double>(half.first_copies) / static_cast<double>(all.first_copies);
  EXPECT_NEAR(share, 0.5, 0.1);
  EXPECT_LT(half.handed_over, half.first_copies * 21 / 20);
  EXPECT_LT(half.due, all.due);
}

TEST(Simulator, JunkIsNeverTakenAndItsSendersAreCutOff) {
  Scenario s = small();
  s.peers = 30;
  s.polluters = 0.2;
  Measurements m = run(s, 3);
  EXPECT_EQ(m.bad_accepted, 0U);
  EXPECT_GT(m.cut_off["a block that is not what the publisher signed"], 0U);
}

TEST(Simulator, TheEndReachesEverybodyWhoStays) {
  Scenario s = small();
  s.ends = true;
  Measurements m = run(s, 2);
  EXPECT_EQ(m.never_ended, 0U);
  EXPECT_EQ(m.tail.count(), 12U);
}

// Half of the uplinks carry five times the stream, the others half of it. Which, is seen by few
// blocks.
TEST(Simulator, WhatUplinksCarryIsKnownWithinSeconds) {
  Scenario s = small();
  s.uplinks = {{0.5, 0.5}, {0.5, 5}};
  s.peers = 60;
  s.arrive_over = 5;
  // Of 0.85 times 2.75, five seconds after the last came.
  EXPECT_GT(run(s, 2).seconds.at(10).places, 1.45);
}

// 49 of 140 take what they are sent, say that they could pass on anything, and pass nothing on.
TEST(Simulator, LiarsDoNotKeepAllCopiesOfThePublisher) {
  Scenario s = small();
  s.peers = 140;
  s.uplinks = {{1, 2}};
  s.eclipse = true;
  s.seconds = 40;
  Measurements m = run(s, 1);
  auto f = figures(m, s.rate, s.seconds);
  EXPECT_GT(f.at("continuity"), 0.65);  // 0.04 when it does not look where its copies go
  EXPECT_EQ(m.bad_accepted, 0U);
}

// A hundred blocks of each of forty seconds, after 0.4 s.
TEST(Measurements, RecoveredIsWhenNewBlocksComeAsSoonAsBefore) {
  Measurements m;
  m.published.resize(40);
  for (Published& second : m.published) {
    for (int i = 0; i < 100; ++i) second.delays.add(400);
    second.all.due = 100;
  }
  EXPECT_EQ(recovered_after(m, 20), 0);
  m.published[20].all.due = 150;
  EXPECT_EQ(recovered_after(m, 20), 1);
  for (int i = 0; i < 10; ++i) m.published[23].delays.add(900), ++m.published[23].all.due;
  EXPECT_EQ(recovered_after(m, 20), 4);
  // Blocks of long ago that came only now are in the second in which they were published.
  for (int i = 0; i < 10; ++i) m.published[2].delays.add(25'000), ++m.published[2].all.due;
  EXPECT_EQ(recovered_after(m, 20), 4);
}

TEST(Network, AMessageTakesItsTimeOnTheLinkAndOnTheWay) {
  Scenario s;
  Random random(1);
  Host a, b;
  a.up.rate = b.down.rate = 100'000;
  a.delay_ms = b.delay_ms = 10;
  Flow flow;
  Way way;
  Instant first = send(flow, a, b, 1000, 1s, s, random, way);
  EXPECT_NEAR(static_cast<double>((first - 1s).count()), 10'660 + 20'000, 100);
  Way second_way;
  Instant second = send(flow, a, b, 1000, 1s, s, random, second_way);
  EXPECT_NEAR(static_cast<double>((second - first).count()), 10'660, 100);  // behind the first
}

TEST(Network, AConnectionThatWasIdleNeedsAnotherRoundTripForABlock) {
  Scenario s;
  Random random(1);
  Host a, b;
  a.up.rate = 10e6;
  a.delay_ms = b.delay_ms = 25;
  Flow flow;
  flow.last_sent = 1s;
  Way cold, warm;
  Instant first = send(flow, a, b, 16384, 10s, s, random, cold);
  Instant next = send(flow, a, b, 16384, 10s + 200ms, s, random, warm);
  EXPECT_GT(first - 10s, 150ms);  // half a round trip and a whole one
  EXPECT_LT(next - 10s - 200ms, 100ms);
}

// The first of a window is acknowledged while its last still leaves.
TEST(Network, AWindowIsNoWaitOnASlowLine) {
  Scenario s;
  Random random(1);
  Host a, b;
  a.up.rate = 125'000;
  a.delay_ms = b.delay_ms = 20;
  Flow flow;
  flow.last_sent = 1s;
  Way way;
  Instant came = send(flow, a, b, 16384, 10s, s, random, way);
  EXPECT_NEAR(static_cast<double>((came - 10s).count()), 137'400 + 40'000, 200);
}

TEST(Network, WhatIsLostOnASlowLineIsSentAgainBeforeTheRestHasLeft) {
  Scenario s;
  s.queue = 1e9;
  auto cost = [&](double rate) {
    Random random(1);
    float all = 0;
    for (int i = 0; i < 500; ++i) {
      Host a, b;
      a.up.rate = rate;
      a.loss = 0.05;
      a.delay_ms = b.delay_ms = 25;
      Flow flow;
      flow.window = 100;
      flow.last_sent = 1s;
      Way way;
      (void)send(flow, a, b, 16384, 1s, s, random, way);
      all += way.recovery;
    }
    return all / 500;
  };
  EXPECT_LT(cost(125'000), 0.9F * cost(10e6));
}

TEST(Network, AFullQueueCostsRoundTrips) {
  Scenario s;
  Random random(1);
  Host a, b;
  a.up.rate = 500'000;
  a.delay_ms = b.delay_ms = 10;
  Way way;
  for (int i = 0; i < 6; ++i) {
    Flow flow;
    flow.last_sent = 1s;
    way = {};
    (void)send(flow, a, b, 12'000, 1s, s, random, way);
    EXPECT_EQ(way.recovery > 50, i == 5) << i;  // with their headers 64 kB hold five of them
  }
}

TEST(Scenarios, ThoseThatComeWithItCanBeReadAndNameOnlyKnownFigures) {
  auto files = scenario_files();
  EXPECT_GE(files.size(), 8U);
  for (const auto& file : files) {
    auto scenario = read_scenario(file);
    ASSERT_TRUE(scenario) << scenario.error().message;
    EXPECT_FALSE(scenario->about.empty()) << file;
    EXPECT_FALSE(scenario->limits.empty()) << file;
  }
}

TEST(Scenarios, WhatIsWrongIsSaidWithItsLine) {
  auto message = [](const char* text) {
    auto scenario = parse_scenario(text, "x");
    return scenario ? std::string() : scenario.error().message;
  };
  EXPECT_EQ(message("[swarm]\npeers = 0\n"), "x, line 2: the value of swarm.peers is not allowed");
  EXPECT_EQ(message("[swarm]\n\npears = 3\n"),
            "x, line 3: there is no key swarm.pears; see simulator/README.md");
  EXPECT_NE(message("[swarm]\nuplinks = [[0.5, 1.0]]\n"), "");  // shares that do not make a whole
  EXPECT_NE(message("[swarm\n"), "");
  EXPECT_EQ(message("[show]\nseconds = 20\ncount_from = 20\n"),
            "x: show.count_from is not before the end, show.seconds");
  EXPECT_EQ(message("[swarm]\nloss = [0, 0.01]\n"), "");
}

TEST(Limits, AFigureThatDoesNotExistIsABrokenLimit) {
  Scenario s;
  s.limits = {{"p95", 1.0}, {"continuity", 0.99}, {"no such figure", 1}};
  auto broken = broken_limits(s, {{"p95", 1.5}, {"continuity", 0.995}});
  ASSERT_EQ(broken.size(), 2U);
  EXPECT_EQ(broken[0].figure, "no such figure");
  EXPECT_EQ(broken[1].figure, "p95");
}

TEST(MemoCrypto, RemembersOnlyWhatItKeepsAlive) {
  MemoCrypto crypto;
  Bytes bytes(kBlockSize, 1);
  Hash32 before = crypto.sha256(bytes);
  bytes[5] = 2;  // the same memory, not kept: hashed anew
  EXPECT_NE(crypto.sha256(bytes), before);
  SharedBytes kept(bytes);
  crypto.keep(kept);
  EXPECT_EQ(crypto.sha256(kept.view()), crypto.sha256(bytes));
  EXPECT_EQ(crypto.sha256(kept.view()), ledger::system_crypto().sha256(bytes));
}

TEST(Bound, OneHopIsTransmissionAndDelay) {
  Scenario s;
  s.peers = 1;
  s.seconds = 2;
  s.publisher_uplink = 4;
  Histogram delays = all_knowing(s, 1);
  double transmission = 16384 * 1.05 / 1'000'000 * 1000;
  EXPECT_NEAR(delays.percentile(0.5), transmission + 20, 2);
}

}  // namespace
}  // namespace freshet::sim
