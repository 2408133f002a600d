// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

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

bool Server::answer(PeerId id, std::uint32_t block, std::uint16_t offset) {
  const auto& head = c_.ledger.head();
  if (!head) return false;
  if (block < head->complete_blocks()) {
    if (auto cached = c_.cache.find(block); cached != c_.cache.end()) {
      SharedBytes bytes = cached->second;
      View rest = bytes.view().subspan(offset);
      if (offset > 0) bytes = Bytes(rest.begin(), rest.end());
      c_.stats.payload_out += bytes.size();
      c_.send(id, wire::BlockMessage{block, offset, std::move(bytes)});
      return true;
    }
    if (!c_.stored.has(block)) return false;
    c_.actions.push_back(SendFromDisk{id, block, offset});
    c_.stats.payload_out += kBlockSize - offset;
    return true;
  }
  auto partial = c_.partial.find(block);
  if (block != head->complete_blocks() || partial == c_.partial.end()) return false;
  const Bytes& tail = partial->second;
  // Only as much as the newest head covers: the receiver can check nothing else.
  std::size_t end = std::min<std::size_t>(tail.size(), head->tail_bytes());
  if (end <= offset || end != head->tail_bytes()) return false;
  c_.send(id, wire::BlockMessage{
                  block, offset,
                  Bytes(tail.begin() + offset, tail.begin() + static_cast<std::ptrdiff_t>(end))});
  c_.stats.payload_out += end - offset;
  return true;
}

void Server::block(PeerId id, const wire::BlockRequest& request) {
  Peer& peer = *c_.find(id);
  if (std::uint64_t{request.block} * kBlockSize >= c_.ledger.descriptor().size_max() ||
      (c_.ledger.ended() && request.block >= c_.blocks_total())) {
    c_.send(id, wire::BlockReject{request.block});
    return;
  }
  if (answer(id, request.block, request.offset)) return;
  if (peer.wants.size() >= kWantsMax) {
    c_.send(id, wire::BlockReject{request.block});
    c_.abuse(id, "more open block requests than allowed");
    return;
  }
  peer.wants[request.block] = request.offset;
}

void Server::cancel(PeerId id, std::uint32_t block) {
  c_.find(id)->wants.erase(block);
}

void Server::available(std::uint32_t block) {
  for (auto& [id, peer] : c_.peers) {
    auto want = peer.wants.find(block);
    if (want != peer.wants.end() && answer(id, block, want->second)) peer.wants.erase(want);
  }
}

}  // namespace freshet::live
