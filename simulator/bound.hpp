// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the same swarm could be if one schedule knew everything: the yardstick.
#pragma once

#include "simulator/measure.hpp"
#include "simulator/scenario.hpp"

namespace freshet::sim {

// Delays of a greedy schedule on the scenario's links and neighbourhoods, without loss, faults or
// messages: block by block, always that transfer next which is complete first. The publisher sends
// each block at most twice.
[[nodiscard]] Histogram all_knowing(const Scenario& scenario, std::uint64_t seed);

}  // namespace freshet::sim
