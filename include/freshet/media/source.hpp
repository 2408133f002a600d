// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes of a show come from. A source is opened, run on a thread of its own, and hands
// over finished runs of bytes; nothing of FFmpeg shows through.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "freshet/base/bytes.hpp"
#include "freshet/base/error.hpp"
#include "freshet/media/picture.hpp"

namespace freshet::media {

// What whoever broadcasts sees and hears of it. Called on the source's threads; each may be empty.
struct Monitor {
  // Fits 960x540; at most 15 a second.
  std::function<void(Picture picture)> picture;
  // Peaks since the last call, dBFS; about 15 a second.
  std::function<void(double left, double right)> level;
  // A device went away or came back, an encoder connected: what it means, in a sentence.
  std::function<void(const std::string& text)> said;
};

struct SourceOptions {
  bool raw = false;  // pass bytes through untouched
  bool pace = true;  // a media file airs at its own speed
  // Of what is encoded; 0: as it comes, but fitting 1280x720 at 30 frames a second, with the rates
  // that suit that.
  int width = 0;
  int height = 0;
  int fps = 0;
  int video_bit_rate = 0;  // bits/s
  int audio_bit_rate = 0;
  std::string video_codec;  // "h264", "hevc", or FFmpeg's name of an encoder; empty: h264
  std::string audio_codec;  // "aac", "opus"; empty: aac
  bool copy = false;        // never encode: refuse what cannot be passed on as it is
  // The sound of camera: and screen:, "pulse:NAME", "alsa:NAME" or "none"; empty: the usual one, if
  // there is one.
  std::string audio;
  Monitor monitor;
  // Where previews() is true: nothing is handed over before air().
  bool wait_for_air = false;
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
  std::string address;  // where an encoder is to push to, with the secret key; else empty
};

struct SourceState {
  int width = 0;  // of what is sent; 0: no picture, or not known
  int height = 0;
  int fps = 0;
  std::uint64_t dropped = 0;  // frames left out because this machine or its line was too slow
  bool sound = false;
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
  // Any thread, while it runs.
  [[nodiscard]] virtual SourceState state() const { return {}; }
  virtual void set_muted(bool) {}
  // At most so many bits/s in all from the next keyframe on; 0: as opened. False: this source
  // passes on what was encoded elsewhere. Any thread.
  virtual bool limit_bit_rate(int) { return false; }
  // It can run before it is aired, for its monitor: see wait_for_air.
  [[nodiscard]] virtual bool previews() const { return false; }
  // See wait_for_air. `resume` and the sink of run() count from here on.
  virtual void air(const ResumePoint&) {}
};

// `spec` as on the command line: a path, "-", "camera:", "screen:", "test:", or what FFmpeg opens.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_source(const std::string& spec,
                                                            const SourceOptions& options);

// Bits/s that suit a picture.
[[nodiscard]] int usual_bit_rate(int width, int height, int fps);

// What this machine has to broadcast from. Blocking, a moment; any thread.
struct DeviceEntry {
  enum class Kind { Camera, Screen, Sound } kind = Kind::Camera;
  std::string source;  // for open_source(), or for SourceOptions::audio
  std::string name;    // as people know it
};
[[nodiscard]] std::vector<DeviceEntry> list_devices();

}  // namespace freshet::media
