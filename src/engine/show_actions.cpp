// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out what the live core decided.
#include <libtorrent/peer_info.hpp>

#include "engine/show.hpp"
#include "freshet/base/log.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::engine {
namespace {

constexpr std::size_t kHeadTimesMax = 600;  // a minute at the fastest

}  // namespace

struct Show::Executor {
  Show& show;

  void operator()(const live::Send& a) const {
    if (auto peer = show.find_peer(a.peer)) peer->send(*a.message);
  }
  void operator()(const live::SendFromDisk& a) const { show.send_from_disk(a); }
  void operator()(const live::Disconnect& a) const { show.cut_off(a.peer, a.reason, a.ban); }
  void operator()(const live::Store& a) const { show.store(a); }
  void operator()(const live::Journal& a) const {
    if (show.publisher_) return;  // its own commits are all that it needs
    show.write_job([files = show.files_.get(), a] { return files->append(a.kind, a.payload); });
  }
  void operator()(const live::WantPiece& a) const {
    if (!show.live_torrent_.is_valid()) return;
    show.live_torrent_.piece_priority(lt::piece_index_t(static_cast<int>(a.piece)),
                                      a.urgent ? lt::top_priority : lt::default_priority);
  }
  void operator()(const live::GivePiece& a) const {
    if (!show.live_torrent_.is_valid()) return;
    // The bytes are in the file: the disk drops these writes and vouches for the piece.
    static const std::vector<char> zeros(ledger::kPieceLengthMax);
    show.live_torrent_.add_piece(lt::piece_index_t(static_cast<int>(a.piece)), zeros.data());
  }
  void operator()(const live::BringTogether& a) const {
    auto opens = show.find_peer(a.opens);
    auto calls = show.find_peer(a.calls);
    if (!opens || !calls) return;
    if (opens->listen_endpoint().port() == 0 || calls->listen_endpoint().port() == 0) return;
    opens->send(meet_at(calls->listen_endpoint(), false));
    calls->send(meet_at(opens->listen_endpoint(), true));
  }
  void operator()(const live::GoMeet& a) const {
    if (!show.is_banned(endpoint_of(a.where))) show.meetings_.begin(a.where, monotonic_now());
  }
  void operator()(const live::HeadAdvanced&) const { show.head_advanced(); }
  void operator()(const live::OutputStarts& a) const {
    log::debug("the output starts at byte {}", a.offset);
    show.available_->set_start(a.offset);
  }
  void operator()(const live::FinalKnown& a) const { show.final_known(a.provisional); }
  void operator()(const live::Reopened&) const { show.reopen(); }
  void operator()(const live::FollowUpKnown& a) const { show.emit(FollowUpEvent{a.descriptor}); }
  void operator()(const live::Rejoined& a) const { show.rejoined(a.outcome); }
  void operator()(const live::Frozen&) const {
    show.fail({ErrorCode::Contradiction,
               "the publisher signed two heads that contradict each other; what came before them "
               "is kept and stays playable"});
  }
};

void Show::schedule_flush() {
  // Not inline: some of these calls must not be made from inside libtorrent's own callbacks.
  if (std::exchange(flush_scheduled_, true)) return;
  session_.post([weak = weak_from_this()] {
    if (auto self = weak.lock()) self->flush();
  });
}

void Show::flush() {
  flush_scheduled_ = false;
  if (phase_ == Phase::Closed) return;
  for (const live::Action& action : node_->take_actions()) execute(action);
  arm_pace();
}

// Blocks leave at a pace that is finer than our tick.
void Show::arm_pace() {
  auto due = node_->wake_at();
  if (!due || pace_armed_ || !pace_timer_) return;
  pace_armed_ = true;
  pace_timer_->expires_after(std::max(*due - monotonic_now(), Duration(500)));
  pace_timer_->async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    auto self = weak.lock();
    if (error || !self || self->phase_ == Phase::Closed) return;
    self->pace_armed_ = false;
    self->look_at_connections(monotonic_now());
    self->node_->send_due(monotonic_now());
    self->flush();
  });
}

void Show::look_at_connections(Instant now) {
  for (const auto& [id, weak] : peers_) {
    if (auto peer = weak.lock()) node_->outstanding(id, peer->outstanding(), now);
  }
}

void Show::execute(const live::Action& action) {
  std::visit(Executor{*this}, action);
}

void Show::write_job(std::function<Expected<void>()> job, std::function<void()> done) {
  // The engine thread is woken only when there is something for it to do: blocks come by thousands.
  worker_->run([weak = weak_from_this(), session = &session_, job = std::move(job),
                done = std::move(done)]() mutable {
    auto result = job();
    if (result && !done) return;
    session->post([weak = std::move(weak), result = std::move(result), done = std::move(done)] {
      auto self = weak.lock();
      if (!self || self->phase_ == Phase::Closed) return;
      if (!result) return self->fail(result.error());
      done();
    });
  });
}

void Show::store(const live::Store& a) {
  std::uint64_t offset = std::uint64_t{a.block} * kBlockSize + a.offset;
  std::uint32_t end = a.offset + static_cast<std::uint32_t>(a.bytes.size());
  auto via = a.pulled ? BlockEvent::Via::Pull : BlockEvent::Via::Push;
  write_job([this, offset, bytes = a.bytes] { return files_->write(offset, bytes.view()); },
            [this, block = a.block, end, via] {
              if (end == kBlockSize) {
                tell_of_block(block, via);
                return stored(block, 1);
              }
              node_->stored_tail(block, end);
              available_->set_tail(block, end);
              schedule_flush();
            });
}

void Show::stored(std::uint32_t first, std::uint32_t count) {
  if (phase_ == Phase::Closed) return;
  node_->stored(first, count, monotonic_now());
  available_->add_blocks(first, count);
  schedule_flush();
}

void Show::send_from_disk(const live::SendFromDisk& a) {
  std::uint32_t per_piece = recovered_.ledger->blocks_per_piece();
  std::shared_ptr<DiskClient> last = final_client();
  std::size_t promised = kBlockSize - a.offset;
  if (auto peer = find_peer(a.peer)) peer->promise(promised);
  session_.disk().read(
      last ? *last : *this, static_cast<int>(a.block / per_piece),
      static_cast<int>(a.block % per_piece * kBlockSize + a.offset),
      static_cast<int>(kBlockSize - a.offset), [weak = weak_from_this(), a, promised](View bytes) {
        auto self = weak.lock();
        auto plugin = self ? self->find_peer(a.peer) : nullptr;
        if (!plugin) return;
        plugin->keep_promise(promised);
        if (bytes.empty()) return plugin->send(wire::BlockReject{a.block});
        plugin->send(wire::BlockMessage{a.block, static_cast<std::uint16_t>(a.offset), a.hops,
                                        Bytes(bytes.begin(), bytes.end())});
      });
}

std::shared_ptr<PeerPlugin> Show::find_peer(live::PeerId id) const {
  auto peer = peers_.find(id);
  return peer == peers_.end() ? nullptr : peer->second.lock();
}

void Show::cut_off(live::PeerId id, const std::string& reason, bool ban) {
  auto peer = find_peer(id);
  if (!peer) return;
  if (ban) {
    session_.bans().add(peer->remote(), monotonic_now());
    if (peer->listen_endpoint().port() != 0) {
      session_.bans().add(peer->listen_endpoint(), monotonic_now());
    }
  }
  emit(RejectedEvent{to_text(peer->remote()), reason, ban});
  peer->disconnect();
}

void Show::tell_of_block(std::uint32_t block, BlockEvent::Via via) {
  if (!config_.block_events) return;
  auto head = head_times_.lower_bound((std::uint64_t{block} + 1) * kBlockSize);
  // Older than what we know the time of: it did not come at the edge.
  if (head == head_times_.end() || head == head_times_.begin()) return;
  // By the publisher's clock as the neighbours' echoes tell it; before they do, by our own.
  auto clock = node_->show_clock(monotonic_now());
  std::int64_t now_ms = clock ? clock->us / 1000 : static_cast<std::int64_t>(wall_now());
  auto delay = std::max<std::int64_t>(0, now_ms - static_cast<std::int64_t>(head->second));
  emit(BlockEvent{via, block, head->second, delay, clock ? clock->error_us / 1000.0 : -1.0});
}

void Show::head_advanced() {
  const ledger::Head& head = *recovered_.ledger->head();
  if (config_.block_events) {
    head_times_.emplace(head.size, head.published_ms);
    if (head_times_.size() > kHeadTimesMax) head_times_.erase(head_times_.begin());
  }
  auto clock = node_->show_clock(monotonic_now());
  std::int64_t now_ms = clock ? clock->us / 1000 : static_cast<std::int64_t>(wall_now());
  auto age = now_ms - static_cast<std::int64_t>(head.published_ms);
  emit(HeadEvent{head.size, head.seq, head.published_ms, age});
  if (publisher_) {
    available_->add_blocks(0, head.complete_blocks());
    available_->set_tail(head.complete_blocks(), head.tail_bytes());
  }
  if (head.is_end() && !ended_said_) say_ended();
}

// With a signed end, or with a provisional one.
void Show::say_ended() {
  ended_said_ = true;
  const ledger::Head& head = *recovered_.ledger->head();
  available_->set_end(head.size, head.follow_up.has_value());
  EndedEvent ended;
  ended.size = head.size;
  ended.provisional = !head.is_end();
  ended.follow_up = head.follow_up.has_value();
  ledger::FinalTorrent torrent;
  if (head.ending) {
    ended.sha256 = to_hex(head.ending->file_sha256.view());
    torrent.v1 = head.ending->final_v1;
    torrent.v2 = head.ending->final_v2;
  } else if (final_) {
    torrent = *final_;
  }
  if (head.size > 0) {
    ended.info_hash = to_hex(torrent.v1.view());
    ended.magnet = ledger::final_magnet(torrent, descriptor().name, config_.trackers);
  }
  emit(std::move(ended));
  take_snapshot();
  // Whoever still asks for the live swarm's key would get nothing that is not signed already.
  if (publisher_) {
    write_job([this]() -> Expected<void> {
      files_->erase_secret();
      return {};
    });
  }
  check_complete();
}

}  // namespace freshet::engine
