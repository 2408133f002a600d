// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/measure.hpp"

#include <algorithm>
#include <cmath>

namespace freshet::sim {
namespace {

constexpr std::size_t kBinsMax = 60'000;

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void Histogram::add(double ms) {
  auto bin = std::min(kBinsMax, static_cast<std::size_t>(std::max(0.0, ms)));
  if (bin >= bins_.size()) bins_.resize(bin + 1);
  ++bins_[bin];
  ++count_;
}

double Histogram::percentile(double share, std::uint64_t of) const {
  auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(of)));
  if (rank > count_) return kBinsMax;
  std::uint64_t seen = 0;
  for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
    seen += bins_[bin];
    if (seen >= std::max<std::uint64_t>(rank, 1)) return static_cast<double>(bin);
  }
  return 0;
}

double Histogram::share_within(double ms) const {
  std::uint64_t seen = 0;
  for (std::size_t bin = 0; bin < bins_.size() && static_cast<double>(bin) <= ms; ++bin) {
    seen += bins_[bin];
  }
  return ratio(seen, count_);
}

double Published::Count::share() const {
  return ratio(in_time, due);
}

std::map<std::string, double> figures(const Measurements& m, double rate, double seconds) {
  std::map<std::string, double> f{
      {"p50", m.delays.percentile(0.5) / 1000},
      {"p95", m.delays.percentile(0.95) / 1000},
      {"p99", m.delays.percentile(0.99) / 1000},
      {"contributors_p95", m.contributors.percentile(0.95) / 1000},
      {"early_p95", m.early.percentile(0.95) / 1000},
      {"first_block_p50", m.first_block.percentile(0.5) / 1000},
      {"first_block_p95", m.first_block.percentile(0.95) / 1000},
      {"continuity", ratio(m.in_time, m.due)},
      {"contributors_continuity", ratio(m.in_time_contributors, m.due_contributors)},
      {"early_continuity", ratio(m.in_time_early, m.due_early)},
      {"offload", 1 - static_cast<double>(m.publisher_sent) /
                          std::max(1.0, static_cast<double>(m.first_copies))},
      {"publisher_copies", static_cast<double>(m.publisher_sent) / (rate * seconds)},
      {"duplicates",
       static_cast<double>(m.duplicates) / std::max(1.0, static_cast<double>(m.first_copies))},
      {"bad_accepted", static_cast<double>(m.bad_accepted)}};
  if (m.due_eclipsed > 0) {
    f["eclipsed_continuity"] = ratio(m.in_time_eclipsed, m.due_eclipsed);
  }
  // What was handed to sockets and is no first copy of a block.
  double extra = static_cast<double>(m.handed_over) - static_cast<double>(m.first_copies);
  f["overhead"] = extra / std::max(1.0, static_cast<double>(m.handed_over));
  if (m.tail.count() > 0 || m.never_ended > 0) {
    f["tail_p999"] = m.tail.percentile(0.999) / 1000;
    f["tail_max"] = m.tail.percentile(1) / 1000;
    f["never_ended"] = static_cast<double>(m.never_ended);
    f["whole_p95"] = m.whole.percentile(0.95) / 1000;
    f["never_whole"] = static_cast<double>(m.never_whole);
  }
  return f;
}

double recovered_after(const Measurements& m, std::size_t fault) {
  constexpr std::size_t kFrom = 8, kUntil = 3;  // before it: what is newer was still on its way
  constexpr std::size_t kWatched = 20;
  auto p95 = [&](std::size_t second) {
    return second < m.published.size() ? m.published[second].percentile(0.95) : 0.0;
  };
  double before = 0;
  for (std::size_t i = kUntil; i < kFrom && i < fault; ++i) before += p95(fault - i - 1);
  double limit = 1.5 * before / (kFrom - kUntil) + 100;
  std::size_t since = kWatched;
  while (since > 0 && p95(fault + since - 1) <= limit) --since;
  return static_cast<double>(since);
}

bool is_floor(const std::string& figure) {
  return figure.ends_with("continuity") || figure == "offload";
}

}  // namespace freshet::sim
