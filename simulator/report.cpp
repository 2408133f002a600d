// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/report.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace freshet::sim {
namespace {

constexpr std::array kMessageNames{
    "head",      "number",     "follow", "frontier?", "frontier", "hashes?",  "hashes",
    "hashes!",   "block?",     "block",  "block!",    "cancel",   "evidence", "follow!",
    "subscribe", "subscribed", "load",   "ping",      "pong",     "audience", "have",
    "introduce", "meet",       "probe",  "probed",    "ignored"};
static_assert(kMessageNames.size() == std::variant_size_v<wire::Message>);

std::string number(const std::string& name, double value) {
  bool seconds = name.starts_with("p5") || name.starts_with("p9") || name.find("_p") != name.npos ||
                 name.starts_with("tail") || name == "recovered_after";
  bool share = name.ends_with("continuity") || name == "offload" || name == "duplicates" ||
               name == "overhead";
  if (share) return fmt::format("{:.3f} %", value * 100);
  if (seconds) return fmt::format("{:.3f} s", value);
  return fmt::format("{:.2f}", value);
}

// What came in time of each sub-stream, by the second in which it was published: where a whole one
// is late at once, it is late near the publisher.
std::string by_substream(const Measurements& m) {
  std::string out = "second";
  auto to = std::back_inserter(out);
  for (std::uint32_t s = 0; s < wire::kSubstreams; ++s) fmt::format_to(to, ",in_time_{}", s);
  for (std::size_t second = 0; second < m.published.size(); ++second) {
    if (m.published[second].all.due == 0) continue;
    fmt::format_to(to, "\n{}", second + 1);
    for (const auto& count : m.published[second].by_substream) {
      if (count.due == 0) {
        out += ',';
      } else {
        fmt::format_to(to, ",{:.4f}", count.share());
      }
    }
  }
  return out + "\n";
}

}  // namespace

std::vector<Broken> broken_limits(const Scenario& scenario,
                                  const std::map<std::string, double>& figures) {
  std::vector<Broken> broken;
  for (const auto& [name, limit] : scenario.limits) {
    auto found = figures.find(name);
    double value = found == figures.end() ? -1 : found->second;
    bool holds = found != figures.end() && (is_floor(name) ? value >= limit : value <= limit);
    if (!holds) broken.push_back({name, value, limit});
  }
  return broken;
}

std::string table(const Scenario& scenario, std::uint64_t seed, const Measurements& m,
                  const std::map<std::string, double>& f) {
  std::string out;
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{}: {} peers, {:.0f} s, seed {}\n", scenario.name, scenario.peers,
                 scenario.seconds, seed);
  for (const auto& [name, value] : f) {
    auto limit = scenario.limits.find(name);
    std::string rule, verdict;
    if (limit != scenario.limits.end()) {
      bool floor = is_floor(name);
      rule = (floor ? ">= " : "<= ") + number(name, limit->second);
      verdict = (floor ? value >= limit->second : value <= limit->second) ? "ok" : "BROKEN";
    }
    fmt::format_to(to, "  {:<26}{:>14}   {:<16}{}\n", name, number(name, value), rule, verdict);
  }
  if (m.caused > 0) {
    out += "  where the delay arises, mean:";
    for (std::size_t i = 0; i < m.causes.size(); ++i) {
      fmt::format_to(to, "{} {} {:.0f} ms", i == 0 ? "" : ",", Trail::kNames[i],
                     m.causes[i] / static_cast<double>(m.caused));
    }
    std::uint64_t hops = 0;
    for (auto [depth, count] : m.depth) hops += static_cast<std::uint64_t>(depth) * count;
    fmt::format_to(to, "\n  hops from the publisher, mean: {:.1f}\n",
                   static_cast<double>(hops) / static_cast<double>(m.caused));
  }
  const live::NodeStats& n = m.nodes;
  fmt::format_to(
      to,
      "  blocks asked for by name {} (late {}), dropped {}; sub-streams refused {}, lost {}, "
      "left {}\n",
      n.pulls, n.pulls_late, n.cut_short, n.refused, n.lost, n.left);
  for (const auto& [reason, count] : m.cut_off) {
    fmt::format_to(to, "  cut off {} times: {}\n", count, reason);
  }
  out += "  bytes by kind of message:";
  for (std::size_t type = 0; type < m.bytes_by_type.size(); ++type) {
    if (m.count_by_type[type] == 0) continue;
    fmt::format_to(
        to, " {} {:.3f} % ({})", kMessageNames[type],
        100 * static_cast<double>(m.bytes_by_type[type]) / static_cast<double>(m.handed_over),
        m.count_by_type[type]);
  }
  out += "\n";
  fmt::format_to(to, "  trace {:016x}\n", m.trace);
  return out;
}

std::string json(const Scenario& scenario, std::uint64_t seed, const Measurements& m,
                 const std::map<std::string, double>& f) {
  std::string out = fmt::format(R"({{"scenario":"{}","seed":{},"peers":{},"trace":"{:016x}")",
                                scenario.name, seed, scenario.peers, m.trace);
  for (const auto& [name, value] : f) {
    fmt::format_to(std::back_inserter(out), R"(,"{}":{:.6g})", name, value);
  }
  out += R"(,"broken":[)";
  bool first = true;
  for (const Broken& b : broken_limits(scenario, f)) {
    fmt::format_to(std::back_inserter(out), R"({}"{}")", first ? "" : ",", b.figure);
    first = false;
  }
  return out + "]}\n";
}

Expected<void> write_files(const std::filesystem::path& folder, const Scenario& scenario,
                           const Measurements& m, const std::map<std::string, double>& f) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  auto write = [&](const char* name, const std::string& text) {
    std::ofstream out(folder / name);
    out << text;
    return out.good();
  };
  std::string summary = "figure,value\n", delays = "ms,blocks\n";
  std::string seconds =
      "second,peers,p50_ms,p95_ms,p99_ms,in_time,upload_use,publisher_copies,fed,places\n";
  for (const auto& [name, value] : f) summary += fmt::format("{},{:.6g}\n", name, value);
  for (std::size_t ms = 0; ms < m.delays.bins().size(); ++ms) {
    if (m.delays.bins()[ms] > 0) delays += fmt::format("{},{}\n", ms, m.delays.bins()[ms]);
  }
  for (const SecondRow& row : m.seconds) {
    auto second = static_cast<std::size_t>(row.at) - 1;
    std::string came = ",,,";  // nobody counts yet
    if (second < m.published.size() && m.published[second].all.due > 0) {
      const Published& then = m.published[second];
      came = fmt::format("{:.0f},{:.0f},{:.0f},{:.4f}", then.percentile(0.5), then.percentile(0.95),
                         then.percentile(0.99), then.all.share());
    }
    seconds += fmt::format("{:.0f},{},{},{:.3f},{:.2f},{:.4f},{:.3f}\n", row.at, row.peers, came,
                           row.upload_use, row.publisher_copies, row.fed, row.places);
  }
  if (write("summary.csv", summary) && write("delays.csv", delays) &&
      write("substreams.csv", by_substream(m)) && write("seconds.csv", seconds) &&
      write("swarm.svg", picture(scenario, m))) {
    return {};
  }
  return fail(ErrorCode::Output, "cannot write to " + folder.string());
}

}  // namespace freshet::sim
