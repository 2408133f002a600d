// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of one kind into frames of another, through a graph of FFmpeg's filters. It is built anew
// when what comes in changes. One thread.
#pragma once

#include <functional>

#include "freshet/base/error.hpp"
#include "media/av.hpp"

namespace freshet::media {

class Filter {
 public:
  using Out = std::function<Expected<void>(AVFrame* frame)>;
  // `chain`: as FFmpeg's -vf or -af would have it. `time_base`: of the frames that go in, and of
  // those that come out.
  Filter(std::string chain, bool video, AVRational time_base)
      : chain_(std::move(chain)), video_(video), time_base_(time_base) {}

  // Of audio that comes out; 0: any.
  void set_frame_size(unsigned samples) { frame_size_ = samples; }
  // Null: that was the last one. The frame is taken over.
  [[nodiscard]] Expected<void> feed(AVFrame* frame, const Out& out);

 private:
  [[nodiscard]] Expected<void> build(const AVFrame& like);
  [[nodiscard]] bool fits(const AVFrame& frame) const;
  [[nodiscard]] Expected<void> drain(const Out& out);

  std::string chain_;
  bool video_;
  AVRational time_base_;
  unsigned frame_size_ = 0;
  GraphPtr graph_;
  AVFilterContext* in_ = nullptr;
  AVFilterContext* out_ = nullptr;
  int format_ = -1, width_ = 0, height_ = 0, rate_ = 0, channels_ = 0;
};

}  // namespace freshet::media
