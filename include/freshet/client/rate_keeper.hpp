// SPDX-License-Identifier: GPL-3.0-or-later
// How much a broadcast may send when its line carries less than was chosen. Goes by what reaches
// the audience, not by an estimate: who watches falls behind although all goes out that the line
// takes. Not thread-safe.
#pragma once

#include <chrono>
#include <optional>

#include "freshet/engine/events.hpp"

namespace freshet::client {

class RateKeeper {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // A snapshot of a show on the air, about one a second. Bits/s that the source may make from now
  // on, 0: as many as it likes; nothing: no change.
  [[nodiscard]] std::optional<int> take(const engine::Snapshot& snapshot, Time now);

 private:
  [[nodiscard]] std::optional<int> lower(double up, Time now);
  [[nodiscard]] std::optional<int> raise(Time now);

  std::optional<engine::Snapshot> last_;
  Time last_at_;
  double chosen_ = 0;  // bytes/s of the show without a limit, smoothed
  double rate_ = 0;    // bytes/s of the show, smoothed
  double up_ = 0;      // bytes/s that go out, smoothed
  double limit_ = 0;   // bytes/s; 0: none
  double patience_ = 20;
  std::optional<Time> starved_since_, well_since_;
  Time changed_at_;
};

}  // namespace freshet::client
