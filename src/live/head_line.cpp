// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

constexpr Duration kLag = 700ms;      // this late behind another's word, the parent is left
constexpr Duration kTry = 1s;         // what was chosen has so long to prove itself
constexpr Duration kSilence = 3s;     // without any head, another parent is tried
constexpr Duration kStay = 4s;        // before a merely better one is looked for
constexpr double kBetterBy = 60'000;  // µs
constexpr Duration kAskAgain = 1s;    // the answer waits behind blocks
constexpr int kAskFirst = 3;          // who has nothing yet: one of them has a queue that is short
constexpr std::size_t kCoveredMax = 128;

double lag_us(const Peer& peer) {
  return peer.load->head_lag * 10'000.0 + static_cast<double>(peer.rtt.count()) / 2;
}

// It was asked for a frontier a moment ago.
bool may_answer(const Peer& peer, Instant now) {
  return peer.frontier_asked && now - *peer.frontier_asked < kAskAgain;
}

bool has_lag(const Peer& peer) {
  return peer.load && peer.load->head_lag != wire::Load::kLagUnknown;
}

}  // namespace

void HeadLine::stop() {
  if (parent_) c_.send(*std::exchange(parent_, std::nullopt), wire::Follow{false});
}

void HeadLine::ask_frontier(PeerId id) {
  c_.send(id, wire::FrontierRequest{c_.ledger.counts()});
}

void HeadLine::ask_frontier_once(PeerId id, Instant now) {
  Peer* peer = c_.find(id);
  if (!peer || may_answer(*peer, now)) return;
  peer->frontier_asked = now;
  ask_frontier(id);
}

// Everything waits for the first head: it is asked of several, and of others if they say nothing.
void HeadLine::ask_first(Instant now) {
  auto asked = std::ranges::count_if(
      c_.peers, [&](const auto& entry) { return may_answer(entry.second, now); });
  for (const auto& [id, peer] : c_.peers) {
    if (asked >= kAskFirst) return;
    if (peer.seq == 0 || peer.frontier_asked || peer.cut_off) continue;
    ask_frontier_once(id, now);
    ++asked;
  }
}

bool HeadLine::wants_other(Instant now) {
  std::uint64_t ours = c_.ledger.head() ? c_.ledger.head()->seq : 0;
  bool late = false, known = false;
  for (auto& [id, peer] : c_.peers) {
    if (peer.seq <= ours) {
      peer.behind_since = Instant::max();
    } else if (peer.behind_since == Instant::max()) {
      peer.behind_since = now;
    }
    known = known || peer.seq > 0;
    late = late || (parent_ && id != *parent_ && !peer.rejected_us && peer.seq > ours &&
                    now - peer.behind_since > kLag);
  }
  if (!parent_ || (late && now - chosen_ > kTry)) return true;
  if (now - heard_ > kSilence && c_.peers.size() > 1 && !c_.ledger.ended()) return true;
  if (!c_.ledger.head() && c_.peers.at(*parent_).seq == 0 && known) return true;
  if (now - chosen_ < kStay || lag_ == wire::Load::kLagUnknown) return false;
  chosen_ = now;
  auto other = best();
  return other && has_lag(c_.peers.at(*other)) &&
         lag_us(c_.peers.at(*other)) + kBetterBy < lag_ * 10'000.0;
}

// The one that is closest to the publisher; as long as nobody's distance is known, the one that
// stands furthest.
std::optional<PeerId> HeadLine::best() const {
  std::vector<PeerId> best;
  double least = 1e18;
  for (const auto& [id, peer] : c_.peers) {
    if (peer.rejected_us || peer.cut_off || parent_ == id) continue;
    // Who follows us may stand behind us: taken only when there is nobody else.
    double cost = peer.follows_us ? 1e10 : 0;
    cost += has_lag(peer) ? lag_us(peer) : 1e9 - static_cast<double>(peer.seq);
    cost += peer.failures * 1e6;
    if (cost < least) best.clear(), least = cost;
    if (cost <= least) best.push_back(id);
  }
  if (best.empty()) return std::nullopt;
  return best[c_.random() % best.size()];
}

void HeadLine::pump(Instant now) {
  if (!c_.ledger.head()) ask_first(now);
  if (!wants_other(now)) return;
  auto next = best();
  if (!next) {
    // Everybody turned us away: ask again, places come free.
    for (auto& [id, peer] : c_.peers) peer.rejected_us = false;
    return;
  }
  if (parent_) {
    c_.peers.at(*parent_).failures += 0.2;
    c_.send(*parent_, wire::Follow{false});
  }
  parent_ = next;
  heard_ = chosen_ = now;
  c_.send(*parent_, wire::Follow{true});
  ask_frontier_once(*parent_, now);
}

void HeadLine::rejected(PeerId id) {
  if (Peer* peer = c_.find(id)) peer->rejected_us = true;
  if (parent_ == id) parent_.reset();
}

void HeadLine::peer_gone(PeerId id) {
  if (parent_ == id) parent_.reset();
}

void HeadLine::advanced(PeerId from, bool jumped, Instant now) {
  if (!first_from_) first_from_ = from;
  heard_ = now;
  const ledger::Head& head = *c_.ledger.head();
  if (auto show = c_.clock->show_us(now)) {
    auto behind = (*show / 1000 - static_cast<std::int64_t>(head.published_ms)) / 10;
    auto lag = std::clamp<std::int64_t>(behind, 0, wire::Load::kLagUnknown - 1);
    bool first = lag_ == wire::Load::kLagUnknown;
    lag_ = static_cast<std::uint8_t>(first ? lag : (3 * lag_ + lag + 2) / 4);
  }
  // After a jump it is not known which head first covered what lies between.
  if (jumped) covered_.clear(), jumped_ = now;
  covered_.push_back({head.size, head.published_ms, now});
  if (covered_.size() > kCoveredMax) covered_.pop_front();
}

double HeadLine::rate() const {
  if (covered_.size() < 8) return 0;
  auto ms = static_cast<double>(covered_.back().published_ms - covered_.front().published_ms);
  return ms > 0 ? static_cast<double>(covered_.back().size - covered_.front().size) * 1000 / ms : 0;
}

std::uint32_t HeadLine::newest_within(Duration age, Instant now) const {
  std::uint64_t size = 0;
  for (auto head = covered_.rbegin(); head != covered_.rend() && now - head->heard < age; ++head)
    size = head->size;
  return size > 0 ? static_cast<std::uint32_t>(size / kBlockSize) : c_.blocks_total();
}

const HeadLine::Covered* HeadLine::covered(std::uint32_t block) const {
  std::uint64_t end = (std::uint64_t{block} + 1) * kBlockSize;
  auto found = std::ranges::lower_bound(covered_, end, {}, &Covered::size);
  if (found == covered_.end() || found == covered_.begin()) return nullptr;
  return &*found;
}

}  // namespace freshet::live
