// SPDX-License-Identifier: GPL-3.0-or-later
// A thread that does one show's file writes in order. Jobs run there, `done` on the engine thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace freshet::engine {

class Worker {
 public:
  explicit Worker(boost::asio::io_context& engine);
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
  boost::asio::io_context& engine_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace freshet::engine
