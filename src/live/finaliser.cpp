// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

constexpr Duration kStepMax = 1s;  // a machine that slept was not listening
constexpr Duration kAskFor = 60s;  // how long everybody is asked for a newer head
constexpr Duration kNoteEvery = 30s;

}  // namespace

void Finaliser::restore(const ledger::Silence& silence) {
  silence_ = noted_ = silence.heard_nothing_for;
  provisional_ = silence.provisional;
}

bool Finaliser::head_advanced() {
  asking_since_.reset();
  bool was = std::exchange(provisional_, false);
  silence_ = {};
  if (noted_ > Duration{} || was) note();
  return was;
}

void Finaliser::note() {
  noted_ = silence_;
  c_.actions.push_back(Journal{ledger::JournalKind::Silence,
                               ledger::encode(ledger::Silence{silence_, provisional_})});
}

void Finaliser::peer_connected(PeerId peer) {
  if (asking_since_) c_.heads->ask_frontier(peer);
}

void Finaliser::tick(Instant now) {
  Duration step = std::clamp(now - std::exchange(last_tick_, now), Duration{}, kStepMax);
  bool idle = c_.config.publisher || c_.config.rejoin || !c_.ledger.head() || c_.ledger.ended() ||
              provisional_ || c_.ledger.evidence();
  bool alone = std::ranges::none_of(c_.peers, [](const auto& p) { return !p.second.cut_off; });
  if (idle || alone) return;
  silence_ += step;
  Duration patience = std::chrono::seconds(c_.ledger.descriptor().finalise_after);
  if (silence_ - noted_ >= kNoteEvery) note();
  if (silence_ < patience) return;
  if (!asking_since_) {
    asking_since_ = silence_;
    for (const auto& [id, peer] : c_.peers) c_.heads->ask_frontier(id);
  }
  if (silence_ - *asking_since_ < std::min(kAskFor, std::max<Duration>(patience, 1s))) return;
  provisional_ = true;
  note();
  c_.check_final();
}

}  // namespace freshet::live
