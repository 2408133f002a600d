// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/socket_options.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <libtorrent/aux_/socket_type.hpp>
#include <libtorrent/peer_connection.hpp>

namespace freshet::engine {

Progress progress_of(const libtorrent::peer_connection_handle& peer) {
  auto connection = peer.native_handle();
  if (!connection) return {};
  const libtorrent::stat& sent = connection->statistics();
  Progress progress;
  progress.delivered = sent.total_payload_upload() + sent.total_protocol_upload();
  progress.queued = progress.delivered + connection->send_buffer_size();
  // What the kernel has and the other side has not; over uTP libtorrent's own buffer is all.
  auto* tcp = boost::get<libtorrent::tcp::socket>(&connection->get_socket());
  int waiting = 0;
  if (tcp && ::ioctl(tcp->native_handle(), SIOCOUTQ, &waiting) == 0) {
    progress.delivered -= waiting;
  }
  return progress;
}

bool is_utp(const libtorrent::peer_connection_handle& peer) {
  auto connection = peer.native_handle();
  return connection &&
         boost::get<libtorrent::aux::utp_stream>(&connection->get_socket()) != nullptr;
}

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
