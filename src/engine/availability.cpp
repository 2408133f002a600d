// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/engine/availability.hpp"

#include <algorithm>

#include "freshet/base/bytes.hpp"

namespace freshet::engine {

void Availability::add_blocks(std::uint32_t first, std::uint32_t count) {
  std::lock_guard lock(mutex_);
  for (std::uint32_t i = first; i < first + count; ++i) blocks_.add(i);
  changed_.notify_all();
}

void Availability::set_tail(std::uint32_t block, std::uint32_t length) {
  std::lock_guard lock(mutex_);
  tail_block_ = block;
  tail_length_ = length;
  changed_.notify_all();
}

void Availability::add_mark(const ledger::TimeMark& mark) {
  std::lock_guard lock(mutex_);
  marks_.push_back(mark);
}

std::vector<ledger::TimeMark> Availability::marks(std::size_t from) {
  std::lock_guard lock(mutex_);
  if (from >= marks_.size()) return {};
  return {marks_.begin() + static_cast<std::ptrdiff_t>(from), marks_.end()};
}

std::uint64_t Availability::bytes_of(std::uint64_t from, std::uint64_t to) const {
  auto partial = [&](std::uint64_t block, std::uint64_t first, std::uint64_t end) {
    std::uint64_t readable = block == tail_block_ ? tail_length_ : 0;
    if (blocks_.has(static_cast<std::uint32_t>(block))) readable = kBlockSize;
    std::uint64_t begin = block * kBlockSize;
    std::uint64_t upto = std::min(end, begin + readable);
    return upto > first ? upto - first : 0;
  };
  if (from >= to) return 0;
  std::uint64_t first = from / kBlockSize, last = (to - 1) / kBlockSize;
  if (first == last) return partial(first, from, to);
  std::uint64_t whole =
      blocks_.count_in(static_cast<std::uint32_t>(first + 1), static_cast<std::uint32_t>(last));
  return partial(first, from, (first + 1) * kBlockSize) + whole * kBlockSize +
         partial(last, last * kBlockSize, to);
}

std::vector<float> Availability::held(std::span<const std::uint64_t> bounds) {
  std::lock_guard lock(mutex_);
  std::vector<float> shares;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    std::uint64_t size = bounds[i + 1] - bounds[i];
    auto bytes = static_cast<float>(bytes_of(bounds[i], bounds[i + 1]));
    shares.push_back(size == 0 ? 0 : bytes / static_cast<float>(size));
  }
  return shares;
}

bool Availability::has(std::uint64_t offset, std::uint64_t size) {
  std::lock_guard lock(mutex_);
  std::uint64_t end = size_ ? std::min(*size_, offset + size) : offset + size;
  return offset >= end || bytes_of(offset, end) == end - offset;
}

void Availability::set_start(std::uint64_t offset) {
  std::lock_guard lock(mutex_);
  if (!start_) start_ = offset;
  changed_.notify_all();
}

void Availability::set_end(std::uint64_t size, bool continues) {
  std::lock_guard lock(mutex_);
  size_ = size;
  continues_ = continues;
  changed_.notify_all();
}

void Availability::clear_end() {
  std::lock_guard lock(mutex_);
  size_.reset();
}

void Availability::fail(Error error) {
  std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  changed_.notify_all();
}

void Availability::cancel() {
  std::lock_guard lock(mutex_);
  cancelled_ = true;
  changed_.notify_all();
}

Availability::Answer Availability::look(std::uint64_t offset) const {
  if (cancelled_) return {Outcome::Cancelled};
  auto block = static_cast<std::uint32_t>(offset / kBlockSize);
  std::uint32_t missing = blocks_.first_missing(block);
  std::uint64_t end = std::uint64_t{missing} * kBlockSize;
  if (missing == tail_block_) end += tail_length_;
  if (size_ && end > *size_) end = *size_;
  if (end > offset) return {Outcome::Data, end};
  if (size_ && offset >= *size_) return {Outcome::End, 0, continues_};
  if (error_) return {Outcome::Failed};
  return {Outcome::TimedOut};
}

Availability::Answer Availability::wait(std::uint64_t offset, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  Answer answer;
  changed_.wait_for(lock, timeout, [&] {
    answer = look(offset);
    return answer.outcome != Outcome::TimedOut;
  });
  return answer;
}

std::optional<std::uint64_t> Availability::wait_start(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, timeout, [&] { return start_ || error_ || cancelled_; });
  return start_;
}

bool Availability::starts_at_end() {
  std::lock_guard lock(mutex_);
  return start_ && size_ && *start_ >= *size_;
}

std::optional<Error> Availability::error() {
  std::lock_guard lock(mutex_);
  return error_;
}

}  // namespace freshet::engine
