// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/client.hpp"

#include <algorithm>

#include "client/listen.hpp"

namespace freshet::client {
namespace {

engine::ShowCallbacks callbacks_of(EventQueue& events, std::size_t show) {
  engine::ShowCallbacks callbacks;
  callbacks.event = [&events, show](engine::Event event) {
    std::visit([&](auto&& e) { events.push(AnyEvent{std::move(e)}, show); }, std::move(event));
  };
  callbacks.snapshot = [&events, show](engine::Snapshot s) { events.push(AnyEvent{s}, show); };
  return callbacks;
}

}  // namespace

std::shared_ptr<Playable> OpenShow::playable() const {
  auto playable = std::make_shared<Playable>();
  playable->file = handle_.file();
  playable->available = handle_.availability();
  playable->reading = handle_.reading();
  return playable;
}

Expected<std::unique_ptr<Client>> Client::start(const NetworkOptions& options,
                                                const std::filesystem::path& port_of) {
  auto listen = plan_listen(options.listen, options.interface, engine::kept_port(port_of));
  if (!listen) return tl::make_unexpected(listen.error());
  engine::EngineConfig config;
  config.listen = listen->interfaces;
  config.outgoing = listen->outgoing;
  config.dht = options.dht;
  config.lsd = options.lsd;
  config.upnp = options.upnp;
  config.dht_bootstrap = options.dht_bootstrap;
  config.upload_limit = options.upload_limit;
  config.download_limit = options.download_limit;
  auto engine = engine::Engine::start(config);
  if (!engine) return tl::make_unexpected(engine.error());
  if (!port_of.empty()) engine::keep_port(port_of, listen->port);
  NetworkOptions own = options;
  own.listen = listen->interfaces;
  std::unique_ptr<Client> client(new Client(std::move(own), std::move(*engine)));
  client->hints_ = std::move(listen->hints);
  return client;
}

engine::ShowConfig Client::config_of(const std::filesystem::path& folder,
                                     std::vector<std::string> trackers) const {
  engine::ShowConfig config;
  config.folder = folder;
  config.peers = options_.peers;
  config.live_edge = options_.live_edge;
  config.block_events = options_.block_events;
  config.trackers = std::move(trackers);
  return config;
}

ledger::Link Client::link_of(const ledger::Descriptor& descriptor,
                             std::vector<std::string> trackers) const {
  ledger::Link link = bare_link(descriptor);
  link.trackers = std::move(trackers);
  link.peers = hints_;
  return link;
}

Expected<OpenShow> Client::publish(const ledger::Descriptor& descriptor, const SecretSeed& show_key,
                                   const PublishOptions& options, EventQueue& events,
                                   std::size_t show_number) {
  auto config = config_of(engine::show_folder(options_.data_dir, descriptor), options_.trackers);
  config.torrent_file = options.torrent_file;
  auto show = engine_->publish(descriptor, show_key, config, callbacks_of(events, show_number));
  if (!show) return tl::make_unexpected(show.error());
  return OpenShow(std::move(*show), link_of(descriptor, options_.trackers));
}

Expected<OpenShow> Client::watch(const ledger::Link& link, live::StartPoint start,
                                 const std::filesystem::path& torrent_file, EventQueue& events,
                                 std::size_t show_number) {
  auto config =
      config_of(engine::viewer_folder(options_.data_dir, link.descriptor), options_.trackers);
  for (const auto& tracker : link.trackers) config.trackers.push_back(tracker);
  for (const auto& peer : link.peers) config.peers.push_back(peer);
  config.start = start;
  config.torrent_file = torrent_file;
  auto show = engine_->watch(link.descriptor, config, callbacks_of(events, show_number));
  if (!show) return tl::make_unexpected(show.error());
  return OpenShow(std::move(*show), link);
}

Expected<OpenShow> Client::resume(const engine::ShowSummary& summary,
                                  const std::filesystem::path& torrent_file, EventQueue& events,
                                  std::size_t show_number) {
  auto trackers = options_.trackers;
  for (const auto& tracker : summary.trackers) {
    if (std::find(trackers.begin(), trackers.end(), tracker) == trackers.end()) {
      trackers.push_back(tracker);
    }
  }
  auto config = config_of(summary.folder, trackers);
  config.torrent_file = torrent_file;
  auto show = engine_->resume(config, callbacks_of(events, show_number));
  if (!show) return tl::make_unexpected(show.error());
  return OpenShow(std::move(*show), link_of(summary.descriptor, trackers));
}

}  // namespace freshet::client
