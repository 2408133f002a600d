// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/engine/inlet.hpp"

#include <utility>

namespace freshet::engine {

bool Inlet::write(Chunk chunk) {
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || queued_ < kQueueMax; });
    if (closed_) return false;
    queued_ += chunk.bytes.size();
    queue_.push_back(std::move(chunk));
  }
  wake_();
  return true;
}

void Inlet::finish() {
  {
    std::lock_guard lock(mutex_);
    finished_ = true;
  }
  wake_();
}

void Inlet::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  room_.notify_all();
}

std::vector<Chunk> Inlet::take() {
  std::lock_guard lock(mutex_);
  queued_ = 0;
  room_.notify_all();
  return std::exchange(queue_, {});
}

bool Inlet::finished() {
  std::lock_guard lock(mutex_);
  return finished_ && queue_.empty();
}

}  // namespace freshet::engine
