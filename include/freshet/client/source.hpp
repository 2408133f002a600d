// SPDX-License-Identifier: GPL-3.0-or-later
// Sources of a broadcast, for those who may not include the media module themselves.
#pragma once

#include "freshet/media/source.hpp"

namespace freshet::client {

using media::DeviceEntry;
using media::list_devices;
using media::open_source;
using media::Picture;
using media::SourceOptions;
using media::SourceState;
using media::usual_bit_rate;

}  // namespace freshet::client
