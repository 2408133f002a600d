// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and times out of what is here of a show. Blocking, for worker threads.
#pragma once

#include "freshet/client/playable.hpp"
#include "freshet/media/picture.hpp"

namespace freshet::client {

using media::Picture;

// Of the keyframe at `byte`; fails when too little of it is here.
[[nodiscard]] Expected<Picture> picture_of(const Playable& playable, std::uint64_t byte,
                                           int max_width, int max_height);
// A channel's picture out of a file: a JPEG that fits into the show's record of it.
[[nodiscard]] Expected<Bytes> channel_picture(const std::string& file);
// The times that the media itself says, at those of so many places that are here; empty when it
// says none. For TimeMap::use_media.
[[nodiscard]] std::vector<TimeMap::Point> media_times(const Playable& playable, std::uint64_t size,
                                                      unsigned places);

}  // namespace freshet::client
