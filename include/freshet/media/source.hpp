// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes of a show come from. A source is opened, run on a thread of its own, and hands
// over finished runs of bytes; nothing of FFmpeg shows through.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "freshet/base/bytes.hpp"
#include "freshet/base/error.hpp"

namespace freshet::media {

struct SourceOptions {
  bool raw = false;  // pass bytes through untouched
  bool pace = true;  // a media file airs at its own speed
};

// How to go on with a show that was cut off.
struct ResumePoint {
  std::uint64_t bytes = 0;       // that the show has already
  std::uint64_t elapsed_ms = 0;  // since its first byte, by the wall clock
};

struct SourceInfo {
  std::string name;        // for the recording, with its extension; empty: none of its own
  std::string extension;   // ".ts"; empty: none is implied
  std::string media_type;  // RFC 6838; empty: unknown
  std::uint64_t bytes_per_second = 0;  // 0: unknown
};

class Source {
 public:
  // A run of bytes; `keyframe`: a decoder may start at the first of them. False: stop.
  using Sink = std::function<bool(Bytes bytes, bool keyframe)>;

  virtual ~Source() = default;
  [[nodiscard]] virtual const SourceInfo& info() const = 0;
  // Blocks until the source ends, fails or is stopped. Being stopped is not an error.
  [[nodiscard]] virtual Expected<void> run(const ResumePoint& resume, const Sink& sink) = 0;
  // Any thread.
  virtual void stop() = 0;
};

// `spec` as on the command line: a path, "-", "test:", or what FFmpeg opens.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_source(const std::string& spec,
                                                            const SourceOptions& options);

}  // namespace freshet::media
