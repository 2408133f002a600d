// SPDX-License-Identifier: GPL-3.0-or-later
// freshet-sim: runs scenarios and says whether their limits hold.
#include <fmt/format.h>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "simulator/bound.hpp"
#include "simulator/report.hpp"
#include "simulator/swarm.hpp"

namespace freshet::sim {
namespace {

constexpr int kLimitBroken = 1, kUsage = 2;

struct Arguments {
  std::vector<std::string> scenarios;
  std::uint64_t seed = 1;
  std::string seeds;
  std::uint32_t peers = 0;
  double seconds = 0;
  std::uint32_t bundles = 0;
  std::string out;
  bool json = false;
  bool quiet = false;
};

Expected<Scenario> load(const std::string& name, const Arguments& a, std::uint64_t seed) {
  Expected<Scenario> scenario = draw_scenario(seed);
  if (name != "drawn") {
    std::filesystem::path path = name;
    for (const auto& file : scenario_files()) {
      if (file.stem() == name) path = file;
    }
    scenario = read_scenario(path);
  }
  if (scenario && a.peers > 0) scenario->peers = a.peers;
  if (scenario && a.bundles > 0) scenario->bundles = a.bundles;
  if (scenario && a.seconds > 0) scenario->seconds = a.seconds;
  return scenario;
}

int list() {
  for (const auto& file : scenario_files()) {
    auto scenario = read_scenario(file);
    if (!scenario) {
      fmt::print(stderr, "freshet-sim: {}\n", scenario.error().message);
      return kUsage;
    }
    fmt::print("{:<18} {}\n", scenario->name, scenario->about);
  }
  fmt::print("{:<18} {}\n", "drawn", "what a seed draws: up to 300 peers, 30 s, any faults");
  return 0;
}

int run_one(const Scenario& scenario, std::uint64_t seed, const Arguments& a) {
  Swarm swarm(scenario, seed);
  bool progress = !a.quiet && !a.json && isatty(STDERR_FILENO) == 1;
  auto started = std::chrono::steady_clock::now();
  swarm.run([&](double second) {
    if (!progress) return;
    double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    fmt::print(stderr, "\r{}: {:.0f} of {:.0f} s simulated, {:.0f} s taken ", scenario.name, second,
               scenario.seconds, took);
  });
  if (progress) fmt::print(stderr, "\n");
  auto figures = swarm.figures();
  const Measurements& m = swarm.measurements();
  if (a.json) {
    fmt::print("{}", json(scenario, seed, m, figures));
  } else if (!a.quiet) {
    fmt::print("{}", table(scenario, seed, m, figures));
  }
  std::fflush(stdout);
  if (!a.out.empty()) {
    auto folder = std::filesystem::path(a.out) / fmt::format("{}-{}", scenario.name, seed);
    if (auto written = write_files(folder, scenario, m, figures); !written) {
      fmt::print(stderr, "freshet-sim: {}\n", written.error().message);
      return kUsage;
    }
  }
  auto broken = broken_limits(scenario, figures);
  for (const Broken& b : broken) {
    fmt::print(stderr, "freshet-sim: {} with seed {}: {} is {:.4g}, the limit is {:.4g}\n",
               scenario.name, seed, b.figure, b.value, b.limit);
  }
  return broken.empty() ? 0 : kLimitBroken;
}

int run(const Arguments& a) {
  std::uint64_t first = a.seed, last = a.seed;
  if (!a.seeds.empty()) {
    int used = 0;
    bool read = std::sscanf(a.seeds.c_str(), "%lu..%lu%n", &first, &last, &used) == 2;
    if (!read || static_cast<std::size_t>(used) != a.seeds.size() || first > last) {
      fmt::print(stderr, "freshet-sim: --seeds wants FIRST..LAST, not {}\n", a.seeds);
      return kUsage;
    }
  }
  int status = 0;
  for (const std::string& name : a.scenarios) {
    for (std::uint64_t seed = first; seed <= last; ++seed) {
      auto scenario = load(name, a, seed);
      if (!scenario) {
        fmt::print(stderr, "freshet-sim: {}\n", scenario.error().message);
        return kUsage;
      }
      status = std::max(status, run_one(*scenario, seed, a));
    }
  }
  return status;
}

int bound(const Arguments& a) {
  for (const std::string& name : a.scenarios) {
    auto scenario = load(name, a, a.seed);
    if (!scenario) {
      fmt::print(stderr, "freshet-sim: {}\n", scenario.error().message);
      return kUsage;
    }
    Histogram delays = all_knowing(*scenario, a.seed);
    fmt::print("{}: an all-knowing schedule: p50 {:.3f} s, p95 {:.3f} s, p99 {:.3f} s\n",
               scenario->name, delays.percentile(0.5) / 1000, delays.percentile(0.95) / 1000,
               delays.percentile(0.99) / 1000);
  }
  return 0;
}

// Ten thousand nodes lie all over the memory: with huge pages a run takes a seventh less. glibc
// takes that wish at the start of a program only, so this one starts itself again.
void use_huge_pages(char** argv) {
  if (getenv("GLIBC_TUNABLES")) return;
  setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 1);
  execv("/proc/self/exe", argv);  // if that cannot be, it goes on without
}

int main_of(int argc, char** argv) {
  CLI::App app(
      "Runs the live core on a modelled network. Exit status: 0 all limits hold, 1 one "
      "does not, 2 the request makes no sense.");
  app.name("freshet-sim");
  app.require_subcommand(1);
  Arguments a;
  auto* list_app = app.add_subcommand("list", "The scenarios that come with it");
  auto* run_app = app.add_subcommand("run", "Run scenarios, by name or file");
  auto* bound_app = app.add_subcommand("bound", "How fast a schedule that knows all could be");
  for (CLI::App* sub : {run_app, bound_app}) {
    sub->add_option("scenario", a.scenarios, "Name or file")->required();
    sub->add_option("--seed", a.seed, "What chance is drawn from");
    sub->add_option("--peers", a.peers, "Instead of the scenario's")->check(CLI::PositiveNumber);
    sub->add_option("--seconds", a.seconds, "Instead of the scenario's")
        ->check(CLI::PositiveNumber);
  }
  run_app->add_option("--bundles", a.bundles, "Parts that the stream is dealt out in")
      ->check(CLI::IsMember({1, 2, 4, 8, 16}));
  run_app->add_option("--seeds", a.seeds, "One run for each, FIRST..LAST");
  run_app->add_option("--out", a.out, "Folder for CSV and SVG");
  run_app->add_flag("--json", a.json, "One JSON object per run");
  run_app->add_flag("--quiet", a.quiet, "Only what is broken");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "freshet-sim: {} (see freshet-sim --help)\n", error.what());
    return kUsage;
  }
  if (*list_app) return list();
  return *run_app ? run(a) : bound(a);
}

}  // namespace
}  // namespace freshet::sim

int main(int argc, char** argv) {
  freshet::sim::use_huge_pages(argv);
  return freshet::sim::main_of(argc, argv);
}
