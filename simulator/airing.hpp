// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated show: its bytes, and its publisher's heads, signed as the real ones are.
#pragma once

#include <memory>
#include <vector>

#include "freshet/ledger/author.hpp"
#include "freshet/live/node.hpp"
#include "simulator/random.hpp"
#include "simulator/scenario.hpp"

namespace freshet::sim {

class Airing {
 public:
  Airing(const Scenario& scenario, std::uint64_t seed, const ledger::Crypto& crypto);

  [[nodiscard]] const ledger::Descriptor& descriptor() const { return descriptor_; }
  // What the publisher's node is built on.
  [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
  // The next head over what the source has made until `now`; the end when the show's time is over.
  void publish(live::Node& publisher, Instant now);
  [[nodiscard]] Duration head_interval() const { return interval_; }
  [[nodiscard]] bool over() const { return over_; }

  // When each complete block was first covered by a head.
  [[nodiscard]] const std::vector<Instant>& published() const { return published_; }
  [[nodiscard]] Instant ended_at() const { return ended_at_; }
  [[nodiscard]] const SharedBytes& block(std::uint32_t index) const { return blocks_[index]; }

 private:
  const Scenario& scenario_;
  Random random_;
  ledger::Descriptor descriptor_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<ledger::Author> author_;
  Duration interval_{};
  Instant last_mark_ = Instant::min();
  std::vector<Instant> published_;
  std::vector<SharedBytes> blocks_;
  Bytes rest_;  // of a block that is not complete
  Instant ended_at_{};
  bool over_ = false;
};

// Milliseconds of the publisher's wall clock at the simulation's zero.
inline constexpr WallMs kWallZero = 1'800'000'000'000;

}  // namespace freshet::sim
