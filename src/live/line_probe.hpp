// SPDX-License-Identifier: GPL-3.0-or-later
// What our line carries, found out before others depend on it: a few neighbours are sent what fits
// into a first congestion window each (RFC 6928), and say when they have it.
#pragma once

#include <optional>
#include <vector>

#include "live/context.hpp"

namespace freshet::live {

class LineProbe {
 public:
  explicit LineProbe(Context& context) : c_(context) {}
  // A neighbour looks how fast its line is.
  void asked(PeerId peer, const wire::Probe& message);
  void answered(PeerId peer, const wire::Probed& message, Instant now);
  void tick(Instant now);

 private:
  struct Sent {
    PeerId peer;
    Duration rtt;
    std::optional<Instant> left;  // our line, as far as its answer tells
  };
  [[nodiscard]] std::vector<PeerId> whom() const;
  void send(std::size_t count, Instant now);
  void conclude();

  Context& c_;
  std::vector<Sent> sent_;
  Instant sent_at_{};
  std::uint64_t payload_before_ = 0;
  std::uint32_t round_ = 0;
  bool done_ = false;
};

}  // namespace freshet::live
