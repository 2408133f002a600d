// SPDX-License-Identifier: GPL-3.0-or-later
// One live node whose neighbours are played by the test, message by message.
#pragma once

#include <bit>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "freshet/wire/messages.hpp"
#include "tests/unit/live/swarm_fixture.hpp"

namespace freshet::test {

using namespace std::chrono_literals;

// The messages of this kind that the node sends next, and to whom.
template <class T>
std::vector<std::pair<live::PeerId, T>> sent(live::Node& node) {
  std::vector<std::pair<live::PeerId, T>> all;
  for (const live::Action& action : node.take_actions()) {
    const auto* send = std::get_if<live::Send>(&action);
    const T* message = send ? std::get_if<T>(send->message.get()) : nullptr;
    if (message) all.emplace_back(send->peer, *message);
  }
  return all;
}

// A viewer of the first half of a show, whose peers 7, 8 and 9 send it nothing unasked.
struct Watcher {
  Watcher() : ledger(test::make_descriptor({}), ledger::system_crypto()), node(ledger, {}) {
    for (int i = 0; i < 20; ++i) swarm.publish(25'000), swarm.run(100ms);
    for (live::PeerId id : {7, 8, 9}) node.peer_connected(id, {}, swarm.now);
    hears();
    (void)node.take_actions();
  }
  // Peer 7 tells it of all heads that there are by now.
  void hears() {
    for (; heard < swarm.author.updates.size(); ++heard, swarm.now += 10ms) {
      node.receive(7, wire::encode(wire::HeadMessage{swarm.author.updates[heard]}), swarm.now);
    }
  }
  void gets(live::PeerId peer, std::uint32_t block, std::uint8_t hops = 0) {
    View bytes = View(swarm.author.bytes).subspan(std::size_t{block} * kBlockSize, kBlockSize);
    wire::BlockMessage message{block, 0, hops, Bytes(bytes.begin(), bytes.end())};
    node.receive(peer, wire::encode(message), swarm.now);
  }
  void gets_all(live::PeerId peer) {
    for (std::uint32_t block = 0; block < blocks(); ++block) gets(peer, block);
  }
  // What it asks for by name in so much time, and whom.
  std::vector<std::pair<live::PeerId, std::uint32_t>> questions(Duration time) {
    std::vector<std::pair<live::PeerId, std::uint32_t>> asked;
    for (Instant until = swarm.now + time; swarm.now < until; swarm.now += 50ms) {
      node.tick(swarm.now);
      for (const auto& [peer, ask] : sent<wire::BlockRequest>(node)) {
        if (ask.block < blocks()) asked.emplace_back(peer, ask.block);
      }
    }
    return asked;  // without the tail, which is another matter
  }
  // How many blocks it asks each for.
  std::map<live::PeerId, std::size_t> asks(Duration time) {
    std::map<live::PeerId, std::size_t> asked;
    for (auto [peer, block] : questions(time)) ++asked[peer];
    return asked;
  }
  // A neighbour says that it gets everything, and has room.
  void offers(live::PeerId peer, std::optional<wire::Load> load = {}) {
    if (!load) {
      load = wire::Load{32, 0, 32, 0, 0, 5, {}, {}, {}};
      load->lag.fill(20);
      load->hops.fill(1);
    }
    node.receive(peer, wire::encode(*load), swarm.now);
  }
  // These do, and grant what is asked.
  void fed_by(std::vector<live::PeerId> peers, std::optional<wire::Load> load = {}) {
    for (live::PeerId id : peers) offers(id, load);
    for (int i = 0; i < 10; ++i, swarm.now += 50ms) {
      node.tick(swarm.now);
      for (const auto& [peer, ask] : sent<wire::Subscribe>(node)) {
        way(peer, ask.wanted, ask.wanted, 1);
        taking[peer] = ask.wanted;
      }
    }
  }
  void way(live::PeerId peer, wire::Substreams wanted, wire::Substreams granted, std::uint64_t way,
           wire::Substreams ending = 0) {
    auto ways = std::vector<std::uint64_t>(static_cast<std::size_t>(std::popcount(granted)), way);
    node.receive(peer, wire::encode(wire::Subscribed{wanted, granted, ending, 32, ways}),
                 swarm.now);
  }
  // What it says that it sends to whom from now on, and does not take away again.
  std::map<live::PeerId, wire::Substreams> granted() {
    std::map<live::PeerId, wire::Substreams> last;
    for (auto& [to, said] : sent<wire::Subscribed>(node))
      last[to] = said.granted & static_cast<wire::Substreams>(~said.ending);
    return last;
  }
  // What it says that it sends this peer, last, if it says so.
  std::optional<wire::Subscribed> grants(live::PeerId peer) {
    std::optional<wire::Subscribed> last;
    for (auto& [to, said] : sent<wire::Subscribed>(node)) {
      if (to == peer) last = std::move(said);
    }
    return last;
  }
  [[nodiscard]] std::uint32_t blocks() const {
    return static_cast<std::uint32_t>(swarm.author.bytes.size() / kBlockSize);
  }
  std::map<live::PeerId, wire::Substreams> taking;
  std::size_t heard = 0;  // heads
  Swarm swarm;
  ledger::Ledger ledger;
  live::Node node;
};

}  // namespace freshet::test
