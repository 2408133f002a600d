// SPDX-License-Identifier: GPL-3.0-or-later
// A thread that does one show's file writes in order. Jobs run there, `done` on the engine thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace freshet::engine {

class Worker {
 public:
  // `post` hands a function to the engine thread.
  using Post = std::function<void(std::function<void()>)>;
  explicit Worker(Post post);
  // Runs what is queued, then joins.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void run(std::function<void()> job, std::function<void()> done = {});

 private:
  void loop();

  struct Item {
    std::function<void()> job;
    std::function<void()> done;
  };
  Post post_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace freshet::engine
