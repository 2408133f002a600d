// SPDX-License-Identifier: GPL-3.0-or-later
// From the growing swarm to the ordinary torrent: same file, no copy, no re-hash.
#include "engine/show.hpp"
#include "engine/torrent_params.hpp"
#include "freshet/base/log.hpp"

namespace freshet::engine {
namespace {

using namespace std::chrono_literals;

// How long we stay for peers that do not know the end yet.
constexpr Duration kPublisherStays = 5s;
constexpr Duration kViewerStays = 2s;
// Blocks that are under way are not worth fetching twice.
constexpr Duration kBlocksUnderWay = 1500ms;

}  // namespace

// The disk's view of the ordinary torrent: libtorrent checks its pieces, we only watch.
class Show::FinalDisk final : public DiskClient {
 public:
  explicit FinalDisk(std::weak_ptr<Show> show) : show_(std::move(show)) {}
  bool is_stored(int, int, int) const override { return false; }
  std::optional<PieceTruth> truth(int) const override { return std::nullopt; }
  bool is_live() const override { return false; }
  void written(int, int, int) override {}

 private:
  std::weak_ptr<Show> show_;
};

std::shared_ptr<DiskClient> Show::final_client() const {
  return final_disk_;
}

void Show::final_known(bool provisional) {
  if (provisional) {
    emit(
        WarningEvent{"finalised",
                     "the publisher was silent for longer than the show's time-out, so the show is "
                     "taken for ended; if the publisher comes back, it goes on"});
  }
  leave_by_ = monotonic_now() + (publisher_ ? kPublisherStays : kViewerStays);
  if (phase_ == Phase::Live) phase_ = Phase::Leaving;
  if (recovered_.ledger->size() == 0) {  // nothing was sent: there is no torrent
    if (provisional) say_ended();
    return;
  }
  auto torrent = ledger::final_torrent(*recovered_.ledger);
  if (!torrent) return fail(torrent.error());
  final_ = std::move(*torrent);
  if (provisional) say_ended();
  std::string file = ledger::torrent_file(*final_, config_.trackers);
  std::filesystem::path beside = files_->file();
  beside += ".torrent";
  write_job([beside, file] { return write_atomically(beside, as_view(file)); });
  if (!config_.torrent_file.empty()) {
    write_job(
        [path = config_.torrent_file, file] { return write_atomically(path, as_view(file)); });
  }
}

void Show::leave_when_possible(Instant now) {
  if (phase_ != Phase::Leaving || failed_) return;
  if (!final_) {
    // Nothing was sent, so nothing is put in order; but whoever waits for it should know.
    bool told = node_->peer_count() > 0 && node_->may_leave();
    if (!seeding_said_ && (told || now >= leave_by_)) {
      seeding_said_ = true;
      emit(SeedingEvent{});
    }
    return;
  }
  bool done_here =
      publisher_ || node_->complete() || now > leave_by_ - kViewerStays + kBlocksUnderWay;
  if (now < leave_by_ && !(done_here && node_->may_leave())) return;
  switch_to_final();
}

// The end was provisional, and then a newer head came: back to the live swarm, with all that is
// here.
void Show::reopen() {
  bool was_said = std::exchange(ended_said_, false);
  complete_said_ = seeding_said_ = false;
  available_->clear_end();
  if (was_said) emit(ReopenedEvent{});
  if (phase_ == Phase::Leaving) phase_ = Phase::Live;
  if (phase_ != Phase::Final) return;  // while switching, add_final() sees that nothing is final
  phase_ = Phase::Switching;
  reopened_ = true;
  session_.forget(to_libtorrent(final_->v1));
  final_.reset();
  final_disk_.reset();
  auto left = std::make_shared<int>(2);
  auto one_gone = [weak = weak_from_this(), left] {
    auto self = weak.lock();
    if (--*left == 0 && self && self->phase_ == Phase::Switching) self->add_final();
  };
  session_.remove(std::exchange(final_torrent_, {}), one_gone);
  session_.remove(std::exchange(signpost_, {}), one_gone);
}

void Show::switch_to_final() {
  phase_ = Phase::Switching;
  auto then = [weak = weak_from_this()] {
    auto self = weak.lock();
    if (!self || self->phase_ != Phase::Switching) return;
    self->write_job([files = self->files_.get(),
                     size = self->recovered_.ledger->size()] { return files->truncate(size); },
                    [weak] {
                      auto s = weak.lock();
                      if (s && s->phase_ == Phase::Switching) s->add_final();
                    });
  };
  if (!live_torrent_.is_valid()) return then();
  lt::torrent_status status = live_torrent_.status();
  gone_down_ += static_cast<std::uint64_t>(status.total_download);
  gone_up_ += static_cast<std::uint64_t>(status.total_upload);
  gone_payload_down_ += static_cast<std::uint64_t>(status.total_payload_download);
  gone_payload_up_ += static_cast<std::uint64_t>(status.total_payload_upload);
  gone_redundant_ += static_cast<std::uint64_t>(status.total_redundant_bytes);
  session_.remove(live_torrent_, then);
  live_torrent_ = {};
}

void Show::add_final() {
  if (!node_->final_known()) {
    phase_ = Phase::Live;
    return add_live();
  }
  phase_ = Phase::Final;
  session_.forget(to_libtorrent(live_hash_));
  final_disk_ = std::make_shared<FinalDisk>(weak_from_this());
  session_.expect(to_libtorrent(final_->v1), final_disk_);
  session_.watch_errors(to_libtorrent(final_->v1), [this](std::string message, int code) {
    fail({code == ENOSPC ? ErrorCode::Output : ErrorCode::Storage, std::move(message)});
  });
  auto params = final_params(*recovered_.ledger, *final_, *node_, place());
  final_torrent_ = session_.session().add_torrent(std::move(params));
  hurry();
  add_signpost();
  check_complete();
}

void Show::add_signpost() {
  signpost_ = session_.session().add_torrent(signpost_params(live_hash_, place()));
}

void Show::final_piece_passed(int piece) {
  const ledger::Head& head = *recovered_.ledger->head();
  std::uint32_t per_piece = recovered_.ledger->blocks_per_piece();
  std::uint32_t first = static_cast<std::uint32_t>(piece) * per_piece;
  std::uint32_t end = std::min(first + per_piece, head.complete_blocks());
  if (end > first) stored(first, end - first);
  if (head.tail_bytes() > 0 && first + per_piece > head.complete_blocks()) {
    node_->stored_tail(head.complete_blocks(), head.tail_bytes());
    available_->set_tail(head.complete_blocks(), head.tail_bytes());
  }
  schedule_flush();
  session_.post([weak = weak_from_this()] {
    if (auto self = weak.lock()) self->check_complete();
  });
}

void Show::check_complete() {
  const auto& head = recovered_.ledger->head();
  bool over = head && (head->is_end() || node_->provisional());
  if (!over || !(publisher_ || node_->complete())) return;
  if (!std::exchange(complete_said_, true)) emit(CompleteEvent{});
  if (phase_ != Phase::Final || seeding_said_) return;
  if (!final_torrent_.status().is_seeding) return;
  seeding_said_ = true;
  std::filesystem::path beside = files_->file();
  beside += ".torrent";
  take_snapshot();
  emit(SeedingEvent{beside.string()});
}

}  // namespace freshet::engine
