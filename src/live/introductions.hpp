// SPDX-License-Identifier: GPL-3.0-or-later
// Peers that nobody outside can connect to find each other by a common neighbour, which tells both
// of them at once where the other is (the idea of BEP 55).
#pragma once

#include "live/context.hpp"

namespace freshet::live {

class Introductions {
 public:
  explicit Introductions(Context& context) : c_(context) {}
  void peer_connected(PeerId peer, Origin origin, Instant now);
  // A neighbour wants to be introduced.
  void asked(PeerId peer, const wire::Introduce& message, Instant now);
  // A neighbour introduces us.
  void told(PeerId peer, const wire::Meet& message, Instant now);
  void tick(Instant now);

 private:
  [[nodiscard]] bool may_introduce(PeerId one, PeerId other, Instant now);
  [[nodiscard]] std::uint8_t needed() const;

  Context& c_;
  bool reached_ = false;            // somebody connected to us from outside
  Instant since_ = Instant::max();  // the first neighbour came
  Instant asked_at_{};
};

}  // namespace freshet::live
