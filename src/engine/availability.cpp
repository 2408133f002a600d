// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/engine/availability.hpp"

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
