// SPDX-License-Identifier: GPL-3.0-or-later
// Access links and the connections between them. A message is the unit: it waits in its sender's
// uplink, travels, waits in its receiver's downlink; a connection delivers in order and, like TCP,
// pays for loss with round trips and for idleness with a small window. See simulator/README.md for
// what is left out.
#pragma once

#include <vector>

#include "freshet/base/time.hpp"
#include "simulator/random.hpp"
#include "simulator/scenario.hpp"

namespace freshet::sim {

// One direction of a host's access link.
struct Link {
  double rate = 0;  // bytes/s
  Instant free_at{};
  double carried = 0;  // bytes

  [[nodiscard]] Duration time_for(double bytes) const {
    return Duration(static_cast<std::int64_t>(bytes / rate * 1e6));
  }
  [[nodiscard]] Duration backlog(Instant now) const {
    return free_at > now ? free_at - now : Duration{};
  }
};

struct Host {
  Link up, down;
  double delay_ms = 0;  // its part of the way
  double loss = 0;      // its part of the loss
  bool reachable = true;
};

// One direction of a connection.
struct Flow {
  double window = 10;   // segments; RFC 6928's initial window
  double in_round = 0;  // segments sent in this round trip
  double used = 0;      // the most of these, since `used_since`
  Instant used_since{};
  Instant round_began{};
  Instant last_sent{};
  Instant last_arrival{};  // in order: nothing arrives before what was sent before it
};

// Where the time of one message went, ms.
struct Way {
  float queueing = 0;  // access links: waiting and transmission
  float flight = 0;
  float recovery = 0;  // lost segments, small windows, and waiting for what was before it
};

// When the last byte of `bytes` that `from` sends now reaches the access link of `to`.
[[nodiscard]] Instant send(Flow& flow, Host& from, const Host& to, double bytes, Instant now,
                           const Scenario& scenario, Random& random, Way& way);
// When it has come through the access link of `to`, having arrived there now.
[[nodiscard]] Instant receive(Host& to, double bytes, Instant now, Way& way);
[[nodiscard]] Duration one_way(const Host& a, const Host& b);

}  // namespace freshet::sim
