// SPDX-License-Identifier: GPL-3.0-or-later
// One libtorrent session and everything that all shows in it share. libtorrent's network thread is
// the engine thread; its io_context is taken from the disk constructor.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <future>
#include <libtorrent/session.hpp>
#include <map>
#include <memory>

#include "engine/ban_list.hpp"
#include "engine/disk.hpp"
#include "freshet/engine/engine.hpp"

namespace freshet::engine {

[[nodiscard]] Instant monotonic_now();
[[nodiscard]] WallMs wall_now();

class SessionHost : public std::enable_shared_from_this<SessionHost> {
 public:
  [[nodiscard]] static Expected<std::shared_ptr<SessionHost>> start(const EngineConfig& config);
  ~SessionHost() { stop(); }
  // Not on the engine thread: ends and joins it. Shows must be closed before.
  void stop();

  // Any thread.
  template <class F>
  void post(F&& function) {
    boost::asio::post(*io_, std::forward<F>(function));
  }
  // Any thread but the engine's: runs there and waits.
  template <class F>
  auto call(F function) {
    std::packaged_task<decltype(function())()> task(std::move(function));
    auto result = task.get_future();
    post([&task] { task(); });
    return result.get();
  }

  // Engine thread.
  [[nodiscard]] lt::session& session() { return *session_; }
  [[nodiscard]] boost::asio::io_context& io() { return *io_; }
  [[nodiscard]] Disk& disk() { return *disk_; }
  [[nodiscard]] BanList& bans() { return bans_; }
  // The disk asks whose torrent it is when one is added.
  void expect(const lt::sha1_hash& info_hash, std::weak_ptr<DiskClient> client);
  // `removed` runs once libtorrent has let go of the torrent and its files.
  void remove(const lt::torrent_handle& handle, std::function<void()> removed);
  // Errors that libtorrent reports for a torrent.
  void watch_errors(const lt::sha1_hash& info_hash, std::function<void(std::string, int)> failed);
  void forget(const lt::sha1_hash& info_hash);

 private:
  SessionHost() = default;
  void read_alerts();
  void handle(lt::alert* alert);
  [[nodiscard]] Expected<void> wait_listening(const EngineConfig& config);

  std::unique_ptr<lt::session> session_;
  boost::asio::io_context* io_ = nullptr;
  Disk* disk_ = nullptr;
  BanList bans_;
  std::map<lt::sha1_hash, std::weak_ptr<DiskClient>> clients_;
  std::map<lt::sha1_hash, std::function<void()>> removing_;
  std::map<lt::sha1_hash, std::function<void(std::string, int)>> errors_;
};

}  // namespace freshet::engine
