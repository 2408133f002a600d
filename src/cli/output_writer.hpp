// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a show's bytes in order to a file or standard output, on a thread of its own.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "freshet/client/client.hpp"

namespace freshet::cli {

class OutputWriter {
 public:
  // Opens `path` ("-": standard output) at once, so that a place that cannot be written is known
  // before anything else happens.
  [[nodiscard]] static Expected<std::unique_ptr<OutputWriter>> open(const std::string& path);
  ~OutputWriter();

  // Again after Done, when the end was provisional and the show goes on.
  void start(client::EventQueue& events);
  // What is written: the show's stream, and those of the shows that follow it.
  [[nodiscard]] client::StreamChain& chain() { return *chain_; }

 private:
  OutputWriter(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  void run(client::EventQueue& events);
  [[nodiscard]] Expected<void> write_all(View bytes);

  int fd_;
  std::string path_;
  std::unique_ptr<client::StreamChain> chain_ = std::make_unique<client::StreamChain>();
  std::thread thread_;
};

}  // namespace freshet::cli
