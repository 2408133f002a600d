// SPDX-License-Identifier: GPL-3.0-or-later
// The facade that the command line and the desktop app are built on: identities, links, shows. Any
// thread but the engine's. Nothing of libtorrent or FFmpeg shows through.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "freshet/client/byte_stream.hpp"
#include "freshet/client/events.hpp"
#include "freshet/client/playable.hpp"
#include "freshet/engine/engine.hpp"
#include "freshet/engine/library.hpp"
#include "freshet/ledger/keys.hpp"
#include "freshet/ledger/link.hpp"

namespace freshet::client {

struct NetworkOptions {
  std::filesystem::path data_dir;
  std::string listen = "0.0.0.0:0,[::]:0";
  std::string interface;
  std::vector<std::string> peers;
  std::vector<std::string> trackers;
  std::vector<std::string> dht_bootstrap;
  bool dht = true;
  bool lsd = true;
  bool upnp = true;
  std::int64_t upload_limit = 0;  // bytes/s; 0: none
  std::int64_t download_limit = 0;
  bool live_edge = true;      // false: everything comes in bulk, for comparison
  bool block_events = false;  // tell of each block that arrives at the edge
};

inline constexpr std::size_t kChannelPictureMax = 800;  // bytes: one record has to hold it

struct PublishOptions {
  std::string name;                 // the recording's file name; made safe
  std::filesystem::path key_file;   // empty: the data directory's own
  std::uint64_t planned_start = 0;  // seconds since 1970 UTC
  std::uint32_t capacity = ledger::kCapacityMax;
  std::uint32_t finalise_after = ledger::kFinaliseAfterDefault;
  std::uint32_t piece_length = 0;      // 0: from the rate
  std::uint64_t bytes_per_second = 0;  // 0: unknown
  ledger::FinalKind final_kind = ledger::FinalKind::V1;
  std::string media_type;
  std::string channel_name;  // signed into the show; empty: none is
  Bytes channel_picture;     // PNG or JPEG, at most kChannelPictureMax
  bool fresh = false;        // a new show even if an unfinished one of this name and key is here
  std::filesystem::path torrent_file;
};

// $XDG_DATA_HOME/freshet, or ~/.local/share/freshet.
[[nodiscard]] std::filesystem::path default_data_dir();

// Reads a key file; `create` makes one, mode 0600, when there is none.
[[nodiscard]] Expected<ledger::KeyPair> load_key(const std::filesystem::path& path, bool create);
[[nodiscard]] Expected<void> save_key(const std::filesystem::path& path,
                                      const ledger::KeyPair& key);

[[nodiscard]] Expected<ledger::Link> parse_link(const std::string& text);
using ledger::parse_channel_link;
// A link without hints: who follows it finds peers by discovery, or is told.
[[nodiscard]] ledger::Link bare_link(const ledger::Descriptor& descriptor);
// Writes a small file so that readers see all of it or nothing.
[[nodiscard]] Expected<void> write_file(const std::filesystem::path& path, const std::string& text);

// The same for nobody else to read: mode 0600.
[[nodiscard]] Expected<void> write_secret(const std::filesystem::path& path,
                                          const std::string& text);

// What an ordinary .torrent file says of itself.
struct TorrentFacts {
  std::string name;
  std::uint64_t size = 0;
  std::uint64_t piece_length = 0;
  std::string info_hash;     // v1, hex
  std::string info_hash_v2;  // hex; empty unless it has a v2 half
};
[[nodiscard]] Expected<TorrentFacts> read_torrent(const std::filesystem::path& path);

// A show that is open in this process.
class OpenShow {
 public:
  OpenShow(engine::ShowHandle handle, ledger::Link link)
      : handle_(std::move(handle)), link_(std::move(link)) {}

  [[nodiscard]] const ledger::Link& link() const { return link_; }
  [[nodiscard]] std::string link_text() const { return ledger::to_text(link_); }
  [[nodiscard]] std::filesystem::path file() const { return handle_.file(); }
  [[nodiscard]] std::uint64_t resume_at() const { return handle_.resume_at(); }
  // Milliseconds from the show's first byte to now, by the wall clock; 0 for a new show.
  [[nodiscard]] std::uint64_t elapsed_ms() const { return handle_.elapsed_ms(); }
  [[nodiscard]] std::unique_ptr<ByteStream> stream() const {
    return std::make_unique<ByteStream>(handle_.file(), handle_.availability());
  }
  // What a player needs of it.
  [[nodiscard]] std::shared_ptr<Playable> playable() const;
  // Null unless this process publishes the show and it has not ended.
  [[nodiscard]] std::shared_ptr<engine::Inlet> inlet() const { return handle_.inlet(); }
  [[nodiscard]] bool is_over() const { return handle_.is_over(); }
  // "address:port"; tried again and again.
  void connect(const std::string& peer) { handle_.connect(peer); }
  void announce_channel(const ledger::Channel& channel) { handle_.announce_channel(channel); }
  void announce_earlier(const ledger::Descriptor& show) { handle_.announce_earlier(show); }
  void announce_follow_up(const ledger::Descriptor& next) { handle_.announce_follow_up(next); }
  [[nodiscard]] std::optional<ledger::Descriptor> follow_up() const { return handle_.follow_up(); }
  [[nodiscard]] std::vector<std::string> known_peers() const { return handle_.known_peers(); }
  // The in-order output has nothing of this show: it begins in the one that follows.
  [[nodiscard]] bool starts_at_end() const { return handle_.availability()->starts_at_end(); }
  void close() { handle_.close(); }

 private:
  engine::ShowHandle handle_;
  ledger::Link link_;
};

// One BitTorrent session with any number of shows, all of one data directory.
class Client {
 public:
  // `port_of`: the show whose kept port is used when the listen port is 0.
  [[nodiscard]] static Expected<std::unique_ptr<Client>> start(
      const NetworkOptions& options, const std::filesystem::path& port_of);

  [[nodiscard]] Expected<OpenShow> publish(const ledger::Descriptor& descriptor,
                                           const SecretSeed& show_key,
                                           const PublishOptions& options, EventQueue& events,
                                           std::size_t show = 0);
  [[nodiscard]] Expected<OpenShow> watch(const ledger::Link& link, live::StartPoint start,
                                         const std::filesystem::path& torrent_file,
                                         EventQueue& events, std::size_t show = 0);
  // What a channel says in the DHT from now on: its newest show, and whether that is on the air.
  void say(std::shared_ptr<const ledger::KeyPair> channel, ledger::ChannelItem item) {
    engine_->say(std::move(channel), std::move(item));
  }
  // `found` is called, on the engine's thread, for each thing that the channel says and that is
  // newer than `after`, the `seq` of what is known.
  void follow(const PublicKey& channel, std::int64_t after,
              std::function<void(ledger::ChannelItem)> found) {
    engine_->follow(channel, after, std::move(found));
  }
  void forget(const PublicKey& channel) { engine_->forget(channel); }
  // bytes/s; 0: none.
  void set_limits(std::int64_t upload, std::int64_t download) {
    engine_->set_limits(upload, download);
  }
  // A show that the data directory holds, in the role it has.
  [[nodiscard]] Expected<OpenShow> resume(const engine::ShowSummary& summary,
                                          const std::filesystem::path& torrent_file,
                                          EventQueue& events, std::size_t show = 0);

 private:
  Client(NetworkOptions options, std::unique_ptr<engine::Engine> engine)
      : options_(std::move(options)), engine_(std::move(engine)) {}
  [[nodiscard]] engine::ShowConfig config_of(const std::filesystem::path& folder,
                                             std::vector<std::string> trackers) const;
  [[nodiscard]] ledger::Link link_of(const ledger::Descriptor& descriptor,
                                     std::vector<std::string> trackers) const;

  NetworkOptions options_;
  std::vector<std::string> hints_;  // addresses for links
  std::unique_ptr<engine::Engine> engine_;
};

}  // namespace freshet::client
