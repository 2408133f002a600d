// SPDX-License-Identifier: GPL-3.0-or-later
// What a command says: JSON lines for programs, or text and one progress line for people.
#pragma once

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "freshet/client/events.hpp"

namespace freshet::cli {

using Json = nlohmann::ordered_json;

class Report {
 public:
  // `busy_stdout`: stdout carries the show itself, so everything goes to stderr.
  Report(bool json, bool busy_stdout);
  ~Report();

  // A JSON object with "event" and "t"; nothing in text mode.
  void json(const char* event, Json fields = Json::object());
  // A line for people; nothing in JSON mode.
  void text(const std::string& line);
  // Replaces the progress line on a terminal; nothing elsewhere.
  void progress(const std::string& line);
  void error(const Error& error);
  void warning(const std::string& code, const std::string& message);

  // The events that mean the same for every command.
  void show(const client::HeadEvent& event);
  void show(const client::BlockEvent& event);
  void show(const client::RejectedEvent& event);
  void show(const client::EndedEvent& event);
  void show(const client::FollowUpEvent& event);
  void show(const client::ChannelEvent& event);
  void show(const client::EarlierEvent& event);
  void show(const client::ReopenedEvent& event);
  void show(const client::Snapshot& snapshot);
  // Which of several shows the next events are about, from 1; 0: there is no need to say.
  void about(std::size_t show) { about_ = show; }

  [[nodiscard]] bool is_json() const { return json_; }

 private:
  void clear_progress();

  bool json_;
  std::FILE* out_;
  bool terminal_;
  bool line_open_ = false;
  std::size_t about_ = 0;
  std::string last_state_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

[[nodiscard]] int exit_status(ErrorCode code);
[[nodiscard]] const char* name_of(client::State state);

inline constexpr int kExitInterrupted = 130;

}  // namespace freshet::cli
