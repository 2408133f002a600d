// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of a peer's socket that libtorrent has no name for.
#pragma once

#include <libtorrent/peer_connection_handle.hpp>

namespace freshet::engine {

// Switches Nagle's algorithm off: it costs 43 ms a hop on small messages. False when the connection
// is not plain TCP. A test notices when a libtorrent update stops this from working.
bool set_no_delay(const libtorrent::peer_connection_handle& peer);

}  // namespace freshet::engine
