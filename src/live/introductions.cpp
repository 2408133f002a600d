// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/introductions.hpp"

#include <algorithm>

namespace freshet::live {
namespace {

constexpr Duration kWaitForOthers = 2s;      // who can be reached is, by then
constexpr Duration kAskEvery = 500ms;        // one neighbour after another
constexpr Duration kAskAgain = 5s;           // the same one
constexpr Duration kRemind = 20s;            // that we can be introduced
constexpr Duration kHolds = 30s;             // so long it can
constexpr Duration kIntroduceEvery = 500ms;  // the same neighbour
constexpr Duration kToldWithin = 30s;
constexpr std::size_t kMetEnough = 10;
constexpr std::size_t kPeersEnough = 60;
constexpr std::uint8_t kAtOnce = 3;
constexpr std::size_t kRemembered = 64;

}  // namespace

void Introductions::peer_connected(PeerId id, Origin origin, Instant now) {
  c_.peers.at(id).origin = origin;
  if (origin == Origin::Theirs) reached_ = true;
  since_ = std::min(since_, now);
}

std::uint8_t Introductions::needed() const {
  if (c_.peers.size() >= kPeersEnough) return 0;
  auto met = static_cast<std::size_t>(std::ranges::count_if(
      c_.peers, [](const auto& entry) { return entry.second.origin == Origin::Met; }));
  return static_cast<std::uint8_t>(
      std::min<std::size_t>(kAtOnce, kMetEnough - std::min(met, kMetEnough)));
}

void Introductions::tick(Instant now) {
  bool settled = now - kWaitForOthers >= since_;
  if (reached_ || c_.config.publisher || !settled || c_.ready_said) return;
  if (now - asked_at_ < kAskEvery) return;
  std::uint8_t wanted = needed();
  Duration again = wanted > 0 ? kAskAgain : kRemind;
  Peer* whom = nullptr;
  PeerId whom_id = 0;
  for (auto& [id, peer] : c_.peers) {
    bool due = peer.introductions_asked == Instant{} || now - peer.introductions_asked >= again;
    if (!due || peer.cut_off || (whom && whom->introductions_asked <= peer.introductions_asked))
      continue;
    whom = &peer;
    whom_id = id;
  }
  if (!whom) return;
  asked_at_ = whom->introductions_asked = now;
  // Who can be introduced may be called by others too.
  whom->introductions_left = kAtOnce + wanted;
  c_.send(whom_id, wire::Introduce{wanted});
}

bool Introductions::may_introduce(PeerId one, PeerId other, Instant now) {
  const Peer& a = c_.peers.at(one);
  const Peer& b = c_.peers.at(other);
  bool open = one != other && !b.cut_off && b.introduce_until > now &&
              now - b.introduced_at >= kIntroduceEvery;
  return open && std::ranges::find(a.introduced, other) == a.introduced.end();
}

void Introductions::asked(PeerId id, const wire::Introduce& message, Instant now) {
  Peer& peer = c_.peers.at(id);
  peer.introduce_until = now + kHolds;
  if (now - peer.introduced_at < kIntroduceEvery) return;
  std::vector<PeerId> others;
  for (const auto& [other, unused] : c_.peers) {
    if (may_introduce(id, other, now)) others.push_back(other);
  }
  std::ranges::shuffle(others, c_.random);
  others.resize(std::min<std::size_t>({others.size(), message.wanted, kAtOnce}));
  for (PeerId other : others) {
    for (auto [from, to] : {std::pair{id, other}, std::pair{other, id}}) {
      Peer& whom = c_.peers.at(from);
      whom.introduced_at = now;
      if (whom.introduced.size() >= kRemembered) whom.introduced.erase(whom.introduced.begin());
      whom.introduced.push_back(to);
    }
    c_.actions.push_back(BringTogether{.opens = id, .calls = other});
  }
}

void Introductions::told(PeerId id, const wire::Meet& message, Instant now) {
  Peer& peer = c_.peers.at(id);
  bool asked = peer.introductions_left > 0 && now - peer.introductions_asked < kToldWithin;
  // A neighbour could send us anywhere: only as often as we asked for it.
  if (!asked || c_.peers.size() >= kPeersEnough) return;
  --peer.introductions_left;
  c_.actions.push_back(GoMeet{message});
}

}  // namespace freshet::live
