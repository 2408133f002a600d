// SPDX-License-Identifier: GPL-3.0-or-later
// The run as a picture: how the delays lie, how they went over time, how the uplinks were used, how
// many hops the blocks made, and where their time went.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "simulator/report.hpp"

namespace freshet::sim {
namespace {

constexpr double kWidth = 400, kHeight = 170, kGap = 70, kLeft = 60, kTop = 70;
constexpr double kDelayMost = 10;  // s: beyond, it is no live edge

struct Panel {
  std::string& out;
  double x, y;

  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
  }
  void frame(const char* title, double right, const char* unit, double top) {
    put(R"(<text class="t" x="{}" y="{}">{}</text>)", x, y - 10, title);
    put(R"(<rect class="f" x="{}" y="{}" width="{}" height="{}"/>)", x, y, kWidth, kHeight);
    for (int i = 0; i <= 4; ++i) {
      put(R"(<text class="a" text-anchor="middle" x="{}" y="{}">{:.3g}{}</text>)",
          x + kWidth * i / 4, y + kHeight + 16, right * i / 4, i == 4 ? unit : "");
      put(R"(<text class="a" text-anchor="end" x="{}" y="{}">{:.3g}</text>)", x - 6,
          y + kHeight - kHeight * i / 4 + 4, top * i / 4);
    }
  }
  void line(const std::vector<std::pair<double, double>>& points, double right, double top,
            const char* colour, const char* label, int index) {
    put(R"(<polyline fill="none" stroke="{}" stroke-width="1.6" points=")", colour);
    for (auto [px, py] : points) {
      put("{:.1f},{:.1f} ", x + kWidth * std::min(1.0, px / right),
          y + kHeight - kHeight * std::min(1.0, py / top));
    }
    put(R"("/><text class="a" fill="{}" style="fill:{}" x="{}" y="{}">{}</text>)", colour, colour,
        x + kWidth - 60, y + 16 + 14 * index, label);
  }
  void bar(double at, double share, double width, const char* colour) {
    double h = kHeight * std::min(1.0, share);
    put(R"(<rect fill="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)", colour,
        x + kWidth * at, y + kHeight - h, std::max(1.0, kWidth * width - 1), h);
  }
};

using Points = std::vector<std::pair<double, double>>;

Points over_time(const Measurements& m, const std::function<double(const SecondRow&)>& value) {
  Points points;
  for (const SecondRow& row : m.seconds) points.emplace_back(row.at, value(row));
  return points;
}

// The delay, s, that `share` of what was published in each second stayed below.
Points by_publication(const Measurements& m, double share) {
  Points points;
  for (std::size_t second = 0; second < m.published.size(); ++second) {
    const Published& then = m.published[second];
    if (then.all.due == 0) continue;
    points.emplace_back(second + 1.0, then.percentile(share) / 1000);
  }
  return points;
}

void delay_panels(std::string& out, const Measurements& m) {
  double right = std::max(0.5, m.delays.percentile(0.999) / 1000);
  Panel share{out, kLeft, kTop};
  share.frame("Blocks that are there after so long", right, " s", 1);
  Points points;
  std::uint64_t seen = 0;
  const auto& bins = m.delays.bins();
  for (std::size_t ms = 0; ms < bins.size(); ++ms) {
    seen += bins[ms];
    if (ms % 10 == 0) {
      points.emplace_back(static_cast<double>(ms) / 1000,
                          static_cast<double>(seen) / static_cast<double>(m.delays.count()));
    }
  }
  share.line(points, right, 1, "#2563eb", "", 0);
  double end = m.seconds.empty() ? 1 : m.seconds.back().at;
  Panel time{out, kLeft + kWidth + kGap, kTop};
  Points p50 = by_publication(m, 0.5), p95 = by_publication(m, 0.95), p99 = by_publication(m, 0.99);
  double top = 0.1;
  for (auto [at, delay] : p95) top = std::max(top, 1.5 * delay);
  top = std::min(top, kDelayMost);
  time.frame("Delay by when it was published, s", end, " s", top);
  time.line(p50, end, top, "#2563eb", "p50", 0);
  time.line(p95, end, top, "#d97706", "p95", 1);
  time.line(p99, end, top, "#dc2626", "p99", 2);
}

void use_panels(std::string& out, const Measurements& m) {
  double y = kTop + kHeight + kGap;
  double end = m.seconds.empty() ? 1 : m.seconds.back().at;
  double peers = 1;
  for (const SecondRow& row : m.seconds) peers = std::max(peers, double(row.peers));
  Panel use{out, kLeft, y};
  use.frame("Share of the viewers' uplinks in use", end, " s", 1);
  use.line(over_time(m, [](const auto& r) { return r.upload_use; }), end, 1, "#2563eb", "uplinks",
           0);
  use.line(over_time(m, [&](const auto& r) { return r.peers / peers; }), end, 1, "#9ca3af", "peers",
           1);
  Panel depth{out, kLeft + kWidth + kGap, y};
  int deepest = m.depth.empty() ? 1 : std::min(40, m.depth.rbegin()->first);
  std::uint64_t most = 1;
  for (auto [hops, count] : m.depth) most = std::max(most, count);
  depth.frame("Hops from the publisher", deepest, "",
              static_cast<double>(most) / std::max(1.0, static_cast<double>(m.caused)));
  for (auto [hops, count] : m.depth) {
    depth.bar((hops - 1.0) / deepest, static_cast<double>(count) / static_cast<double>(most),
              1.0 / deepest, "#2563eb");
  }
}

void cause_panel(std::string& out, const Measurements& m) {
  Panel panel{out, kLeft, kTop + 2 * (kHeight + kGap)};
  double total = 0;
  for (double cause : m.causes) total += cause;
  panel.put(R"(<text class="t" x="{}" y="{}">Where the delay arises</text>)", panel.x,
            panel.y - 10);
  static constexpr std::array colours{"#9333ea", "#d97706", "#2563eb", "#dc2626", "#059669"};
  double x = panel.x;
  for (std::size_t i = 0; i < m.causes.size(); ++i) {
    double width = total > 0 ? (2 * kWidth + kGap) * m.causes[i] / total : 0;
    panel.put(R"(<rect fill="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="34"/>)", colours[i],
              x, panel.y, width);
    panel.put(R"(<text class="a" style="fill:{}" x="{:.1f}" y="{:.1f}">{} {:.0f} ms</text>)",
              colours[i], panel.x + 178 * static_cast<double>(i), panel.y + 56, Trail::kNames[i],
              m.causes[i] / std::max(1.0, static_cast<double>(m.caused)));
    x += width;
  }
}

}  // namespace

std::string picture(const Scenario& scenario, const Measurements& m) {
  double width = 2 * kLeft + 2 * kWidth + kGap, height = kTop + 2 * (kHeight + kGap) + 90;
  std::string out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif">)"
      R"(<style>.t{{font-size:14px;font-weight:600;fill:#111}}.a{{font-size:11px;fill:#555}})"
      R"(.f{{fill:none;stroke:#d1d5db}}</style><rect width="100%" height="100%" fill="#fff"/>)"
      R"(<text class="t" style="font-size:18px" x="{}" y="30">{}: {} peers, {:.0f} s</text>)",
      width, height, kLeft, scenario.name, scenario.peers, scenario.seconds);
  delay_panels(out, m);
  use_panels(out, m);
  cause_panel(out, m);
  return out + "</svg>\n";
}

}  // namespace freshet::sim
