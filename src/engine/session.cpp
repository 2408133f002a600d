// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <climits>
#include <libtorrent/alert_types.hpp>
#include <libtorrent/ip_filter.hpp>
#include <libtorrent/mmap_disk_io.hpp>
#include <libtorrent/peer_class.hpp>
#include <libtorrent/session_params.hpp>

#include "freshet/base/check.hpp"
#include "freshet/base/log.hpp"

namespace freshet::engine {
namespace {

using Setting = lt::settings_pack;

lt::settings_pack settings_of(const EngineConfig& config) {
  lt::settings_pack s;
  s.set_str(Setting::user_agent, "Freshet/0.1");
  s.set_str(Setting::peer_fingerprint, "-FR0100-");
  s.set_str(Setting::listen_interfaces, config.listen);
  if (!config.outgoing.empty()) s.set_str(Setting::outgoing_interfaces, config.outgoing);
  s.set_int(Setting::max_retry_port_bind, 0);  // a taken port is an error, not another port
  s.set_bool(Setting::listen_system_port_fallback, false);
  s.set_bool(Setting::enable_dht, config.dht);
  s.set_bool(Setting::enable_lsd, config.lsd);
  s.set_bool(Setting::enable_upnp, config.upnp);
  s.set_bool(Setting::enable_natpmp, config.upnp);
  if (!config.dht_bootstrap.empty()) {
    std::string nodes;
    for (const auto& node : config.dht_bootstrap) nodes += (nodes.empty() ? "" : ",") + node;
    s.set_str(Setting::dht_bootstrap_nodes, nodes);
  }
  s.set_int(Setting::upload_rate_limit, static_cast<int>(config.upload_limit));
  s.set_int(Setting::download_rate_limit, static_cast<int>(config.download_limit));
  // TCP first: uTP loses more than half of its speed at 0.5 % loss. Incoming uTP is still served.
  s.set_bool(Setting::enable_outgoing_utp, false);
  s.set_int(Setting::mixed_mode_algorithm, Setting::prefer_tcp);
  // A viewer that has everything so far is not "finished": keep it, and keep it unchoked.
  s.set_bool(Setting::close_redundant_connections, false);
  s.set_int(Setting::unchoke_slots_limit, -1);
  s.set_bool(Setting::allow_multiple_connections_per_ip, true);
  // A publisher that comes back is found again within seconds, however often it failed.
  s.set_int(Setting::min_reconnect_time, 1);
  s.set_int(Setting::max_failcount, 1000);
  // New connections are made on this tick; the default of 500 ms would be seen at every join.
  s.set_int(Setting::tick_interval, 100);
  // Little waits in buffers that we cannot take it back from: a block that is late is dropped in
  // our own queue. The kernel's default socket buffers; what is not sent yet is kept small.
  s.set_int(Setting::send_not_sent_low_watermark, 16 * 1024);
  s.set_int(Setting::send_buffer_watermark, 32 * 1024);
  s.set_int(Setting::send_buffer_low_watermark, 16 * 1024);
  // What was asked for cannot be taken back: after a seek the viewer waits for all of it. 2 MiB for
  // each peer carry 20 MB/s over 100 ms.
  s.set_int(Setting::max_out_request_queue, 128);
  s.set_int(Setting::request_queue_time, 1);
  s.set_int(Setting::whole_pieces_threshold, 1);  // else 20 s of pieces are asked for in one go
  // Plain reads and writes: nothing to fault on when a file is cut, and the file's visible size
  // follows what was written.
  s.set_int(Setting::mmap_file_size_cutoff, INT_MAX);
  s.set_bool(Setting::no_recheck_incomplete_resume, true);
  auto alerts = lt::alert_category::error | lt::alert_category::status |
                lt::alert_category::storage | lt::alert_category::dht;
  if (log::enabled(log::Level::Debug)) {
    alerts |= lt::alert_category::connect | lt::alert_category::peer;
  }
  s.set_int(Setting::alert_mask, static_cast<int>(static_cast<std::uint32_t>(alerts)));
  return s;
}

}  // namespace

Instant monotonic_now() {
  return std::chrono::duration_cast<Instant>(std::chrono::steady_clock::now().time_since_epoch());
}

WallMs wall_now() {
  return static_cast<WallMs>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count());
}

SessionHost::SessionHost() : wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  FRESHET_ASSERT(wake_fd_ >= 0);
}

SessionHost::~SessionHost() {
  stop();
  ::close(wake_fd_);
}

void SessionHost::post(std::function<void()> function) {
  std::lock_guard lock(mutex_);
  if (stopped_) return;
  posted_.push_back(std::move(function));
  std::uint64_t one = 1;
  if (posted_.size() == 1) (void)!::write(wake_fd_, &one, sizeof one);
}

bool SessionHost::is_stopped() {
  std::lock_guard lock(mutex_);
  return stopped_;
}

void SessionHost::wait_for_posts() {
  wake_->async_wait(boost::asio::posix::stream_descriptor::wait_read,
                    [this](const boost::system::error_code& error) {
                      if (!error) run_posted();
                    });
}

void SessionHost::run_posted() {
  std::uint64_t count = 0;
  (void)!::read(wake_fd_, &count, sizeof count);
  std::vector<std::function<void()>> work;
  {
    std::lock_guard lock(mutex_);
    work.swap(posted_);
  }
  wait_for_posts();
  for (auto& function : work) {
    function();
    function = nullptr;  // what it held goes now, and here
  }
}

Expected<std::shared_ptr<SessionHost>> SessionHost::start(const EngineConfig& config) {
  std::shared_ptr<SessionHost> host(new SessionHost);
  SessionHost* self = host.get();
  lt::session_params params(settings_of(config));
  params.extensions.clear();  // added to each torrent; smart_ban never: it blames the wrong peer
  params.disk_io_constructor = [self](lt::io_context& io, const lt::settings_interface& settings,
                                      lt::counters& counters) {
    auto disk = std::make_unique<Disk>(
        lt::mmap_disk_io_constructor(io, settings, counters), io,
        [self](const lt::sha1_hash& hash) { return self->clients_[hash].lock(); });
    self->io_ = &io;
    self->disk_ = disk.get();
    // The engine thread does not run yet: all that follows happens on it.
    self->wake_ =
        std::make_unique<boost::asio::posix::stream_descriptor>(io, ::dup(self->wake_fd_));
    self->wait_for_posts();
    return disk;
  };
  host->session_ = std::make_unique<lt::session>(std::move(params));
  // Peers on this machine and the local network obey the same limits and slots as all others.
  lt::ip_filter filter;
  auto global = 1U << static_cast<std::uint32_t>(lt::session::global_peer_class_id);
  filter.add_rule(lt::make_address("0.0.0.0"), lt::make_address("255.255.255.255"), global);
  filter.add_rule(lt::make_address("::"),
                  lt::make_address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), global);
  host->session_->set_peer_class_filter(filter);
  if (auto listening = host->wait_listening(config); !listening) {
    return tl::make_unexpected(listening.error());
  }
  host->dht_items_ = std::make_shared<DhtItems>(*host->session_, *host->io_);
  std::weak_ptr<SessionHost> weak = host;
  host->session_->set_alert_notify([weak] {
    // Called with libtorrent's alert lock held: only a post is allowed here.
    if (auto alive = weak.lock()) {
      alive->post([weak] {
        if (auto strong = weak.lock()) strong->read_alerts();
      });
    }
  });
  return host;
}

Expected<void> SessionHost::wait_listening(const EngineConfig& config) {
  auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (std::chrono::steady_clock::now() < deadline) {
    if (!session_->wait_for_alert(std::chrono::milliseconds(200))) continue;
    std::vector<lt::alert*> alerts;
    session_->pop_alerts(&alerts);
    bool listening = false;
    for (lt::alert* alert : alerts) {
      if (auto* failed = lt::alert_cast<lt::listen_failed_alert>(alert)) {
        return fail(ErrorCode::PortTaken,
                    fmt::format("cannot listen on {} port {}: {}; choose another with --listen",
                                failed->listen_interface(), failed->port, failed->error.message()));
      }
      auto* listens = lt::alert_cast<lt::listen_succeeded_alert>(alert);
      if (listens && listens->socket_type == lt::socket_type_t::tcp) listening = true;
    }
    if (listening) return {};
  }
  return fail(ErrorCode::PortTaken, "cannot listen on " + config.listen +
                                        ": no address of this machine fits; choose with --listen");
}

void SessionHost::stop() {
  if (!session_) return;
  session_->set_alert_notify({});
  call([this] {
    dht_items_.reset();
    wake_.reset();
  });
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    posted_.clear();
  }
  session_.reset();
}

void SessionHost::expect(const lt::sha1_hash& info_hash, std::weak_ptr<DiskClient> client) {
  clients_[info_hash] = std::move(client);
}

void SessionHost::watch_errors(const lt::sha1_hash& info_hash,
                               std::function<void(std::string, int)> failed) {
  errors_[info_hash] = std::move(failed);
}

void SessionHost::forget(const lt::sha1_hash& info_hash) {
  clients_.erase(info_hash);
  errors_.erase(info_hash);
}

void SessionHost::let_utp(bool on) {
  int before = std::exchange(utp_let_, utp_let_ + (on ? 1 : -1));
  if (!session_ || (before > 0) == (utp_let_ > 0)) return;
  lt::settings_pack changed;
  changed.set_bool(Setting::enable_outgoing_utp, utp_let_ > 0);
  session_->apply_settings(std::move(changed));
}

void SessionHost::remove(const lt::torrent_handle& handle, std::function<void()> removed) {
  removing_[handle.info_hashes().v1] = std::move(removed);
  session_->remove_torrent(handle);
}

void SessionHost::read_alerts() {
  if (!session_) return;
  std::vector<lt::alert*> alerts;
  session_->pop_alerts(&alerts);
  for (lt::alert* alert : alerts) handle(alert);
}

void SessionHost::handle(lt::alert* alert) {
  log::debug("libtorrent: {}", alert->message());
  if (dht_items_) dht_items_->handle(*alert);
  if (auto* removed = lt::alert_cast<lt::torrent_removed_alert>(alert)) {
    auto waiting = removing_.extract(removed->info_hashes.v1);
    if (waiting) waiting.mapped()();
    return;
  }
  auto report = [&](const lt::torrent_handle& torrent, const std::string& message, int code) {
    if (!torrent.is_valid()) return;
    auto watcher = errors_.find(torrent.info_hashes().v1);
    if (watcher != errors_.end()) watcher->second(message, code);
  };
  if (auto* file = lt::alert_cast<lt::file_error_alert>(alert)) {
    report(file->handle, file->message(), file->error.value());
  } else if (auto* error = lt::alert_cast<lt::torrent_error_alert>(alert)) {
    report(error->handle, error->message(), error->error.value());
  }
}

}  // namespace freshet::engine
