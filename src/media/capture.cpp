// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/capture.hpp"

#include <chrono>

extern "C" {
#include <libavdevice/avdevice.h>
}

namespace freshet::media {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kTryAgain = 1s;

std::string advice(const Device& device, int code) {
  if (code == AVERROR(EBUSY)) return "another program uses it; close that one";
  if (code == AVERROR(EACCES)) return "you may not use it; add yourself to the group \"video\"";
  if (code == AVERROR(ENOENT) || code == AVERROR(ENODEV) || code == AVERROR(ENXIO)) {
    return "it is not there: is it plugged in?";
  }
  if (code == AVERROR(ENOTTY)) return "it is not a camera";
  if (device.format == "x11grab" && code == AVERROR(EINVAL)) {
    return "the part to show is larger than the screen";
  }
  if (device.format == "x11grab") return "there is no X11 display of this name";
  if (device.format == "pulse") return "no sound server runs that has it";
  return av_text(code);
}

}  // namespace

Expected<std::unique_ptr<Capture>> Capture::open(const Device& device,
                                                 const std::atomic<bool>& stopped) {
  static const bool registered = (avdevice_register_all(), true);
  (void)registered;
  auto cannot = [&](const std::string& why) {
    return fail(ErrorCode::Source, "cannot use " + device.what + ": " + why);
  };
  const AVInputFormat* format = av_find_input_format(device.format.c_str());
  if (!format) return cannot("this FFmpeg does not know " + device.format);
  auto capture = std::make_unique<Capture>();
  int code = AVERROR(EINVAL);
  // A device that cannot do all that is wished for is asked for less, the last wish goes first.
  for (std::size_t wishes = device.options.size() + 1; code == AVERROR(EINVAL) && wishes-- > 0;) {
    AVFormatContext* input = avformat_alloc_context();
    input->interrupt_callback = interrupted_by(stopped);
    AVDictionary* options = nullptr;
    for (std::size_t i = 0; i < wishes; ++i) {
      const auto& [key, value] = device.options[i];
      av_dict_set(&options, key.c_str(), value.c_str(), 0);
    }
    code = avformat_open_input(&input, device.url.c_str(), format, &options);
    av_dict_free(&options);
    capture->input_.reset(input);  // null when that failed
  }
  if (code < 0) return cannot(advice(device, code));
  AVFormatContext* input = capture->input_.get();
  code = avformat_find_stream_info(input, nullptr);
  AVMediaType kind = device.video ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  const AVCodec* codec = nullptr;
  if (code >= 0) code = av_find_best_stream(input, kind, -1, -1, &codec, 0);
  if (code < 0) return cannot(advice(device, code));
  capture->stream_ = input->streams[code];
  capture->decoder_.reset(avcodec_alloc_context3(codec));
  avcodec_parameters_to_context(capture->decoder_.get(), capture->stream_->codecpar);
  code = avcodec_open2(capture->decoder_.get(), codec, nullptr);
  if (code < 0) return cannot(av_text(code));
  return capture;
}

Expected<FramePtr> Capture::read() {
  PacketPtr packet(av_packet_alloc());
  for (;;) {
    FramePtr frame(av_frame_alloc());
    int code = avcodec_receive_frame(decoder_.get(), frame.get());
    if (code >= 0) return frame;
    if (code != AVERROR(EAGAIN)) return fail(ErrorCode::Source, av_text(code));
    code = av_read_frame(input_.get(), packet.get());
    if (code < 0) return fail(ErrorCode::Source, av_text(code));
    // A broken picture of a camera is left out.
    if (packet->stream_index == stream_->index) {
      (void)avcodec_send_packet(decoder_.get(), packet.get());
    }
    av_packet_unref(packet.get());
  }
}

Lane::Lane(Device device, std::size_t capacity, std::function<void(const std::string&)> said)
    : device_(std::move(device)), capacity_(capacity), said_(std::move(said)) {}

Lane::~Lane() {
  stop();
  if (thread_.joinable()) thread_.join();
}

Expected<void> Lane::open() {
  auto capture = Capture::open(device_, stopped_);
  if (!capture) return tl::make_unexpected(capture.error());
  capture_ = std::move(*capture);
  width_ = capture_->stream().codecpar->width;
  height_ = capture_->stream().codecpar->height;
  return {};
}

void Lane::start(Clock::time_point epoch) {
  epoch_ = epoch;
  thread_ = std::thread([this] { run(); });
}

void Lane::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

std::int64_t Lane::now() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - epoch_).count();
}

bool Lane::wait_until(std::int64_t microseconds) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, epoch_ + std::chrono::microseconds(microseconds),
                      [&] { return stopped_.load(); });
  return !stopped_;
}

FramePtr Lane::take(std::chrono::microseconds timeout) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, timeout, [&] { return stopped_ || !frames_.empty(); })) return {};
  if (frames_.empty()) return {};
  FramePtr frame = std::move(frames_.front());
  frames_.pop_front();
  return frame;
}

void Lane::push(FramePtr frame) {
  std::lock_guard lock(mutex_);
  if (frames_.size() >= capacity_) {
    // What is newest counts: who is behind does not catch up with old pictures.
    frames_.pop_front();
    ++dropped_;
  }
  frames_.push_back(std::move(frame));
  changed_.notify_all();
}

void Lane::run() {
  while (!stopped_) {
    if (!capture_) {
      auto capture = Capture::open(device_, stopped_);
      if (capture) {
        capture_ = std::move(*capture);
        said_("It is back: " + device_.what);
      } else if (!wait_until(now() + std::chrono::microseconds(kTryAgain).count())) {
        return;
      }
      continue;
    }
    auto frame = capture_->read();
    if (stopped_) return;
    if (!frame) {
      capture_.reset();
      lost_ = true;
      said_("It went away: " + device_.what + " (" + frame.error().message +
            "); the show goes on without it until it is back");
      continue;
    }
    lost_ = false;
    AVFrame& f = **frame;
    std::int64_t length =
        f.sample_rate > 0 ? av_rescale(f.nb_samples, AV_TIME_BASE, f.sample_rate) : 0;
    if (device_.generated) {
      f.pts = av_rescale_q(f.pts, capture_->stream().time_base, AV_TIME_BASE_Q);
      if (!wait_until(f.pts + length)) return;
    } else {
      f.pts = now() - length;  // what a device says of its times is another clock's
    }
    push(std::move(*frame));
  }
}

}  // namespace freshet::media
