// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the same swarm could be if one schedule knew everything: the yardstick.
#pragma once

#include "simulator/measure.hpp"
#include "simulator/scenario.hpp"

namespace freshet::sim {

// Delays of a greedy schedule on the scenario's links and neighbourhoods, without loss, faults or
// messages: whenever an uplink is free, it sends the oldest block that a neighbour lacks, to the
// one of those that can pass it on fastest. The publisher sends each block at most twice.
[[nodiscard]] Histogram all_knowing(const Scenario& scenario, std::uint64_t seed);

}  // namespace freshet::sim
