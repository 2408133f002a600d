// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/aired_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "media/sources.hpp"

namespace freshet::media {
namespace {

// What a transport stream carries in a way that players read.
constexpr std::array kCarried = {AV_CODEC_ID_H264,       AV_CODEC_ID_HEVC,  AV_CODEC_ID_MPEG1VIDEO,
                                 AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4, AV_CODEC_ID_AAC,
                                 AV_CODEC_ID_MP2,        AV_CODEC_ID_MP3,   AV_CODEC_ID_AC3,
                                 AV_CODEC_ID_EAC3,       AV_CODEC_ID_OPUS};

constexpr std::int64_t kFirstTimestamp = 90000;  // room for B-frames before the first

bool asks_for_video(const SourceOptions& o) {
  return o.width > 0 || o.height > 0 || o.fps > 0 || o.video_bit_rate > 0 || !o.video_codec.empty();
}

bool asks_for_audio(const SourceOptions& o) {
  return o.audio_bit_rate > 0 || !o.audio_codec.empty();
}

}  // namespace

AiredFile::AiredFile(AiredInput what, SourceOptions options,
                     std::shared_ptr<std::atomic<bool>> stopped)
    : what_(std::move(what)), options_(std::move(options)), stopped_(std::move(stopped)) {}

bool AiredFile::limit_bit_rate(int bits_per_second) {
  int sound = 0;
  Transcoder* picture = nullptr;
  for (Track& track : tracks_) {
    if (!track.transcoder) continue;
    if (track.video) {
      picture = track.transcoder.get();
    } else {
      sound += static_cast<int>(track.transcoder->codec().bit_rate);
    }
  }
  if (picture) picture->limit(video_share(bits_per_second, sound));
  return picture != nullptr;
}

void AiredFile::stop() {
  *stopped_ = true;
  pacer_.stop();
}

Expected<bool> AiredFile::open() {
  AVFormatContext* input = avformat_alloc_context();
  input->interrupt_callback = interrupted_by(*stopped_);
  AVDictionary* wishes = nullptr;
  for (const auto& [key, value] : what_.options) {
    av_dict_set(&wishes, key.c_str(), value.c_str(), 0);
  }
  code_ = avformat_open_input(&input, what_.url.c_str(), nullptr, &wishes);
  av_dict_free(&wishes);
  if (code_ == AVERROR_INVALIDDATA && !what_.live) return false;
  if (code_ < 0) {
    return fail(ErrorCode::Source, "cannot open " + what_.url + ": " + av_text(code_));
  }
  input_.reset(input);
  // Text, subtitles and pictures are formats to FFmpeg too, but not something to air.
  int code = avformat_find_stream_info(input, nullptr);
  if (code < 0 || av_find_best_stream(input, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0) < 0) {
    int video = av_find_best_stream(input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    bool lasts = what_.live || input->duration != AV_NOPTS_VALUE;
    if (code < 0 || video < 0 || !lasts) return false;
  }
  return choose_streams();
}

Expected<bool> AiredFile::choose_streams() {
  tracks_.resize(input_->nb_streams);
  bool any = false;
  for (unsigned i = 0; i < input_->nb_streams; ++i) {
    Track& track = tracks_[i];
    auto chosen = choose(*input_->streams[i], track);
    if (!chosen) return chosen;
    track.aired = *chosen;
    any = any || *chosen;
    if (*chosen && track.video && leading_ < 0) leading_ = static_cast<int>(i);
    transcodes_ = transcodes_ || track.transcoder;
  }
  describe();
  return any;
}

Expected<bool> AiredFile::choose(const AVStream& stream, Track& track) {
  AVMediaType kind = stream.codecpar->codec_type;
  track.video = kind == AVMEDIA_TYPE_VIDEO;
  if (!track.video && kind != AVMEDIA_TYPE_AUDIO) return false;
  if (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) return false;
  bool carried = std::ranges::find(kCarried, stream.codecpar->codec_id) != kCarried.end();
  bool asked =
      track.video ? asks_for_video(options_) || rotation_of(stream) != 0 : asks_for_audio(options_);
  if (carried && (!asked || options_.copy)) return true;
  if (options_.copy) {
    return fail(ErrorCode::Source, "cannot air " + what_.url +
                                       " with --copy: MPEG-TS does not carry " +
                                       avcodec_get_name(stream.codecpar->codec_id) +
                                       "; leave out --copy to have it encoded anew, or publish "
                                       "the file as it is with --raw");
  }
  auto transcoder = Transcoder::open(stream, options_);
  if (!transcoder) {
    return fail(ErrorCode::Source, "cannot air " + what_.url + ": " + transcoder.error().message +
                                       "; publish it as it is with --raw");
  }
  track.transcoder = std::move(*transcoder);
  return true;
}

void AiredFile::describe() {
  info_.extension = ".ts";
  info_.media_type = "video/mp2t";
  if (!what_.live) info_.name = std::filesystem::path(what_.url).stem().string() + ".ts";
  std::int64_t bits = transcodes_ ? 0 : input_->bit_rate;
  for (unsigned i = 0; i < input_->nb_streams; ++i) {
    const Track& track = tracks_[i];
    const AVStream& stream = *input_->streams[i];
    if (track.transcoder) bits += track.transcoder->codec().bit_rate;
    if (track.aired && !track.video) state_.sound = true;
    if (static_cast<int>(i) != leading_) continue;
    bool anew = track.transcoder != nullptr;
    state_.width = anew ? track.transcoder->codec().width : stream.codecpar->width;
    state_.height = anew ? track.transcoder->codec().height : stream.codecpar->height;
    state_.fps = stream.avg_frame_rate.num > 0
                     ? static_cast<int>(std::lround(av_q2d(stream.avg_frame_rate)))
                     : 0;
  }
  if (bits > 0) info_.bytes_per_second = static_cast<std::uint64_t>(bits) / 8;
}

// The same packets make the same bytes: a show that was cut off goes on where it stood by muxing
// again what it has, without handing it over. What is encoded is not the same twice: there it goes
// on at the time that it is by now, after a break in the stream.
Expected<std::unique_ptr<TsOutput>> AiredFile::begin(const ResumePoint& resume, const Sink& sink) {
  bool broken_off = (transcodes_ || what_.live) && resume.bytes > 0;
  if (broken_off) (void)fill_broken_packet(resume.bytes, sink);
  auto elapsed = static_cast<std::int64_t>(resume.elapsed_ms);
  if (broken_off) shift_ = elapsed * (kTsBase.den / 1000);
  if (broken_off && !what_.live) {
    int code = av_seek_frame(input_.get(), -1, elapsed * 1000, AVSEEK_FLAG_BACKWARD);
    if (code < 0)
      return fail(ErrorCode::Source, "cannot go on in " + what_.url + ": " + av_text(code));
  }
  auto output = std::make_unique<TsOutput>(sink, broken_off ? 0 : resume.bytes);
  AVCodecParameters* encoded = avcodec_parameters_alloc();
  for (unsigned i = 0; i < input_->nb_streams; ++i) {
    Track& track = tracks_[i];
    if (!track.aired) continue;
    if (track.transcoder) avcodec_parameters_from_context(encoded, &track.transcoder->codec());
    track.to = output->add_stream(track.transcoder ? encoded : input_->streams[i]->codecpar);
    av_dict_copy(&track.to->metadata, input_->streams[i]->metadata, 0);
  }
  avcodec_parameters_free(&encoded);
  if (auto begun = output->begin(broken_off); !begun) return tl::make_unexpected(begun.error());
  return output;
}

Expected<void> AiredFile::run(const ResumePoint& resume, const Sink& sink) {
  auto output = begin(resume, sink);
  if (!output) return tl::make_unexpected(output.error());
  pacer_.start(0);
  if (input_->pb) input_->pb->error = 0;  // of looking around in it
  PacketPtr packet(av_packet_alloc());
  Expected<void> whole;
  while (!*stopped_ && !(*output)->refused()) {
    int code = read(packet.get());
    if (code == AVERROR_EOF || code == AVERROR_EXIT) break;
    if (code < 0) {
      whole = fail(ErrorCode::Source, "cannot read on in " + what_.url + ": " + av_text(code));
      break;
    }
    auto aired = air(packet.get(), **output);
    av_packet_unref(packet.get());
    if (!aired) return aired;
  }
  // A copy that breaks off goes on later with the same bytes: what still waits in the muxer is not
  // hurried out, which would make others.
  if (!whole && !transcodes_ && !what_.live) return whole;
  if (auto flushed = flush(**output); !flushed) return flushed;
  auto finished = (*output)->finish();
  return whole ? finished : whole;
}

// A demuxer takes what it got for the end, or for a short packet, when the rest cannot be read.
int AiredFile::read(AVPacket* packet) {
  int code = av_read_frame(input_.get(), packet);
  bool suspect = code == AVERROR_EOF || (code >= 0 && (packet->flags & AV_PKT_FLAG_CORRUPT) != 0);
  int error = input_->pb ? input_->pb->error : 0;
  if (!suspect || error >= 0 || error == AVERROR_EOF) return code;
  if (code >= 0) av_packet_unref(packet);
  return error;
}

Expected<void> AiredFile::flush(TsOutput& output) {
  for (Track& track : tracks_) {
    if (!track.transcoder) continue;
    auto done = track.transcoder->feed(
        nullptr, [&](AVPacket* packet) { return write(packet, track, output); });
    if (!done) return done;
  }
  return {};
}

// Matroska stores no decoding times; with B-frames the first packets come without one.
void AiredFile::guess_decoding_time(AVPacket* packet, Track& track) const {
  const AVStream* stream = input_->streams[packet->stream_index];
  AVRational rate = stream->avg_frame_rate;
  std::int64_t frame = packet->duration;
  if (frame <= 0 && rate.num > 0) frame = av_rescale_q(1, av_inv_q(rate), kTsBase);
  if (packet->dts == AV_NOPTS_VALUE && track.next == AV_NOPTS_VALUE) {
    std::int64_t first = packet->pts == AV_NOPTS_VALUE ? 0 : packet->pts;
    track.next = first - stream->codecpar->video_delay * frame;
  }
  if (packet->dts == AV_NOPTS_VALUE) packet->dts = track.next;
  track.next = packet->dts + frame;
}

Expected<void> AiredFile::air(AVPacket* packet, TsOutput& output) {
  auto index = static_cast<std::size_t>(packet->stream_index);
  // Some formats find a stream only later; it is not aired.
  if (index >= tracks_.size() || !tracks_[index].aired) return {};
  Track& track = tracks_[index];
  av_packet_rescale_ts(packet, input_->streams[index]->time_base, kTsBase);
  guess_decoding_time(packet, track);
  if (zero_ == AV_NOPTS_VALUE) zero_ = packet->dts;
  if (options_.pace && !what_.live && output.caught_up()) {
    std::int64_t due = av_rescale_q(packet->dts - zero_, kTsBase, AV_TIME_BASE_Q);
    if (!aired_) pacer_.start(due);
    aired_ = true;
    if (!pacer_.wait_until(due)) return {};
  }
  if (!track.transcoder) {
    if (packet->pts == AV_NOPTS_VALUE) packet->pts = packet->dts;
    return write(packet, track, output);
  }
  return track.transcoder->feed(packet, [&](AVPacket* done) { return write(done, track, output); });
}

Expected<void> AiredFile::write(AVPacket* packet, Track& track, TsOutput& output) {
  std::int64_t& last = track.last;
  // A decoder demands that decoding times rise.
  if (last != AV_NOPTS_VALUE && packet->dts <= last) packet->dts = last + 1;
  last = packet->dts;
  packet->pts = std::max(packet->pts, packet->dts);
  // An encoder's stream begins where it can be decoded.
  bool key = track.video && (packet->flags & AV_PKT_FLAG_KEY) != 0;
  if (what_.live && leading_ >= 0 && !begun_ && !key) return {};
  begun_ = true;
  bool leads = leading_ >= 0 && &track == &tracks_[static_cast<std::size_t>(leading_)];
  bool keyframe = leads && key;
  if (leading_ < 0 && packet->dts >= next_mark_) {
    // A show of sound alone can be joined anywhere: one place a second is marked.
    keyframe = true;
    next_mark_ = packet->dts + kTsBase.den;
  }
  packet->pts += kFirstTimestamp + shift_ - zero_;
  packet->dts += kFirstTimestamp + shift_ - zero_;
  end_ = std::max(end_, packet->pts + packet->duration - kFirstTimestamp);
  packet->stream_index = track.to->index;
  packet->pos = -1;
  av_packet_rescale_ts(packet, kTsBase, track.to->time_base);
  return output.write(packet, keyframe);
}

Expected<std::unique_ptr<Source>> open_aired_file(const std::string& spec,
                                                  const SourceOptions& options) {
  auto source = std::make_unique<AiredFile>(AiredInput{.url = spec, .options = {}}, options);
  auto known = source->open();
  if (!known) return tl::make_unexpected(known.error());
  if (!*known) return std::unique_ptr<Source>();
  return source;
}

}  // namespace freshet::media
