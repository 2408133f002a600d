// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of source that open_source() chooses from.
#pragma once

#include "freshet/media/source.hpp"

namespace freshet::media {

// Standard input ("-") or a file, byte for byte.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_raw(const std::string& spec);
// A moving picture with a clock, and a tone.
[[nodiscard]] std::unique_ptr<Source> open_test_picture();
// A media file or URL, re-muxed to MPEG-TS without re-encoding. Nothing when FFmpeg does not know
// the format.
[[nodiscard]] Expected<std::unique_ptr<Source>> open_aired_file(const std::string& spec, bool pace);

}  // namespace freshet::media
