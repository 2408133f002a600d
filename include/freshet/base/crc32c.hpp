// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli, RFC 3720 appendix B.4): tells a torn journal record from a whole one.
#pragma once

#include <cstdint>

#include "freshet/base/bytes.hpp"

namespace freshet {

[[nodiscard]] std::uint32_t crc32c(View bytes);

}  // namespace freshet
