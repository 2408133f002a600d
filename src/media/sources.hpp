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
// Bits/s that suit a picture.
[[nodiscard]] int usual_bit_rate(int width, int height, int fps);
// A media file or URL, re-muxed to MPEG-TS without re-encoding. Nothing when FFmpeg does not know
// the format.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_aired_file(const std::string& spec, bool pace);

}  // namespace freshet::media
