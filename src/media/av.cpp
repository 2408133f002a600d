// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av.hpp"

#include <chrono>

namespace freshet::media {
namespace {

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::string av_text(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = "";
  av_strerror(code, text, sizeof text);
  return text;
}

AVIOInterruptCB interrupted_by(const std::atomic<bool>& stopped) {
  auto ask = [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; };
  return {ask, const_cast<std::atomic<bool>*>(&stopped)};
}

void Pacer::start(std::int64_t already_microseconds) {
  zero_ = now_us() - already_microseconds;
}

bool Pacer::wait_until(std::int64_t microseconds) {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    std::int64_t left = zero_ + microseconds - now_us();
    if (left <= 0) return true;
    changed_.wait_for(lock, std::chrono::microseconds(left));
  }
  return false;
}

void Pacer::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

bool Pacer::stopped() {
  std::lock_guard lock(mutex_);
  return stopped_;
}

}  // namespace freshet::media
