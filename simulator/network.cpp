// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/network.hpp"

#include <algorithm>
#include <cmath>

namespace freshet::sim {
namespace {

constexpr double kSegment = 1448;       // payload of a TCP segment with timestamps
constexpr double kSegmentHeaders = 66;  // Ethernet, IPv4, TCP with timestamps
constexpr double kInitialWindow = 10;
constexpr double kWindowMax = 400;
constexpr Duration kRtoMin = std::chrono::milliseconds(200);

float ms(Duration d) {
  return static_cast<float>(d.count()) / 1000.0F;
}

double on_the_wire(double bytes) {
  return bytes + std::ceil(bytes / kSegment) * kSegmentHeaders;
}

Duration segments_take(double segments, double rate) {
  return Duration(static_cast<std::int64_t>(segments * (kSegment + kSegmentHeaders) / rate * 1e6));
}

// How long the line stands still until `segments` are through the congestion window. The next ones
// leave when the first of a window is acknowledged: a slow line is still busy with the last then.
Duration stalls(Flow& flow, double segments, Instant now, Duration rtt, double rate) {
  Duration rto = rtt + kRtoMin;
  if (now - flow.last_sent > rto) {
    // RFC 5681, section 4.1: a connection that was idle starts again.
    for (Duration idle = now - flow.last_sent; idle > rto && flow.window > kInitialWindow;
         idle -= rto) {
      flow.window = std::max(kInitialWindow, flow.window / 2);
    }
  }
  if (now - flow.round_began > rtt) {
    flow.round_began = now;
    flow.in_round = 0;
  }
  // RFC 7661's ancestor, as Linux does it: a window that was not used shrinks, too.
  if (now - flow.used_since > rto) {
    double needed = std::max(kInitialWindow, flow.used);
    if (needed < flow.window) flow.window = (flow.window + needed) / 2;
    flow.used_since = now;
    flow.used = 0;
  }
  flow.last_sent = now;
  flow.in_round += segments;
  flow.used = std::max(flow.used, flow.in_round);
  Duration stalled{};
  while (flow.in_round > flow.window) {
    stalled += std::max(Duration{}, rtt - segments_take(flow.window - 1, rate));
    flow.in_round -= flow.window;
    flow.window = std::min(flow.window * 2, kWindowMax);
  }
  return stalled;
}

// What lost segments cost: a round trip from when three later ones have told of the gap, in which
// the rest goes on to leave; a probe or a time-out when none do.
Duration recovery(Flow& flow, double segments, double loss, Duration rtt, double rate,
                  Random& random) {
  if (loss <= 0 || !random.chance(1 - std::pow(1 - loss, segments))) return {};
  flow.window = std::max(4.0, flow.window / 2);
  double after = random.unit() * segments;
  bool at_the_end = after < 2;
  Duration cost = at_the_end ? 2 * rtt + std::chrono::milliseconds(10)
                             : std::max(Duration{}, rtt - segments_take(after - 3, rate));
  while (random.chance(loss)) cost += rtt + kRtoMin;
  return cost;
}

}  // namespace

Duration one_way(const Host& a, const Host& b) {
  return Duration(static_cast<std::int64_t>((a.delay_ms + b.delay_ms) * 1000));
}

Instant send(Flow& flow, Host& from, const Host& to, double bytes, Instant now,
             const Scenario& scenario, Random& random, Way& way) {
  double segments = std::ceil(bytes / kSegment);
  Duration delay = one_way(from, to);
  Duration rtt = 2 * delay + Duration(1000);
  double size = on_the_wire(bytes);
  Duration waiting = from.up.backlog(now);
  Duration lost{};
  double queued = static_cast<double>(waiting.count()) / 1e6 * from.up.rate;
  if (queued + size > scenario.queue) {
    // The router's queue is full: the end of this is dropped, noticed by a probe (RFC 8985), and
    // sent again.
    lost = 2 * rtt + std::chrono::milliseconds(10);
    size += std::min(bytes, kSegment) + kSegmentHeaders;
    flow.window = std::max(4.0, flow.window / 2);
  }
  from.up.free_at = std::max(from.up.free_at, now) + from.up.time_for(size);
  from.up.carried += size;
  way.queueing += ms(from.up.free_at - now);
  lost += stalls(flow, segments, now, rtt, from.up.rate);
  double loss = 1 - (1 - from.loss) * (1 - to.loss);
  lost += recovery(flow, segments, loss, rtt, from.up.rate, random);
  Duration jitter(static_cast<std::int64_t>(random.unit() * scenario.jitter_ms * 1000));
  Instant arrival = from.up.free_at + delay + jitter + lost;
  way.flight += ms(delay + jitter);
  if (arrival < flow.last_arrival) {
    lost += flow.last_arrival - arrival;
    arrival = flow.last_arrival;
  }
  way.recovery += ms(lost);
  return flow.last_arrival = arrival;
}

Instant receive(Host& to, double bytes, Instant now, Way& way) {
  double size = on_the_wire(bytes);
  to.down.free_at = std::max(to.down.free_at, now) + to.down.time_for(size);
  to.down.carried += size;
  way.queueing += ms(to.down.free_at - now);
  return to.down.free_at;
}

}  // namespace freshet::sim
