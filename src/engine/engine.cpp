// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/engine/engine.hpp"

#include "engine/show.hpp"
#include "freshet/base/check.hpp"

namespace freshet::engine {
namespace {

Expected<std::shared_ptr<Show>> open_show(SessionHost& session, const ShowConfig& config,
                                          ShowCallbacks callbacks,
                                          const std::optional<ShowMeta>& fresh,
                                          const SecretSeed* secret) {
  auto files = ShowFiles::open(config.folder, fresh, secret);
  if (!files) return tl::make_unexpected(files.error());
  auto recovered = (*files)->recover();
  if (!recovered) return tl::make_unexpected(recovered.error());
  Show::Parts parts;
  if ((*files)->meta().publisher && !recovered->ledger->ended()) {
    parts.is_new = secret != nullptr;
    parts.show_key = (*files)->load_secret();
    if (!parts.show_key) {
      return fail(ErrorCode::Stale, "the key of the show in " + config.folder.string() +
                                        " is gone, so it cannot go on");
    }
  }
  parts.files = std::move(*files);
  parts.recovered = std::move(*recovered);
  parts.config = config;
  parts.callbacks = std::move(callbacks);
  return std::make_shared<Show>(session, std::move(parts));
}

}  // namespace

ShowHandle::ShowHandle(std::shared_ptr<SessionHost> session, std::shared_ptr<Show> show)
    : session_(std::move(session)), show_(std::move(show)) {}

ShowHandle& ShowHandle::operator=(ShowHandle&& other) noexcept {
  if (this == &other) return *this;
  close();
  session_ = std::move(other.session_);
  show_ = std::move(other.show_);
  return *this;
}

ShowHandle::~ShowHandle() {
  close();
}

const ledger::Descriptor& ShowHandle::descriptor() const {
  return show_->descriptor();
}
std::filesystem::path ShowHandle::file() const {
  return show_->file();
}
std::shared_ptr<Availability> ShowHandle::availability() const {
  return show_->availability();
}
std::shared_ptr<Inlet> ShowHandle::inlet() const {
  return show_->inlet();
}
std::uint64_t ShowHandle::resume_at() const {
  return show_->resume_at();
}

std::uint64_t ShowHandle::elapsed_ms() const {
  return show_->elapsed_ms();
}

bool ShowHandle::is_over() const {
  return show_->is_over();
}

void ShowHandle::announce_channel(const ledger::Channel& channel) {
  session_->call([&] { show_->announce_channel(channel); });
}

void ShowHandle::announce_earlier(const ledger::Descriptor& descriptor) {
  session_->call([&] { show_->announce_earlier(descriptor); });
}

void ShowHandle::announce_follow_up(const ledger::Descriptor& descriptor) {
  session_->call([&] { show_->announce_follow_up(descriptor); });
}

std::optional<ledger::Descriptor> ShowHandle::follow_up() const {
  return session_->call([this] { return show_->follow_up(); });
}

std::vector<std::string> ShowHandle::known_peers() const {
  return session_->call([this] { return show_->known_peers(); });
}

void ShowHandle::connect(const std::string& peer) {
  session_->call([this, &peer] { show_->connect(peer); });
}

std::function<void(std::uint64_t)> ShowHandle::reading() const {
  return [session = std::weak_ptr(session_), show = std::weak_ptr(show_)](std::uint64_t offset) {
    auto host = session.lock();
    if (!host) return;
    host->post([show, offset] {
      if (auto self = show.lock()) self->prefer(offset);
    });
  };
}

void ShowHandle::close() {
  if (!show_) return;
  // A slow disk, or a torrent that hangs in a tracker's farewell, must not keep us for ever.
  constexpr auto kPatience = std::chrono::seconds(5);
  auto drained = std::make_shared<std::promise<void>>();
  session_->post([this, drained] { show_->drain([drained] { drained->set_value(); }); });
  (void)drained->get_future().wait_for(kPatience);
  auto closed = std::make_shared<std::promise<void>>();
  session_->post([this, closed] { show_->close([closed] { closed->set_value(); }); });
  (void)closed->get_future().wait_for(kPatience);
  show_->join();
  // The last reference must go on the engine thread: timers and plugins live there.
  session_->call([this] { show_.reset(); });
}

Engine::Engine(std::shared_ptr<SessionHost> session) : session_(std::move(session)) {}

Engine::~Engine() {
  session_->stop();
}

Expected<std::unique_ptr<Engine>> Engine::start(const EngineConfig& config) {
  auto session = SessionHost::start(config);
  if (!session) return tl::make_unexpected(session.error());
  return std::unique_ptr<Engine>(new Engine(std::move(*session)));
}

void Engine::set_limits(std::int64_t upload, std::int64_t download) {
  session_->call([&] {
    lt::settings_pack settings;
    settings.set_int(lt::settings_pack::upload_rate_limit, static_cast<int>(upload));
    settings.set_int(lt::settings_pack::download_rate_limit, static_cast<int>(download));
    session_->session().apply_settings(std::move(settings));
  });
}

void Engine::say(std::shared_ptr<const ledger::KeyPair> channel, ledger::ChannelItem item) {
  session_->call([&] { session_->dht_items().say(std::move(channel), std::move(item)); });
}

void Engine::follow(const PublicKey& channel, std::int64_t after,
                    std::function<void(ledger::ChannelItem)> found) {
  session_->call([&] { session_->dht_items().follow(channel, after, std::move(found)); });
}

void Engine::forget(const PublicKey& channel) {
  session_->call([&] { session_->dht_items().forget(channel); });
}

Expected<ShowHandle> Engine::publish(const ledger::Descriptor& descriptor,
                                     const SecretSeed& show_key, const ShowConfig& config,
                                     ShowCallbacks callbacks) {
  ShowMeta meta{descriptor, true, config.trackers};
  auto show = open_show(*session_, config, std::move(callbacks), meta, &show_key);
  if (!show) return tl::make_unexpected(show.error());
  session_->call([&] { (*show)->start(); });
  return ShowHandle(session_, std::move(*show));
}

Expected<ShowHandle> Engine::resume(const ShowConfig& config, ShowCallbacks callbacks) {
  auto show = open_show(*session_, config, std::move(callbacks), std::nullopt, nullptr);
  if (!show) return tl::make_unexpected(show.error());
  auto ready = (*show)->readiness();
  session_->call([&] { (*show)->start(); });
  ShowHandle handle(session_, std::move(*show));
  if (auto result = ready.get(); !result) return tl::make_unexpected(result.error());
  return handle;
}

Expected<ShowHandle> Engine::watch(const ledger::Descriptor& descriptor, const ShowConfig& config,
                                   ShowCallbacks callbacks) {
  ShowMeta meta{descriptor, false, config.trackers};
  auto show = open_show(*session_, config, std::move(callbacks), meta, nullptr);
  if (!show) return tl::make_unexpected(show.error());
  session_->call([&] { (*show)->start(); });
  return ShowHandle(session_, std::move(*show));
}

}  // namespace freshet::engine
