// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/encoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

namespace freshet::media {
namespace {

constexpr std::array kSpeeds = {"veryfast", "superfast", "ultrafast"};
constexpr int kBigPicture = 1280 * 720;  // more than this begins one step faster
constexpr double kTooBusy = 0.75;        // of a frame's time
constexpr int kBusySeconds = 2;
constexpr double kMultiplex = 1.08;  // MPEG-TS
constexpr int kLeastRate = 100'000;  // bits/s
constexpr int kAudioRate = 48000;
// Four frames with their headers then fill whole TS packets at the usual rates (64k, 128k), and do
// not begin another one.
constexpr double kSoundShare = 0.96;

Expected<void> send(AVCodecContext& codec, AVFrame* frame, AVRational base, const PacketOut& out) {
  int code = avcodec_send_frame(&codec, frame);
  PacketPtr packet(av_packet_alloc());
  while (code >= 0) {
    code = avcodec_receive_packet(&codec, packet.get());
    if (code < 0) break;
    av_packet_rescale_ts(packet.get(), base, kTsBase);
    if (auto taken = out(packet.get()); !taken) return taken;
    av_packet_unref(packet.get());
  }
  if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
  return fail(ErrorCode::Source, "cannot encode: " + av_text(code));
}

}  // namespace

int video_share(int bits_per_second, int audio_bit_rate) {
  if (bits_per_second == 0) return 0;
  return std::max(kLeastRate, static_cast<int>(bits_per_second / kMultiplex) - audio_bit_rate);
}

Expected<void> VideoEncoder::open(const VideoFormat& format) {
  format_ = format;
  speed_ = format.width * format.height > kBigPicture ? 1 : 0;
  return reopen();
}

int VideoEncoder::wanted() const {
  int limit = limit_;
  return limit == 0 ? format_.bit_rate : std::min(format_.bit_rate, std::max(limit, kLeastRate));
}

std::string VideoEncoder::preset() const {
  return format_.encoder == "libx264" ? kSpeeds[static_cast<std::size_t>(speed_)] : "";
}

Expected<void> VideoEncoder::reopen() {
  const AVCodec* codec = avcodec_find_encoder_by_name(format_.encoder.c_str());
  const AVCodecDescriptor* kind = avcodec_descriptor_get_by_name(format_.encoder.c_str());
  AVCodecID id = codec ? codec->id : kind ? kind->id : AV_CODEC_ID_NONE;
  if (id == AV_CODEC_ID_AV1 || id == AV_CODEC_ID_VP8 || id == AV_CODEC_ID_VP9) {
    return fail(ErrorCode::Usage, std::string("MPEG-TS does not carry ") + avcodec_get_name(id) +
                                      " with this FFmpeg; choose h264 or hevc");
  }
  if (!codec) {
    return fail(ErrorCode::Usage, "this FFmpeg has no encoder called " + format_.encoder);
  }
  codec_.reset(avcodec_alloc_context3(codec));
  AVCodecContext& c = *codec_;
  c.time_base = kTsBase;
  c.framerate = {format_.fps, 1};
  c.width = format_.width;
  c.height = format_.height;
  c.pix_fmt = AV_PIX_FMT_YUV420P;
  c.max_b_frames = 0;
  c.gop_size = format_.fps * 2;  // keyframes are asked for by time, one a second
  bit_rate_ = wanted();
  c.bit_rate = bit_rate_;
  c.rc_max_rate = bit_rate_;
  c.rc_buffer_size = bit_rate_ / 2;  // half a second: the uplink carries it evenly
  AVDictionary* options = nullptr;
  if (!preset().empty()) av_dict_set(&options, "preset", preset().c_str(), 0);
  if (format_.encoder == "libx264" || format_.encoder == "libx265") {
    av_dict_set(&options, "tune", "zerolatency", 0);
    av_dict_set(&options, "forced-idr", "1", 0);
    if (format_.encoder == "libx265") av_dict_set(&options, "preset", "ultrafast", 0);
  }
  int code = avcodec_open2(&c, codec, &options);
  av_dict_free(&options);
  if (code < 0) {
    return fail(ErrorCode::Source,
                "the encoder " + format_.encoder + " cannot be used here: " + av_text(code));
  }
  load_ = 0;
  busy_frames_ = 0;
  return {};
}

void VideoEncoder::adapt(std::int64_t microseconds) {
  if (preset().empty() || speed_ + 1 == static_cast<int>(kSpeeds.size())) return;
  double share = static_cast<double>(microseconds) * format_.fps / 1e6;
  load_ += (share - load_) / 8;
  busy_frames_ = load_ > kTooBusy ? busy_frames_ + 1 : 0;
  step_up_ = busy_frames_ >= kBusySeconds * format_.fps;
}

Expected<void> VideoEncoder::encode(AVFrame* frame, const PacketOut& out) {
  if (!frame) return send(*codec_, nullptr, kTsBase, out);
  bool key = frame->pts >= next_key_;
  if (key) next_key_ = frame->pts + kTsBase.den - kTsBase.den / (2 * format_.fps);
  if (key && (step_up_ || wanted() != bit_rate_)) {
    // Between two keyframes nobody notices: what the old one still holds comes first.
    if (auto flushed = send(*codec_, nullptr, kTsBase, out); !flushed) return flushed;
    if (step_up_) ++speed_;
    step_up_ = false;
    if (auto opened = reopen(); !opened) return opened;
  }
  frame->pict_type = key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  auto before = std::chrono::steady_clock::now();
  auto done = send(*codec_, frame, kTsBase, out);
  adapt(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                              before)
            .count());
  return done;
}

Expected<void> AudioEncoder::open(const std::string& encoder, int bit_rate, int channels) {
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder.c_str());
  if (!codec) return fail(ErrorCode::Usage, "this FFmpeg has no encoder called " + encoder);
  codec_.reset(avcodec_alloc_context3(codec));
  AVCodecContext& c = *codec_;
  c.time_base = {1, kAudioRate};
  c.sample_rate = kAudioRate;
  c.sample_fmt = codec->sample_fmts ? codec->sample_fmts[0] : AV_SAMPLE_FMT_FLTP;
  c.bit_rate = static_cast<std::int64_t>(bit_rate * kSoundShare);
  av_channel_layout_default(&c.ch_layout, channels);
  int code = avcodec_open2(&c, codec, nullptr);
  if (code < 0) {
    return fail(ErrorCode::Source, "the encoder " + encoder + " cannot be used: " + av_text(code));
  }
  return {};
}

std::string AudioEncoder::wants() const {
  char layout[64] = "";
  av_channel_layout_describe(&codec_->ch_layout, layout, sizeof layout);
  return fmt::format("aformat=sample_fmts={}:sample_rates={}:channel_layouts={}",
                     av_get_sample_fmt_name(codec_->sample_fmt), kAudioRate, layout);
}

Expected<void> AudioEncoder::encode(AVFrame* frame, const PacketOut& out) {
  if (frame) frame->pts = av_rescale_q(frame->pts, kTsBase, codec_->time_base);
  return send(*codec_, frame, codec_->time_base, out);
}

}  // namespace freshet::media
