// SPDX-License-Identifier: GPL-3.0-or-later
// A run for people (a table), for programs (JSON, CSV) and as a picture (SVG).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "freshet/base/error.hpp"
#include "simulator/measure.hpp"
#include "simulator/scenario.hpp"

namespace freshet::sim {

struct Broken {
  std::string figure;
  double value = 0, limit = 0;
};
// The limits that do not hold, and those that name no figure.
[[nodiscard]] std::vector<Broken> broken_limits(const Scenario& scenario,
                                                const std::map<std::string, double>& figures);

[[nodiscard]] std::string table(const Scenario& scenario, std::uint64_t seed, const Measurements& m,
                                const std::map<std::string, double>& f);
[[nodiscard]] std::string json(const Scenario& scenario, std::uint64_t seed, const Measurements& m,
                               const std::map<std::string, double>& f);
// summary.csv, delays.csv, seconds.csv and swarm.svg in `folder`.
[[nodiscard]] Expected<void> write_files(const std::filesystem::path& folder,
                                         const Scenario& scenario, const Measurements& m,
                                         const std::map<std::string, double>& f);
[[nodiscard]] std::string picture(const Scenario& scenario, const Measurements& m);

}  // namespace freshet::sim
