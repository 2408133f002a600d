// SPDX-License-Identifier: GPL-3.0-or-later
// What a run is made of: the show, the swarm, what goes wrong, and what must hold. Read from a TOML
// file; every key is listed in simulator/README.md.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "freshet/base/error.hpp"

namespace freshet::sim {

struct Range {
  double low = 0, high = 0;
};

struct UplinkClass {
  double share = 1;  // of the peers
  double ratio = 1;  // uplink over stream rate
};

struct Scenario {
  std::string name;
  std::string about;

  // [show]
  double rate = 250'000;  // bytes/s
  double seconds = 60;
  std::uint32_t count_from = 0;  // whole seconds; what was published and sent before is not counted
  bool ends = false;             // sign an end, and run on until everybody has the tail

  // [swarm]
  std::uint32_t peers = 100;
  std::vector<UplinkClass> uplinks{{1.0, 2.0}};
  double publisher_uplink = 8;  // times the rate
  double downlink = 10;         // times the rate
  Range delay_ms{20, 20};       // one way between two peers
  double jitter_ms = 0;         // up to so much more, drawn for each message
  Range loss{0, 0};             // of the packets between two peers, 0.01 = 1 %
  double queue = 64'000;        // bytes that an access link's queue holds, drop-tail
  double unreachable = 0;       // share of the peers that cannot be connected to
  double hole_punching = 0;     // share of the pairs of such peers that an introduction connects
  std::uint32_t neighbours = 30;
  std::uint32_t bundles = 0;  // live::NodeConfig::bundles
  double arrive_over = 2;     // seconds in which the peers come
  double arrive_at = 0;

  // [faults]
  double churn_per_minute = 0;  // share of the peers replaced in a minute
  double vanish_at = 0;         // seconds; 0: never
  double vanish_share = 0;
  double free_riders = 0;   // upload nothing
  double polluters = 0;     // send junk
  double liars = 0;         // say that they have everything, and send nothing
  bool eclipse = false;     // the last peer to come meets only liars and one honest peer
  std::uint32_t early = 0;  // so many come at the start, the rest at arrive_at

  // [limits]: figure -> limit
  std::map<std::string, double> limits;
};

[[nodiscard]] Expected<Scenario> read_scenario(const std::filesystem::path& file);
[[nodiscard]] Expected<Scenario> parse_scenario(const std::string& text, const std::string& name);
// The scenarios that come with the simulator, by name.
[[nodiscard]] std::vector<std::filesystem::path> scenario_files();
// A scenario drawn from a seed: which faults exist, and how strong (swarm testing).
[[nodiscard]] Scenario draw_scenario(std::uint64_t seed);

}  // namespace freshet::sim
