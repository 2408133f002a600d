// SPDX-License-Identifier: GPL-3.0-or-later
// SIGINT and SIGTERM as events. Made before any other thread, so that all inherit the blocked set.
#pragma once

#include <thread>

#include "freshet/client/events.hpp"

namespace freshet::cli {

class Signals {
 public:
  explicit Signals(client::EventQueue& events);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  std::thread thread_;
};

}  // namespace freshet::cli
