// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/media/picture.hpp"

extern "C" {
#include <libswscale/swscale.h>
}

#include <algorithm>

#include "media/av.hpp"

namespace freshet::media {
namespace {

constexpr int kIoBuffer = 32 << 10;
constexpr int kPacketsMax = 400;
constexpr std::int64_t kPixelsMax = 8192LL * 4352;
// Sound is not decoded, but looked at while the stream is opened.
constexpr char kCodecs[] =
    "h264,hevc,mpeg2video,mpeg1video,mpeg4,vp8,vp9,av1,libdav1d,mjpeg,aac,mp3float,mp2float,ac3,"
    "eac3,opus,flac";

struct Input {
  const ReadAt* read;
  std::uint64_t at;
};

int read_some(void* opaque, std::uint8_t* out, int size) {
  auto* input = static_cast<Input*>(opaque);
  std::size_t got = (*input->read)(input->at, std::span(out, static_cast<std::size_t>(size)));
  input->at += got;
  return got > 0 ? static_cast<int>(got) : AVERROR_EOF;
}

struct IoDelete {
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
struct ScalerDelete {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
struct OptionsDelete {
  void operator()(AVDictionary* options) const { av_dict_free(&options); }
};

Expected<Picture> nothing() {
  return fail(ErrorCode::Source, "there is no picture that can be shown here");
}

// Opens the stream, pinned to the one format: FFmpeg guesses nothing.
InputPtr open_input(AVIOContext* io) {
  AVFormatContext* context = avformat_alloc_context();
  context->pb = io;
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  context->probesize = 1 << 20;
  context->max_analyze_duration = AV_TIME_BASE / 2;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "codec_whitelist", kCodecs, 0);
  int result = avformat_open_input(&context, nullptr, av_find_input_format("mpegts"), &options);
  std::unique_ptr<AVDictionary, OptionsDelete> owner(options);
  return InputPtr(result < 0 ? nullptr : context);
}

FramePtr decode_first(AVFormatContext* input, int stream, AVCodecContext* codec) {
  PacketPtr packet(av_packet_alloc());
  FramePtr frame(av_frame_alloc());
  for (int i = 0; i < kPacketsMax && av_read_frame(input, packet.get()) >= 0; ++i) {
    if (packet->stream_index == stream) {
      (void)avcodec_send_packet(codec, packet.get());
      if (avcodec_receive_frame(codec, frame.get()) >= 0) return frame;
    }
    av_packet_unref(packet.get());
  }
  (void)avcodec_send_packet(codec, nullptr);
  return avcodec_receive_frame(codec, frame.get()) >= 0 ? std::move(frame) : nullptr;
}

Expected<Picture> scale(const AVFrame& frame, int max_width, int max_height) {
  if (frame.width < 1 || frame.height < 1) return nothing();
  double fit = std::min({1.0, static_cast<double>(max_width) / frame.width,
                         static_cast<double>(max_height) / frame.height});
  Picture picture;
  picture.width = std::max(1, static_cast<int>(frame.width * fit));
  picture.height = std::max(1, static_cast<int>(frame.height * fit));
  std::unique_ptr<SwsContext, ScalerDelete> scaler(sws_getContext(
      frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), picture.width,
      picture.height, AV_PIX_FMT_RGB24, SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (!scaler) return nothing();
  // The scaler writes a few bytes past the end of a row.
  constexpr std::size_t kSlack = 64;
  int stride = picture.width * 3;
  picture.rgb.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(picture.height) +
                     kSlack);
  std::uint8_t* planes[4] = {picture.rgb.data(), nullptr, nullptr, nullptr};
  int strides[4] = {stride, 0, 0, 0};
  if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) < 1) {
    return nothing();
  }
  picture.rgb.resize(picture.rgb.size() - kSlack);
  return picture;
}

}  // namespace

Expected<Picture> picture_at(const ReadAt& read, std::uint64_t offset, int max_width,
                             int max_height) {
  av_log_set_level(AV_LOG_FATAL);  // what strangers' streams make it say is not for the terminal
  Input source{&read, offset};
  auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBuffer));
  std::unique_ptr<AVIOContext, IoDelete> io(
      avio_alloc_context(buffer, kIoBuffer, 0, &source, &read_some, nullptr, nullptr));
  InputPtr input = open_input(io.get());
  if (!input || avformat_find_stream_info(input.get(), nullptr) < 0) return nothing();
  int stream = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (stream < 0) return nothing();
  const AVCodecParameters* parameters = input->streams[stream]->codecpar;
  const AVCodec* decoder = avcodec_find_decoder(parameters->codec_id);
  if (!decoder) return nothing();
  CodecPtr codec(avcodec_alloc_context3(decoder));
  codec->codec_whitelist = av_strdup(kCodecs);
  codec->max_pixels = kPixelsMax;
  codec->thread_count = 1;
  if (avcodec_parameters_to_context(codec.get(), parameters) < 0 ||
      avcodec_open2(codec.get(), decoder, nullptr) < 0) {
    return nothing();
  }
  FramePtr frame = decode_first(input.get(), stream, codec.get());
  return frame ? scale(*frame, max_width, max_height) : nothing();
}

std::optional<std::uint64_t> time_at(const ReadAt& read, std::uint64_t offset) {
  constexpr std::size_t kPacket = 188;
  constexpr std::uint64_t kLookAhead = 1 << 20;
  std::vector<std::uint8_t> bytes(64 << 10);
  std::optional<std::uint64_t> any;
  for (std::uint64_t at = offset; at < offset + kLookAhead;) {
    std::size_t size = 0;
    while (size < bytes.size()) {
      std::size_t got = read(at + size, std::span(bytes).subspan(size));
      if (got == 0) break;
      size += got;
    }
    std::size_t i = 0;
    while (i + 2 * kPacket < size && !(bytes[i] == 0x47 && bytes[i + kPacket] == 0x47)) ++i;
    if (i + 2 * kPacket >= size) return any;
    for (; i + kPacket <= size && bytes[i] == 0x47; i += kPacket) {
      const std::uint8_t* p = &bytes[i];
      std::size_t head = 4 + ((p[3] & 0x20) ? 1 + std::size_t{p[4]} : 0);
      bool begins = (p[1] & 0x40) && (p[3] & 0x10) && head + 14 <= kPacket;
      if (!begins || p[head] != 0 || p[head + 1] != 0 || p[head + 2] != 1) continue;
      if (!(p[head + 7] & 0x80)) continue;
      const std::uint8_t* t = p + head + 9;
      std::uint64_t pts = (std::uint64_t{t[0] & 0x0EU} << 29) | (std::uint64_t{t[1]} << 22) |
                          (std::uint64_t{t[2] & 0xFEU} << 14) | (std::uint64_t{t[3]} << 7) |
                          (std::uint64_t{t[4]} >> 1);
      if ((p[head + 3] & 0xF0) == 0xE0) return pts / 90;
      if (!any) any = pts / 90;
    }
    at += std::max<std::size_t>(i, kPacket);
  }
  return any;
}

}  // namespace freshet::media
