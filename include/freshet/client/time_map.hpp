// SPDX-License-Identifier: GPL-3.0-or-later
// Which byte of a show was on the air when. One thread; a value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "freshet/ledger/aux_record.hpp"

namespace freshet::client {

// Times are milliseconds of the show, from its first byte. They follow the publisher's signed time
// marks; while it was silent for longer than kSilence they stand still, since nothing was shown.
class TimeMap {
 public:
  static constexpr std::uint64_t kSilence = 3000;    // ms between two marks
  static constexpr std::uint64_t kStandsFor = 1000;  // what such a silence counts, ms

  struct Point {
    std::uint64_t byte = 0;
    std::uint64_t ms = 0;
  };

  // The next marks, in order.
  void add(std::span<const ledger::TimeMark> marks);
  [[nodiscard]] std::size_t mark_count() const { return marks_; }
  // The newest head: the show is so long, and was so at this time of the publisher's clock.
  void set_end(std::uint64_t size, std::uint64_t published_ms);
  // Of a show that did not air at its own speed: the times that its media says, as far as they are
  // known, at least two. What follows them is taken to go on at the same rate.
  void use_media(std::vector<Point> points);
  [[nodiscard]] bool by_media() const { return by_media_; }

  // The newest mark is about as new as the newest head: not so while marks are still on their way,
  // or while the publisher is silent.
  [[nodiscard]] bool edge_is_marked() const { return edge_is_marked_; }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t duration_ms() const { return ms_at(size_); }
  [[nodiscard]] std::uint64_t ms_at(std::uint64_t byte) const;
  [[nodiscard]] std::uint64_t byte_at(std::uint64_t ms) const;
  // Where a decoder may start: the last such place at or before `byte`, else the show's beginning.
  [[nodiscard]] std::uint64_t keyframe_before(std::uint64_t byte) const;
  [[nodiscard]] std::optional<std::uint64_t> keyframe_after(std::uint64_t byte) const;

 private:
  std::vector<Point> points_;             // ascending in both
  std::vector<std::uint64_t> keyframes_;  // bytes, ascending
  std::size_t marks_ = 0;
  std::uint64_t last_published_ = 0;  // of the last mark
  std::uint64_t size_ = 0;
  std::uint64_t end_ms_ = 0;  // of `size_`
  bool edge_is_marked_ = false;
  bool by_media_ = false;
};

}  // namespace freshet::client
