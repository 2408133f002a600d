// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using ledger::LogKind;

constexpr unsigned kOpenPerPeer = 4;
constexpr Duration kTimeout = 4s;
constexpr Duration kPause = 2s;
constexpr std::size_t kHedgedMax = 4;   // those that were asked for first
constexpr Duration kFirstSlow = 250ms;  // besides the round trip: a lost segment costs as much

}  // namespace

bool HashFetcher::is_open(LogKind kind, std::uint32_t first) const {
  return std::ranges::any_of(open_, [&](const Open& open) {
    return open.request.kind == kind && open.request.first <= first &&
           first < open.request.first + open.request.count;
  });
}

std::optional<wire::HashRequest> HashFetcher::next(LogKind kind, std::uint32_t from) {
  const ledger::Log& log = c_.ledger.log(kind);
  BlockSet& whole = whole_units_[static_cast<std::size_t>(kind)];
  std::uint32_t unit_size = ledger::range_max(kind);
  for (std::uint32_t unit = from / unit_size; unit * unit_size < log.count(); ++unit) {
    unit = whole.first_missing(unit);
    std::uint32_t first = unit * unit_size;
    if (first >= log.count()) break;
    // A unit that the log ends in is asked for in the powers of two that make it up.
    std::uint32_t end = std::min(first + unit_size, log.count());
    bool known = true;
    while (first < end) {
      std::uint32_t count = std::bit_floor(end - first);
      bool missing = false;
      for (std::uint32_t i = 0; i < count && !missing; ++i) missing = !log.known(first + i);
      if (missing && !is_open(kind, first)) {
        return wire::HashRequest{kind, first, static_cast<std::uint16_t>(count), log.count()};
      }
      known = known && !missing;
      first += count;
    }
    if (known && end == (unit + 1) * unit_size) whole.add(unit);
  }
  return std::nullopt;
}

std::optional<wire::HashRequest> HashFetcher::next_of_all() {
  const ledger::Log& aux = c_.ledger.log(LogKind::Aux);
  auto missing = [&](LogKind kind) {
    return c_.ledger.log(kind).known_count() < c_.ledger.log(kind).count();
  };
  if (missing(LogKind::Aux)) {
    // The newest records say where the live edge is.
    if (auto request = next(LogKind::Aux, aux.count() - 1)) return request;
    if (auto request = next(LogKind::Aux, 0)) return request;
  }
  bool edge = c_.config.start.kind == StartPoint::Kind::Edge;
  if (missing(LogKind::Blocks) && edge && !c_.puller->begun()) {
    // Wherever it begins exactly, it is in these.
    if (auto request = next(LogKind::Blocks, c_.ledger.log(LogKind::Blocks).count() - 1))
      return request;
  }
  if (missing(LogKind::Blocks) && c_.puller->begun()) {
    std::uint32_t focus =
        static_cast<std::uint32_t>(c_.reading_at.value_or(*c_.output_start) / kBlockSize);
    for (std::uint32_t from : {c_.puller->first_block(), focus, std::uint32_t{0}}) {
      if (auto request = next(LogKind::Blocks, from)) return request;
    }
  }
  if (missing(LogKind::Pieces)) return next(LogKind::Pieces, 0);
  return std::nullopt;
}

bool HashFetcher::usable(const Peer& peer, Instant now) const {
  return peer.seq >= c_.ledger.head()->seq && peer.hash_requests < kOpenPerPeer &&
         peer.hash_pause <= now;
}

std::optional<PeerId> HashFetcher::server_for(Instant now) {
  for (auto id : {c_.output_start ? std::nullopt : c_.heads->first_from(), c_.heads->parent()}) {
    const Peer* peer = id ? c_.find(*id) : nullptr;
    if (peer && usable(*peer, now)) return id;
  }
  return any_server(kNobody, now);
}

std::optional<PeerId> HashFetcher::any_server(PeerId but, Instant now) {
  std::vector<PeerId> candidates;
  for (const auto& [id, peer] : c_.peers) {
    if (id != but && usable(peer, now)) candidates.push_back(id);
  }
  if (candidates.empty()) return std::nullopt;
  return candidates[c_.random() % candidates.size()];
}

void HashFetcher::ask(PeerId id, const wire::HashRequest& request, Instant now) {
  ++c_.peers.at(id).hash_requests;
  open_.push_back({request, id, now});
  c_.send(id, request);
}

// The first block waits for these: what one is slow to answer, another is asked too.
void HashFetcher::hedge(Instant now) {
  if (c_.held.count() > 0) return;
  for (std::size_t i = 0, end = std::min(kHedgedMax, open_.size()); i < end; ++i) {
    const Open open = open_[i];
    auto same = [&](const Open& other) { return other.request == open.request; };
    bool slow = now - open.since > kFirstSlow + c_.peers.at(open.peer).rtt;
    if (!slow || std::ranges::count_if(open_, same) > 1) continue;
    if (auto other = any_server(open.peer, now)) ask(*other, open.request, now);
  }
}

void HashFetcher::pump(Instant now) {
  if (!c_.ledger.head() || c_.config.publisher) return;
  expire(now);
  hedge(now);
  while (auto peer = server_for(now)) {
    auto request = next_of_all();
    if (!request) return;
    ask(*peer, *request, now);
  }
}

void HashFetcher::expire(Instant now) {
  std::erase_if(open_, [&](const Open& open) {
    if (now - open.since < kTimeout) return false;
    if (Peer* peer = c_.find(open.peer)) {
      --peer->hash_requests;
      ++peer->late_hashes;
      peer->hash_pause = now + kPause;
    }
    return true;
  });
}

void HashFetcher::received(PeerId id, const wire::HashMessage& message, Instant now) {
  auto open = std::ranges::find_if(open_, [&](const Open& o) {
    return o.peer == id && o.request.kind == message.range.kind &&
           o.request.first == message.range.first && o.request.count == message.range.items.size();
  });
  if (open == open_.end()) {
    ++c_.stats.stale_hashes;
    Peer& peer = c_.peers.at(id);
    if (peer.late_hashes > 0) {
      --peer.late_hashes;  // we had given it up too early
    } else {
      c_.abuse(id, "hashes that nobody asked for");
    }
    return;
  }
  open_.erase(open);
  --c_.peers.at(id).hash_requests;
  const ledger::HashRange& range = message.range;
  if (!c_.ledger.insert(range.kind, range.first, range.items, range.uncles)) {
    c_.cut_off(id, "hashes that do not fit the signed root", true);
    return;
  }
  c_.actions.push_back(Journal{ledger::JournalKind::Hashes, ledger::encode(range)});
  if (range.kind == LogKind::Aux) {
    c_.decide_output_start();
    c_.check_follow_up();
  }
  // Blocks that came before their leaf.
  if (range.kind == LogKind::Blocks) c_.intake->advanced(now);
  pump(now);
  c_.backlog->pump(now);
  c_.pump_edge(now);
  c_.check_final();
}

void HashFetcher::rejected(PeerId id, const wire::HashReject& message, Instant now) {
  auto open = std::ranges::find_if(
      open_, [&](const Open& o) { return o.peer == id && o.request == message.request; });
  if (open == open_.end()) return;
  open_.erase(open);
  Peer& peer = c_.peers.at(id);
  --peer.hash_requests;
  peer.hash_pause = now + kPause;
  pump(now);
}

void HashFetcher::peer_gone(PeerId id) {
  std::erase_if(open_, [&](const Open& open) { return open.peer == id; });
}

}  // namespace freshet::live
