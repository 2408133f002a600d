// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/bound.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
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
  double free_at = 0;  // its uplink
  double got = -1;     // the block at hand: s; negative: not on its way yet
};

// The earliest that a sender could bring the block to somebody who lacks it.
struct Offer {
  double arrives;
  std::uint32_t from, to;
  bool operator<(const Offer& other) const { return arrives > other.arrives; }
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

double transmission(const Member& from) {
  return kBlockSize * kHeaders / from.host.up.rate;
}

std::optional<Offer> offer(const std::vector<Member>& members, std::uint32_t id) {
  const Member& from = members[id];
  double leaves = std::max(from.free_at, from.got) + transmission(from);
  std::optional<Offer> best;
  double least = 0;
  for (std::uint32_t to : from.neighbours) {
    if (to == 0 || members[to].got >= 0) continue;
    double arrives = leaves + (from.host.delay_ms + members[to].host.delay_ms) / 1000;
    // To the one that would be the first to have passed it on.
    double passed_on = std::max(arrives, members[to].free_at) + transmission(members[to]);
    if (!best || passed_on < least) best = Offer{arrives, id, to}, least = passed_on;
  }
  return best;
}

// Brings one block to everybody: always the transfer next that is complete first.
void spread(std::vector<Member>& members, double published) {
  for (Member& member : members) member.got = -1;
  members[0].got = published;
  std::priority_queue<Offer> offers;
  auto look = [&](std::uint32_t id) {
    if (auto next = offer(members, id)) offers.push(*next);
  };
  look(0);
  int copies = 0;
  while (!offers.empty()) {
    Offer next = offers.top();
    offers.pop();
    bool taken = members[next.to].got >= 0;
    if (next.from == 0 && copies >= kSourceCopies) continue;
    if (!taken) {
      Member& from = members[next.from];
      from.free_at = std::max(from.free_at, from.got) + transmission(from);
      members[next.to].got = next.arrives;
      if (next.from == 0) ++copies;
      look(next.to);
    }
    look(next.from);
  }
}

}  // namespace

Histogram all_knowing(const Scenario& s, std::uint64_t seed) {
  Random random(seed);
  auto members = make_members(s, random);
  auto blocks = std::min(kBlocksMax, static_cast<std::uint32_t>(s.rate * s.seconds / kBlockSize));
  Histogram delays;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    double published = (block + 1) * kBlockSize / s.rate;
    spread(members, published);
    for (std::size_t id = 1; id < members.size(); ++id) {
      if (members[id].got >= 0) delays.add((members[id].got - published) * 1000);
    }
  }
  return delays;
}

}  // namespace freshet::sim
