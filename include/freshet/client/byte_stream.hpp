// SPDX-License-Identifier: GPL-3.0-or-later
// A show as a player or a pipe reads it: in order, blocking, cancellable.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>

#include "freshet/base/error.hpp"
#include "freshet/engine/availability.hpp"

namespace freshet::client {

enum class StreamStatus { Data, End, Failed, Cancelled, Stalled };

struct ReadResult {
  StreamStatus status = StreamStatus::Stalled;
  std::size_t size = 0;    // bytes read, for Data
  bool continues = false;  // for End: in another show
};

// The bytes of one show.
class ByteStream {
 public:
  ByteStream(std::filesystem::path file, std::shared_ptr<engine::Availability> available);
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  // Where the output begins; waits for it. Nothing after `patience`, cancel() or a failure.
  [[nodiscard]] std::optional<std::uint64_t> start(std::chrono::milliseconds patience);
  // Reads verified bytes at `offset`. `Stalled` after `patience` without any: call again.
  [[nodiscard]] ReadResult read(std::uint64_t offset, std::span<std::uint8_t> out,
                                std::chrono::milliseconds patience);
  // Any thread: every read returns Cancelled from now on.
  void cancel() { available_->cancel(); }
  [[nodiscard]] std::optional<Error> error() { return available_->error(); }

 private:
  std::filesystem::path file_;
  std::shared_ptr<engine::Availability> available_;
  int fd_ = -1;
};

// The bytes of a broadcast: of one show, and then of the shows that follow it. One reader.
class StreamChain {
 public:
  // Any thread.
  void add(std::unique_ptr<ByteStream> stream);
  // Any thread: every read returns Cancelled from now on.
  void cancel();

  // The next bytes in order. The first call finds out where they begin.
  [[nodiscard]] ReadResult read(std::span<std::uint8_t> out, std::chrono::milliseconds patience);
  // In the show that is being read: the next byte.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

 private:
  // The stream to read from; waits for it. Null when there is none yet.
  [[nodiscard]] ByteStream* current(std::chrono::milliseconds patience);

  std::mutex mutex_;
  std::condition_variable added_;
  std::deque<std::unique_ptr<ByteStream>> streams_;
  std::size_t index_ = 0;
  bool located_ = false;  // where the current stream begins is known
  bool cancelled_ = false;
  std::uint64_t offset_ = 0;
};

}  // namespace freshet::client
