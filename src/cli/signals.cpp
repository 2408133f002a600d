// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/signals.hpp"

#include <pthread.h>
#include <signal.h>

namespace freshet::cli {
namespace {

constexpr int kStop = SIGUSR1;  // ours, to end the waiting thread

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGINT, SIGTERM, SIGHUP, kStop}) sigaddset(&set, number);
  return set;
}

}  // namespace

Signals::Signals(client::EventQueue& events) {
  sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A reader that goes away is an error of that write, not the end of the program.
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);  // the same for a file that may not grow
  thread_ = std::thread([&events, set] {
    int number = 0;
    while (sigwait(&set, &number) == 0 && number != kStop) {
      events.push(client::InterruptEvent{number != SIGINT});
    }
  });
}

Signals::~Signals() {
  pthread_kill(thread_.native_handle(), kStop);
  thread_.join();
}

}  // namespace freshet::cli
