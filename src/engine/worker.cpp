// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker.hpp"

namespace freshet::engine {

Worker::Worker(Post post) : post_(std::move(post)), thread_([this] { loop(); }) {}

Worker::~Worker() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void Worker::run(std::function<void()> job, std::function<void()> done) {
  std::lock_guard lock(mutex_);
  queue_.push_back({std::move(job), std::move(done)});
  changed_.notify_all();
}

void Worker::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    Item item = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    item.job();
    if (item.done) post_(std::move(item.done));
    lock.lock();
  }
}

}  // namespace freshet::engine
