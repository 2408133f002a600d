// SPDX-License-Identifier: GPL-3.0-or-later
// Two kinds of time that must not be mixed up.
#pragma once

#include <chrono>
#include <cstdint>

namespace freshet {

// Monotonic time since an arbitrary start. The core never reads it: it is handed in with each call.
using Instant = std::chrono::microseconds;
using Duration = std::chrono::microseconds;

// Milliseconds since 1970-01-01 UTC by the publisher's clock; what heads and aux records carry.
using WallMs = std::uint64_t;

}  // namespace freshet
