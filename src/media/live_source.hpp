// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and sound that happen now: two lanes of frames are encoded on two threads and muxed into
// one stream. Times are the machine's own clock; what comes too late for its lane is left out.
#pragma once

#include <array>
#include <optional>

#include "media/capture.hpp"
#include "media/encoder.hpp"
#include "media/filter.hpp"
#include "media/output.hpp"

namespace freshet::media {

struct LivePlan {
  SourceInfo info;
  std::optional<Device> video, audio;
  VideoFormat picture;
  std::string audio_encoder;
  int audio_bit_rate = 0;
  bool stamp = false;  // the wall clock is drawn into the picture
  Monitor monitor;
  bool wait_for_air = false;
};

class LiveSource final : public Source {
 public:
  // Opens the devices. A sound device that cannot be opened is an error only without pictures.
  [[nodiscard]] static Expected<std::unique_ptr<Source>> open(LivePlan plan);

  [[nodiscard]] const SourceInfo& info() const override { return plan_.info; }
  [[nodiscard]] Expected<void> run(const ResumePoint& resume, const Sink& sink) override;
  void stop() override;
  [[nodiscard]] SourceState state() const override;
  void set_muted(bool muted) override { muted_ = muted; }
  bool limit_bit_rate(int bits_per_second) override;
  [[nodiscard]] bool previews() const override { return true; }
  void air(const ResumePoint& resume) override;

 private:
  explicit LiveSource(LivePlan plan);
  [[nodiscard]] Expected<void> open_devices();
  [[nodiscard]] Expected<void> open_encoders();
  [[nodiscard]] bool begin_output(const Sink& sink);
  void run_video();
  void run_audio();
  [[nodiscard]] Expected<void> on_picture(FramePtr frame);
  [[nodiscard]] Expected<void> on_converted(AVFrame* frame);
  [[nodiscard]] Expected<void> on_sound(FramePtr frame);
  [[nodiscard]] Expected<void> mux(AVPacket* packet, bool video);
  void preview(const AVFrame& frame);
  void measure(const AVFrame& frame);
  void begin_to_air();  // under the lock
  void give_up(Error error);
  void count_latency(std::int64_t pts);
  void log_latency() const;
  [[nodiscard]] FramePtr black() const;
  [[nodiscard]] FramePtr silence(std::int64_t from, std::int64_t to) const;
  [[nodiscard]] std::int64_t now() const;  // microseconds since the start

  LivePlan plan_;
  std::unique_ptr<Lane> video_, audio_;
  VideoEncoder video_encoder_;
  AudioEncoder audio_encoder_;
  std::unique_ptr<Filter> video_filter_, audio_filter_;
  std::chrono::steady_clock::time_point epoch_;
  std::mutex mutex_;  // guards the muxer, and what follows up to the blank line
  std::unique_ptr<TsOutput> output_;
  const Sink* sink_ = nullptr;
  AVStream* video_stream_ = nullptr;
  AVStream* audio_stream_ = nullptr;
  ResumePoint resume_;
  std::optional<Error> error_;
  std::int64_t next_mark_ = 0;  // 1/90000 s
  bool running_ = false, wanted_on_air_ = false;
  // How many pictures took so many ms from the device to the stream; the last: and more.
  std::array<std::uint32_t, 251> latency_{};

  std::atomic<bool> stopped_ = false, on_air_ = false, muted_ = false;
  std::atomic<std::int64_t> air_zero_ = 0;  // when the stream's time 0 was, microseconds
  std::atomic<std::uint64_t> dropped_before_air_ = 0;
  // Video thread.
  std::int64_t next_picture_ = 0, last_video_ = 0, previewed_ = 0;
  std::unique_ptr<Filter> preview_filter_;
  // Audio thread.
  std::optional<std::int64_t> expected_;  // when the next sample is due
  std::int64_t next_sound_ = 0;           // 1/90000 s
  double peak_[2] = {0, 0};
  std::int64_t measured_ = 0;
};

}  // namespace freshet::media
