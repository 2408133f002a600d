// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/filter.hpp"

#include <fmt/format.h>

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
#include <libavutil/pixdesc.h>
}

namespace freshet::media {
namespace {

std::string layout_of(const AVFrame& frame) {
  AVChannelLayout layout = {};
  if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&layout, frame.ch_layout.nb_channels);
  } else {
    av_channel_layout_copy(&layout, &frame.ch_layout);
  }
  char text[128] = "";
  av_channel_layout_describe(&layout, text, sizeof text);
  av_channel_layout_uninit(&layout);
  return text;
}

}  // namespace

bool Filter::fits(const AVFrame& frame) const {
  if (!graph_ || frame.format != format_) return false;
  return video_ ? frame.width == width_ && frame.height == height_
                : frame.sample_rate == rate_ && frame.ch_layout.nb_channels == channels_;
}

Expected<void> Filter::build(const AVFrame& like) {
  format_ = like.format;
  width_ = like.width;
  height_ = like.height;
  rate_ = like.sample_rate;
  channels_ = like.ch_layout.nb_channels;
  AVRational shape = like.sample_aspect_ratio.num > 0 ? like.sample_aspect_ratio : AVRational{1, 1};
  std::string whole =
      video_ ? fmt::format("buffer=video_size={}x{}:pix_fmt={}:time_base={}/{}:pixel_aspect={}/{}",
                           width_, height_, format_, time_base_.num, time_base_.den, shape.num,
                           shape.den)
             : fmt::format("abuffer=sample_rate={}:sample_fmt={}:channel_layout={}:time_base={}/{}",
                           rate_, av_get_sample_fmt_name(static_cast<AVSampleFormat>(format_)),
                           layout_of(like), time_base_.num, time_base_.den);
  whole += "," + chain_;
  whole += video_ ? fmt::format(",settb={}/{},buffersink", time_base_.num, time_base_.den)
                  : fmt::format(",asettb={}/{},abuffersink", time_base_.num, time_base_.den);
  graph_.reset(avfilter_graph_alloc());
  graph_->nb_threads = 1;
  AVFilterInOut* inputs = nullptr;
  AVFilterInOut* outputs = nullptr;
  int code = avfilter_graph_parse2(graph_.get(), whole.c_str(), &inputs, &outputs);
  avfilter_inout_free(&inputs);
  avfilter_inout_free(&outputs);
  if (code >= 0) code = avfilter_graph_config(graph_.get(), nullptr);
  if (code < 0) {
    return fail(ErrorCode::Source,
                "FFmpeg cannot convert with \"" + chain_ + "\": " + av_text(code));
  }
  in_ = graph_->filters[0];
  for (unsigned i = 0; i < graph_->nb_filters; ++i) {
    if (graph_->filters[i]->nb_outputs == 0) out_ = graph_->filters[i];
  }
  if (frame_size_ > 0) av_buffersink_set_frame_size(out_, frame_size_);
  return {};
}

Expected<void> Filter::drain(const Out& out) {
  for (;;) {
    FramePtr done(av_frame_alloc());
    int code = av_buffersink_get_frame(out_, done.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0) return fail(ErrorCode::Source, "cannot convert a frame: " + av_text(code));
    if (auto taken = out(done.get()); !taken) return taken;
  }
}

Expected<void> Filter::feed(AVFrame* frame, const Out& out) {
  if (!frame && !graph_) return {};
  if (frame && !fits(*frame)) {
    // What the old graph still holds comes first.
    if (graph_ && av_buffersrc_add_frame(in_, nullptr) >= 0) {
      if (auto drained = drain(out); !drained) return drained;
    }
    if (auto built = build(*frame); !built) return built;
  }
  int code = av_buffersrc_add_frame(in_, frame);
  if (code < 0) return fail(ErrorCode::Source, "cannot convert a frame: " + av_text(code));
  return drain(out);
}

}  // namespace freshet::media
