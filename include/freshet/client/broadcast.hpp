// SPDX-License-Identifier: GPL-3.0-or-later
// A broadcast of any length: one show, and when that is nearly full, the next one, and so on. Each
// names its follow-up while it still airs, so viewers are there before the first one ends.
#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <thread>

#include "freshet/client/client.hpp"

namespace freshet::client {

// What a publisher is about to do: go on with an unfinished show, or begin a new one.
struct PublishPlan {
  ledger::KeyPair channel;
  std::optional<engine::ShowSummary> unfinished;
  // Shows of the same broadcast that came before that one, the first one first.
  std::vector<engine::ShowSummary> earlier;
  unsigned part = 1;                   // 1 for the first show of a broadcast
  ledger::Descriptor descriptor;       // of the unfinished show or of the new one
  std::optional<SecretSeed> show_key;  // of a new one
  std::filesystem::path folder;
};
[[nodiscard]] Expected<PublishPlan> plan_publish(const NetworkOptions& network,
                                                 const PublishOptions& options);
// "name (2).ts" for the second part of "name.ts".
[[nodiscard]] std::string part_name(const std::string& name, unsigned part);
// The same for the last name of a path; an empty path stays empty.
[[nodiscard]] std::filesystem::path part_path(std::filesystem::path path, unsigned part);

class Broadcast {
 public:
  // Goes on as planned. What cannot go on is left as it is, with a warning, and a new show begins.
  [[nodiscard]] static Expected<std::unique_ptr<Broadcast>> open(Client& client,
                                                                 const NetworkOptions& network,
                                                                 PublishOptions options,
                                                                 PublishPlan plan,
                                                                 EventQueue& events);

  ~Broadcast();

  // Of the broadcast's first show: from there viewers find all of it.
  [[nodiscard]] const ledger::Link& link() const { return shows_.at(first_).link(); }
  [[nodiscard]] const OpenShow& show() const { return shows_.at(first_); }
  // How much of the source's stream is published already, in all parts.
  [[nodiscard]] std::uint64_t resume_at() const { return resume_at_; }
  [[nodiscard]] std::uint64_t elapsed_ms() const { return elapsed_ms_; }
  [[nodiscard]] bool goes_on() const { return goes_on_; }
  // How many shows there are by now; events carry their number.
  [[nodiscard]] std::size_t show_count() const;

  // Source thread. Waits while the show cannot take more; false when it takes nothing any more.
  [[nodiscard]] bool write(Bytes bytes, bool keyframe);
  // After the last byte: the broadcast ends when all of it is published.
  void finish();
  // Any thread: write() returns false from now on.
  void stop();
  // Waits until all that was written is durable. The source thread is done.
  void close();

 private:
  Broadcast(Client& client, NetworkOptions network, PublishOptions options, PublishPlan plan,
            EventQueue& events);
  [[nodiscard]] Expected<void> begin();
  [[nodiscard]] Expected<void> begin_new();
  // Names the recordings of before, on a thread of its own: looking through them takes a while.
  void name_earlier(std::size_t show, const PublicKey& channel);
  // Opens the show that comes after the current one, and lets that one name it.
  [[nodiscard]] Expected<void> prepare_next();
  void switch_over();
  void say(bool on_air);
  enum class Closing { None, Announce, Cut };
  [[nodiscard]] Closing closing() const;
  void add(OpenShow show);
  [[nodiscard]] std::shared_ptr<engine::Inlet> inlet(std::size_t show) const;

  Client& client_;
  NetworkOptions network_;
  PublishOptions options_;
  PublishPlan plan_;
  EventQueue& events_;
  mutable std::mutex mutex_;  // guards growth of shows_ and stopped_
  std::thread looks_back_;
  std::deque<OpenShow> shows_;  // references stay valid while it grows
  std::size_t first_ = 0;       // the first show of the broadcast
  std::size_t current_ = 0;
  bool next_ready_ = false;
  bool stopped_ = false;
  bool goes_on_ = false;
  std::shared_ptr<const ledger::KeyPair> channel_;
  bool airs_ = false;  // the channel says so
  bool has_keyframes_ = false;
  std::uint64_t written_ = 0;  // bytes of the current show
  std::uint64_t resume_at_ = 0;
  std::uint64_t elapsed_ms_ = 0;
  std::chrono::steady_clock::time_point announced_{};
  std::chrono::steady_clock::time_point part_began_ = std::chrono::steady_clock::now();
};

}  // namespace freshet::client
