// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that talks to libtorrent. An Engine is one BitTorrent session; a show is added to
// it as its publisher, as a viewer, or as a finished recording. Methods may be called from any
// thread but the engine's own; callbacks come on the engine's thread and must not block.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "freshet/engine/availability.hpp"
#include "freshet/engine/events.hpp"
#include "freshet/engine/inlet.hpp"
#include "freshet/ledger/aux_record.hpp"
#include "freshet/ledger/channel.hpp"
#include "freshet/ledger/link.hpp"
#include "freshet/live/node.hpp"

namespace freshet::engine {

struct EngineConfig {
  std::string listen;    // "0.0.0.0:6881,[::]:6881"; every port is definite
  std::string outgoing;  // addresses or an interface to connect from; empty: any
  bool dht = true;
  bool lsd = true;
  bool upnp = true;                        // and NAT-PMP
  std::vector<std::string> dht_bootstrap;  // "host:port"
  std::int64_t upload_limit = 0;           // bytes/s; 0: none
  std::int64_t download_limit = 0;
};

struct ShowCallbacks {
  std::function<void(Event)> event;
  std::function<void(Snapshot)> snapshot;  // once a second
};

struct ShowConfig {
  std::filesystem::path folder;  // of this show; holds the recording and ".freshet"
  live::StartPoint start;
  std::vector<std::string> peers;  // "address:port"
  std::vector<std::string> trackers;
  std::filesystem::path torrent_file;  // written there too once the show has ended; may be empty
  bool live_edge = true;               // live::NodeConfig::edge
  bool block_events = false;           // tell of each block that arrives at the edge
};

class Show;
class SessionHost;

// Destroying it leaves the show: what is announced or verified stays on disk.
class ShowHandle {
 public:
  ShowHandle() = default;
  ShowHandle(std::shared_ptr<SessionHost> session, std::shared_ptr<Show> show);
  ShowHandle(ShowHandle&&) noexcept = default;
  ShowHandle& operator=(ShowHandle&& other) noexcept;
  ~ShowHandle();

  [[nodiscard]] const ledger::Descriptor& descriptor() const;
  [[nodiscard]] std::filesystem::path file() const;
  [[nodiscard]] std::shared_ptr<Availability> availability() const;
  // Publisher only: where the bytes go, and how many the show already has.
  [[nodiscard]] std::shared_ptr<Inlet> inlet() const;
  [[nodiscard]] std::uint64_t resume_at() const;
  [[nodiscard]] std::uint64_t elapsed_ms() const;
  // Publisher that came back: the show has ended meanwhile, or does so now, at the size that its
  // viewers have. What is new is another show.
  [[nodiscard]] bool is_over() const;
  // Publisher: signs the channel's name and picture into the show.
  void announce_channel(const ledger::Channel& channel);
  // Publisher: names a show that the channel aired before.
  void announce_earlier(const ledger::Descriptor& descriptor);
  // Publisher: names the show that goes on when this one is full. Once.
  void announce_follow_up(const ledger::Descriptor& descriptor);
  // The one that is named already.
  [[nodiscard]] std::optional<ledger::Descriptor> follow_up() const;
  // Where others who have this show listen, "address:port".
  [[nodiscard]] std::vector<std::string> known_peers() const;
  void connect(const std::string& peer);
  // What to call, on any thread, when somebody reads from a byte that is not here yet: what follows
  // it is fetched before the rest. Outlives the show, doing nothing then.
  [[nodiscard]] std::function<void(std::uint64_t)> reading() const;
  // Waits until all that was written is durable and the show is closed. Also done on destruction.
  void close();

 private:
  std::shared_ptr<SessionHost> session_;
  std::shared_ptr<Show> show_;
};

class Engine {
 public:
  // Fails with PortTaken when a listen address is in use.
  [[nodiscard]] static Expected<std::unique_ptr<Engine>> start(const EngineConfig& config);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // bytes/s; 0: none. From now on.
  void set_limits(std::int64_t upload, std::int64_t download);

  // What a channel says in the DHT from now on.
  void say(std::shared_ptr<const ledger::KeyPair> channel, ledger::ChannelItem item);
  // `found` is called on the engine's thread for each item that is newer than `after`.
  void follow(const PublicKey& channel, std::int64_t after,
              std::function<void(ledger::ChannelItem)> found);
  void forget(const PublicKey& channel);

  // A new show.
  [[nodiscard]] Expected<ShowHandle> publish(const ledger::Descriptor& descriptor,
                                             const SecretSeed& show_key, const ShowConfig& config,
                                             ShowCallbacks callbacks);
  // Waits, for a publisher that comes back, until the swarm was asked for a newer head (3 s or
  // three peers) and what is newer was fetched. Fails with Stale when that could not be, and with
  // Locked when another program is publishing the show.
  [[nodiscard]] Expected<ShowHandle> resume(const ShowConfig& config, ShowCallbacks callbacks);
  [[nodiscard]] Expected<ShowHandle> watch(const ledger::Descriptor& descriptor,
                                           const ShowConfig& config, ShowCallbacks callbacks);

 private:
  explicit Engine(std::shared_ptr<SessionHost> session);
  std::shared_ptr<SessionHost> session_;
};

}  // namespace freshet::engine
