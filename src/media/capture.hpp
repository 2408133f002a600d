// SPDX-License-Identifier: GPL-3.0-or-later
// A device that pictures or sound come from, and a lane: a device in a thread of its own, whose
// newest frames wait to be taken. A device that goes away is opened again and again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "freshet/base/error.hpp"
#include "media/av.hpp"

namespace freshet::media {

struct Device {
  std::string format;  // FFmpeg's name of the input device
  std::string url;
  std::vector<std::pair<std::string, std::string>> options;
  bool video = false;
  // A generator: its times are right, but it does not wait for them.
  bool generated = false;
  std::string what;  // in messages: "the camera /dev/video0"
};

class Capture {
 public:
  // Blocks while it opens and reads; both end soon after `stopped`.
  [[nodiscard]] static Expected<std::unique_ptr<Capture>> open(const Device& device,
                                                               const std::atomic<bool>& stopped);
  // The next frame, in the device's own time base.
  [[nodiscard]] Expected<FramePtr> read();
  [[nodiscard]] const AVStream& stream() const { return *stream_; }

 private:
  InputPtr input_;
  CodecPtr decoder_;
  AVStream* stream_ = nullptr;
};

class Lane {
 public:
  // `said`: a device went away or came back; on the lane's thread.
  Lane(Device device, std::size_t capacity, std::function<void(const std::string&)> said);
  ~Lane();

  // Opens the device for the first time, so that what is wrong with it is known at once.
  [[nodiscard]] Expected<void> open();
  // Frames come from now on. Their pts are microseconds since `epoch` (steady clock).
  void start(std::chrono::steady_clock::time_point epoch);
  void stop();
  // The oldest that waits; null after the timeout.
  [[nodiscard]] FramePtr take(std::chrono::microseconds timeout);
  // Frames that nobody took in time.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }
  // The device is gone.
  [[nodiscard]] bool lost() const { return lost_; }
  [[nodiscard]] const Device& device() const { return device_; }
  // Of the device as it was opened first. 0: unknown.
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }

 private:
  void run();
  void push(FramePtr frame);
  [[nodiscard]] bool wait_until(std::int64_t microseconds);
  [[nodiscard]] std::int64_t now() const;

  Device device_;
  std::size_t capacity_;
  std::function<void(const std::string&)> said_;
  std::unique_ptr<Capture> capture_;
  std::chrono::steady_clock::time_point epoch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<FramePtr> frames_;
  std::atomic<bool> stopped_ = false, lost_ = false;
  std::atomic<std::uint64_t> dropped_ = 0;
  int width_ = 0, height_ = 0;
  std::thread thread_;
};

}  // namespace freshet::media
