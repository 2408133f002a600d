// SPDX-License-Identifier: GPL-3.0-or-later
// One libtorrent session and everything that all shows in it share. libtorrent's network thread is
// the engine thread; its io_context is taken from the disk constructor.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <future>
#include <libtorrent/session.hpp>
#include <map>
#include <memory>
#include <mutex>

#include "engine/ban_list.hpp"
#include "engine/dht_items.hpp"
#include "engine/disk.hpp"
#include "freshet/engine/engine.hpp"

namespace freshet::engine {

[[nodiscard]] Instant monotonic_now();
[[nodiscard]] WallMs wall_now();

class SessionHost : public std::enable_shared_from_this<SessionHost> {
 public:
  [[nodiscard]] static Expected<std::shared_ptr<SessionHost>> start(const EngineConfig& config);
  ~SessionHost();
  // Not on the engine thread: ends and joins it. Shows must be closed before.
  void stop();

  // Any thread: `function` runs on the engine thread, in order. After stop() it is dropped.
  void post(std::function<void()> function);
  // Any thread but the engine's: runs there and waits. After stop() it runs here.
  template <class F>
  auto call(F function) {
    std::packaged_task<decltype(function())()> task(std::move(function));
    auto result = task.get_future();
    if (is_stopped()) {
      task();
    } else {
      post([&task] { task(); });
    }
    return result.get();
  }

  // Engine thread.
  [[nodiscard]] lt::session& session() { return *session_; }
  [[nodiscard]] boost::asio::io_context& io() { return *io_; }
  [[nodiscard]] Disk& disk() { return *disk_; }
  [[nodiscard]] BanList& bans() { return bans_; }
  [[nodiscard]] DhtItems& dht_items() { return *dht_items_; }
  // The disk asks whose torrent it is when one is added.
  void expect(const lt::sha1_hash& info_hash, std::weak_ptr<DiskClient> client);
  // `removed` runs once libtorrent has let go of the torrent and its files.
  void remove(const lt::torrent_handle& handle, std::function<void()> removed);
  // Errors that libtorrent reports for a torrent.
  void watch_errors(const lt::sha1_hash& info_hash, std::function<void(std::string, int)> failed);
  void forget(const lt::sha1_hash& info_hash);
  // New connections may be made over uTP, as long as one more has let them than has not.
  void let_utp(bool on);

 private:
  SessionHost();
  void wait_for_posts();
  void run_posted();
  [[nodiscard]] bool is_stopped();
  void read_alerts();
  void handle(lt::alert* alert);
  [[nodiscard]] Expected<void> wait_listening(const EngineConfig& config);

  std::unique_ptr<lt::session> session_;
  boost::asio::io_context* io_ = nullptr;
  // What other threads want done. A queue of our own with an eventfd, and not Asio's post: all
  // that crosses threads passes this mutex, so ThreadSanitizer can follow it; libtorrent's copy of
  // Asio's scheduler is not instrumented.
  int wake_fd_;
  std::unique_ptr<boost::asio::posix::stream_descriptor> wake_;  // engine thread
  std::mutex mutex_;
  std::vector<std::function<void()>> posted_;
  bool stopped_ = false;
  int utp_let_ = 0;
  Disk* disk_ = nullptr;
  BanList bans_;
  std::shared_ptr<DhtItems> dht_items_;
  std::map<lt::sha1_hash, std::weak_ptr<DiskClient>> clients_;
  std::map<lt::sha1_hash, std::function<void()>> removing_;
  std::map<lt::sha1_hash, std::function<void(std::string, int)>> errors_;
};

}  // namespace freshet::engine
