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

std::optional<std::uint64_t> ByteStream::start() {
  return available_->wait_start(std::chrono::hours(24 * 365));
}

ByteStream::Result ByteStream::read(std::uint64_t offset, std::span<std::uint8_t> out,
                                    std::chrono::milliseconds patience) {
  auto answer = available_->wait(offset, patience);
  switch (answer.outcome) {
    case engine::Availability::Outcome::End:
      return {Status::End, 0};
    case engine::Availability::Outcome::Failed:
      return {Status::Failed, 0};
    case engine::Availability::Outcome::Cancelled:
      return {Status::Cancelled, 0};
    case engine::Availability::Outcome::TimedOut:
      return {Status::Stalled, 0};
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
    return {Status::Failed, 0};
  }
  return {Status::Data, static_cast<std::size_t>(got)};
}

}  // namespace freshet::client
