// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/live/node.hpp"

#include <algorithm>

#include "freshet/base/check.hpp"
#include "live/blocks.hpp"
#include "live/bulk_share.hpp"
#include "live/children.hpp"
#include "live/holdings.hpp"
#include "live/introductions.hpp"
#include "live/line_probe.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using ledger::Verdict;

// Routes one message to the part whose job it is. The peer is known to exist.
struct Dispatch {
  Context& c;
  PeerId id;
  Instant now;

  void operator()(const wire::HeadMessage& m) {
    Peer& peer = *c.find(id);
    Verdict verdict = c.ledger.accept(m.update);
    c.judge(id, verdict);
    if (verdict == Verdict::Forged || verdict == Verdict::Broken) return;
    note(peer, m.update.head.seq, m.update.head.size);
    if (verdict == Verdict::Gap && c.heads->parent() == id) c.heads->ask_frontier_once(id, now);
    if (verdict == Verdict::Mismatch && !peer.suspect_since) {
      // A liar, or the other half of a fork: who sent it can prove where it stands, or not.
      peer.suspect_since = now;
      c.heads->ask_frontier(id);
    }
    if (verdict != Verdict::New) return;
    c.actions.push_back(Journal{ledger::JournalKind::Update, ledger::encode(m.update)});
    c.head_advanced(&m.update, id, now);
  }
  void operator()(const wire::FrontierMessage& m) {
    Peer& peer = *c.find(id);
    peer.frontier_asked.reset();
    Verdict verdict = c.ledger.accept(m.proof);
    c.judge(id, verdict);
    if (verdict == Verdict::Forged || verdict == Verdict::Broken) return;
    // Once frozen, nobody has to prove anything any more.
    bool judged = verdict == Verdict::New || verdict == Verdict::Known;
    if (peer.suspect_since && judged && !c.ledger.evidence()) {
      // It grows out of ours after all, so the items that it sent before were made up.
      c.judge(id, Verdict::Broken);
    }
    note(peer, m.proof.head.seq, m.proof.head.size);
    bool again = c.heads->parent() == id || peer.suspect_since;
    if (verdict == Verdict::Gap && again) c.heads->ask_frontier_once(id, now);
    if (verdict != Verdict::New) return;
    c.actions.push_back(Journal{ledger::JournalKind::Frontier, ledger::encode(m.proof)});
    c.head_advanced(nullptr, id, now);
  }
  void operator()(const wire::HeadNumber& m) {
    Peer& peer = *c.find(id);
    note(peer, m.seq, m.size);
    peer.ready = m.ready;
    peer.provisional = m.provisional;
    c.pump_edge(now);
    c.hashes->pump(now);
  }
  void operator()(const wire::Follow& m) { c.server->follow(id, m.on); }
  void operator()(const wire::FrontierRequest& m) { c.server->frontier(id, m); }
  void operator()(const wire::HashRequest& m) { c.server->hashes(id, m, now); }
  void operator()(const wire::HashMessage& m) { c.hashes->received(id, m, now); }
  void operator()(const wire::HashReject& m) { c.hashes->rejected(id, m, now); }
  void operator()(const wire::BlockRequest& m) { c.pusher->request(id, m, now); }
  void operator()(const wire::BlockMessage& m) { c.intake->received(id, m, now); }
  void operator()(const wire::BlockReject& m) { c.puller->rejected(id, m.block, now); }
  void operator()(const wire::BlockCancel& m) { c.pusher->cancel(id, m.block); }
  void operator()(const wire::Subscribe& m) { c.children->subscribe(id, m, now); }
  void operator()(const wire::Subscribed& m) { c.parents->answered(id, m, now); }
  void operator()(const wire::Load& m) {
    bool first = !std::exchange(c.find(id)->load, m);
    if (first) c.pump_edge(now);
  }
  void operator()(const wire::Ping& m) { c.clock->ping(id, m, now); }
  void operator()(const wire::Pong& m) { c.clock->pong(id, m, now); }
  void operator()(const wire::Audience& m) { c.audiences->reported(id, m); }
  void operator()(const wire::Have& m) { c.holdings->received(id, m, now); }
  void operator()(const wire::EvidenceMessage& m) {
    if (!c.ledger.accept(m.evidence)) {
      c.cut_off(id, "evidence that proves nothing", false);
      return;
    }
    c.judge(id, Verdict::Contradiction);
  }
  void operator()(const wire::FollowReject&) { c.heads->rejected(id); }
  void operator()(const wire::Introduce& m) { c.introductions->asked(id, m, now); }
  void operator()(const wire::Meet& m) { c.introductions->told(id, m, now); }
  void operator()(const wire::Probe& m) { c.line_probe->asked(id, m); }
  void operator()(const wire::Probed& m) { c.line_probe->answered(id, m, now); }
  void operator()(const wire::Ignored&) {}

  static void note(Peer& peer, std::uint64_t seq, std::uint64_t size) {
    if (seq < peer.seq) return;
    if (peer.seq == 0) peer.frontier_asked.reset();  // it had nothing to answer with
    peer.seq = seq;
    peer.size = size;
  }
};

}  // namespace

Node::Node(ledger::Ledger& ledger, NodeConfig config)
    : context_(std::make_unique<Context>(ledger, config)) {}

Node::~Node() = default;

void Node::restore_blocks(std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t i = first; i < first + count; ++i) {
    context_->held.add(i);
    context_->stored.add(i);
  }
}

void Node::restore_partial(std::uint32_t block, Bytes bytes) {
  if (bytes.empty() || context_->held.has(block)) return;
  context_->partial_stored[block] = static_cast<std::uint32_t>(bytes.size());
  context_->set_partial(block, std::move(bytes));
}

void Node::restore_silence(const ledger::Silence& silence) {
  context_->finaliser->restore(silence);
}

void Node::resume(Instant now) {
  Context& c = *context_;
  if (!c.ledger.head()) return;
  std::uint32_t tail = c.ledger.head()->complete_blocks();
  if (c.ledger.head()->tail_bytes() > 0 && c.partial_size(tail) == c.ledger.head()->tail_bytes()) {
    c.partial_proof[tail] = c.ledger.state(ledger::LogKind::Blocks);
  }
  c.check_follow_up();
  c.decide_output_start();
  c.backlog->pump(now);
  c.check_final();
}

void Node::become_publisher() {
  Context& c = *context_;
  c.config.publisher = true;
  c.heads->stop();
  c.parents->stop();
  c.puller->stop();
}

Bytes Node::handshake() const {
  const ledger::Ledger& l = context_->ledger;
  if (!l.head()) return {};
  return ledger::encode(l.bare_update());
}

void Node::peer_connected(PeerId id, View head, Instant now, Origin origin) {
  Context& c = *context_;
  c.peers[id].behind_since = Instant::max();
  c.peers[id].connected_at = now;
  if (!head.empty()) {
    auto update = ledger::decode_update(head);
    if (!update) {
      c.cut_off(id, "a malformed head in the handshake", false);
      return;
    }
    Dispatch{c, id, now}(wire::HeadMessage{std::move(*update)});
  }
  // What our own handshake carried may be old by the time that it is read.
  if (c.ledger.head()) c.tell_number(id, c.peers[id], now);
  c.children->tell_load(id, now);
  c.holdings->tell(id);
  c.clock->peer_connected(now);
  c.finaliser->peer_connected(id);
  c.introductions->peer_connected(id, origin, now);
  if (c.frozen_said) c.send(id, wire::EvidenceMessage{*c.ledger.evidence()});
  c.pump_edge(now);
  c.hashes->pump(now);
}

void Node::peer_gone(PeerId id, Instant now) {
  Context& c = *context_;
  c.pusher->peer_gone(id);
  if (!c.peers.erase(id)) return;
  c.heads->peer_gone(id);
  c.parents->peer_gone(id);
  c.puller->peer_gone(id);
  c.clock->peer_gone(id);
  c.hashes->peer_gone(id);
  c.pump_edge(now);
  c.hashes->pump(now);
}

void Node::receive(PeerId id, View bytes, Instant now) {
  Context& c = *context_;
  Peer* peer = c.find(id);
  if (!peer || peer->cut_off) return;
  auto message = wire::decode(bytes);
  if (!message) {
    c.cut_off(id, "a malformed message", false);
    return;
  }
  receive(id, *message, now);
}

void Node::receive(PeerId id, const wire::Message& message, Instant now) {
  Context& c = *context_;
  Peer* peer = c.find(id);
  if (peer && !peer->cut_off) std::visit(Dispatch{c, id, now}, message);
}

void Node::publish(const ledger::HeadUpdate& update, View bytes, Instant now) {
  Context& c = *context_;
  std::uint64_t old_size = c.ledger.size();
  FRESHET_ASSERT(c.ledger.accept(update) == Verdict::New);
  FRESHET_ASSERT(old_size + bytes.size() == c.ledger.size());
  std::uint32_t first = static_cast<std::uint32_t>(old_size / kBlockSize);
  Bytes block = std::move(c.partial[first]);
  c.partial.clear();
  c.partial_proof.clear();
  c.partial_stored.clear();
  for (std::size_t used = 0; used < bytes.size() || block.size() == kBlockSize;) {
    std::size_t step = std::min(kBlockSize - block.size(), bytes.size() - used);
    View part = bytes.subspan(used, step);
    block.insert(block.end(), part.begin(), part.end());
    used += step;
    if (block.size() < kBlockSize) break;
    c.held.add(first);
    c.stored.add(first);
    c.cache[first++] = std::exchange(block, {});
    while (c.cache.size() > kCacheBlocks) c.cache.erase(c.cache.begin());
  }
  if (!block.empty()) {
    c.partial_stored[first] = static_cast<std::uint32_t>(block.size());
    c.partial[first] = std::move(block);
  }
  std::uint32_t begin = static_cast<std::uint32_t>(old_size / kBlockSize);
  if (first > begin) c.backlog->stored(begin, first - begin);
  c.head_advanced(&update, UINT32_MAX, now, begin);
}

bool Node::check(std::uint32_t block, View bytes) const {
  return bytes.size() == kBlockSize && context_->ledger.check_block(block, bytes);
}

void Node::stored(std::uint32_t first, std::uint32_t count, Instant now) {
  Context& c = *context_;
  for (std::uint32_t i = first; i < first + count; ++i) {
    c.held.add(i);
    c.stored.add(i);
    c.drop_partial(i);
    c.partial_stored.erase(i);
    c.pusher->answer(i, now);
  }
  c.check_ready();
  c.actions.push_back(Journal{ledger::JournalKind::Blocks, ledger::encode_blocks(first, count)});
  c.backlog->stored(first, count);
  c.backlog->pump(now);
}

void Node::stored_tail(std::uint32_t block, std::uint32_t length) {
  Context& c = *context_;
  if (c.stored.has(block)) return;
  std::uint32_t& stored = c.partial_stored[block];
  stored = std::max(stored, length);
  while (c.partial_stored.size() > kPartialMax) c.partial_stored.erase(c.partial_stored.begin());
  c.actions.push_back(Journal{ledger::JournalKind::Tail, ledger::encode_blocks(block, length)});
}

void Node::tick(Instant now) {
  Context& c = *context_;
  for (auto& [id, peer] : c.peers) {
    if (peer.suspect_since && now - *peer.suspect_since > kProofTimeout && !c.ledger.evidence()) {
      c.judge(id, Verdict::Broken);
    }
  }
  c.finaliser->tick(now);
  c.rejoin->tick(now);
  c.clock->tick(now);
  c.audiences->tick(now);
  c.holdings->tick(now);
  c.introductions->tick(now);
  c.line_probe->tick(now);
  c.intake->pump(now);
  c.pump_edge(now);
  c.pusher->pump(now);
  c.pusher->look(now);
  c.children->pump(now);
  for (auto& [id, peer] : c.peers) {
    bool news = c.ledger.head() && peer.seq_sent < c.ledger.head()->seq;
    if (news && c.number_due(peer, now)) c.tell_number(id, peer, now);
  }
  c.hashes->pump(now);
  c.backlog->pump(now);
}

void Node::focus(std::uint64_t offset, Instant now) {
  Context& c = *context_;
  if (c.config.publisher) return;
  c.reading_at = offset;
  c.puller->focus(static_cast<std::uint32_t>(offset / kBlockSize));
  c.backlog->focus(static_cast<std::uint32_t>(offset / c.ledger.descriptor().piece_length));
  c.hashes->pump(now);
  c.backlog->pump(now);
}

std::optional<Instant> Node::wake_at() const {
  return context_->pusher->wake_at();
}

void Node::send_due(Instant now) {
  context_->pusher->pump(now);
}

void Node::outstanding(PeerId peer, std::size_t bytes, Instant now) {
  context_->pusher->outstanding(peer, bytes, now);
}

std::vector<Action> Node::take_actions() {
  context_->pusher->handed_over();
  return std::exchange(context_->actions, {});
}

const BlockSet& Node::stored_blocks() const {
  return context_->stored;
}

std::uint32_t Node::stored_tail_bytes() const {
  return context_->stored_tail_bytes();
}

std::uint64_t Node::stored_bytes() const {
  return std::uint64_t{context_->stored.count()} * kBlockSize + stored_tail_bytes();
}

std::uint64_t Node::readable_end(std::uint64_t offset) const {
  auto block = static_cast<std::uint32_t>(offset / kBlockSize);
  std::uint32_t end = context_->stored.first_missing(block);
  std::uint64_t bytes = std::uint64_t{end} * kBlockSize;
  auto partial = context_->partial_stored.find(end);
  if (partial != context_->partial_stored.end()) bytes += partial->second;
  return std::max(bytes, offset);
}

std::optional<std::uint64_t> Node::output_start() const {
  return context_->output_start;
}

bool Node::complete() const {
  return context_->complete();
}

bool Node::may_leave() const {
  return context_->ready_said && context_->pusher->idle() &&
         std::ranges::all_of(context_->peers, [](const auto& entry) { return entry.second.ready; });
}

bool Node::final_known() const {
  return context_->final_said;
}
bool Node::provisional() const {
  return context_->finaliser->provisional();
}
bool Node::frozen() const {
  return context_->frozen_said;
}
std::optional<Node::ShowTime> Node::show_clock(Instant now) const {
  auto us = context_->clock->show_us(now);
  if (!us) return std::nullopt;
  return ShowTime{*us, context_->clock->error_us()};
}
wire::Audience Node::audience() const {
  return context_->audiences->sum();
}
bool Node::bulk_may_leave(PeerId peer, Instant now) {
  return context_->bulk->open(peer, now);
}
void Node::bulk_left(std::size_t bytes) {
  context_->bulk->sent(bytes);
}
std::size_t Node::peer_count() const {
  return context_->peers.size();
}
const NodeStats& Node::stats() const {
  NodeStats& stats = context_->stats;
  stats.fed = context_->parents->count();
  stats.feeding = context_->children->used();
  stats.places = context_->children->places();
  const Pusher& pusher = *context_->pusher;
  stats.waited_ms = static_cast<std::uint32_t>(pusher.waited().count() / 1000);
  stats.standing_ms = static_cast<std::uint32_t>(pusher.uplink().standing().count() / 1000);
  stats.uplink = static_cast<std::uint32_t>(pusher.uplink().rate());
  return context_->stats;
}

}  // namespace freshet::live
