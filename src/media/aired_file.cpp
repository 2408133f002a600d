// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>

#include "media/encoder.hpp"
#include "media/output.hpp"
#include "media/sources.hpp"

namespace freshet::media {
namespace {

// What a transport stream carries in a way that players read.
constexpr std::array kCarried = {AV_CODEC_ID_H264,       AV_CODEC_ID_HEVC,  AV_CODEC_ID_MPEG1VIDEO,
                                 AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4, AV_CODEC_ID_AAC,
                                 AV_CODEC_ID_MP2,        AV_CODEC_ID_MP3,   AV_CODEC_ID_AC3,
                                 AV_CODEC_ID_EAC3,       AV_CODEC_ID_OPUS};

constexpr std::int64_t kFirstTimestamp = 90000;  // room for B-frames before the first

// Decoding times of one stream, in 1/90000 s.
struct StreamClock {
  std::int64_t last = AV_NOPTS_VALUE;
  std::int64_t next = AV_NOPTS_VALUE;  // expected
};

class AiredFile final : public Source {
 public:
  AiredFile(std::string spec, bool pace) : spec_(std::move(spec)), pace_(pace) {}

  // False when FFmpeg does not know the format.
  Expected<bool> open() {
    AVFormatContext* input = avformat_alloc_context();
    input->interrupt_callback = {&interrupted, this};
    int code = avformat_open_input(&input, spec_.c_str(), nullptr, nullptr);
    if (code == AVERROR_INVALIDDATA) return false;
    if (code < 0) {
      return fail(ErrorCode::Source, "cannot open " + spec_ + ": " + av_text(code));
    }
    input_.reset(input);
    // Text, subtitles and pictures are formats to FFmpeg too, but not something to air.
    code = avformat_find_stream_info(input, nullptr);
    if (code < 0 || av_find_best_stream(input, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0) < 0) {
      int video = av_find_best_stream(input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
      if (code < 0 || video < 0 || input->duration == AV_NOPTS_VALUE) return false;
    }
    return choose_streams();
  }

  const SourceInfo& info() const override { return info_; }
  void stop() override {
    stopped_ = true;
    pacer_.stop();
  }

  Expected<void> run(const ResumePoint& resume, const Sink& sink) override {
    // The same packets make the same bytes: a show that was cut off goes on where it stood by
    // muxing again what it has, without handing it over.
    TsOutput output(sink, resume.bytes);
    for (int index : chosen_) {
      AVStream* from = input_->streams[index];
      AVStream* to = output.add_stream(from->codecpar);
      av_dict_copy(&to->metadata, from->metadata, 0);
      outputs_.push_back(to);
    }
    if (auto begun = output.begin(false); !begun) return begun;
    pacer_.start(0);
    PacketPtr packet(av_packet_alloc());
    while (!stopped_ && !output.refused()) {
      int code = av_read_frame(input_.get(), packet.get());
      if (code == AVERROR_EOF) break;
      if (code == AVERROR_EXIT) break;
      if (code < 0) {
        return fail(ErrorCode::Source, "cannot read on in " + spec_ + ": " + av_text(code));
      }
      auto written = air(packet.get(), output);
      av_packet_unref(packet.get());
      if (!written) return written;
    }
    return output.finish();
  }

 private:
  static int interrupted(void* self) { return static_cast<AiredFile*>(self)->stopped_ ? 1 : 0; }

  Expected<bool> choose_streams() {
    std::string dropped;
    for (unsigned i = 0; i < input_->nb_streams; ++i) {
      const AVStream* stream = input_->streams[i];
      const AVCodecParameters* codec = stream->codecpar;
      bool media =
          codec->codec_type == AVMEDIA_TYPE_VIDEO || codec->codec_type == AVMEDIA_TYPE_AUDIO;
      if (!media || (stream->disposition & AV_DISPOSITION_ATTACHED_PIC)) continue;
      if (std::ranges::find(kCarried, codec->codec_id) == kCarried.end()) {
        dropped += std::string(dropped.empty() ? "" : ", ") + avcodec_get_name(codec->codec_id);
        continue;
      }
      chosen_.push_back(static_cast<int>(i));
      if (codec->codec_type == AVMEDIA_TYPE_VIDEO && leading_ < 0) leading_ = static_cast<int>(i);
    }
    if (!dropped.empty()) {
      return fail(ErrorCode::Source, "cannot air " + spec_ + " as MPEG-TS: it does not carry " +
                                         dropped +
                                         "; publish it as it is with --raw, or convert it "
                                         "to H.264 and AAC first");
    }
    if (chosen_.empty()) return false;
    std::filesystem::path path(spec_);
    info_.name = path.stem().string() + ".ts";
    info_.extension = ".ts";
    info_.media_type = "video/mp2t";
    if (input_->bit_rate > 0) {
      info_.bytes_per_second = static_cast<std::uint64_t>(input_->bit_rate) / 8;
    }
    clocks_.resize(input_->nb_streams);
    return true;
  }

  // Matroska stores no decoding times; with B-frames the first packets come without one.
  void guess_decoding_time(AVPacket* packet, StreamClock& clock) const {
    const AVStream* stream = input_->streams[packet->stream_index];
    AVRational rate = stream->avg_frame_rate;
    std::int64_t frame = packet->duration;
    if (frame <= 0 && rate.num > 0) frame = av_rescale_q(1, av_inv_q(rate), kTsBase);
    if (packet->dts == AV_NOPTS_VALUE && clock.next == AV_NOPTS_VALUE) {
      std::int64_t first = packet->pts == AV_NOPTS_VALUE ? 0 : packet->pts;
      clock.next = first - stream->codecpar->video_delay * frame;
    }
    if (packet->dts == AV_NOPTS_VALUE) packet->dts = clock.next;
    clock.next = packet->dts + frame;
  }

  Expected<void> air(AVPacket* packet, TsOutput& output) {
    auto place = std::ranges::find(chosen_, packet->stream_index);
    if (place == chosen_.end()) return {};
    AVStream* to = outputs_[static_cast<std::size_t>(place - chosen_.begin())];
    AVRational from_base = input_->streams[packet->stream_index]->time_base;
    av_packet_rescale_ts(packet, from_base, kTsBase);
    StreamClock& clock = clocks_[static_cast<std::size_t>(packet->stream_index)];
    std::int64_t& last = clock.last;
    guess_decoding_time(packet, clock);
    if (zero_ == AV_NOPTS_VALUE) zero_ = packet->dts;
    // A decoder demands that decoding times rise.
    if (last != AV_NOPTS_VALUE && packet->dts <= last) packet->dts = last + 1;
    last = packet->dts;
    if (packet->pts == AV_NOPTS_VALUE || packet->pts < packet->dts) packet->pts = packet->dts;
    bool keyframe = packet->stream_index == leading_ && (packet->flags & AV_PKT_FLAG_KEY);
    if (pace_ && output.caught_up()) {
      std::int64_t due = av_rescale_q(packet->dts - zero_, kTsBase, AV_TIME_BASE_Q);
      if (!aired_) pacer_.start(due);
      aired_ = true;
      if (!pacer_.wait_until(due)) return {};
    }
    packet->pts += kFirstTimestamp - zero_;
    packet->dts += kFirstTimestamp - zero_;
    packet->stream_index = to->index;
    packet->pos = -1;
    av_packet_rescale_ts(packet, kTsBase, to->time_base);
    return output.write(packet, keyframe);
  }

  std::string spec_;
  bool pace_;
  SourceInfo info_;
  InputPtr input_;
  std::vector<int> chosen_;          // input streams that are aired
  std::vector<AVStream*> outputs_;   // their streams in the output
  std::vector<StreamClock> clocks_;  // by input stream
  int leading_ = -1;                 // the first video stream
  std::int64_t zero_ = AV_NOPTS_VALUE;
  Pacer pacer_;
  bool aired_ = false;
  std::atomic<bool> stopped_ = false;
};

}  // namespace

Expected<std::unique_ptr<Source>> open_aired_file(const std::string& spec, bool pace) {
  auto source = std::make_unique<AiredFile>(spec, pace);
  auto known = source->open();
  if (!known) return tl::make_unexpected(known.error());
  if (!*known) return std::unique_ptr<Source>();
  return source;
}

}  // namespace freshet::media
