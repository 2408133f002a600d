// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/peer_plugin.hpp"

#include <libtorrent/bdecode.hpp>
#include <libtorrent/entry.hpp>
#include <libtorrent/error_code.hpp>
#include <libtorrent/operations.hpp>
#include <libtorrent/peer_connection_interface.hpp>
#include <libtorrent/peer_request.hpp>

#include "engine/ban_list.hpp"
#include "engine/socket_options.hpp"
#include "freshet/base/cursor.hpp"
#include "freshet/base/log.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::engine {
namespace {

// libtorrent uses 1 to 8 for its own extensions.
constexpr int kOurMessage = 77;
constexpr std::uint8_t kExtended = 20;  // BEP 10
constexpr auto kHandshakeTimeout = lt::seconds(10);

View view_of(lt::span<const char> bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()),
          static_cast<std::size_t>(bytes.size())};
}

}  // namespace

std::shared_ptr<PeerPlugin> find_attempt(const Connections& connections,
                                         const lt::tcp::endpoint& where) {
  for (const auto& weak : connections) {
    auto peer = weak.lock();
    if (peer && peer->is_trying(where)) return peer;
  }
  return nullptr;
}

PeerPlugin::PeerPlugin(std::weak_ptr<PeerHost> host, lt::peer_connection_handle connection,
                       bool live, int sentinel, std::weak_ptr<Connections> others)
    : host_(std::move(host)),
      others_(std::move(others)),
      connection_(std::move(connection)),
      created_(lt::clock_type::now()),
      live_(live),
      sentinel_(sentinel) {}

void PeerPlugin::add_handshake(lt::entry& handshake) {
  auto host = host_.lock();
  if (!live_ || !host) return;
  handshake["m"][wire::kExtensionName] = kOurMessage;
  Bytes head = host->handshake_head();
  if (!head.empty()) handshake[wire::kHandshakeHead] = std::string(as_text(head));
}

bool PeerPlugin::refuse(const char* why) {
  if (auto host = host_.lock()) host->peer_refused(connection_.remote(), why);
  disconnect();
  return false;
}

bool PeerPlugin::on_extension_handshake(const lt::bdecode_node& handshake) {
  listen_ = connection_.remote();
  if (connection_.is_outgoing() == false) {
    auto port = handshake.dict_find_int_value("p", 0);
    listen_.port(port > 0 && port < 65536 ? static_cast<std::uint16_t>(port) : 0);
  }
  auto host = host_.lock();
  if (!live_ || !host) return true;
  if (!connection_.is_outgoing()) prefer_this();
  if (host->is_banned(connection_.remote()) || host->is_banned(listen_)) {
    disconnect();
    return false;
  }
  auto messages = handshake.dict_find_dict("m");
  if (messages) {
    remote_message_ = static_cast<int>(messages.dict_find_int_value(wire::kExtensionName, 0));
  }
  if (remote_message_ <= 0 || remote_message_ > 255) {
    return refuse("it does not speak the growing-torrent extension");
  }
  if (connected_) return true;  // a repeated handshake
  log::debug("{}: no-delay {}", to_text(connection_.remote()), set_no_delay(connection_));
  connected_ = true;
  id_ = host->next_peer_id();
  auto head = handshake.dict_find_string_value(wire::kHandshakeHead);
  host->peer_connected(shared_from_this(), as_view({head.data(), head.size()}));
  return true;
}

// The peer came to us while we are still trying to reach it. libtorrent would keep the attempt and
// drop this connection as a double; but when the peer is behind NAT, the attempt never succeeds.
void PeerPlugin::prefer_this() {
  auto others = others_.lock();
  if (!others || listen_.port() == 0) return;
  if (auto attempt = find_attempt(*others, listen_)) attempt->disconnect();
}

bool PeerPlugin::on_extended(int length, int message, lt::span<const char> body) {
  if (!live_ || message != kOurMessage) return false;
  if (length > static_cast<int>(wire::kMessageMax)) {
    refuse("a message that is longer than allowed");
    return true;
  }
  if (body.size() < length) return true;  // called again for every part that arrives
  auto host = host_.lock();
  if (host && connected_) host->peer_message(id_, view_of(body));
  return true;
}

bool PeerPlugin::on_piece(const lt::peer_request& request, lt::span<const char> bytes) {
  auto host = host_.lock();
  if (!host) return false;
  if (host->check_block(live_, static_cast<int>(request.piece), request.start, view_of(bytes))) {
    return false;
  }
  if (connected_) {
    host->bad_block(id_);
  } else {
    host->peer_refused(connection_.remote(), "a block that is not what the publisher signed");
  }
  disconnect();
  return true;
}

bool PeerPlugin::on_have(lt::piece_index_t piece) {
  return static_cast<int>(piece) == sentinel_;
}

bool PeerPlugin::on_bitfield(const lt::bitfield& pieces) {
  if (sentinel_ < 0 || pieces.size() <= sentinel_ || !pieces.get_bit(sentinel_)) return false;
  refuse("it claims to have what can never exist");
  return true;
}

bool PeerPlugin::on_have_all() {
  if (sentinel_ < 0) return false;
  refuse("it claims to have what can never exist");
  return true;
}

void PeerPlugin::on_connected() {
  auto host = host_.lock();
  if (host && connection_.is_outgoing() && host->is_avoided(connection_.remote())) give_up();
}

void PeerPlugin::on_disconnect(const lt::error_code& error) {
  auto host = host_.lock();
  if (host && error == lt::errors::self_connection) host->is_ourselves(connection_.remote());
  if (host && std::exchange(connected_, false)) host->peer_gone(id_);
}

void PeerPlugin::tick() {
  if (connection_.is_connecting()) created_ = lt::clock_type::now();  // nobody is there yet
  if (live_ && !connected_ && lt::clock_type::now() - created_ > kHandshakeTimeout) {
    refuse("it did not say within 10 s that it speaks the growing-torrent extension");
  }
}

void PeerPlugin::send(const wire::Message& message) {
  send(wire::encode(message));
  if (const auto* block = std::get_if<wire::BlockMessage>(&message)) {
    blocks_.push_back({progress_of(connection_).queued, block->bytes.size()});
  }
}

std::size_t PeerPlugin::outstanding() {
  std::size_t bytes = promised_;
  if (blocks_.empty()) return bytes;
  std::int64_t delivered = progress_of(connection_).delivered;
  while (!blocks_.empty() && blocks_.front().end <= delivered) blocks_.pop_front();
  for (const Sent& block : blocks_) bytes += block.bytes;
  return bytes;
}

bool PeerPlugin::is_utp() const {
  return engine::is_utp(connection_);
}

void PeerPlugin::hold_back(bool on) {
  if (connection_.is_disconnecting() || !connected_) return;
  if (on && !connection_.is_choked()) {
    connection_.choke_this_peer();
    held_back_ = true;
  } else if (!on && std::exchange(held_back_, false)) {
    connection_.maybe_unchoke_this_peer();
  }
}

bool PeerPlugin::on_interested() {
  wants_pieces_ = true;
  return false;
}

// Keeps a viewer that has caught up unchoked: the next piece costs 1.5 round trips, not 2.5.
bool PeerPlugin::on_not_interested() {
  wants_pieces_ = false;
  return live_;
}

void PeerPlugin::sent_payload(int bytes) {
  auto host = host_.lock();
  if (host && live_ && bytes > 0) host->piece_sent(static_cast<std::size_t>(bytes));
}

void PeerPlugin::send(View message) {
  Writer out;
  out.u32(static_cast<std::uint32_t>(message.size() + 2));
  out.u8(kExtended).u8(static_cast<std::uint8_t>(remote_message_)).put(message);
  connection_.send_buffer(reinterpret_cast<const char*>(out.view().data()),
                          static_cast<int>(out.view().size()));
}

void PeerPlugin::disconnect() {
  if (connection_.is_disconnecting()) return;
  connection_.disconnect(lt::errors::peer_banned, lt::operation_t::bittorrent,
                         lt::peer_connection_interface::normal);
}

void PeerPlugin::give_up() {
  if (connection_.is_disconnecting()) return;
  connection_.disconnect(lt::errors::timed_out, lt::operation_t::bittorrent,
                         lt::peer_connection_interface::failure);
}

std::shared_ptr<lt::peer_plugin> TorrentPlugin::new_connection(
    const lt::peer_connection_handle& connection) {
  // From the port that it listens on (uTP), while we are still trying to reach it: libtorrent would
  // close this one as a double in a moment.
  auto host = host_.lock();
  bool comes = host && !connection.is_outgoing() && !host->calls(connection.remote());
  auto attempt = comes ? find_attempt(*connections_, connection.remote()) : nullptr;
  if (attempt) attempt->give_up();
  auto plugin = std::make_shared<PeerPlugin>(host_, connection, live_, sentinel_, connections_);
  std::erase_if(*connections_, [](const auto& weak) { return weak.expired(); });
  connections_->push_back(plugin);
  return plugin;
}

void TorrentPlugin::on_piece_pass(lt::piece_index_t piece) {
  auto host = host_.lock();
  if (host && !live_) host->final_piece_passed(static_cast<int>(piece));
}

}  // namespace freshet::engine
