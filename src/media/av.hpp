// SPDX-License-Identifier: GPL-3.0-or-later
// FFmpeg's structures as owners, and its errors as text.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
}

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

namespace freshet::media {

struct AvDelete {
  void operator()(AVFormatContext* input) const { avformat_close_input(&input); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
  void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
};

using InputPtr = std::unique_ptr<AVFormatContext, AvDelete>;
using PacketPtr = std::unique_ptr<AVPacket, AvDelete>;
using FramePtr = std::unique_ptr<AVFrame, AvDelete>;
using CodecPtr = std::unique_ptr<AVCodecContext, AvDelete>;
using GraphPtr = std::unique_ptr<AVFilterGraph, AvDelete>;

[[nodiscard]] std::string av_text(int code);

// Ends what FFmpeg waits for soon after `stopped`, which outlives the input.
[[nodiscard]] AVIOInterruptCB interrupted_by(const std::atomic<bool>& stopped);

// Lets a source wait for its time to come, and be woken. Any thread.
class Pacer {
 public:
  // Waits until `microseconds` after start() began to count; false when stopped.
  [[nodiscard]] bool wait_until(std::int64_t microseconds);
  void start(std::int64_t already_microseconds);
  void stop();
  [[nodiscard]] bool stopped();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t zero_ = 0;  // steady clock, microseconds
  bool stopped_ = false;
};

}  // namespace freshet::media
