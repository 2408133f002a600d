// SPDX-License-Identifier: GPL-3.0-or-later
// What publishing and watching have in common: events, report, signals, and the events
// that both answer alike. An answer is the exit status, once there is one.
#pragma once

#include <optional>

#include "cli/report.hpp"
#include "cli/signals.hpp"

namespace freshet::cli {

class ShowRun {
 protected:
  ShowRun(bool json, bool busy_stdout) : report_(json, busy_stdout), signals_(events_) {}
  ~ShowRun() = default;

  int failed(const Error& error) {
    report_.error(error);
    return exit_status(error.code);
  }
  // What is only told, and means nothing for the command itself.
  template <class Told>
  std::optional<int> on(const Told& event) {
    report_.show(event);
    return std::nullopt;
  }
  std::optional<int> on(const client::WarningEvent& event) {
    report_.warning(event.code, event.message);
    return std::nullopt;
  }
  std::optional<int> on(const client::FailedEvent& event) { return failed(event.error); }

  // Which show the event at hand is about; only those that follow the first are named.
  void about(std::size_t show) {
    show_number_ = show;
    report_.about(show > 0 ? show + 1 : 0);
  }

  std::size_t show_number_ = 0;
  client::EventQueue events_;
  Report report_;
  Signals signals_;
};

}  // namespace freshet::cli
