// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/byte_stream.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace freshet::client {

ByteStream::ByteStream(std::filesystem::path file, std::shared_ptr<engine::Availability> available)
    : file_(std::move(file)), available_(std::move(available)) {}

ByteStream::~ByteStream() {
  if (fd_ >= 0) ::close(fd_);
}

std::optional<std::uint64_t> ByteStream::start(std::chrono::milliseconds patience) {
  return available_->wait_start(patience);
}

ReadResult ByteStream::read(std::uint64_t offset, std::span<std::uint8_t> out,
                            std::chrono::milliseconds patience) {
  auto answer = available_->wait(offset, patience);
  switch (answer.outcome) {
    case engine::Availability::Outcome::End:
      return {StreamStatus::End, 0, answer.continues};
    case engine::Availability::Outcome::Failed:
      return {StreamStatus::Failed, 0};
    case engine::Availability::Outcome::Cancelled:
      return {StreamStatus::Cancelled, 0};
    case engine::Availability::Outcome::TimedOut:
      return {StreamStatus::Stalled, 0};
    case engine::Availability::Outcome::Data:
      break;
  }
  if (fd_ < 0) fd_ = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  std::size_t size = std::min<std::uint64_t>(out.size(), answer.end - offset);
  ssize_t got = fd_ < 0 ? -1 : pread(fd_, out.data(), size, static_cast<off_t>(offset));
  if (got <= 0) {
    // The engine vouched for these bytes: somebody else changed the file.
    available_->fail({ErrorCode::Storage, "cannot read " + file_.string() + ": " +
                                              (got < 0 ? std::strerror(errno) : "it was cut")});
    return {StreamStatus::Failed, 0};
  }
  return {StreamStatus::Data, static_cast<std::size_t>(got)};
}

void StreamChain::add(std::unique_ptr<ByteStream> stream) {
  std::lock_guard lock(mutex_);
  if (cancelled_) stream->cancel();
  streams_.push_back(std::move(stream));
  added_.notify_all();
}

void StreamChain::cancel() {
  std::lock_guard lock(mutex_);
  cancelled_ = true;
  for (const auto& stream : streams_) stream->cancel();
  added_.notify_all();
}

ByteStream* StreamChain::current(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  added_.wait_for(lock, patience, [&] { return cancelled_ || index_ < streams_.size(); });
  return index_ < streams_.size() ? streams_[index_].get() : nullptr;
}

ReadResult StreamChain::read(std::span<std::uint8_t> out, std::chrono::milliseconds patience) {
  ByteStream* stream = current(patience);
  if (!stream) return {cancelled_ ? StreamStatus::Cancelled : StreamStatus::Stalled};
  if (!located_) {
    auto start = stream->start(patience);
    std::lock_guard lock(mutex_);
    if (cancelled_) return {StreamStatus::Cancelled};
    if (!start) return {stream->error() ? StreamStatus::Failed : StreamStatus::Stalled};
    located_ = true;
    offset_ = *start;
  }
  ReadResult result = stream->read(offset_, out, patience);
  offset_ += result.size;
  if (result.status == StreamStatus::End && result.continues) {
    std::lock_guard lock(mutex_);
    ++index_;
    located_ = false;
    return {StreamStatus::Data, 0};
  }
  return result;
}

}  // namespace freshet::client
