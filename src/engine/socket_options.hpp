// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of a peer's socket that libtorrent has no name for.
#pragma once

#include <libtorrent/peer_connection_handle.hpp>

namespace freshet::engine {

// How far a connection has come, in bytes from its beginning.
struct Progress {
  std::int64_t queued = 0;     // handed to libtorrent
  std::int64_t delivered = 0;  // of these, acknowledged by the other machine
};
[[nodiscard]] Progress progress_of(const libtorrent::peer_connection_handle& peer);

[[nodiscard]] bool is_utp(const libtorrent::peer_connection_handle& peer);

// Switches Nagle's algorithm off: it costs 43 ms a hop on small messages. False when the connection
// is not plain TCP. A test notices when a libtorrent update stops this from working.
bool set_no_delay(const libtorrent::peer_connection_handle& peer);

}  // namespace freshet::engine
