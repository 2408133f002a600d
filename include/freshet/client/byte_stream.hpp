// SPDX-License-Identifier: GPL-3.0-or-later
// The show as a player or a pipe reads it: in order, blocking, cancellable.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>

#include "freshet/base/error.hpp"
#include "freshet/engine/availability.hpp"

namespace freshet::client {

class ByteStream {
 public:
  ByteStream(std::filesystem::path file, std::shared_ptr<engine::Availability> available);
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  enum class Status { Data, End, Failed, Cancelled, Stalled };
  struct Result {
    Status status = Status::Stalled;
    std::size_t size = 0;  // bytes read, for Data
  };

  // Where the output begins; waits for it. Nothing after cancel() or a failure.
  [[nodiscard]] std::optional<std::uint64_t> start();
  // Reads verified bytes at `offset`. `Stalled` after `patience` without any: call again.
  [[nodiscard]] Result read(std::uint64_t offset, std::span<std::uint8_t> out,
                            std::chrono::milliseconds patience);
  // Any thread: every read returns Cancelled from now on.
  void cancel() { available_->cancel(); }
  [[nodiscard]] std::optional<Error> error() { return available_->error(); }

 private:
  std::filesystem::path file_;
  std::shared_ptr<engine::Availability> available_;
  int fd_ = -1;
};

}  // namespace freshet::client
