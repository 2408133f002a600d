// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a publisher's bytes into the engine: bounded, so that a fast source waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "freshet/base/bytes.hpp"

namespace freshet::engine {

// A run of bytes of the show. `keyframe`: a decoder may start at its first byte.
struct Chunk {
  Bytes bytes;
  bool keyframe = false;
};

class Inlet {
 public:
  static constexpr std::size_t kQueueMax = 8 * 1024 * 1024;  // bytes

  // `wake` tells the engine thread that there is something; it is called without the lock.
  explicit Inlet(std::function<void()> wake) : wake_(std::move(wake)) {}

  // Source thread. Waits while the queue is full; false when the show takes nothing any more.
  [[nodiscard]] bool write(Chunk chunk);
  // Source thread. After the last chunk: the show ends when all of it is published.
  void finish();
  // Any thread: write() returns false from now on.
  void close();

  // Engine thread.
  [[nodiscard]] std::vector<Chunk> take();
  [[nodiscard]] bool finished();

 private:
  std::function<void()> wake_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::vector<Chunk> queue_;
  std::size_t queued_ = 0;
  bool finished_ = false;
  bool closed_ = false;
};

}  // namespace freshet::engine
