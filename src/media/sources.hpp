// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of source that open_source() chooses from.
#pragma once

#include "freshet/media/source.hpp"

namespace freshet::media {

// Standard input ("-") or a file, byte for byte.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_raw(const std::string& spec);
// A moving picture with a clock, and a tone.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_test_picture(const SourceOptions& options);
// A V4L2 device; empty: the first one.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_camera(const std::string& device,
                                                            const SourceOptions& options);
// An X11 display; empty: the one of this session.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_screen(const std::string& display,
                                                            const SourceOptions& options);
// A media file or URL as MPEG-TS. Nothing when FFmpeg does not know the format.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_aired_file(const std::string& spec,
                                                                const SourceOptions& options);
// "rtmp://..." and "srt://..." with "listen=1": an encoder pushes to us.
[[nodiscard]] bool is_listening(const std::string& spec);
[[nodiscard]] Expected<std::unique_ptr<Source>> open_listener(const std::string& spec,
                                                              const SourceOptions& options);

// What the options say of codecs, as FFmpeg's names of encoders.
[[nodiscard]] std::string encoder_of(const std::string& codec);
[[nodiscard]] std::string audio_encoder_of(const std::string& codec);
inline constexpr int kAudioBitRate = 128'000;

}  // namespace freshet::media
