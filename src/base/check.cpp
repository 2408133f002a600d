// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace freshet::detail {

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "freshet: internal error, please report it: %s (%s:%d)\n", expression, file,
               line);
  std::abort();
}

}  // namespace freshet::detail
