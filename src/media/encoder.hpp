// SPDX-License-Identifier: GPL-3.0-or-later
// Frames into packets, for people who may join at any second: a keyframe each second, no frame held
// back. Times in and out are in 1/90000 s. One thread at a time.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "freshet/base/error.hpp"
#include "media/av.hpp"

namespace freshet::media {

inline constexpr AVRational kTsBase = {1, 90000};

using PacketOut = std::function<Expected<void>(AVPacket* packet)>;

struct VideoFormat {
  int width = 0;
  int height = 0;
  int fps = 30;
  int bit_rate = 0;     // bits/s
  std::string encoder;  // FFmpeg's name of it
};

// What is left for the picture of a stream's bits/s, of which the sound and the multiplex take
// theirs; 0 stays 0.
[[nodiscard]] int video_share(int bits_per_second, int audio_bit_rate);

class VideoEncoder {
 public:
  [[nodiscard]] Expected<void> open(const VideoFormat& format);
  // YUV 4:2:0 of the format's size; null: that was the last one.
  [[nodiscard]] Expected<void> encode(AVFrame* frame, const PacketOut& out);
  [[nodiscard]] const AVCodecContext& codec() const { return *codec_; }
  // At most so many bits/s from the next keyframe on; 0: as opened. Any thread.
  void limit(int bits_per_second) { limit_ = bits_per_second; }
  // How hard it tries, "veryfast" at best; empty when the encoder has no such steps.
  [[nodiscard]] std::string preset() const;

 private:
  [[nodiscard]] Expected<void> reopen();
  [[nodiscard]] int wanted() const;  // bits/s
  // A machine that cannot keep up gets less work for each frame.
  void adapt(std::int64_t microseconds);

  VideoFormat format_;
  CodecPtr codec_;
  std::atomic<int> limit_ = 0;
  int bit_rate_ = 0;  // that it runs with
  int speed_ = 0;
  double load_ = 0;  // share of a frame's time that encoding it takes, smoothed
  int busy_frames_ = 0;
  bool step_up_ = false;
  std::int64_t next_key_ = 0;
};

class AudioEncoder {
 public:
  // `encoder`: FFmpeg's name of it.
  [[nodiscard]] Expected<void> open(const std::string& encoder, int bit_rate, int channels);
  // Planar floats at 48 kHz, samples() of them; null: that was the last one.
  [[nodiscard]] Expected<void> encode(AVFrame* frame, const PacketOut& out);
  [[nodiscard]] const AVCodecContext& codec() const { return *codec_; }
  [[nodiscard]] unsigned samples() const { return static_cast<unsigned>(codec_->frame_size); }
  // What a filter chain has to end with.
  [[nodiscard]] std::string wants() const;

 private:
  CodecPtr codec_;
};

}  // namespace freshet::media
