// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/line_probe.hpp"

#include <algorithm>

#include "live/blocks.hpp"
#include "live/children.hpp"

namespace freshet::live {
namespace {

constexpr std::uint16_t kBytes =
    4'000;  // a part of a first congestion window: no round trip but its own
constexpr std::size_t kFew = 6;
constexpr std::size_t kMany = 15;   // a fast line is asked for longer; more overflows small queues
constexpr double kTooShort = 0.04;  // of which receipts, late by some ms each, say too little
constexpr double kLeastOfAll = 0.03;
constexpr Duration kAnswerIn = 1500ms;  // besides the round trip; 0.3 Mbit/s
constexpr std::size_t kAnswersLeast = 3;
constexpr int kProbesMax = 16;  // of one peer; more is abuse, and not answered

// What was sent before it; how long it took.
using Answers = std::vector<std::pair<std::size_t, Duration>>;

// Seconds that the line takes for one. What is lost on the way, or waits in a window, comes too
// late and never too early: nearly the least of what each of them says counts, but the first say
// little.
double each_took(const Answers& answers) {
  std::vector<double> each;
  for (auto [before, took] : answers) {
    if (before < answers.size() / 3) continue;
    each.push_back(std::chrono::duration<double>(took).count() / static_cast<double>(before + 1));
  }
  auto low = each.begin() + static_cast<std::ptrdiff_t>(each.size() / 3);
  std::nth_element(each.begin(), low, each.end());
  return std::max(*low, kLeastOfAll / static_cast<double>(answers.size()));
}

// Bytes a second that the line carries if all of these blocks left before the last probe did.
double at_most(const Answers& answers, double blocks) {
  Duration longest = std::ranges::max_element(answers, {}, &Answers::value_type::second)->second;
  double all = kBytes * static_cast<double>(answers.size()) + blocks;
  return all / std::max(std::chrono::duration<double>(longest).count(), kLeastOfAll);
}

}  // namespace

void LineProbe::asked(PeerId id, const wire::Probe& message) {
  if (++c_.peers.at(id).probes <= kProbesMax) c_.send(id, wire::Probed{message.id});
}

void LineProbe::answered(PeerId id, const wire::Probed& message, Instant now) {
  if (message.id != round_) return;
  auto sent = std::ranges::find(sent_, id, &Sent::peer);
  if (sent == sent_.end() || sent->left) return;
  sent->left = now - sent->rtt;
  if (std::ranges::all_of(sent_, [](const Sent& s) { return s.left.has_value(); })) conclude();
}

std::vector<PeerId> LineProbe::whom() const {
  std::vector<PeerId> known;
  for (const auto& [id, peer] : c_.peers) {
    if (!peer.cut_off && peer.rtt > Duration{}) known.push_back(id);
  }
  return known;
}

void LineProbe::send(std::size_t count, Instant now) {
  std::vector<PeerId> peers = whom();
  sent_.clear();
  sent_at_ = now;
  payload_before_ = c_.stats.payload_out;
  ++round_;
  auto message = std::make_shared<const wire::Message>(wire::Probe{round_, kBytes});
  std::size_t first = c_.random() % peers.size();
  for (std::size_t i = 0; i < std::min(count, peers.size()); ++i) {
    PeerId id = peers[(first + i) % peers.size()];
    sent_.push_back({id, c_.peers.at(id).rtt, {}});
    c_.send(id, message);
  }
}

void LineProbe::conclude() {
  Answers answers;
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    if (sent_[i].left) answers.emplace_back(i, *sent_[i].left - sent_at_);
  }
  std::size_t sent = sent_.size();
  sent_.clear();
  done_ = true;
  if (answers.size() < kAnswersLeast) return;
  double one = each_took(answers);
  if (sent <= kFew && one * static_cast<double>(sent) < kTooShort) {
    done_ = false;  // once more, with more
    return;
  }
  double rate = kBytes / one;
  auto blocks = c_.stats.payload_out - payload_before_;
  if (blocks > 0 && rate < c_.pusher->uplink().rate()) {
    // They took of the line meanwhile. Who is asked for blocks at once stands close to the
    // publisher: not to know that its line is a slow one would be the worst.
    rate = (rate + at_most(answers, static_cast<double>(blocks))) / 2;
    if (rate > c_.pusher->uplink().rate()) return;
  }
  c_.pusher->line_known(rate);
  c_.children->line_known();
}

void LineProbe::tick(Instant now) {
  bool needs = !c_.config.publisher && c_.config.edge && !c_.config.unpaced &&
               c_.config.places_max > 0 && !c_.ledger.ended();
  if (done_ || !needs) return;
  if (c_.pusher->uplink().measured()) {
    done_ = true;
  } else if (!sent_.empty()) {
    Duration longest{};
    for (const Sent& sent : sent_) longest = std::max(longest, sent.rtt);
    if (now - sent_at_ > kAnswerIn + longest) conclude();
  } else if (whom().size() >= kFew) {
    send(round_ == 0 ? kFew : kMany, now);
  }
}

}  // namespace freshet::live
