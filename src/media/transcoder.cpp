// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/transcoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/display.h>
}

#include "media/sources.hpp"

namespace freshet::media {
namespace {

constexpr int kFpsMax = 60;
constexpr int kFpsUnknown = 30;

int even(double pixels) {
  return std::max(2, static_cast<int>(std::lround(pixels / 2)) * 2);
}

const char* turn(int degrees) {
  if (degrees == 90) return "transpose=clock,";
  if (degrees == 180) return "hflip,vflip,";
  return degrees == 270 ? "transpose=cclock," : "";
}

}  // namespace

int rotation_of(const AVStream& stream) {
  std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  if (!matrix) return 0;
  double degrees = -av_display_rotation_get(reinterpret_cast<std::int32_t*>(matrix));
  if (std::isnan(degrees)) return 0;
  return ((static_cast<int>(std::lround(degrees / 90)) % 4 + 4) % 4) * 90;
}

Expected<std::unique_ptr<Transcoder>> Transcoder::open(const AVStream& stream,
                                                       const SourceOptions& options) {
  auto self = std::make_unique<Transcoder>();
  const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
  if (!codec) {
    return fail(ErrorCode::Source, std::string("this FFmpeg cannot decode ") +
                                       avcodec_get_name(stream.codecpar->codec_id));
  }
  self->decoder_.reset(avcodec_alloc_context3(codec));
  avcodec_parameters_to_context(self->decoder_.get(), stream.codecpar);
  self->decoder_->pkt_timebase = kTsBase;
  self->decoder_->thread_count = 2;
  int code = avcodec_open2(self->decoder_.get(), codec, nullptr);
  if (code < 0) return fail(ErrorCode::Source, "cannot decode: " + av_text(code));
  self->is_video_ = stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
  auto opened =
      self->is_video_ ? self->open_video(stream, options) : self->open_audio(stream, options);
  if (!opened) return tl::make_unexpected(opened.error());
  return self;
}

Expected<void> Transcoder::open_video(const AVStream& stream, const SourceOptions& options) {
  int degrees = rotation_of(stream);
  double width = stream.codecpar->width, height = stream.codecpar->height;
  if (degrees % 180 != 0) std::swap(width, height);
  double scale = 1;
  if (options.width > 0) scale = std::min(scale, options.width / width);
  if (options.height > 0) scale = std::min(scale, options.height / height);
  AVRational rate = stream.avg_frame_rate;
  int own = rate.num > 0 ? static_cast<int>(std::lround(av_q2d(rate))) : kFpsUnknown;
  VideoFormat format;
  format.width = even(width * scale);
  format.height = even(height * scale);
  format.fps = std::clamp(options.fps > 0 ? std::min(options.fps, own) : own, 1, kFpsMax);
  format.encoder = encoder_of(options.video_codec);
  format.bit_rate = options.video_bit_rate > 0
                        ? options.video_bit_rate
                        : usual_bit_rate(format.width, format.height, format.fps);
  std::string chain = fmt::format("{}scale={}:{},setsar=1,format=yuv420p", turn(degrees),
                                  format.width, format.height);
  if (format.fps < own) chain = fmt::format("fps={},", format.fps) + chain;
  filter_ = std::make_unique<Filter>(chain, true, kTsBase);
  return video_.open(format);
}

Expected<void> Transcoder::open_audio(const AVStream& stream, const SourceOptions& options) {
  int channels = std::clamp(stream.codecpar->ch_layout.nb_channels, 1, 2);
  int rate = options.audio_bit_rate > 0 ? options.audio_bit_rate : kAudioBitRate;
  auto opened = audio_.open(audio_encoder_of(options.audio_codec), rate, channels);
  if (!opened) return opened;
  filter_ = std::make_unique<Filter>("aresample=async=1," + audio_.wants(), false, kTsBase);
  filter_->set_frame_size(audio_.samples());
  return {};
}

Expected<void> Transcoder::encode(AVFrame* frame, const PacketOut& out) {
  if (!is_video_) return audio_.encode(frame, out);
  if (!frame) return video_.encode(nullptr, out);
  if (last_ != AV_NOPTS_VALUE && frame->pts <= last_) return {};
  last_ = frame->pts;
  return video_.encode(frame, out);
}

Expected<void> Transcoder::feed(AVPacket* packet, const PacketOut& out) {
  // A broken packet is left out; what cannot be decoded at all ends as an empty stream.
  int code = avcodec_send_packet(decoder_.get(), packet);
  auto encoded = [&](AVFrame* frame) { return encode(frame, out); };
  FramePtr frame(av_frame_alloc());
  while (code >= 0) {
    code = avcodec_receive_frame(decoder_.get(), frame.get());
    if (code < 0) break;
    frame->pts = frame->best_effort_timestamp;
    if (frame->pts == AV_NOPTS_VALUE) continue;
    if (auto done = filter_->feed(frame.get(), encoded); !done) return done;
    av_frame_unref(frame.get());
  }
  if (packet) return {};
  if (auto done = filter_->feed(nullptr, encoded); !done) return done;
  return encode(nullptr, out);
}

}  // namespace freshet::media
