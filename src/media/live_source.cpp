// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/live_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
}

#include "freshet/base/log.hpp"

namespace freshet::media {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kVideoLane = 3;   // frames: a hiccup is bridged, a delay is not built up
constexpr std::size_t kAudioLane = 64;  // sound is never left out for a hiccup

}  // namespace

LiveSource::LiveSource(LivePlan plan) : plan_(std::move(plan)) {
  if (!plan_.monitor.said) plan_.monitor.said = [](const std::string&) {};
}

Expected<std::unique_ptr<Source>> LiveSource::open(LivePlan plan) {
  std::unique_ptr<LiveSource> source(new LiveSource(std::move(plan)));
  if (auto opened = source->open_devices(); !opened) return tl::make_unexpected(opened.error());
  if (auto opened = source->open_encoders(); !opened) return tl::make_unexpected(opened.error());
  return source;
}

Expected<void> LiveSource::open_devices() {
  if (plan_.video) {
    video_ = std::make_unique<Lane>(*plan_.video, kVideoLane, plan_.monitor.said);
    if (auto opened = video_->open(); !opened) return opened;
  }
  if (!plan_.audio) return {};
  audio_ = std::make_unique<Lane>(*plan_.audio, kAudioLane, plan_.monitor.said);
  auto opened = audio_->open();
  if (opened) return {};
  audio_.reset();
  if (!plan_.video) return opened;
  plan_.monitor.said("The show has no sound: " + opened.error().message);
  return {};
}

Expected<void> LiveSource::open_encoders() {
  VideoFormat& picture = plan_.picture;
  if (video_) {
    // As the source is, but not larger than asked for.
    if (video_->width() > 0 && video_->height() > 0) {
      double scale = std::min({1.0, static_cast<double>(picture.width) / video_->width(),
                               static_cast<double>(picture.height) / video_->height()});
      picture.width = static_cast<int>(std::lround(video_->width() * scale / 2)) * 2;
      picture.height = static_cast<int>(std::lround(video_->height() * scale / 2)) * 2;
    }
    if (auto opened = video_encoder_.open(picture); !opened) return opened;
    video_filter_ = std::make_unique<Filter>(
        fmt::format("scale={0}:{1}:force_original_aspect_ratio=decrease,pad={0}:{1}:-1:-1,setsar=1,"
                    "format=yuv420p",
                    picture.width, picture.height),
        true, AV_TIME_BASE_Q);
    preview_filter_ = std::make_unique<Filter>(
        "scale=960:540:force_original_aspect_ratio=decrease:force_divisible_by=2,format=rgb24",
        true, AV_TIME_BASE_Q);
  }
  if (audio_) {
    auto opened = audio_encoder_.open(plan_.audio_encoder, plan_.audio_bit_rate, 2);
    if (!opened) return opened;
    // Small errors of the clock are stretched away, gaps become silence.
    audio_filter_ = std::make_unique<Filter>("aresample=async=1000," + audio_encoder_.wants(),
                                             false, AV_TIME_BASE_Q);
    audio_filter_->set_frame_size(audio_encoder_.samples());
  }
  return {};
}

std::int64_t LiveSource::now() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - epoch_).count();
}

void LiveSource::stop() {
  stopped_ = true;
  if (video_) video_->stop();
  if (audio_) audio_->stop();
}

bool LiveSource::limit_bit_rate(int bits_per_second) {
  if (!video_) return false;
  video_encoder_.limit(video_share(bits_per_second, audio_ ? plan_.audio_bit_rate : 0));
  return true;
}

SourceState LiveSource::state() const {
  SourceState state;
  if (video_) {
    state.width = plan_.picture.width;
    state.height = plan_.picture.height;
    state.fps = plan_.picture.fps;
    state.dropped = video_->dropped() - dropped_before_air_;
  }
  state.sound = audio_ != nullptr;
  return state;
}

void LiveSource::air(const ResumePoint& resume) {
  std::lock_guard lock(mutex_);
  resume_ = resume;
  wanted_on_air_ = true;
  if (running_) begin_to_air();
}

void LiveSource::begin_to_air() {
  // A stream begins at one second: there is room before it.
  air_zero_ = now() - static_cast<std::int64_t>(resume_.elapsed_ms) * 1000 - AV_TIME_BASE;
  if (video_) dropped_before_air_ = video_->dropped();
  on_air_ = true;
}

// Under the lock. False when the sink wants nothing.
bool LiveSource::begin_output(const Sink& sink) {
  if (!fill_broken_packet(resume_.bytes, sink)) return false;
  output_ = std::make_unique<TsOutput>(sink, 0);
  AVCodecParameters* parameters = avcodec_parameters_alloc();
  if (video_) {
    avcodec_parameters_from_context(parameters, &video_encoder_.codec());
    video_stream_ = output_->add_stream(parameters);
  }
  if (audio_) {
    avcodec_parameters_from_context(parameters, &audio_encoder_.codec());
    audio_stream_ = output_->add_stream(parameters);
  }
  avcodec_parameters_free(&parameters);
  auto begun = output_->begin(resume_.bytes > 0);
  if (!begun) error_ = begun.error();
  return begun.has_value();
}

Expected<void> LiveSource::run(const ResumePoint& resume, const Sink& sink) {
  sink_ = &sink;
  if (!plan_.wait_for_air) air(resume);
  {
    std::lock_guard lock(mutex_);
    epoch_ = Clock::now();
    running_ = true;
    if (wanted_on_air_) begin_to_air();
  }
  if (video_) video_->start(epoch_);
  if (audio_) audio_->start(epoch_);
  std::thread sound;
  if (audio_ && video_) sound = std::thread([this] { run_audio(); });
  if (video_) {
    run_video();
  } else {
    run_audio();
  }
  stop();
  if (sound.joinable()) sound.join();
  std::lock_guard lock(mutex_);
  log_latency();
  if (error_) return tl::make_unexpected(*error_);
  return output_ ? output_->finish() : Expected<void>();
}

void LiveSource::give_up(Error error) {
  std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  stop();
}

// Under the lock.
void LiveSource::count_latency(std::int64_t pts) {
  std::int64_t captured = av_rescale_q(pts, kTsBase, AV_TIME_BASE_Q) + air_zero_;
  std::int64_t ms = std::max<std::int64_t>(0, (now() - captured) / 1000);
  ++latency_[std::min<std::size_t>(latency_.size() - 1, static_cast<std::size_t>(ms))];
}

void LiveSource::log_latency() const {
  std::uint64_t all = 0, seen = 0;
  for (std::uint32_t count : latency_) all += count;
  if (all == 0) return;
  std::size_t half = 0, most = 0;
  for (std::size_t ms = 0; ms < latency_.size(); ++ms) {
    if (seen * 2 < all) half = ms;
    if (seen * 100 < all * 99) most = ms;
    seen += latency_[ms];
  }
  log::info(
      "source: {} pictures, {} ms from the device to the stream, 99 of 100 in {} ms; {} left out",
      all, half, most, state().dropped);
}

Expected<void> LiveSource::mux(AVPacket* packet, bool video) {
  std::lock_guard lock(mutex_);
  if (stopped_ || (!output_ && !begin_output(*sink_))) {
    stop();
    return {};
  }
  if (video) count_latency(packet->pts);
  AVStream* stream = video ? video_stream_ : audio_stream_;
  packet->stream_index = stream->index;
  bool keyframe = video && (packet->flags & AV_PKT_FLAG_KEY) != 0;
  if (!video_ && packet->dts >= next_mark_) {
    // A stream of sound can be joined at each of its packets: one a second is marked.
    keyframe = true;
    next_mark_ = packet->dts + kTsBase.den;
  }
  av_packet_rescale_ts(packet, kTsBase, stream->time_base);
  auto written = output_->write(packet, keyframe);
  if (output_->refused()) stop();
  return written;
}

}  // namespace freshet::media
