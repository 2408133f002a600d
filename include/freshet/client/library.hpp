// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept in a data directory, for programs on top of the client. Blocking; any thread.
#pragma once

#include "freshet/engine/library.hpp"

namespace freshet::client {

using engine::list_shows;
using engine::remove_show;
using engine::ShowSummary;

}  // namespace freshet::client
