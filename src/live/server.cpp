// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

// Hashes cost upload that the stream needs: a peer gets this much of them at once, and then this
// much a second. 4 MiB of leaves stand for 2 GiB of show.
constexpr double kHashBurst = 4 * 1024 * 1024;
constexpr double kHashRate = 256 * 1000;

}  // namespace

void Server::follow(PeerId id, bool on) {
  Peer& peer = *c_.find(id);
  auto followers =
      std::ranges::count_if(c_.peers, [](const auto& p) { return p.second.follows_us; });
  if (on && !peer.follows_us && followers >= static_cast<std::ptrdiff_t>(kFollowersMax)) {
    c_.send(id, wire::FollowReject{});
    return;
  }
  peer.follows_us = on;
}

void Server::frontier(PeerId id, const wire::FrontierRequest& request) {
  if (!c_.ledger.head()) return;  // the first head reaches followers anyway
  auto proof = c_.ledger.frontier_since(request.counts);
  if (!proof) {
    c_.find(id)->follows_us = false;
    c_.send(id, wire::FollowReject{});
    return;
  }
  c_.send(id, wire::FrontierMessage{std::move(*proof)});
}

void Server::hashes(PeerId id, const wire::HashRequest& request, Instant now) {
  Peer& peer = *c_.find(id);
  peer.hash_credit += std::chrono::duration<double>(now - peer.hash_credit_at).count() * kHashRate;
  if (peer.hash_credit_at == Instant{}) peer.hash_credit = kHashBurst;
  peer.hash_credit = std::min(peer.hash_credit, kHashBurst);
  peer.hash_credit_at = now;
  const ledger::Log& log = c_.ledger.log(request.kind);
  auto uncles = log.tree().prove(request.first, request.count, request.tree_count);
  // Of a late joiner's own log a leaf may be held, as a peak, whose item is not.
  bool known = uncles.has_value();
  for (std::uint32_t i = 0; known && i < request.count; ++i) known = log.known(request.first + i);
  if (!known || peer.hash_credit < 0) {
    c_.send(id, wire::HashReject{request});
    return;
  }
  ledger::HashRange range{request.kind, request.first, {}, std::move(*uncles)};
  for (std::uint32_t i = request.first; i < request.first + request.count; ++i) {
    View item = request.kind == ledger::LogKind::Blocks ? View{} : log.item(i);
    if (request.kind == ledger::LogKind::Blocks) {
      auto leaf = log.tree().leaf(i);
      range.items.emplace_back(leaf->bytes.begin(), leaf->bytes.end());
    } else {
      range.items.emplace_back(item.begin(), item.end());
    }
    peer.hash_credit -= static_cast<double>(range.items.back().size());
  }
  c_.send(id, wire::HashMessage{std::move(range)});
}

}  // namespace freshet::live
