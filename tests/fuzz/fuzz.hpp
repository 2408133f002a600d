// SPDX-License-Identifier: GPL-3.0-or-later
// A fuzz target is one function of bytes; it aborts when something that must hold does not.
#pragma once

#include "freshet/base/bytes.hpp"
#include "freshet/base/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
