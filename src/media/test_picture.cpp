// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavutil/opt.h>
}

#include "media/av.hpp"
#include "media/output.hpp"
#include "media/sources.hpp"

namespace freshet::media {
namespace {

constexpr int kFrameRate = 30;
constexpr int kVideoBitRate = 1'500'000;
constexpr int kAudioBitRate = 96'000;
constexpr const char* kVideoGraph = "testsrc2=size=1280x720:rate=30,format=yuv420p,buffersink";
constexpr const char* kAudioGraph =
    "sine=frequency=440:beep_factor=4:sample_rate=48000,"
    "aformat=sample_fmts=fltp:channel_layouts=stereo,abuffersink";

// One generator and its encoder.
struct Track {
  GraphPtr graph;
  AVFilterContext* sink = nullptr;
  CodecPtr encoder;
  AVStream* stream = nullptr;
  std::int64_t next_us = 0;  // when its next frame is due
  bool video = false;
};

Expected<void> open_graph(Track& track, const char* description) {
  track.graph.reset(avfilter_graph_alloc());
  AVFilterInOut* inputs = nullptr;
  AVFilterInOut* outputs = nullptr;
  int code = avfilter_graph_parse2(track.graph.get(), description, &inputs, &outputs);
  avfilter_inout_free(&inputs);
  avfilter_inout_free(&outputs);
  if (code >= 0) code = avfilter_graph_config(track.graph.get(), nullptr);
  for (unsigned i = 0; code >= 0 && i < track.graph->nb_filters; ++i) {
    AVFilterContext* filter = track.graph->filters[i];
    std::string name = filter->filter->name;
    if (name == "buffersink" || name == "abuffersink") track.sink = filter;
  }
  if (code < 0 || !track.sink) {
    return fail(ErrorCode::Source, "FFmpeg cannot make the test picture: " + av_text(code));
  }
  return {};
}

Expected<void> open_encoder(Track& track) {
  const AVCodec* codec =
      track.video ? avcodec_find_encoder_by_name("libx264") : avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (!codec) return fail(ErrorCode::Source, "this FFmpeg has no H.264 or AAC encoder");
  track.encoder.reset(avcodec_alloc_context3(codec));
  AVCodecContext& encoder = *track.encoder;
  encoder.time_base = av_buffersink_get_time_base(track.sink);
  if (track.video) {
    encoder.width = av_buffersink_get_w(track.sink);
    encoder.height = av_buffersink_get_h(track.sink);
    encoder.pix_fmt = AV_PIX_FMT_YUV420P;
    encoder.framerate = {kFrameRate, 1};
    encoder.gop_size = kFrameRate;  // a keyframe a second: joinable everywhere
    encoder.max_b_frames = 0;
    encoder.bit_rate = kVideoBitRate;
    encoder.rc_max_rate = kVideoBitRate;
    encoder.rc_buffer_size = kVideoBitRate;
    av_opt_set(encoder.priv_data, "preset", "veryfast", 0);
    av_opt_set(encoder.priv_data, "tune", "zerolatency", 0);
  } else {
    encoder.sample_fmt = AV_SAMPLE_FMT_FLTP;
    encoder.sample_rate = av_buffersink_get_sample_rate(track.sink);
    encoder.bit_rate = kAudioBitRate;
    (void)av_buffersink_get_ch_layout(track.sink, &encoder.ch_layout);
  }
  int code = avcodec_open2(&encoder, codec, nullptr);
  if (code < 0) return fail(ErrorCode::Source, "cannot open the encoder: " + av_text(code));
  if (!track.video) {
    av_buffersink_set_frame_size(track.sink, static_cast<unsigned>(encoder.frame_size));
  }
  return {};
}

class TestPicture final : public Source {
 public:
  TestPicture() {
    info_.name = "Test picture.ts";
    info_.extension = ".ts";
    info_.media_type = "video/mp2t";
    info_.bytes_per_second = (kVideoBitRate + kAudioBitRate) / 8 * 11 / 10;
  }
  const SourceInfo& info() const override { return info_; }
  void stop() override { pacer_.stop(); }

  Expected<void> run(const ResumePoint& resume, const Sink& sink) override {
    // A transport stream goes on at a packet boundary; what is left of the broken one is filler.
    if (resume.bytes % 188 != 0 && !sink(Bytes(188 - resume.bytes % 188, 0xff), false)) return {};
    TsOutput output(sink, 0);
    Track tracks[2];
    for (Track& track : tracks) {
      track.video = &track == &tracks[0];
      if (auto opened = open_graph(track, track.video ? kVideoGraph : kAudioGraph); !opened) {
        return opened;
      }
      if (auto opened = open_encoder(track); !opened) return opened;
      AVCodecParameters* parameters = avcodec_parameters_alloc();
      avcodec_parameters_from_context(parameters, track.encoder.get());
      track.stream = output.add_stream(parameters);
      avcodec_parameters_free(&parameters);
    }
    if (auto begun = output.begin(resume.bytes > 0); !begun) return begun;
    offset_us_ = static_cast<std::int64_t>(resume.elapsed_ms) * 1000;
    pacer_.start(0);
    while (!output.refused()) {
      Track& next = tracks[0].next_us <= tracks[1].next_us ? tracks[0] : tracks[1];
      if (!pacer_.wait_until(next.next_us)) break;
      if (auto done = step(next, output); !done) return done;
    }
    return output.finish();
  }

 private:
  // Generates, encodes and muxes one frame.
  Expected<void> step(Track& track, TsOutput& output) {
    FramePtr frame(av_frame_alloc());
    int code = av_buffersink_get_frame(track.sink, frame.get());
    if (code < 0) return fail(ErrorCode::Source, "the test picture broke off: " + av_text(code));
    AVRational base = track.encoder->time_base;
    std::int64_t duration =
        track.video ? AV_TIME_BASE / kFrameRate
                    : av_rescale(frame->nb_samples, AV_TIME_BASE, track.encoder->sample_rate);
    track.next_us = av_rescale_q(frame->pts, base, AV_TIME_BASE_Q) + duration;
    frame->pict_type = AV_PICTURE_TYPE_NONE;
    code = avcodec_send_frame(track.encoder.get(), frame.get());
    PacketPtr packet(av_packet_alloc());
    while (code >= 0) {
      code = avcodec_receive_packet(track.encoder.get(), packet.get());
      if (code < 0) break;
      bool keyframe = track.video && (packet->flags & AV_PKT_FLAG_KEY);
      std::int64_t shift = av_rescale_q(offset_us_ + AV_TIME_BASE, AV_TIME_BASE_Q, base);
      packet->pts += shift;
      packet->dts += shift;
      packet->stream_index = track.stream->index;
      av_packet_rescale_ts(packet.get(), base, track.stream->time_base);
      if (auto written = output.write(packet.get(), keyframe); !written) return written;
    }
    if (code != AVERROR(EAGAIN)) return fail(ErrorCode::Source, "cannot encode: " + av_text(code));
    return {};
  }

  SourceInfo info_;
  Pacer pacer_;
  std::int64_t offset_us_ = 0;
};

}  // namespace

std::unique_ptr<Source> open_test_picture() {
  av_log_set_level(AV_LOG_ERROR);
  return std::make_unique<TestPicture>();
}

}  // namespace freshet::media
