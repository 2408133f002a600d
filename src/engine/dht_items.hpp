// SPDX-License-Identifier: GPL-3.0-or-later
// Mutable items in the DHT (BEP 44): what we say is put again and again, what we follow is asked
// for again and again. Engine thread.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <libtorrent/session.hpp>
#include <map>
#include <memory>
#include <string>

#include "freshet/ledger/channel.hpp"

namespace freshet::engine {

class DhtItems : public std::enable_shared_from_this<DhtItems> {
 public:
  using Found = std::function<void(ledger::ChannelItem)>;

  DhtItems(lt::session& session, boost::asio::io_context& io);
  // From now on this is what the channel says. It replaces what was said before.
  void say(std::shared_ptr<const ledger::KeyPair> key, ledger::ChannelItem item);
  // `found` is called for each item that is newer than `after`.
  void follow(const PublicKey& channel, std::int64_t after, Found found);
  void forget(const PublicKey& channel);
  void handle(const lt::alert& alert);

 private:
  struct Said {
    std::shared_ptr<const ledger::KeyPair> key;
    ledger::ChannelItem item;
    std::unique_ptr<boost::asio::steady_timer> timer;
  };
  struct Followed {
    Found found;
    std::int64_t after = 0;
    std::unique_ptr<boost::asio::steady_timer> timer;
  };
  void later(boost::asio::steady_timer& timer, std::chrono::seconds after,
             void (DhtItems::*what)(const PublicKey&), const PublicKey& channel);
  void put(const PublicKey& channel);
  void ask(const PublicKey& channel);

  lt::session& session_;
  boost::asio::io_context& io_;
  std::map<PublicKey, Said> said_;
  std::map<PublicKey, Followed> followed_;
};

}  // namespace freshet::engine
