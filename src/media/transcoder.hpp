// SPDX-License-Identifier: GPL-3.0-or-later
// One stream of a file, decoded and encoded anew: what a transport stream cannot carry, a picture
// that lies on its side, or what was asked for in another size. Times are in 1/90000 s.
#pragma once

#include "freshet/media/source.hpp"
#include "media/encoder.hpp"
#include "media/filter.hpp"

namespace freshet::media {

// By how many degrees a player has to turn the picture clockwise: 0, 90, 180 or 270.
[[nodiscard]] int rotation_of(const AVStream& stream);

class Transcoder {
 public:
  [[nodiscard]] static Expected<std::unique_ptr<Transcoder>> open(const AVStream& stream,
                                                                  const SourceOptions& options);
  // Null: that was the last one.
  [[nodiscard]] Expected<void> feed(AVPacket* packet, const PacketOut& out);
  // Of a picture: VideoEncoder::limit().
  void limit(int bits_per_second) { video_.limit(bits_per_second); }
  [[nodiscard]] const AVCodecContext& codec() const {
    return is_video_ ? video_.codec() : audio_.codec();
  }

 private:
  [[nodiscard]] Expected<void> open_video(const AVStream& stream, const SourceOptions& options);
  [[nodiscard]] Expected<void> open_audio(const AVStream& stream, const SourceOptions& options);
  [[nodiscard]] Expected<void> encode(AVFrame* frame, const PacketOut& out);

  bool is_video_ = false;
  CodecPtr decoder_;
  std::unique_ptr<Filter> filter_;
  VideoEncoder video_;
  AudioEncoder audio_;
  std::int64_t last_ = AV_NOPTS_VALUE;
};

}  // namespace freshet::media
