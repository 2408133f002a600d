// SPDX-License-Identifier: GPL-3.0-or-later
// What the two threads of a live source do with each frame.
#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
}

#include "media/live_source.hpp"

namespace freshet::media {
namespace {

using namespace std::chrono_literals;

constexpr auto kWait = 100ms;
constexpr std::int64_t kVideoLate = 500'000;  // microseconds without a picture that become black
constexpr std::int64_t kSoundLate = 200'000;  // the same of sound, and silence
constexpr std::int64_t kHung = 2'000'000;     // both, of a device that does not say it is gone
constexpr std::int64_t kJump = 100'000;       // beyond that a clock is not off, but was set
constexpr double kDrift = 0.01;               // share of a clock's error that is taken at once
constexpr std::int64_t kPreviewEvery = 66'000;
constexpr int kAudioRate = 48000;
constexpr int kClockBits = 32, kClockHeight = 16;

// The lowest rows say the time, ms since 1970 modulo 2^32, from the left: white is 1.
void draw_clock(AVFrame& frame) {
  auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(
                  std::chrono::system_clock::now().time_since_epoch())
                  .count();
  auto value = static_cast<std::uint32_t>(wall);
  int cell = frame.width / kClockBits;
  for (int y = frame.height - kClockHeight; y < frame.height; ++y) {
    std::uint8_t* row = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    for (int bit = 0; bit < kClockBits; ++bit) {
      std::uint8_t tone = (value >> (kClockBits - 1 - bit)) & 1 ? 235 : 16;
      std::fill_n(row + static_cast<std::ptrdiff_t>(bit) * cell, cell, tone);
    }
  }
  for (int plane = 1; plane < 3; ++plane) {
    for (int y = (frame.height - kClockHeight) / 2; y < frame.height / 2; ++y) {
      std::fill_n(frame.data[plane] + static_cast<std::ptrdiff_t>(y) * frame.linesize[plane],
                  frame.width / 2, std::uint8_t{128});
    }
  }
}

std::int64_t to_ts(std::int64_t microseconds) {
  return av_rescale_q(microseconds, AV_TIME_BASE_Q, kTsBase);
}

double decibels(double peak) {
  return peak > 1e-5 ? 20 * std::log10(peak) : -100;
}

}  // namespace

FramePtr LiveSource::black() const {
  FramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = plan_.picture.width;
  frame->height = plan_.picture.height;
  frame->pts = now();
  av_frame_get_buffer(frame.get(), 0);
  for (int plane = 0; plane < 3; ++plane) {
    int rows = plane == 0 ? frame->height : frame->height / 2;
    std::fill_n(frame->data[plane], static_cast<std::ptrdiff_t>(rows) * frame->linesize[plane],
                std::uint8_t(plane == 0 ? 16 : 128));
  }
  return frame;
}

FramePtr LiveSource::silence(std::int64_t from, std::int64_t to) const {
  FramePtr frame(av_frame_alloc());
  frame->format = AV_SAMPLE_FMT_S16;
  frame->sample_rate = kAudioRate;
  frame->nb_samples = static_cast<int>((to - from) * kAudioRate / AV_TIME_BASE);
  frame->pts = from;
  av_channel_layout_default(&frame->ch_layout, 2);
  av_frame_get_buffer(frame.get(), 0);
  av_samples_set_silence(frame->data, 0, frame->nb_samples, 2, AV_SAMPLE_FMT_S16);
  return frame;
}

void LiveSource::run_video() {
  std::int64_t last = 0;
  while (!stopped_) {
    FramePtr frame = video_->take(kWait);
    if (!frame) {
      if (now() - last < (video_->lost() ? kVideoLate : kHung)) continue;
      frame = black();
    } else {
      last = frame->pts;
    }
    auto done = on_picture(std::move(frame));
    if (!done) return give_up(done.error());
  }
}

Expected<void> LiveSource::on_picture(FramePtr frame) {
  // A device that is quicker than the show leaves some out; that is no loss.
  std::int64_t step = AV_TIME_BASE / plan_.picture.fps;
  if (frame->pts < next_picture_ - step / 2) return {};
  next_picture_ = std::max(next_picture_ + step, frame->pts + step / 2);
  if (plan_.monitor.picture && frame->pts - previewed_ >= kPreviewEvery) {
    previewed_ = frame->pts;
    FramePtr copy(av_frame_clone(frame.get()));
    auto shown = preview_filter_->feed(copy.get(), [&](AVFrame* small) -> Expected<void> {
      preview(*small);
      return {};
    });
    if (!shown) return shown;
  }
  if (!on_air_) return {};
  return video_filter_->feed(frame.get(), [&](AVFrame* done) { return on_converted(done); });
}

Expected<void> LiveSource::on_converted(AVFrame* frame) {
  std::int64_t pts = to_ts(frame->pts - air_zero_);
  if (pts <= last_video_ || frame->pts < air_zero_) return {};
  last_video_ = pts;
  if (plan_.stamp && av_frame_make_writable(frame) >= 0) draw_clock(*frame);
  frame->pts = pts;
  return video_encoder_.encode(frame, [&](AVPacket* packet) { return mux(packet, true); });
}

void LiveSource::preview(const AVFrame& frame) {
  Picture picture{frame.width, frame.height, {}};
  std::size_t row = static_cast<std::size_t>(frame.width) * 3;
  picture.rgb.resize(row * static_cast<std::size_t>(frame.height));
  for (int y = 0; y < frame.height; ++y) {
    const std::uint8_t* from = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    std::copy_n(from, row, picture.rgb.data() + row * static_cast<std::size_t>(y));
  }
  plan_.monitor.picture(std::move(picture));
}

void LiveSource::run_audio() {
  while (!stopped_) {
    FramePtr frame = audio_->take(kWait);
    if (!frame) {
      if (!expected_) expected_ = now();  // a device that has not begun is silent, too
      std::int64_t until = now();
      if (until - *expected_ < (audio_->lost() ? kSoundLate : kHung)) continue;
      frame = silence(*expected_, until);
    }
    auto done = on_sound(std::move(frame));
    if (!done) return give_up(done.error());
  }
}

// The samples are counted, and the count is drawn towards the machine's clock: a sound card's clock
// is another one, and the times at which its buffers come are uneven.
Expected<void> LiveSource::on_sound(FramePtr frame) {
  std::int64_t error = expected_ ? frame->pts - *expected_ : 0;
  bool jump = !expected_ || std::abs(error) > kJump;
  if (!jump) {
    frame->pts = *expected_ + static_cast<std::int64_t>(static_cast<double>(error) * kDrift);
  }
  expected_ = frame->pts + av_rescale(frame->nb_samples, AV_TIME_BASE, frame->sample_rate);
  return audio_filter_->feed(frame.get(), [&](AVFrame* done) -> Expected<void> {
    if (muted_) {
      av_samples_set_silence(done->extended_data, 0, done->nb_samples, done->ch_layout.nb_channels,
                             static_cast<AVSampleFormat>(done->format));
    }
    measure(*done);
    std::int64_t pts = to_ts(done->pts - air_zero_);
    if (!on_air_ || done->pts < air_zero_ || pts < next_sound_) return {};
    next_sound_ = pts;
    done->pts = pts;
    return audio_encoder_.encode(done, [&](AVPacket* packet) { return mux(packet, false); });
  });
}

void LiveSource::measure(const AVFrame& frame) {
  if (!plan_.monitor.level) return;
  if (frame.format != AV_SAMPLE_FMT_FLTP) return;
  for (int channel = 0; channel < 2; ++channel) {
    const auto* samples = reinterpret_cast<const float*>(frame.extended_data[channel]);
    for (int i = 0; i < frame.nb_samples; ++i) {
      peak_[channel] = std::max(peak_[channel], std::abs(static_cast<double>(samples[i])));
    }
  }
  if (now() - measured_ < kPreviewEvery) return;
  measured_ = now();
  plan_.monitor.level(decibels(peak_[0]), decibels(peak_[1]));
  peak_[0] = peak_[1] = 0;
}

}  // namespace freshet::media
