// SPDX-License-Identifier: GPL-3.0-or-later
// Connects with peers that nobody outside can reach, once a neighbour has brought us together
// (wire::Meet): over uTP, from the port that we listen on, through what both routers then take for
// answers. Engine thread.
#pragma once

#include <libtorrent/torrent_handle.hpp>
#include <map>
#include <vector>

#include "engine/peer_plugin.hpp"
#include "engine/session.hpp"

namespace freshet::engine {

class Meetings {
 public:
  explicit Meetings(SessionHost& session) : session_(session) {}
  ~Meetings();
  Meetings(const Meetings&) = delete;
  Meetings& operator=(const Meetings&) = delete;

  // All connections of the torrent in which others are met.
  void watch(std::shared_ptr<const Connections> connections) {
    connections_ = std::move(connections);
  }
  void begin(const wire::Meet& where, Instant now);
  // Every 100 ms.
  void tick(const lt::torrent_handle& torrent, Instant now);
  // Whether our own attempt is the one that counts, should the peer come to us.
  [[nodiscard]] bool calls(const lt::tcp::endpoint& peer) const;
  // Whether a connection with it comes from a meeting.
  [[nodiscard]] bool expects(const lt::tcp::endpoint& peer, Instant now) const;

 private:
  struct Meeting {
    lt::tcp::endpoint where;
    bool calls = false;
    Instant due{};
    Instant until{};
    Instant tries_since{};  // a packet is on its way
  };
  // Whether that is all that can be done.
  [[nodiscard]] bool proceed(Meeting& meeting, const lt::torrent_handle& torrent, Instant now);
  void let_utp(bool on);

  SessionHost& session_;
  std::shared_ptr<const Connections> connections_ = std::make_shared<Connections>();
  std::vector<Meeting> meetings_;
  std::map<lt::tcp::endpoint, Instant> expected_;  // until
  bool utp_ = false;
};

// An address as it is named in a message, and back.
[[nodiscard]] wire::Meet meet_at(const lt::tcp::endpoint& where, bool calls);
[[nodiscard]] lt::tcp::endpoint endpoint_of(const wire::Meet& meet);

}  // namespace freshet::engine
