// SPDX-License-Identifier: GPL-3.0-or-later
// A media file, or what an encoder sends us, as a transport stream: passed on as it is where that
// can be done, else encoded anew.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>

#include "media/output.hpp"
#include "media/transcoder.hpp"

namespace freshet::media {

struct AiredInput {
  std::string url;
  std::map<std::string, std::string> options;  // of FFmpeg's demuxer and protocol
  // It comes as it happens: nothing is waited for, and its end is no end of the show.
  bool live = false;
};

class AiredFile final : public Source {
 public:
  AiredFile(AiredInput what, SourceOptions options,
            std::shared_ptr<std::atomic<bool>> stopped = std::make_shared<std::atomic<bool>>());

  // False when FFmpeg does not know the format.
  [[nodiscard]] Expected<bool> open();
  [[nodiscard]] const SourceInfo& info() const override { return info_; }
  [[nodiscard]] SourceState state() const override { return state_; }
  bool limit_bit_rate(int bits_per_second) override;
  void stop() override;
  [[nodiscard]] Expected<void> run(const ResumePoint& resume, const Sink& sink) override;
  // FFmpeg's code for why it could not be opened.
  [[nodiscard]] int code() const { return code_; }
  // Where the times of what was aired end, since the show's beginning.
  [[nodiscard]] std::uint64_t end_ms() const {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, end_)) * 1000 / 90000;
  }

 private:
  // One stream of the input.
  struct Track {
    bool aired = false;
    bool video = false;
    std::unique_ptr<Transcoder> transcoder;  // null: passed on
    AVStream* to = nullptr;
    std::int64_t last = AV_NOPTS_VALUE;  // decoding times, 1/90000 s
    std::int64_t next = AV_NOPTS_VALUE;  // expected
  };
  [[nodiscard]] Expected<bool> choose_streams();
  [[nodiscard]] Expected<bool> choose(const AVStream& stream, Track& track);
  void describe();
  [[nodiscard]] Expected<std::unique_ptr<TsOutput>> begin(const ResumePoint& resume,
                                                          const Sink& sink);
  [[nodiscard]] Expected<void> air(AVPacket* packet, TsOutput& output);
  [[nodiscard]] int read(AVPacket* packet);
  [[nodiscard]] Expected<void> flush(TsOutput& output);
  [[nodiscard]] Expected<void> write(AVPacket* packet, Track& track, TsOutput& output);
  void guess_decoding_time(AVPacket* packet, Track& track) const;

  AiredInput what_;
  SourceOptions options_;
  std::shared_ptr<std::atomic<bool>> stopped_;
  SourceInfo info_;
  SourceState state_;
  InputPtr input_;
  std::vector<Track> tracks_;  // by input stream
  int leading_ = -1;           // the first video stream
  bool transcodes_ = false;
  int code_ = 0;
  std::int64_t zero_ = AV_NOPTS_VALUE;  // the first decoding time
  std::int64_t shift_ = 0;              // where it lies in what is aired
  std::int64_t next_mark_ = 0;
  std::int64_t end_ = 0;  // 1/90000 s
  Pacer pacer_;
  bool aired_ = false;
  bool begun_ = false;
};

}  // namespace freshet::media
