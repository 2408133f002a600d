// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/context.hpp"

#include <algorithm>

#include "freshet/ledger/aux_record.hpp"
#include "live/blocks.hpp"
#include "live/bulk_share.hpp"
#include "live/children.hpp"
#include "live/holdings.hpp"
#include "live/introductions.hpp"
#include "live/line_probe.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using ledger::LogKind;
using ledger::Verdict;

// Seconds from one block of a bundle to the next. Less is kinder to connections, which take a pause
// for idleness; but a bundle has to fit into what most uplinks have left.
constexpr double kBundleEvery = 0.55;

constexpr WallMs kSpread = 300;

struct Marks {
  std::optional<ledger::TimeMark> newest;  // of all that were looked at
  std::optional<ledger::TimeMark> newest_keyframe;
};

// The newest marks at or before `limit_ms`, from record `from` on.
Marks find_marks(const ledger::Log& aux, std::uint32_t from, WallMs limit_ms) {
  Marks marks;
  for (std::uint32_t i = from; i < aux.count(); ++i) {
    auto mark = ledger::decode_time_mark(aux.item(i));
    if (!mark || mark->published_ms > limit_ms) continue;
    marks.newest = mark;
    if (mark->keyframe) marks.newest_keyframe = mark;
  }
  return marks;
}

std::optional<WallMs> first_mark_ms(const ledger::Log& aux) {
  for (std::uint32_t i = 0; i < aux.count(); ++i) {
    if (auto mark = ledger::decode_time_mark(aux.item(i))) return mark->published_ms;
  }
  return std::nullopt;
}

}  // namespace

Context::Context(ledger::Ledger& l, NodeConfig c)
    : ledger(l),
      config(c),
      random(c.seed),
      hashes(std::make_unique<HashFetcher>(*this)),
      heads(std::make_unique<HeadLine>(*this)),
      parents(std::make_unique<Parents>(*this)),
      puller(std::make_unique<Puller>(*this)),
      intake(std::make_unique<Intake>(*this)),
      pusher(std::make_unique<Pusher>(*this)),
      bulk(std::make_unique<BulkShare>(*this)),
      children(std::make_unique<Children>(*this)),
      clock(std::make_unique<ShowClock>(*this)),
      audiences(std::make_unique<Audiences>(*this)),
      holdings(std::make_unique<Holdings>(*this)),
      introductions(std::make_unique<Introductions>(*this)),
      line_probe(std::make_unique<LineProbe>(*this)),
      backlog(std::make_unique<Backlog>(*this)),
      server(std::make_unique<Server>(*this)),
      finaliser(std::make_unique<Finaliser>(*this)),
      rejoin(std::make_unique<Rejoin>(*this)) {}

Context::~Context() = default;

void Context::judge(PeerId peer, Verdict verdict) {
  switch (verdict) {
    case Verdict::Forged:
      cut_off(peer, "a head with a forged signature", true);
      break;
    case Verdict::Broken:
      cut_off(peer, "a head that its own hashes do not make", true);
      break;
    case Verdict::Contradiction:
      if (!frozen_said) {
        frozen_said = true;
        for (const auto& [id, other] : peers) send(id, wire::EvidenceMessage{*ledger.evidence()});
        actions.push_back(Frozen{});
      }
      break;
    case Verdict::New:
    case Verdict::Known:
    case Verdict::Gap:
    case Verdict::Mismatch:
      break;
  }
}

void Context::head_advanced(const ledger::HeadUpdate* update, PeerId from, Instant now,
                            std::uint32_t first_new) {
  const ledger::Head& head = *ledger.head();
  if (finaliser->head_advanced()) {
    // The publisher is back, or somebody had more than all that we asked.
    final_said = ready_said = false;
    backlog->reopen();
    actions.push_back(Reopened{});
  }
  if (config.publisher) clock->published(head.published_ms, now);
  // After a jump there are no items to pass on: the follower sees the gap and asks.
  auto message = std::make_shared<const wire::Message>(
      wire::HeadMessage{update ? *update : ledger.bare_update()});
  for (auto& [id, peer] : peers) {
    if (id == from) continue;
    if (peer.follows_us && peer.seq < head.seq) {
      send(id, message);
      peer.seq_sent = head.seq;
    } else if (head.is_end() || number_due(peer, now)) {
      tell_number(id, peer, now);
    }
  }
  actions.push_back(HeadAdvanced{});
  decide_output_start();
  check_follow_up();
  heads->advanced(from, update == nullptr, now);
  puller->advanced();
  hashes->pump(now);
  backlog->pump(now);
  // In order: a receiver completes a block before it begins the next.
  for (std::uint32_t i = std::min(first_new, head.complete_blocks()); i <= head.complete_blocks();
       ++i) {
    pusher->available(i, now);
  }
  intake->advanced(now);
  pump_edge(now);
  check_final();
}

void Context::pump_edge(Instant now) {
  choose_bundles();
  if (config.publisher) return;
  heads->pump(now);
  parents->pump(now);
  puller->pump(now);
}

void Context::choose_bundles() {
  if (config.bundles > 0) bundles = config.bundles;
  double rate = heads->rate();
  if (config.bundles > 0 || rate <= 0) return;
  double ideal = kBundleEvery * rate / kBlockSize;
  while (bundles > 2 && ideal < 0.7 * bundles) bundles /= 2;
  while (bundles < wire::kSubstreams && ideal > 1.9 * bundles) bundles *= 2;
}

Duration Context::among_all(Duration every) const {
  constexpr std::size_t kNeighbours = 15;
  return every * std::max(kNeighbours, peers.size()) / kNeighbours;
}

void Context::tell_number(PeerId id, Peer& peer, Instant now) {
  send(id, head_number());
  peer.number_sent = now;
  peer.seq_sent = ledger.head()->seq;
}

void Context::block_verified(std::uint32_t block, SharedBytes bytes, Instant now) {
  held.add(block);
  cache[block] = std::move(bytes);
  while (cache.size() > kCacheBlocks) cache.erase(cache.begin());
  drop_partial(block);
  pusher->available(block, now);
  check_ready();
}

void Context::decide_output_start() {
  if (output_start || config.publisher || !ledger.head()) return;
  const ledger::Log& aux = ledger.log(LogKind::Aux);
  std::uint32_t bpp = ledger.blocks_per_piece();
  std::uint32_t edge_block = ledger.complete_pieces() * bpp;
  std::uint64_t offset = 0;
  if (config.start.kind == StartPoint::Kind::Edge) {
    // The newest records are enough, and they come first.
    std::uint32_t from = aux.count() == 0 ? 0 : aux.count() - 1;
    if (aux.count() > 0 && !aux.known(from)) return;
    while (from > 0 && aux.known(from - 1)) --from;
    // What is newer has hardly left the publisher.
    WallMs newest = ledger.head()->published_ms;
    Marks marks = find_marks(aux, from, newest - std::min(newest, kSpread));
    if (!marks.newest_keyframe) {
      Marks all = find_marks(aux, from, UINT64_MAX);
      if (all.newest_keyframe || !marks.newest) marks = all;
    }
    if (ledger.ended() && ledger.head()->follow_up) {
      offset = ledger.size();  // the live edge is in the show that follows
    } else if (marks.newest_keyframe) {
      offset = marks.newest_keyframe->size;
    } else if (marks.newest) {
      offset = marks.newest->size;
    }
    edge_block = static_cast<std::uint32_t>(offset / ledger.descriptor().piece_length) * bpp;
  } else if (config.start.kind == StartPoint::Kind::Time) {
    if (aux.known_count() != aux.count()) return;
    WallMs zero = first_mark_ms(aux).value_or(0);
    Marks marks = find_marks(aux, 0, zero + config.start.time_ms);
    auto mark = marks.newest_keyframe ? marks.newest_keyframe : marks.newest;
    offset = mark ? mark->size : 0;
  }
  output_start = std::min(offset, ledger.size());
  std::uint32_t focus = static_cast<std::uint32_t>(*output_start / kBlockSize);
  puller->begin(edge_block, std::max(edge_block, focus));
  backlog->begin(edge_block / bpp, focus / bpp);
  actions.push_back(OutputStarts{*output_start});
}

void Context::check_final() {
  bool over = ledger.ended() || finaliser->provisional();
  if (final_said || !over || ledger.evidence()) return;
  // The time map is part of the recording, and so is what goes on after it.
  if (!whole(LogKind::Pieces) || !whole(LogKind::Aux)) return;
  if (ledger.descriptor().final_kind == ledger::FinalKind::Hybrid && !whole(LogKind::Blocks))
    return;
  final_said = true;
  actions.push_back(FinalKnown{!ledger.ended()});
  check_ready();
}

// The blocks of the last seconds are on their way when the end is known; they come by the edge.
void Context::check_ready() {
  if (!final_said || ready_said || !(config.publisher || puller->complete())) return;
  ready_said = true;
  for (const auto& [id, peer] : peers) send(id, head_number());
}

void Context::check_follow_up() {
  if (follow_up_said) return;
  auto next = ledger.follow_up();
  if (!next) return;
  follow_up_said = true;
  actions.push_back(FollowUpKnown{std::move(*next)});
}

wire::HeadNumber Context::head_number() const {
  return {ledger.head()->seq, ledger.size(), ready_said, finaliser->provisional()};
}

std::uint32_t Context::stored_tail_bytes() const {
  if (!ledger.head()) return 0;
  auto found = partial_stored.find(ledger.head()->complete_blocks());
  return found == partial_stored.end() ? 0 : found->second;
}

bool Context::complete() const {
  const auto& head = ledger.head();
  return head && stored.count() >= head->complete_blocks() &&
         stored_tail_bytes() == head->tail_bytes();
}

}  // namespace freshet::live
