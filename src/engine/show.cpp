// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/show.hpp"

#include "engine/network_limit.hpp"
#include "engine/torrent_params.hpp"
#include "freshet/base/log.hpp"
#include "freshet/ledger/aux_record.hpp"

namespace freshet::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 10ms;
constexpr std::uint16_t kPublisherPlaces = 32;  // two copies of the stream; viewers do the rest
constexpr Duration kCheckpointEvery = 30s;
constexpr Duration kLookOutEvery = 5s;
constexpr Duration kAnnounceFirst = 5s;
constexpr Duration kAnnounceAtMost = 60s;
constexpr std::size_t kMetPeersMax = 200;

std::optional<lt::tcp::endpoint> parse_endpoint(const std::string& text) {
  auto colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  lt::error_code error;
  auto address = lt::make_address(host, error);
  int port = std::atoi(text.c_str() + colon + 1);
  if (error || port <= 0 || port > 65535) return std::nullopt;
  return lt::tcp::endpoint(address, static_cast<std::uint16_t>(port));
}

}  // namespace

Show::Show(SessionHost& session, Parts parts)
    : session_(session),
      files_(std::move(parts.files)),
      config_(std::move(parts.config)),
      callbacks_(std::move(parts.callbacks)),
      available_(std::make_shared<Availability>()),
      recovered_(std::move(parts.recovered)),
      show_key_(std::move(parts.show_key)),
      is_new_(parts.is_new),
      live_hash_(ledger::live_info_hash(files_->meta().descriptor, ledger::system_crypto())),
      meetings_(session) {}

Show::~Show() = default;

void Show::start() {
  live::NodeConfig node_config;
  node_config.publisher = show_key_ && is_new_;
  node_config.rejoin = show_key_ && !is_new_;
  node_config.journal_lost = recovered_.journal_lost;
  node_config.start = config_.start;
  node_config.edge = config_.live_edge;
  if (show_key_) node_config.places_max = kPublisherPlaces;
  node_config.seed = static_cast<std::uint64_t>(monotonic_now().count());
  node_ = std::make_unique<live::Node>(*recovered_.ledger, node_config);
  worker_ = std::make_unique<Worker>(
      [session = &session_](std::function<void()> done) { session->post(std::move(done)); });
  restore();
  if (show_key_) {
    std::weak_ptr<Show> weak = weak_from_this();
    inlet_ = std::make_shared<Inlet>([weak, session = &session_] {
      session->post([weak] {
        auto self = weak.lock();
        if (self && self->publisher_) self->publisher_->pump(monotonic_now());
      });
    });
  }
  for (const std::string& peer : config_.peers) connect(peer);
  next_checkpoint_ = monotonic_now() + kCheckpointEvery;
  // Without its journal a publisher's show stays as it was found until somebody helped.
  if (!(show_key_ && recovered_.journal_lost)) {
    write_job([this] { return files_->checkpoint(); });
  }
  node_->resume(monotonic_now());
  if (recovered_.ledger->ended()) head_advanced();
  if (node_->final_known() && recovered_.ledger->size() > 0) {
    flush();
    switch_to_final();
  } else {
    add_live();
    flush();
  }
  if (!show_key_) {
    set_ready({});
  } else if (is_new_) {
    start_publishing(ledger::Author(*recovered_.ledger, ledger::KeyPair::from_seed(*show_key_)),
                     false);
  }
  timer_.emplace(session_.io());
  pace_timer_.emplace(session_.io());
  tick();
}

void Show::restore() {
  for (std::uint32_t block = 0, left = recovered_.blocks.count(); left > 0; ++block) {
    if (!recovered_.blocks.has(block)) continue;
    --left;
    node_->restore_blocks(block, 1);
    available_->add_blocks(block, 1);
  }
  if (!recovered_.tail.empty()) {
    available_->set_tail(recovered_.tail_block, static_cast<std::uint32_t>(recovered_.tail.size()));
    node_->restore_partial(recovered_.tail_block, std::move(recovered_.tail));
  }
  node_->restore_silence(recovered_.silence);
}

void Show::add_live() {
  session_.expect(to_libtorrent(live_hash_), weak_from_this());
  session_.watch_errors(to_libtorrent(live_hash_), [this](std::string message, int code) {
    fail({code == ENOSPC ? ErrorCode::Output : ErrorCode::Storage, std::move(message)});
  });
  TorrentPlace place = this->place();
  meetings_.watch(place.connections);
  live_torrent_ = session_.session().add_torrent(live_params(descriptor(), *node_, place));
  hurry();
}

TorrentPlace Show::place() {
  std::weak_ptr<Show> self = weak_from_this();
  return {.folder = files_->folder(), .trackers = config_.trackers, .host = self};
}

std::vector<std::string> Show::known_peers() const {
  std::vector<std::string> result;
  for (const auto* group : {&wanted_peers_, &met_peers_}) {
    for (const auto& endpoint : *group) result.push_back(to_text(endpoint));
  }
  return result;
}

void Show::connect(const std::string& peer) {
  if (auto endpoint = parse_endpoint(peer)) wanted_peers_.insert(*endpoint);
}

// The time marks, as soon as they are known without a gap.
void Show::tell_marks() {
  const ledger::Log& aux = recovered_.ledger->log(ledger::LogKind::Aux);
  for (; marks_told_ < aux.count() && aux.known(marks_told_); ++marks_told_) {
    if (auto mark = ledger::decode_time_mark(aux.item(marks_told_))) available_->add_mark(*mark);
    if (auto channel = ledger::decode_channel(aux.item(marks_told_))) {
      callbacks_.event(ChannelEvent{channel->name, channel->picture});
    }
    auto earlier =
        ledger::decode_show(ledger::kAuxEarlier, aux.item(marks_told_), ledger::system_crypto());
    // Only the same broadcaster can say what it aired.
    if (earlier && earlier->channel_key == descriptor().channel_key) {
      callbacks_.event(EarlierEvent{std::move(*earlier)});
    }
  }
}

void Show::prefer(std::uint64_t offset) {
  if (phase_ == Phase::Closed) return;
  node_->focus(offset, monotonic_now());
  if (phase_ == Phase::Final) {
    // The ordinary torrent has priorities of its own.
    constexpr std::uint64_t kAhead = 1 << 20;
    std::uint64_t length = descriptor().piece_length;
    std::uint64_t end = std::min(offset + std::max(kAhead, length), recovered_.ledger->size());
    for (std::uint64_t at = offset / length; at * length < end; ++at) {
      final_torrent_.piece_priority(lt::piece_index_t(static_cast<int>(at)), lt::top_priority);
    }
  }
  flush();
}

void Show::tick() {
  if (phase_ == Phase::Closed) return;
  Instant now = monotonic_now();
  if (publisher_) publisher_->pump(now);
  look_at_connections(now);
  node_->tick(now);
  flush();
  tell_marks();
  meetings_.tick(live_torrent_, now);
  hold_back(now);
  leave_when_possible(now);
  if (now >= next_connect_) {
    next_connect_ = now + (now < hurry_until_ ? Duration(100ms) : Duration(1s));
    reconnect();
  }
  if (now >= next_second_) {
    next_second_ = now + 1s;
    check_complete();
    take_snapshot();
    checkpoint(now);
    log_edge();
  }
  timer_->expires_after(kTick);
  timer_->async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    auto self = weak.lock();
    if (!error && self) self->tick();
  });
}

// One connection carries both the edge and the backlog, so the yield must be ours.
void Show::hold_back(Instant now) {
  if (phase_ != Phase::Live) return;
  for (const auto& [id, weak] : peers_) {
    auto peer = weak.lock();
    if (peer && peer->wants_pieces()) peer->hold_back(!node_->bulk_may_leave(id, now));
  }
}

void Show::checkpoint(Instant now) {
  if (publisher_ || now < next_checkpoint_) return;
  next_checkpoint_ = now + kCheckpointEvery;
  write_job([this] { return files_->checkpoint(); });
}

// Alone, we look out more often than trackers and others ask us to come back: whoever cannot be
// reached from outside has to go and find its viewers.
void Show::announce_while_alone(const lt::torrent_handle& torrent, Instant now) {
  if (node_->peer_count() > 0 || phase_ != Phase::Live) {
    announce_pause_ = kAnnounceFirst;
    next_announce_ = now + announce_pause_;
    return;
  }
  if (now < next_announce_) return;
  announce_pause_ = std::clamp(announce_pause_ * 2, kAnnounceFirst, kAnnounceAtMost);
  next_announce_ = now + announce_pause_;
  torrent.force_reannounce();  // keeps to each tracker's own minimum
  torrent.force_dht_announce();
  torrent.force_lsd_announce();
}

void Show::hurry() {
  next_connect_ = {};
  hurry_until_ = monotonic_now() + 1s;
}

void Show::reconnect() {
  lt::torrent_handle torrent = phase_ == Phase::Final ? final_torrent_ : live_torrent_;
  if (!torrent.is_valid()) return;
  std::set<lt::tcp::endpoint> connected;
  std::vector<lt::peer_info> infos;
  torrent.get_peer_info(infos);
  for (const auto& info : infos) connected.insert(info.ip);
  for (const auto& [id, weak] : peers_) {
    if (auto peer = weak.lock()) connected.insert(peer->listen_endpoint());
  }
  std::set<lt::tcp::endpoint> wanted = wanted_peers_;
  // The ordinary swarm begins among those who were in the live one, and the other way round when
  // the end was none.
  if ((phase_ == Phase::Final && !complete_said_) || reopened_) {
    wanted.insert(met_peers_.begin(), met_peers_.end());
  }
  for (const auto& endpoint : wanted) {
    if (!connected.contains(endpoint) && !is_banned(endpoint)) torrent.connect_peer(endpoint);
  }
  Instant now = monotonic_now();
  announce_while_alone(torrent, now);
  if (node_->provisional() && signpost_.is_valid() && now >= next_look_out_) {
    next_look_out_ = now + kLookOutEvery;
    for (const auto& endpoint : wanted_peers_) signpost_.connect_peer(endpoint);
  }
}

void Show::drain(std::function<void()> done) {
  if (!publisher_ || failed_) return done();
  inlet_->close();
  publisher_->drain(std::move(done), monotonic_now());
}

void Show::close(std::function<void()> closed) {
  if (publisher_) publisher_->stop();
  if (inlet_) inlet_->close();
  set_ready(freshet::fail(ErrorCode::Internal, "the show was closed"));
  phase_ = Phase::Closed;
  timer_.reset();
  pace_timer_.reset();
  available_->cancel();
  session_.forget(to_libtorrent(live_hash_));
  if (final_) session_.forget(to_libtorrent(final_->v1));
  auto left = std::make_shared<int>(1);
  auto one_gone = [left, closed = std::move(closed)] {
    if (--*left == 0) closed();
  };
  for (lt::torrent_handle* torrent : {&live_torrent_, &final_torrent_, &signpost_}) {
    if (!torrent->is_valid()) continue;
    ++*left;
    session_.remove(*torrent, one_gone);
    *torrent = {};
  }
  one_gone();
}

void Show::join() {
  // The last jobs still use the files; a checkpoint makes the next start trust all of it.
  if (worker_) worker_->run([this] { (void)files_->checkpoint(); });
  worker_.reset();
}

Bytes Show::handshake_head() const {
  return node_->handshake();
}

bool Show::is_banned(const lt::tcp::endpoint& peer) {
  return peer.port() != 0 && session_.bans().has(peer, monotonic_now());
}

bool Show::is_avoided(const lt::tcp::endpoint& peer) {
  if (is_banned(peer)) return true;
  if (wanted_peers_.contains(peer)) return false;
  std::vector<lt::address> connected;
  for (const auto& [id, weak] : peers_) {
    auto other = weak.lock();
    if (other && other->is_outgoing()) connected.push_back(other->remote().address());
  }
  return is_crowded(peer.address(), connected);
}

// Trackers name us to ourselves. libtorrent closes such a connection and makes it again a second
// later, for ever.
void Show::is_ourselves(const lt::tcp::endpoint& peer) {
  session_.bans().add({peer.address(), session_.session().listen_port()}, monotonic_now());
}

void Show::peer_connected(const std::shared_ptr<PeerPlugin>& peer, View head) {
  peers_[peer->id()] = peer;
  log::debug("peer {} is {}", peer->id(), to_text(peer->listen_endpoint()));
  const auto& listen = peer->listen_endpoint();
  if (listen.port() != 0 && met_peers_.size() < kMetPeersMax) met_peers_.insert(listen);
  Instant now = monotonic_now();
  bool met = meetings_.expects(listen, now);
  auto theirs = peer->is_outgoing() ? live::Origin::Ours : live::Origin::Theirs;
  node_->peer_connected(peer->id(), head, now, met ? live::Origin::Met : theirs);
  schedule_flush();
}

void Show::peer_gone(live::PeerId peer) {
  peers_.erase(peer);
  node_->peer_gone(peer, monotonic_now());
  schedule_flush();
}

void Show::peer_refused(const lt::tcp::endpoint& peer, const char* why) {
  if (refused_.size() < 1000 && refused_.insert(peer).second) {
    emit(RejectedEvent{to_text(peer), why, false});
  }
}

void Show::peer_message(live::PeerId peer, View message) {
  node_->receive(peer, message, monotonic_now());
  schedule_flush();
}

bool Show::check_block(bool live, int piece, int start, View bytes) {
  auto block = static_cast<std::uint32_t>(piece) * recovered_.ledger->blocks_per_piece() +
               static_cast<std::uint32_t>(start) / kBlockSize;
  bool known = recovered_.ledger->log(ledger::LogKind::Blocks).known(block);
  if (!live && (!known || bytes.size() != kBlockSize)) return true;
  return start % static_cast<int>(kBlockSize) == 0 && node_->check(block, bytes);
}

void Show::bad_block(live::PeerId peer) {
  cut_off(peer, "a block that is not what the publisher signed", true);
}

bool Show::is_stored(int piece, int start, int length) const {
  auto block = static_cast<std::uint32_t>(piece) * recovered_.ledger->blocks_per_piece() +
               static_cast<std::uint32_t>(start) / kBlockSize;
  return length == static_cast<int>(kBlockSize) && node_->stored_blocks().has(block);
}

std::optional<PieceTruth> Show::truth(int piece) const {
  const ledger::Ledger& ledger = *recovered_.ledger;
  auto index = static_cast<std::uint32_t>(piece);
  std::uint32_t per_piece = ledger.blocks_per_piece();
  PieceTruth truth;
  if (index >= ledger.complete_pieces()) return std::nullopt;
  truth.trusted = node_->stored_blocks().has_all(index * per_piece, per_piece);
  if (truth.trusted) return truth;
  // Each block was checked against its leaf when it arrived, so one of the two is enough here; the
  // SHA-1 is the one that nobody has looked at yet.
  truth.sha1 = Hash20::from(ledger.log(ledger::LogKind::Pieces).item(index));
  for (std::uint32_t i = 0; !truth.sha1 && i < per_piece; ++i) {
    auto leaf = ledger.log(ledger::LogKind::Blocks).tree().leaf(index * per_piece + i);
    if (!leaf) return std::nullopt;
    truth.leaves.push_back(*leaf);
  }
  return truth;
}

void Show::written(int piece, int start, int) {
  auto block = static_cast<std::uint32_t>(piece) * recovered_.ledger->blocks_per_piece() +
               static_cast<std::uint32_t>(start) / kBlockSize;
  tell_of_block(block, BlockEvent::Via::Backlog);
  stored(block, 1);
}

void Show::emit(Event event) {
  if (callbacks_.event && phase_ != Phase::Closed) callbacks_.event(std::move(event));
}

void Show::fail(Error error) {
  if (std::exchange(failed_, true)) return;
  log::warn("show failed: {}", error.message);
  available_->fail(error);
  if (inlet_) inlet_->close();
  if (ready_said_) return emit(FailedEvent{std::move(error)});
  set_ready(tl::make_unexpected(std::move(error)));
}

}  // namespace freshet::engine
