// SPDX-License-Identifier: GPL-3.0-or-later
// Checks for bugs of ours. Never for input: a peer, a file or a user cannot trip one.
#pragma once

namespace freshet::detail {
[[noreturn]] void check_failed(const char* expression, const char* file, int line);
}  // namespace freshet::detail

// Always compiled in: a wrong state is stopped before it reaches a disk or a peer.
#define FRESHET_ASSERT(expression) \
  ((expression) ? void(0) : ::freshet::detail::check_failed(#expression, __FILE__, __LINE__))
