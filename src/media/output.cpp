// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/output.hpp"

#include <algorithm>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

namespace freshet::media {
namespace {

constexpr int kPacket = 188;
constexpr int kIoBuffer = kPacket * 170;     // whole packets are handed over
constexpr int kServicePid = 0x11;            // DVB's service description: nobody asks for it here
constexpr int kSoundTogether = 80'000;       // microseconds
constexpr int kSoundTogetherAlone = 90'000;  // of a show without pictures

}  // namespace

bool fill_broken_packet(std::uint64_t bytes, const Source::Sink& sink) {
  std::uint64_t broken = bytes % kPacket;
  return broken == 0 || sink(Bytes(kPacket - broken, 0xff), false);
}

TsOutput::TsOutput(const Source::Sink& sink, std::uint64_t skip) : sink_(sink), skip_(skip) {
  avformat_alloc_output_context2(&context_, nullptr, "mpegts", nullptr);
  auto* buffer = static_cast<unsigned char*>(av_malloc(kIoBuffer));
  context_->pb = avio_alloc_context(buffer, kIoBuffer, 1, this, nullptr, &on_write, nullptr);
  context_->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
}

TsOutput::~TsOutput() {
  av_freep(&context_->pb->buffer);
  avio_context_free(&context_->pb);
  avformat_free_context(context_);
}

int TsOutput::on_write(void* self, std::uint8_t* bytes, int size) {
  auto* output = static_cast<TsOutput*>(self);
  for (int at = 0; at + kPacket <= size; at += kPacket) {
    const std::uint8_t* packet = bytes + at;
    if (((packet[1] & 0x1f) << 8 | packet[2]) != kServicePid) output->add(packet);
  }
  return size;
}

void TsOutput::add(const std::uint8_t* packet) {
  std::uint64_t skip = std::min<std::uint64_t>(kPacket, skip_ - std::min(skip_, made_));
  made_ += kPacket;
  pending_.insert(pending_.end(), packet + skip, packet + kPacket);
}

void TsOutput::hand_over() {
  avio_flush(context_->pb);
  if (pending_.empty()) return;
  if (!sink_(std::exchange(pending_, {}), std::exchange(keyframe_, false))) refused_ = true;
}

AVStream* TsOutput::add_stream(const AVCodecParameters* parameters) {
  AVStream* stream = avformat_new_stream(context_, nullptr);
  avcodec_parameters_copy(stream->codecpar, parameters);
  stream->codecpar->codec_tag = 0;  // of the container that it came from
  return stream;
}

Expected<void> TsOutput::begin(bool discontinuity) {
  AVDictionary* options = nullptr;
  // Some sound goes into one PES packet: each on its own would cost as much again as it holds. But
  // what waits in the muxer is late for everybody. The muxer takes half of max_delay for sound.
  bool video = false;
  for (unsigned i = 0; i < context_->nb_streams; ++i) {
    video |= context_->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
  }
  context_->max_delay = 2 * (video ? kSoundTogether : kSoundTogetherAlone);
  av_dict_set(&options, "mpegts_copyts", "1", 0);  // else all times are moved by that
  // The tables come with each keyframe; these periods are for streams that have none.
  av_dict_set(&options, "pat_period", "1", 0);
  av_dict_set(&options, "sdt_period", "10", 0);
  av_dict_set(&options, "pcr_period", "90", 0);  // ms; ISO/IEC 13818-1 allows 100
  if (discontinuity) av_dict_set(&options, "mpegts_flags", "initial_discontinuity", 0);
  int code = avformat_write_header(context_, &options);
  av_dict_free(&options);
  if (code < 0) return fail(ErrorCode::Source, "cannot make an MPEG-TS of this: " + av_text(code));
  begun_ = true;
  return {};
}

Expected<void> TsOutput::write(AVPacket* packet, bool keyframe) {
  if (keyframe) {
    // What came before leaves as a run of its own; then the tables, then the keyframe.
    (void)av_write_frame(context_, nullptr);
    hand_over();
    keyframe_ = caught_up();
    (void)av_opt_set(context_->priv_data, "mpegts_flags", "+resend_headers", 0);
  }
  int code = av_write_frame(context_, packet);
  if (code < 0) return fail(ErrorCode::Source, "cannot mux a packet: " + av_text(code));
  hand_over();
  return {};
}

Expected<void> TsOutput::finish() {
  if (!begun_) return {};
  int code = av_write_trailer(context_);
  hand_over();
  if (code < 0) return fail(ErrorCode::Source, "cannot finish the stream: " + av_text(code));
  return {};
}

}  // namespace freshet::media
