// SPDX-License-Identifier: GPL-3.0-or-later
// Sets of sub-streams, and what a neighbour says of them.
#pragma once

#include <algorithm>
#include <bit>

#include "live/peer.hpp"

namespace freshet::live {

template <class F>
void each(wire::Substreams which, F&& f) {
  for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) {
    if (which & bit(s)) f(s);
  }
}

// The mean of what each has.
template <class F>
double mean(wire::Substreams which, F&& f) {
  double sum = 0;
  each(which, [&](std::uint32_t s) { sum += f(s); });
  return sum / std::popcount(which);
}

inline std::uint8_t hops_of(const Peer& peer, std::uint32_t substream) {
  std::uint8_t hops = peer.load->hops[substream];
  return hops == wire::Load::kHopsFull ? std::uint8_t{0} : hops;
}

// Until it says again how many places are left.
inline void take_places(Peer& peer, wire::Substreams which) {
  int left = peer.load->free - std::popcount(which);
  peer.load->free = static_cast<std::uint16_t>(std::max(0, left));
}

}  // namespace freshet::live
