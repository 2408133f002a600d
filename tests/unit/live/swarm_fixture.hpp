// SPDX-License-Identifier: GPL-3.0-or-later
// A swarm of live nodes in virtual time: messages arrive one step after they were sent, files are
// byte strings, and the bulk engine is a copy from any neighbour that has the piece.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "freshet/live/node.hpp"
#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::test {

struct TestNode {
  explicit TestNode(const ShowOptions& options, live::NodeConfig config)
      : ledger(make_descriptor(options), ledger::system_crypto()), node(ledger, config) {}

  ledger::Ledger ledger;
  live::Node node;
  Bytes file;
  std::set<live::PeerId> links;
  std::set<std::uint32_t> wanted;     // pieces that the bulk engine may fetch
  std::set<std::uint32_t> urgent;     // of these, the ones it fetches first
  std::set<std::uint32_t> given;      // pieces that came block by block
  std::vector<live::Disconnect> cut;  // whom it cut off
  std::uint64_t bulk = 0;             // bytes by the bulk engine
  bool final_known = false;
  bool provisional = false;
  int reopened = 0;
  std::optional<live::Rejoined::Outcome> rejoined;
  std::optional<ledger::Descriptor> follow_up;
  bool frozen = false;
  bool silent = false;                  // receives, but nothing of it arrives anywhere
  std::function<Bytes(Bytes)> distort;  // applied to each message it sends
};

class Swarm {
 public:
  explicit Swarm(ShowOptions options = {});

  // Node 0 is the publisher.
  live::PeerId add(live::StartPoint start = {});
  live::PeerId add(live::NodeConfig config);
  void connect(live::PeerId a, live::PeerId b);
  void disconnect(live::PeerId a, live::PeerId b);
  void publish(std::size_t size);
  void end();
  // Lets time pass in steps of 10 ms until `done` or the time is over; whether it was done.
  bool run(
      std::chrono::milliseconds time, const std::function<bool()>& done = [] { return false; });

  [[nodiscard]] TestNode& operator[](live::PeerId id) { return *nodes[id]; }
  [[nodiscard]] bool has_all(live::PeerId id);

  ShowOptions options;
  TestAuthor author;
  std::vector<std::unique_ptr<TestNode>> nodes;
  Instant now{1'000'000};

 private:
  struct Delivery {
    live::PeerId from, to;
    Bytes message;
    std::size_t payload;  // bytes of a block
  };
  void carry_out(live::PeerId id);
  void execute(live::PeerId id, const live::Action& action);
  void write(live::PeerId id, std::uint64_t offset, View bytes);
  void bulk_step(live::PeerId id);

  std::deque<Delivery> on_the_way_;
  std::map<std::pair<live::PeerId, live::PeerId>, std::size_t> outstanding_;  // bytes of blocks
};

}  // namespace freshet::test
