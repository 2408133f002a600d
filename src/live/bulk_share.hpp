// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "live/context.hpp"

namespace freshet::live {

// How much of the uplink what is fetched in bulk may take: what the live edge leaves over, so that
// a viewer that fetches the whole show does not slow down those who watch it live.
class BulkShare {
 public:
  explicit BulkShare(Context& context) : c_(context) {}
  // Whether bulk may leave now to a peer that wants some. Few at a time may have it: whoever is
  // unchoked has a whole send buffer filled at once, and with thirty of them the edge waits.
  [[nodiscard]] bool open(PeerId peer, Instant now);
  void sent(std::size_t bytes);
  // The same for a block that somebody asks for by name, too late to see it live.
  [[nodiscard]] bool may_repair(Instant now);
  // Bytes/s.
  [[nodiscard]] double rate() const;

 private:
  struct Turn {
    PeerId peer;
    Instant since, asked;
  };
  [[nodiscard]] bool has_credit(Instant now);
  [[nodiscard]] bool has_turn(PeerId peer, Instant now);

  Context& c_;
  double credit_ = 0;  // bytes
  bool spent_ = false;
  Instant at_{}, held_until_{};
  std::vector<Turn> turns_;
  Instant others_wait_{};
};

}  // namespace freshet::live
