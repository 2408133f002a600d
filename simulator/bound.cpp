// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/bound.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <queue>

#include "freshet/base/bytes.hpp"
#include "simulator/network.hpp"

namespace freshet::sim {
namespace {

constexpr int kSourceCopies = 2;
constexpr std::uint32_t kBlocksMax = 400;
constexpr double kHeaders = 1.05;  // a block with its TCP and IP headers

struct Member {
  Host host;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> got;  // by block: s; negative: not on its way yet
  std::deque<std::uint32_t> to_send;
  std::vector<std::uint8_t> copies;  // the publisher's only
  double free_at = 0;
};

struct Moment {
  double at;
  std::uint32_t member;
  std::int64_t block;  // -1: its uplink is free
  bool operator<(const Moment& other) const { return at > other.at; }
};

std::vector<Member> make_members(const Scenario& s, Random& random) {
  std::vector<Member> members(s.peers + 1);
  for (std::size_t i = 0; i < members.size(); ++i) {
    double ratio = s.publisher_uplink, draw = random.unit();
    for (const UplinkClass& c : s.uplinks) {
      if (i == 0) break;
      ratio = c.ratio;
      if ((draw -= c.share) < 0) break;
    }
    members[i].host.up.rate = ratio * s.rate;
    members[i].host.delay_ms = random.between(s.delay_ms.low, s.delay_ms.high) / 2;
  }
  auto count = static_cast<std::uint32_t>(members.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t tries = 0; tries < 2 * s.neighbours; ++tries) {
      std::uint32_t other = random.below(count);
      if (members[i].neighbours.size() >= s.neighbours) break;
      if (other == i || std::ranges::count(members[i].neighbours, other) > 0) continue;
      members[i].neighbours.push_back(other);
      members[other].neighbours.push_back(i);
    }
  }
  return members;
}

// The neighbour that lacks the block and can do most for it.
std::int64_t best_receiver(const std::vector<Member>& members, const Member& from,
                           std::uint32_t block) {
  std::int64_t best = -1;
  double best_score = 0;
  for (std::uint32_t id : from.neighbours) {
    const Member& to = members[id];
    if (id == 0 || to.got[block] >= 0) continue;
    double delay = (from.host.delay_ms + to.host.delay_ms) / 1000;
    double score = to.host.up.rate / (0.02 + delay);
    if (best < 0 || score > best_score) best = id, best_score = score;
  }
  return best;
}

}  // namespace

Histogram all_knowing(const Scenario& s, std::uint64_t seed) {
  Random random(seed);
  auto members = make_members(s, random);
  auto blocks = std::min(kBlocksMax, static_cast<std::uint32_t>(s.rate * s.seconds / kBlockSize));
  for (Member& member : members) member.got.assign(blocks, -1);
  members[0].copies.assign(blocks, 0);
  std::priority_queue<Moment> moments;
  auto published = [&](std::uint32_t block) { return (block + 1) * kBlockSize / s.rate; };
  for (std::uint32_t block = 0; block < blocks; ++block) moments.push({published(block), 0, block});
  Histogram delays;
  while (!moments.empty()) {
    Moment moment = moments.top();
    moments.pop();
    Member& member = members[moment.member];
    if (moment.block >= 0) {
      auto block = static_cast<std::uint32_t>(moment.block);
      if (moment.member > 0) delays.add((moment.at - published(block)) * 1000);
      member.got[block] = moment.at;
      member.to_send.insert(std::ranges::lower_bound(member.to_send, block), block);
    }
    if (member.free_at > moment.at + 1e-9) continue;
    while (!member.to_send.empty()) {
      std::uint32_t block = member.to_send.front();
      bool enough = moment.member == 0 && members[0].copies[block] >= kSourceCopies;
      std::int64_t to = enough ? -1 : best_receiver(members, member, block);
      if (to < 0) {
        member.to_send.pop_front();
        continue;
      }
      if (moment.member == 0) ++members[0].copies[block];
      Member& receiver = members[static_cast<std::size_t>(to)];
      member.free_at = moment.at + kBlockSize * kHeaders / member.host.up.rate;
      double arrives = member.free_at + (member.host.delay_ms + receiver.host.delay_ms) / 1000;
      receiver.got[block] = arrives;
      moments.push({arrives, static_cast<std::uint32_t>(to), block});
      moments.push({member.free_at, moment.member, -1});
      break;
    }
  }
  return delays;
}

}  // namespace freshet::sim
