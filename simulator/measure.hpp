// SPDX-License-Identifier: GPL-3.0-or-later
// What a run measures, and the figures that are made of it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "freshet/base/time.hpp"
#include "freshet/live/node.hpp"

namespace freshet::sim {

// Counts in steps of a millisecond up to a minute: exact enough, and mergeable.
class Histogram {
 public:
  void add(double ms);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // The value that `share` of all lie at or below, in ms; 0 of nothing.
  [[nodiscard]] double percentile(double share) const { return percentile(share, count_); }
  // The same when there should be `of`: what is missing counts as a minute.
  [[nodiscard]] double percentile(double share, std::uint64_t of) const;
  [[nodiscard]] double share_within(double ms) const;
  [[nodiscard]] const std::vector<std::uint32_t>& bins() const { return bins_; }

 private:
  std::vector<std::uint32_t> bins_;
  std::uint64_t count_ = 0;
};

// Where the time of a block between publisher and viewer went, ms, summed over its hops.
struct Trail {
  enum Cause { Waiting, Queueing, Flight, Recovery, Repair };
  static constexpr std::array kNames{"waiting for a parent", "queueing", "flight",
                                     "loss and small windows", "repair"};
  std::array<float, 5> ms{};
  std::uint8_t depth = 0;
};

// What was published in one second, at the viewers that count.
struct Published {
  struct Count {
    std::uint64_t due = 0, in_time = 0;  // blocks; within 3 s
    [[nodiscard]] double share() const;  // of nothing: 1
  };
  Histogram delays;
  Count all;
  std::array<Count, wire::kSubstreams> by_substream{};

  // ms; what never came counts as a minute.
  [[nodiscard]] double percentile(double share) const { return delays.percentile(share, all.due); }
};

struct SecondRow {
  double at = 0;  // s, its end
  std::uint32_t peers = 0;
  double upload_use = 0;        // share of all viewers' uplinks
  double publisher_copies = 0;  // publisher's bytes over the stream's
  double fed = 0;               // share of all sub-streams that have a parent
  double places = 0;            // that viewers have, over what is needed
};

struct Measurements {
  Histogram delays;        // of everybody counted
  Histogram contributors;  // without those who upload nothing
  Histogram early;         // of those who were there before the crowd or the catastrophe
  Histogram first_block;   // from joining
  Histogram tail;          // from the end's signature to the bytes that it adds
  Histogram whole;         // and to every byte from where the viewer came in
  std::map<int, std::uint64_t> depth;
  std::array<double, 5> causes{};  // sum over blocks, ms
  std::uint64_t caused = 0;
  std::uint64_t due = 0, in_time = 0;  // blocks of counted viewers; within 3 s
  std::uint64_t due_contributors = 0, in_time_contributors = 0;
  std::uint64_t due_early = 0, in_time_early = 0;
  std::uint64_t due_eclipsed = 0, in_time_eclipsed = 0;
  std::uint64_t first_copies = 0, duplicates = 0, handed_over = 0;  // bytes
  std::uint64_t publisher_sent = 0;                                 // bytes
  std::uint64_t bad_accepted = 0;  // blocks that are not the publisher's
  std::uint64_t never_ended = 0;   // peers that were connected and did not get the tail,
  std::uint64_t never_whole = 0;   // or not every byte, until the run ended
  std::vector<SecondRow> seconds;
  std::vector<Published> published;  // by the second
  std::uint64_t trace = 0xcbf29ce484222325ULL;
  std::uint64_t messages = 0;
  std::map<std::string, std::uint64_t> cut_off;  // connections, by reason
  live::NodeStats nodes;                         // summed over all
  // By wire::Message's index.
  std::array<std::uint64_t, 32> bytes_by_type{}, count_by_type{};

  void hash(std::uint64_t value) { trace = (trace ^ value) * 0x100000001b3ULL; }
};

// Every figure by the name that a scenario's [limits] uses.
[[nodiscard]] std::map<std::string, double> figures(const Measurements& m, double rate,
                                                    double seconds);
// How long after `fault` (whole seconds) what was published came as late as that at most, 20 s at
// most: until the 95th percentile is at 1.5 times what it was shortly before, and 0.1 s.
[[nodiscard]] double recovered_after(const Measurements& m, std::size_t fault);
// A limit on one of these is a least value; all others are most values.
[[nodiscard]] bool is_floor(const std::string& figure);

}  // namespace freshet::sim
