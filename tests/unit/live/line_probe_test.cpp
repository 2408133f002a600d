// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a viewer takes its line for, before anybody depends on it.
#include <gtest/gtest.h>

#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"
#include "tests/unit/live/swarm_fixture.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;

constexpr Duration kWay = 40ms;

// A viewer, and neighbours behind a line of its own that takes `each` for a probe.
struct Line {
  explicit Line(Duration one)
      : each(one), ledger(test::make_descriptor({}), ledger::system_crypto()), node(ledger, {}) {
    for (PeerId id = 1; id <= 12; ++id) node.peer_connected(id, {}, now);
  }
  void run(Duration time) {
    for (Instant until = now + time; now < until; now += 1ms) {
      for (const Action& action : node.take_actions()) {
        const auto* send = std::get_if<Send>(&action);
        if (send) sent(send->peer, *send->message);
      }
      while (!answers.empty() && answers.begin()->first <= now) {
        auto [peer, message] = answers.begin()->second;
        answers.erase(answers.begin());
        node.receive(peer, wire::encode(message), now);
      }
      if (now % 100ms == 0ms) node.tick(now);
    }
  }
  void sent(PeerId peer, const wire::Message& message) {
    if (const auto* ping = std::get_if<wire::Ping>(&message)) {
      answers.emplace(now + 2 * kWay, std::pair{peer, wire::Pong{ping->id}});
    }
    if (const auto* probe = std::get_if<wire::Probe>(&message)) {
      bytes += probe->padding;
      free_at = std::max(free_at, now) + each;
      Duration lost = ++probes == late ? 300ms : 0ms;
      answers.emplace(free_at + 2 * kWay + lost, std::pair{peer, wire::Probed{probe->id}});
    }
    if (const auto* block = std::get_if<wire::BlockMessage>(&message)) {
      ++blocks;
      free_at = std::max(free_at, now) + each * block->bytes.size() / 4000;
    }
  }
  // So many blocks of a show that is on the air, from peer 1.
  void gets(std::uint32_t count) {
    author.publish(test::random_bytes(count * kBlockSize, 1));
    node.receive(1, wire::encode(wire::HeadMessage{author.updates.back()}), now);
    for (std::uint32_t block = 0; block < count; ++block) {
      View whole = View(author.bytes).subspan(std::size_t{block} * kBlockSize, kBlockSize);
      wire::BlockMessage message{block, 0, 0, Bytes(whole.begin(), whole.end())};
      node.receive(1, wire::encode(message), now);
    }
  }
  Duration each;
  Instant now{1s}, free_at{};
  int probes = 0, blocks = 0, late = 0;
  std::size_t bytes = 0;
  std::multimap<Instant, std::pair<PeerId, wire::Message>> answers;
  test::TestAuthor author;
  ledger::Ledger ledger;
  Node node;
};

TEST(LineProbe, SaysWhatALineCarriesWithinASecond) {
  Line line(14ms);
  line.run(1s);
  double truth = static_cast<double>(line.bytes) / line.probes / 0.014;
  EXPECT_NEAR(line.node.stats().uplink, truth, 0.05 * truth);
  EXPECT_LE(line.bytes, 48 * 1024);
}

TEST(LineProbe, IsNotMisledByWhatHadToBeSentAgain) {
  Line line(14ms);
  line.late = 5;
  line.run(1500ms);
  double truth = static_cast<double>(line.bytes) / line.probes / 0.014;
  EXPECT_NEAR(line.node.stats().uplink, truth, 0.1 * truth);
}

// Those who came first are asked for blocks at once, and stand at the roots of all trees.
TEST(LineProbe, SeesASlowLineAlsoWhileBlocksLeave) {
  Line line(40ms);
  line.gets(8);
  line.run(90ms);  // the neighbours are known, the probes about to leave
  ASSERT_EQ(line.probes, 0);
  line.node.tick(line.now);
  for (std::uint32_t block : {1, 3}) {
    line.node.receive(2, wire::encode(wire::BlockRequest{block, 0}), line.now);
  }
  line.run(1500ms);
  ASSERT_EQ(line.blocks, 2);
  double truth = 4000 / 0.04;
  EXPECT_LT(line.node.stats().uplink, 2 * truth);
  EXPECT_GT(line.node.stats().uplink, 0.8 * truth);
}

TEST(LineProbe, LooksLongerAtAFastLine) {
  Line line(5ms);
  line.run(1500ms);
  double truth = static_cast<double>(line.bytes) / line.probes / 0.005;
  EXPECT_NEAR(line.node.stats().uplink, truth, 0.05 * truth);
  EXPECT_GT(line.probes, 6);
  EXPECT_LE(line.bytes, 112 * 1024);
}

TEST(LineProbe, AnswersNobodyForEver) {
  Line line(14ms);
  (void)line.node.take_actions();
  int answered = 0;
  for (std::uint32_t i = 0; i < 40; ++i) {
    line.node.receive(3, wire::encode(wire::Probe{i, 100}), line.now);
    for (const Action& action : line.node.take_actions()) {
      const auto* send = std::get_if<Send>(&action);
      if (!send || !std::holds_alternative<wire::Probed>(*send->message)) continue;
      EXPECT_EQ(send->peer, 3);
      ++answered;
    }
  }
  EXPECT_EQ(answered, 16);
}

}  // namespace
}  // namespace freshet::live
