// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/socket_options.hpp"

#include <libtorrent/aux_/socket_type.hpp>
#include <libtorrent/peer_connection.hpp>

namespace freshet::engine {

bool set_no_delay(const libtorrent::peer_connection_handle& peer) {
  auto connection = peer.native_handle();
  if (!connection) return false;
  libtorrent::error_code error;
  connection->get_socket().set_option(boost::asio::ip::tcp::no_delay(true), error);
  boost::asio::ip::tcp::no_delay set;
  if (!error) connection->get_socket().get_option(set, error);
  return !error && set.value();
}

}  // namespace freshet::engine
