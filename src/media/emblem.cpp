// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "freshet/media/picture.hpp"
#include "media/av.hpp"
#include "media/filter.hpp"

namespace freshet::media {
namespace {

constexpr int kSides[] = {64, 48, 32};
constexpr int kWorst = 31;  // mjpeg's scale

Expected<FramePtr> first_picture(const std::string& file) {
  auto bad = [&] {
    return fail(ErrorCode::Usage, "\"" + file + "\" is no picture that can be read");
  };
  AVFormatContext* context = nullptr;
  if (avformat_open_input(&context, file.c_str(), nullptr, nullptr) < 0) return bad();
  InputPtr input(context);
  if (avformat_find_stream_info(context, nullptr) < 0) return bad();
  const AVCodec* codec = nullptr;
  int stream = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
  if (stream < 0) return bad();
  CodecPtr decoder(avcodec_alloc_context3(codec));
  avcodec_parameters_to_context(decoder.get(), context->streams[stream]->codecpar);
  if (avcodec_open2(decoder.get(), codec, nullptr) < 0) return bad();
  PacketPtr packet(av_packet_alloc());
  FramePtr frame(av_frame_alloc());
  while (av_read_frame(context, packet.get()) >= 0) {
    if (packet->stream_index == stream) (void)avcodec_send_packet(decoder.get(), packet.get());
    av_packet_unref(packet.get());
    if (avcodec_receive_frame(decoder.get(), frame.get()) >= 0) return frame;
  }
  (void)avcodec_send_packet(decoder.get(), nullptr);
  if (avcodec_receive_frame(decoder.get(), frame.get()) < 0) return bad();
  return frame;
}

// Empty when it cannot be encoded.
Bytes jpeg(AVFrame& frame, int quality) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  if (!codec) return {};
  CodecPtr encoder(avcodec_alloc_context3(codec));
  encoder->width = frame.width;
  encoder->height = frame.height;
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->color_range = AVCOL_RANGE_JPEG;
  encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;  // full range, without the J format
  encoder->time_base = {1, 1};
  encoder->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
  encoder->global_quality = quality * FF_QP2LAMBDA;
  frame.quality = encoder->global_quality;
  PacketPtr packet(av_packet_alloc());
  if (avcodec_open2(encoder.get(), codec, nullptr) < 0 ||
      avcodec_send_frame(encoder.get(), &frame) < 0 ||
      avcodec_receive_packet(encoder.get(), packet.get()) < 0) {
    return {};
  }
  return {packet->data, packet->data + packet->size};
}

}  // namespace

Expected<Bytes> emblem(const std::string& file, std::size_t bytes_max) {
  auto frame = first_picture(file);
  if (!frame) return tl::make_unexpected(frame.error());
  for (int side : kSides) {
    Filter filter(fmt::format("scale={0}:{0}:force_original_aspect_ratio=increase:out_range=full,"
                              "crop={0}:{0},setsar=1,format=yuv420p",
                              side),
                  true, {1, 1});
    FramePtr copy(av_frame_clone(frame->get()));
    copy->pts = 0;
    Bytes best;
    auto scaled = filter.feed(copy.get(), [&](AVFrame* small) -> Expected<void> {
      for (int quality = 2; quality <= kWorst && best.empty(); ++quality) {
        Bytes bytes = jpeg(*small, quality);
        if (bytes.size() <= bytes_max) best = std::move(bytes);
      }
      return {};
    });
    if (!scaled) return tl::make_unexpected(scaled.error());
    if (!best.empty()) return best;
  }
  return fail(ErrorCode::Usage, "\"" + file +
                                    "\" cannot be made small enough for a channel's "
                                    "picture; choose a simpler one");
}

}  // namespace freshet::media
