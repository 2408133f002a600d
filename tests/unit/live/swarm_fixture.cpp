// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/live/swarm_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "freshet/ledger/aux_record.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::test {

using live::PeerId;

Swarm::Swarm(ShowOptions o) : options(o), author(o) {
  live::NodeConfig config;
  config.publisher = true;
  config.places_max = 32;  // as the engine sets it
  config.unpaced = true;
  nodes.push_back(std::make_unique<TestNode>(options, config));
}

PeerId Swarm::add(live::StartPoint start) {
  live::NodeConfig config;
  config.start = start;
  return add(config);
}

PeerId Swarm::add(live::NodeConfig config) {
  auto id = static_cast<PeerId>(nodes.size());
  config.seed = id + 1;
  config.unpaced = true;
  nodes.push_back(std::make_unique<TestNode>(options, config));
  return id;
}

void Swarm::connect(PeerId a, PeerId b) {
  Bytes from_a = nodes[a]->node.handshake();
  Bytes from_b = nodes[b]->node.handshake();
  nodes[a]->links.insert(b);
  nodes[b]->links.insert(a);
  nodes[a]->node.peer_connected(b, from_b, now);
  nodes[b]->node.peer_connected(a, from_a, now);
}

void Swarm::disconnect(PeerId a, PeerId b) {
  if (nodes[a]->links.erase(b) == 0) return;
  nodes[b]->links.erase(a);
  std::erase_if(on_the_way_, [&](const Delivery& d) {
    return (d.from == a && d.to == b) || (d.from == b && d.to == a);
  });
  outstanding_.erase({a, b});
  outstanding_.erase({b, a});
  nodes[a]->node.peer_gone(b, now);
  nodes[b]->node.peer_gone(a, now);
}

void Swarm::publish(std::size_t size) {
  std::size_t before = author.updates.size();
  std::uint64_t old = author.ledger.size();
  (void)author.author.add_record(ledger::encode(ledger::TimeMark{author.now, old, false}));
  author.publish(random_bytes(size, old + 1));
  for (std::size_t i = before; i < author.updates.size(); ++i) {
    const auto& update = author.updates[i];
    View bytes = View(author.bytes).subspan(old, update.head.size - old);
    old = update.head.size;
    write(0, update.head.size - bytes.size(), bytes);
    nodes[0]->node.publish(update, bytes, now);
  }
}

void Swarm::end() {
  nodes[0]->node.publish(author.end(), {}, now);
}

bool Swarm::has_all(PeerId id) {
  return nodes[id]->node.complete() && nodes[id]->ledger.size() == author.ledger.size() &&
         nodes[id]->file == author.bytes;
}

bool Swarm::run(std::chrono::milliseconds time, const std::function<bool()>& done) {
  for (Instant until = now + time; now < until; now += std::chrono::milliseconds(10)) {
    for (PeerId id = 0; id < nodes.size(); ++id) {
      nodes[id]->node.tick(now);
      bulk_step(id);
      carry_out(id);
    }
    for (std::size_t count = on_the_way_.size(); count > 0 && !on_the_way_.empty(); --count) {
      Delivery delivery = std::move(on_the_way_.front());
      on_the_way_.pop_front();
      if (nodes[delivery.from]->silent) continue;
      nodes[delivery.to]->node.receive(delivery.from, delivery.message, now);
      if (delivery.payload == 0) continue;
      std::size_t& rest = outstanding_[{delivery.from, delivery.to}];
      rest -= delivery.payload;
      nodes[delivery.from]->node.outstanding(delivery.to, rest, now);
    }
    if (done()) return true;
  }
  return false;
}

void Swarm::carry_out(PeerId id) {
  for (auto actions = nodes[id]->node.take_actions(); !actions.empty();
       actions = nodes[id]->node.take_actions()) {
    for (const live::Action& action : actions) execute(id, action);
  }
}

void Swarm::write(PeerId id, std::uint64_t offset, View bytes) {
  Bytes& file = nodes[id]->file;
  if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size());
  std::ranges::copy(bytes, file.begin() + static_cast<std::ptrdiff_t>(offset));
}

void Swarm::execute(PeerId id, const live::Action& action) {
  TestNode& n = *nodes[id];
  auto send = [&](PeerId to, Bytes message, std::size_t payload) {
    if (n.distort) message = n.distort(std::move(message));
    if (!n.links.contains(to)) return;
    outstanding_[{id, to}] += payload;
    on_the_way_.push_back({id, to, std::move(message), payload});
  };
  if (auto* a = std::get_if<live::Send>(&action)) {
    const auto* block = std::get_if<wire::BlockMessage>(a->message.get());
    send(a->peer, wire::encode(*a->message), block ? block->bytes.size() : 0);
  } else if (auto* disk = std::get_if<live::SendFromDisk>(&action)) {
    View block = View(n.file).subspan(std::uint64_t{disk->block} * kBlockSize, kBlockSize);
    View part = block.subspan(disk->offset);
    send(disk->peer,
         wire::encode(wire::BlockMessage{disk->block, static_cast<std::uint16_t>(disk->offset),
                                         disk->hops, Bytes(part.begin(), part.end())}),
         part.size());
  } else if (auto* cut = std::get_if<live::Disconnect>(&action)) {
    n.cut.push_back(*cut);
    disconnect(id, cut->peer);
  } else if (auto* s = std::get_if<live::Store>(&action)) {
    write(id, std::uint64_t{s->block} * kBlockSize + s->offset, s->bytes.view());
    std::size_t end = s->offset + s->bytes.size();
    if (end == kBlockSize) {
      n.node.stored(s->block, 1, now);
    } else {
      n.node.stored_tail(s->block, static_cast<std::uint32_t>(end));
    }
  } else if (auto* want = std::get_if<live::WantPiece>(&action)) {
    bool changed =
        want->urgent ? n.urgent.insert(want->piece).second : n.urgent.erase(want->piece) > 0;
    bool first = n.wanted.insert(want->piece).second;
    EXPECT_TRUE(first || changed) << "wanted twice";
  } else if (auto* give = std::get_if<live::GivePiece>(&action)) {
    EXPECT_TRUE(n.given.insert(give->piece).second) << "given twice";
  } else if (auto* known = std::get_if<live::FinalKnown>(&action)) {
    n.final_known = true;
    n.provisional = known->provisional;
  } else if (std::holds_alternative<live::Reopened>(action)) {
    ++n.reopened;
    n.final_known = n.provisional = false;
    n.wanted.clear();
  } else if (auto* rejoined = std::get_if<live::Rejoined>(&action)) {
    EXPECT_FALSE(n.rejoined) << "said twice";
    n.rejoined = rejoined->outcome;
  } else if (auto* next = std::get_if<live::FollowUpKnown>(&action)) {
    EXPECT_FALSE(n.follow_up) << "said twice";
    n.follow_up = next->descriptor;
  } else if (std::holds_alternative<live::Frozen>(action)) {
    n.frozen = true;
  }
}

void Swarm::bulk_step(PeerId id) {
  TestNode& n = *nodes[id];
  std::uint32_t per_piece = n.ledger.blocks_per_piece();
  for (std::uint32_t piece : n.wanted) {
    std::uint32_t first = piece * per_piece;
    if (n.node.stored_blocks().has_all(first, per_piece)) continue;
    for (PeerId other : n.links) {
      if (!nodes[other]->node.stored_blocks().has_all(first, per_piece)) continue;
      View bytes =
          View(nodes[other]->file)
              .subspan(std::uint64_t{first} * kBlockSize, n.ledger.descriptor().piece_length);
      for (std::uint32_t i = 0; i < per_piece; ++i) {
        EXPECT_TRUE(n.node.check(first + i, bytes.subspan(i * kBlockSize, kBlockSize)));
      }
      write(id, std::uint64_t{first} * kBlockSize, bytes);
      n.bulk += bytes.size();
      n.node.stored(first, per_piece, now);
      return;  // one piece a step
    }
  }
}

}  // namespace freshet::test
