// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/scenario.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "simulator/random.hpp"

namespace freshet::sim {
namespace {

using Setter = std::function<bool(Scenario&, const toml::node&)>;

template <class T>
Setter number(T Scenario::*field, double low, double high) {
  return [=](Scenario& s, const toml::node& node) {
    auto value = node.value<double>();
    if (!value || *value < low || *value > high) return false;
    s.*field = static_cast<T>(*value);
    return true;
  };
}

Setter flag(bool Scenario::*field) {
  return [=](Scenario& s, const toml::node& node) {
    auto value = node.value<bool>();
    if (value) s.*field = *value;
    return value.has_value();
  };
}

Setter range(Range Scenario::*field, double low, double high) {
  return [=](Scenario& s, const toml::node& node) {
    Range r;
    if (auto one = node.value<double>()) {
      r = {*one, *one};
    } else if (auto* pair = node.as_array(); pair && pair->size() == 2) {
      auto from = (*pair)[0].value<double>(), to = (*pair)[1].value<double>();
      if (!from || !to) return false;
      r = {*from, *to};
    } else {
      return false;
    }
    s.*field = r;
    return r.low >= low && r.low <= r.high && r.high <= high;
  };
}

bool read_uplinks(Scenario& s, const toml::node& node) {
  const auto* list = node.as_array();
  if (!list || list->empty()) return false;
  s.uplinks.clear();
  double sum = 0;
  for (const auto& item : *list) {
    const auto* pair = item.as_array();
    if (!pair || pair->size() != 2) return false;
    auto share = (*pair)[0].value<double>(), ratio = (*pair)[1].value<double>();
    if (!share || !ratio || *share <= 0 || *ratio <= 0) return false;
    s.uplinks.push_back({*share, *ratio});
    sum += *share;
  }
  return sum > 0.999 && sum < 1.001;
}

const std::map<std::string, std::map<std::string, Setter>>& known() {
  static const std::map<std::string, std::map<std::string, Setter>> all{
      {"show",
       {{"rate", number(&Scenario::rate, 1000, 1e9)},
        {"seconds", number(&Scenario::seconds, 1, 86400)},
        {"count_from", number(&Scenario::count_from, 0, 86400)},
        {"ends", flag(&Scenario::ends)}}},
      {"swarm",
       {{"peers", number(&Scenario::peers, 1, 1e6)},
        {"uplinks", read_uplinks},
        {"publisher_uplink", number(&Scenario::publisher_uplink, 0.1, 1000)},
        {"downlink", number(&Scenario::downlink, 0.1, 1000)},
        {"delay_ms", range(&Scenario::delay_ms, 0, 10000)},
        {"jitter_ms", number(&Scenario::jitter_ms, 0, 10000)},
        {"loss", range(&Scenario::loss, 0, 0.5)},
        {"queue", number(&Scenario::queue, 2000, 1e9)},
        {"unreachable", number(&Scenario::unreachable, 0, 1)},
        {"hole_punching", number(&Scenario::hole_punching, 0, 1)},
        {"neighbours", number(&Scenario::neighbours, 1, 1000)},
        {"bundles", number(&Scenario::bundles, 0, 16)},
        {"arrive_over", number(&Scenario::arrive_over, 0, 86400)},
        {"arrive_at", number(&Scenario::arrive_at, 0, 86400)},
        {"early", number(&Scenario::early, 0, 1e6)}}},
      {"faults",
       {{"churn_per_minute", number(&Scenario::churn_per_minute, 0, 10)},
        {"vanish_at", number(&Scenario::vanish_at, 0, 86400)},
        {"vanish_share", number(&Scenario::vanish_share, 0, 1)},
        {"free_riders", number(&Scenario::free_riders, 0, 1)},
        {"polluters", number(&Scenario::polluters, 0, 1)},
        {"liars", number(&Scenario::liars, 0, 1)},
        {"eclipse", flag(&Scenario::eclipse)}}}};
  return all;
}

Expected<void> bad(const std::string& name, const toml::node& node, const std::string& what) {
  return fail(ErrorCode::Usage,
              name + ", line " + std::to_string(node.source().begin.line) + ": " + what);
}

Expected<void> read_table(Scenario& s, const std::string& section, const toml::table& table) {
  for (const auto& [key, node] : table) {
    std::string full = section + "." + std::string(key.str());
    if (section == "limits") {
      auto limit = node.value<double>();
      if (!limit) return bad(s.name, node, "the limit " + full + " is not a number");
      s.limits[std::string(key.str())] = *limit;
      continue;
    }
    auto keys = known().find(section);
    auto setter = keys == known().end() ? std::map<std::string, Setter>::const_iterator{}
                                        : keys->second.find(std::string(key.str()));
    if (keys == known().end() || setter == keys->second.end()) {
      return bad(s.name, node, "there is no key " + full + "; see simulator/README.md");
    }
    if (!setter->second(s, node))
      return bad(s.name, node, "the value of " + full + " is not allowed");
  }
  return {};
}

}  // namespace

Expected<Scenario> parse_scenario(const std::string& text, const std::string& name) {
  Scenario s;
  s.name = name;
  toml::table document;
  try {
    document = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::Usage, name + ", line " + std::to_string(error.source().begin.line) +
                                      ": " + std::string(error.description()));
  }
  for (const auto& [key, node] : document) {
    if (key.str() == "about") {
      s.about = node.value<std::string>().value_or("");
      continue;
    }
    const auto* table = node.as_table();
    if (!table) {
      return tl::make_unexpected(
          bad(name, node, "there is no key " + std::string(key.str())).error());
    }
    if (auto read = read_table(s, std::string(key.str()), *table); !read) {
      return tl::make_unexpected(read.error());
    }
  }
  if (s.count_from > 0 && s.count_from >= s.seconds)
    return fail(ErrorCode::Usage, name + ": show.count_from is not before the end, show.seconds");
  return s;
}

Expected<Scenario> read_scenario(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return fail(ErrorCode::Usage, "cannot read the scenario " + file.string());
  return parse_scenario(text.str(), file.stem().string());
}

std::vector<std::filesystem::path> scenario_files() {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(FRESHET_SCENARIOS, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

Scenario draw_scenario(std::uint64_t seed) {
  Random random(seed * 0x9E3779B97F4A7C15ULL + 1);
  Scenario s;
  s.name = "drawn";
  s.seconds = 30;
  s.peers = 2 + random.below(299);
  s.uplinks = {{0.2, random.between(0.5, 1)}, {0.4, random.between(1, 2)}, {0.3, 2}, {0.1, 5}};
  s.delay_ms = {5, random.between(10, 120)};
  s.arrive_over = random.between(0.5, 10);
  s.neighbours = 10 + random.below(30);
  auto maybe = [&](double& value, double most) {
    if (random.chance(0.4)) value = random.between(0, most);
  };
  maybe(s.jitter_ms, 50);
  maybe(s.loss.high, 0.02);
  maybe(s.unreachable, 0.6);
  maybe(s.churn_per_minute, 0.4);
  maybe(s.free_riders, 0.2);
  maybe(s.polluters, 0.1);
  maybe(s.liars, 0.1);
  maybe(s.vanish_share, 0.33);
  if (s.vanish_share > 0) s.vanish_at = random.between(5, 20);
  s.ends = random.chance(0.5);
  if (s.unreachable > 0) s.hole_punching = random.between(0, 0.9);
  s.limits["bad_accepted"] = 0;
  // Who is connected when the show ends has its end soon after.
  if (s.ends) s.limits["tail_max"] = 10, s.limits["never_ended"] = 0;
  return s;
}

}  // namespace freshet::sim
