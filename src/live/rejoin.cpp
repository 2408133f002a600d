// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

using ledger::LogKind;

constexpr Duration kAskFor = 3s;
constexpr std::ptrdiff_t kAskPeers = 3;
constexpr Duration kNoProgress = 10s;
// A publisher that lives makes a head every second.
constexpr Duration kQuietFor = 2500ms;
constexpr Duration kTwinAfter = 10s;

}  // namespace

bool Rejoin::up_to_date() const {
  const ledger::Head* newest = c_.ledger.newest_signed();
  const auto& head = c_.ledger.head();
  if (!newest) return true;
  return head && head->seq >= newest->seq && c_.complete() && c_.whole(LogKind::Blocks) &&
         c_.whole(LogKind::Pieces) && c_.whole(LogKind::Aux);
}

void Rejoin::finish(Rejoined::Outcome outcome) {
  step_ = Step::Done;
  c_.config.rejoin = false;
  c_.actions.push_back(Rejoined{outcome});
}

void Rejoin::tick(Instant now) {
  if (!c_.config.rejoin || c_.ledger.evidence()) return;
  auto heard =
      std::ranges::count_if(c_.peers, [](const auto& peer) { return !peer.second.cut_off; });
  auto enter = [&](Step step) {
    step_ = step;
    since_ = progress_at_ = now;
  };
  auto go_on = [&] {
    bool over = std::ranges::any_of(c_.peers, [](const auto& p) { return p.second.provisional; });
    finish(over ? Rejoined::Outcome::End : Rejoined::Outcome::GoOn);
  };
  std::uint64_t seq = c_.ledger.head() ? c_.ledger.head()->seq : 0;
  if (step_ == Step::Begin) {
    enter(Step::Asking);
    seq_ = seq;
  }
  if (step_ == Step::Asking) {
    if (now - since_ < kAskFor && heard < kAskPeers) return;
    if (c_.config.journal_lost && heard == 0) return finish(Rejoined::Outcome::Stale);
    if (up_to_date() && seq == seq_ && !c_.config.journal_lost) return go_on();
    enter(Step::Fetching);
  }
  std::uint64_t progress = seq + c_.stored.count() + c_.stored_tail_bytes();
  for (LogKind kind : ledger::kLogKinds) progress += c_.ledger.log(kind).known_count();
  if (std::exchange(progress_, progress) != progress) progress_at_ = now;
  if (step_ == Step::Fetching) {
    if (up_to_date()) {
      if (first_quiet_ == Instant{}) first_quiet_ = now;
      seq_ = seq;
      enter(Step::Quiet);
    } else if (now - progress_at_ > kNoProgress) {
      finish(Rejoined::Outcome::Stale);
    }
  } else if (step_ == Step::Quiet) {
    if (c_.ledger.ended()) return go_on();
    if (now - first_quiet_ > kTwinAfter) return finish(Rejoined::Outcome::Twin);
    if (!up_to_date() || seq != seq_) return enter(Step::Fetching);
    if (now - since_ >= kQuietFor) go_on();
  }
}

}  // namespace freshet::live
