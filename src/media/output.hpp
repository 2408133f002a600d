// SPDX-License-Identifier: GPL-3.0-or-later
// Muxes packets into an MPEG transport stream that is handed over run by run. Every keyframe begins
// a run of its own, with the tables (PAT, PMT) before it, so that a viewer can start there.
#pragma once

#include <cstdint>

#include "freshet/media/source.hpp"
#include "media/av.hpp"

namespace freshet::media {

// A transport stream that was cut off goes on at a packet boundary: what is left of a broken packet
// after `bytes` is filler. False: the sink wants no more.
[[nodiscard]] bool fill_broken_packet(std::uint64_t bytes, const Source::Sink& sink);

class TsOutput {
 public:
  // `skip`: bytes at the beginning that are made but not handed over.
  TsOutput(const Source::Sink& sink, std::uint64_t skip);
  ~TsOutput();
  TsOutput(const TsOutput&) = delete;
  TsOutput& operator=(const TsOutput&) = delete;

  // All streams first, then begin().
  [[nodiscard]] AVStream* add_stream(const AVCodecParameters* parameters);
  // `discontinuity`: the stream goes on after a break.
  [[nodiscard]] Expected<void> begin(bool discontinuity);
  // `packet` is in the stream's own time base. `keyframe`: of the leading video.
  [[nodiscard]] Expected<void> write(AVPacket* packet, bool keyframe);
  [[nodiscard]] Expected<void> finish();
  // The sink wants no more.
  [[nodiscard]] bool refused() const { return refused_; }
  // Bytes that were skipped are all made: what comes now is new.
  [[nodiscard]] bool caught_up() const { return made_ >= skip_; }

 private:
  static int on_write(void* self, std::uint8_t* bytes, int size);
  void add(const std::uint8_t* packet);
  void hand_over();

  const Source::Sink& sink_;
  std::uint64_t skip_;
  std::uint64_t made_ = 0;
  AVFormatContext* context_ = nullptr;
  Bytes pending_;
  bool keyframe_ = false;  // the pending run begins with one
  bool refused_ = false;
  bool begun_ = false;
};

}  // namespace freshet::media
