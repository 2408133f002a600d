// SPDX-License-Identifier: GPL-3.0-or-later
// Our extension (BEP 10) on one connection, and on one torrent: carries messages between libtorrent
// and a show. It decides nothing but who may stay: peers that do not speak it are cut off.
#pragma once

#include <deque>
#include <libtorrent/extensions.hpp>
#include <libtorrent/peer_connection_handle.hpp>
#include <memory>
#include <vector>

#include "freshet/base/bytes.hpp"
#include "freshet/live/actions.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::engine {

namespace lt = libtorrent;

class PeerPlugin;
// The connections of one torrent.
using Connections = std::vector<std::weak_ptr<PeerPlugin>>;

// The side of a show that connections talk to. Engine thread.
class PeerHost {
 public:
  virtual ~PeerHost() = default;
  [[nodiscard]] virtual Bytes handshake_head() const = 0;
  [[nodiscard]] virtual bool is_banned(const lt::tcp::endpoint& peer) = 0;
  // Whether we should not connect with it: it was cut off, or we have enough of its network.
  [[nodiscard]] virtual bool is_avoided(const lt::tcp::endpoint& peer) = 0;
  // Whether an attempt to connect with it counts more than that it comes to us.
  [[nodiscard]] virtual bool calls(const lt::tcp::endpoint& peer) const = 0;
  // A connection turned out to be one with ourselves.
  virtual void is_ourselves(const lt::tcp::endpoint& peer) = 0;
  virtual live::PeerId next_peer_id() = 0;
  virtual void peer_connected(const std::shared_ptr<PeerPlugin>& peer, View head) = 0;
  virtual void peer_gone(live::PeerId peer) = 0;
  virtual void peer_refused(const lt::tcp::endpoint& peer, const char* why) = 0;
  virtual void peer_message(live::PeerId peer, View message) = 0;
  // A block by BitTorrent's own message; false when it is not what the publisher signed. In the
  // ordinary torrent a block whose leaf is not known is left to libtorrent's own check.
  [[nodiscard]] virtual bool check_block(bool live, int piece, int start, View bytes) = 0;
  // libtorrent has checked a piece of the ordinary torrent.
  virtual void final_piece_passed(int piece) = 0;
  virtual void bad_block(live::PeerId peer) = 0;
  // Bytes of pieces went to a peer by BitTorrent's own message.
  virtual void piece_sent(std::size_t bytes) = 0;
};

class PeerPlugin final : public lt::peer_plugin, public std::enable_shared_from_this<PeerPlugin> {
 public:
  // `sentinel`: the piece that never exists; negative where there is none.
  PeerPlugin(std::weak_ptr<PeerHost> host, lt::peer_connection_handle connection, bool live,
             int sentinel, std::weak_ptr<Connections> others);

  [[nodiscard]] live::PeerId id() const { return id_; }
  // Where the peer can be connected to: its address with the port that it listens on.
  [[nodiscard]] const lt::tcp::endpoint& listen_endpoint() const { return listen_; }
  [[nodiscard]] lt::tcp::endpoint remote() const { return connection_.remote(); }
  // We are still trying to connect to `endpoint`.
  [[nodiscard]] bool is_trying(const lt::tcp::endpoint& endpoint) const {
    return connection_.is_connecting() && connection_.remote() == endpoint;
  }
  [[nodiscard]] bool is_outgoing() const { return connection_.is_outgoing(); }
  [[nodiscard]] bool is_utp() const;
  void send(const wire::Message& message);
  // A block that is being read from the disk for this peer: not sent yet, but promised.
  void promise(std::size_t bytes) { promised_ += bytes; }
  void keep_promise(std::size_t bytes) { promised_ -= std::min(promised_, bytes); }
  // Bytes of blocks that were sent or promised and have not reached the peer.
  [[nodiscard]] std::size_t outstanding();
  // BitTorrent's own choking: pieces wait while the live edge needs the uplink.
  void hold_back(bool on);
  [[nodiscard]] bool wants_pieces() const { return wants_pieces_; }
  void disconnect();
  // The same for an attempt that leads nowhere: libtorrent takes its time to try again.
  void give_up();

  lt::string_view type() const override { return "fr_grow"; }
  void add_handshake(lt::entry& handshake) override;
  bool on_extension_handshake(const lt::bdecode_node& handshake) override;
  bool on_extended(int length, int message, lt::span<const char> body) override;
  bool on_piece(const lt::peer_request& request, lt::span<const char> bytes) override;
  bool on_interested() override;
  bool on_not_interested() override;
  // The sentinel never exists. A claim to have it is not believed, or it would be asked for.
  bool on_have(lt::piece_index_t piece) override;
  bool on_bitfield(const lt::bitfield& pieces) override;
  bool on_have_all() override;
  void sent_payload(int bytes) override;
  void on_connected() override;
  void on_disconnect(const lt::error_code& error) override;
  void tick() override;

 private:
  bool refuse(const char* why);

  void prefer_this();
  void send(View message);

  std::weak_ptr<PeerHost> host_;
  std::weak_ptr<Connections> others_;
  lt::peer_connection_handle connection_;
  lt::tcp::endpoint listen_;
  lt::time_point created_;
  live::PeerId id_ = 0;
  int remote_message_ = 0;  // the peer's number for our extension; 0: not known yet
  bool live_;
  int sentinel_;
  bool connected_ = false;
  bool held_back_ = false;
  bool wants_pieces_ = false;
  std::size_t promised_ = 0;
  struct Sent {
    std::int64_t end;  // its last byte's place in the connection
    std::size_t bytes;
  };
  std::deque<Sent> blocks_;  // on their way
};

// Our own attempt to connect with `where`; libtorrent makes one at a time.
[[nodiscard]] std::shared_ptr<PeerPlugin> find_attempt(const Connections& connections,
                                                       const lt::tcp::endpoint& where);

class TorrentPlugin final : public lt::torrent_plugin {
 public:
  // `live`: the swarm of a growing show, or its signpost. Otherwise the ordinary torrent, where
  // anybody is welcome and only blocks are looked at.
  TorrentPlugin(std::weak_ptr<PeerHost> host, bool live, int sentinel,
                std::shared_ptr<Connections> connections)
      : host_(std::move(host)),
        live_(live),
        sentinel_(sentinel),
        connections_(std::move(connections)) {}
  std::shared_ptr<lt::peer_plugin> new_connection(
      const lt::peer_connection_handle& connection) override;
  void on_piece_pass(lt::piece_index_t piece) override;

 private:
  std::weak_ptr<PeerHost> host_;
  bool live_;
  int sentinel_;
  std::shared_ptr<Connections> connections_;
};

}  // namespace freshet::engine
