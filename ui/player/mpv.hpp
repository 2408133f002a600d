// SPDX-License-Identifier: GPL-3.0-or-later
// A libmpv core: its options, commands and properties. GUI thread, except where said.
#pragma once

#include <mpv/client.h>

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "player/feed.hpp"

namespace freshet::ui::player {

// Everything goes to mpv as asynchronous requests: none of it waits for the core.
class Mpv {
 public:
  struct Options {
    bool hardware_decoding = false;
    bool null_audio = false;  // for tests: no sound, but its clock
  };
  // Null when libmpv cannot be made.
  [[nodiscard]] static std::shared_ptr<Mpv> create(const Options& options);
  ~Mpv();
  Mpv(const Mpv&) = delete;
  Mpv& operator=(const Mpv&) = delete;

  [[nodiscard]] mpv_handle* handle() const { return handle_; }
  [[nodiscard]] Feed& feed() { return feed_; }

  // `wakeup` is called on any thread when there are events.
  void set_wakeup(std::function<void()> wakeup);
  void observe(const char* property, mpv_format format);
  void command(std::initializer_list<std::string> arguments);
  void command(const std::vector<std::string>& arguments);
  void set(const char* property, const std::string& value);
  void set(const char* property, double value);
  void set(const char* property, bool value);

 private:
  Mpv() = default;
  mpv_handle* handle_ = nullptr;
  Feed feed_;
  std::function<void()> wakeup_;
};

}  // namespace freshet::ui::player
