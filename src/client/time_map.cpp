// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/time_map.hpp"

#include <algorithm>

namespace freshet::client {
namespace {

using Point = TimeMap::Point;

// What lies at `x` on the line through two points; `from` and `to` name the coordinates.
std::uint64_t between(const Point& a, const Point& b, std::uint64_t x, std::uint64_t Point::*from,
                      std::uint64_t Point::*to) {
  if (b.*from <= a.*from) return b.*to;
  double share = static_cast<double>(x - a.*from) / static_cast<double>(b.*from - a.*from);
  return a.*to + static_cast<std::uint64_t>(share * static_cast<double>(b.*to - a.*to) + 0.5);
}

std::uint64_t step(std::uint64_t from, std::uint64_t to) {
  std::uint64_t passed = to > from ? to - from : 0;
  return passed > TimeMap::kSilence ? TimeMap::kStandsFor : passed;
}

}  // namespace

void TimeMap::add(std::span<const ledger::TimeMark> marks) {
  for (const ledger::TimeMark& mark : marks) {
    ++marks_;
    if (mark.keyframe && (keyframes_.empty() || mark.size > keyframes_.back())) {
      keyframes_.push_back(mark.size);
    }
    if (by_media_) continue;
    if (points_.empty()) {
      points_.push_back({0, 0});
      last_published_ = mark.published_ms;
    }
    Point next{std::max(points_.back().byte, mark.size),
               points_.back().ms + step(last_published_, mark.published_ms)};
    last_published_ = std::max(last_published_, mark.published_ms);
    if (next.byte == points_.back().byte) {
      points_.back().ms = next.ms;  // the later time: until then there was nothing more
      if (points_.size() == 1) points_.back().ms = 0;
    } else {
      points_.push_back(next);
    }
  }
}

void TimeMap::set_end(std::uint64_t size, std::uint64_t published_ms) {
  size_ = size;
  if (points_.empty()) return;
  edge_is_marked_ = published_ms <= last_published_ + kSilence;
  if (by_media_) {
    Point last = points_.back();
    double rest = static_cast<double>(std::max(size, last.byte) - last.byte);
    double per_byte = static_cast<double>(last.ms) / static_cast<double>(last.byte);
    end_ms_ = last.ms + static_cast<std::uint64_t>(rest * per_byte);
    return;
  }
  end_ms_ = points_.back().ms;
  if (size > points_.back().byte) end_ms_ += step(last_published_, published_ms);
}

void TimeMap::use_media(std::vector<Point> points) {
  by_media_ = true;
  points_ = std::move(points);
  set_end(size_, 0);
}

std::uint64_t TimeMap::ms_at(std::uint64_t byte) const {
  if (points_.empty()) return 0;
  auto next = std::ranges::lower_bound(points_, byte, {}, &Point::byte);
  if (next == points_.begin()) return next->ms;
  Point last = points_.back();
  if (next == points_.end()) {
    return between(last, {std::max(size_, last.byte), std::max(end_ms_, last.ms)},
                   std::min(byte, std::max(size_, last.byte)), &Point::byte, &Point::ms);
  }
  return between(*(next - 1), *next, byte, &Point::byte, &Point::ms);
}

std::uint64_t TimeMap::byte_at(std::uint64_t ms) const {
  if (points_.empty()) return 0;
  auto next = std::ranges::lower_bound(points_, ms, {}, &Point::ms);
  if (next == points_.begin()) return next->byte;
  Point last = points_.back();
  if (next == points_.end()) {
    if (ms >= end_ms_) return std::max(size_, last.byte);
    return between(last, {std::max(size_, last.byte), end_ms_}, ms, &Point::ms, &Point::byte);
  }
  return between(*(next - 1), *next, ms, &Point::ms, &Point::byte);
}

std::uint64_t TimeMap::keyframe_before(std::uint64_t byte) const {
  auto next = std::ranges::upper_bound(keyframes_, byte);
  return next == keyframes_.begin() ? 0 : *(next - 1);
}

std::optional<std::uint64_t> TimeMap::keyframe_after(std::uint64_t byte) const {
  auto next = std::ranges::upper_bound(keyframes_, byte);
  return next == keyframes_.end() ? std::nullopt : std::optional(*next);
}

}  // namespace freshet::client
