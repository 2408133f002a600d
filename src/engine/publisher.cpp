// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/publisher.hpp"

#include <algorithm>

#include "engine/session.hpp"
#include "freshet/ledger/aux_record.hpp"

namespace freshet::engine {
namespace {

using namespace std::chrono_literals;

constexpr Duration kIntervalMin = 100ms;
constexpr Duration kIntervalMax = 400ms;
constexpr Duration kAlive = 1s;         // a head at least this often, as a sign of life
constexpr Duration kTailAfter = 100ms;  // an incomplete block this old is announced as it is
constexpr Duration kMarkEvery = 900ms;  // time marks: at least one a second
constexpr double kHeadShare = 0.01;     // of the byte rate, for heads
constexpr double kHeadBytes = 250;      // a head on the wire, without what it adds
constexpr std::uint64_t kBacklog = 256 * kBlockSize;  // this much unannounced does not wait

}  // namespace

Publisher::Publisher(const ledger::Ledger& ledger, ledger::Author author, ShowFiles& files,
                     Worker& worker, std::shared_ptr<Inlet> inlet, Hooks hooks)
    : ledger_(ledger),
      author_(std::move(author)),
      files_(files),
      worker_(worker),
      inlet_(std::move(inlet)),
      hooks_(std::move(hooks)) {}

Duration Publisher::interval() const {
  if (rate_ <= 0) return kIntervalMin;
  auto wanted = std::chrono::duration<double>(kHeadBytes / (rate_ * kHeadShare));
  if (wanted > kIntervalMax) return kIntervalMax;
  return std::max(kIntervalMin, std::chrono::duration_cast<Duration>(wanted));
}

void Publisher::take(Instant now) {
  for (Chunk& chunk : inlet_->take()) waiting_.push_back(std::move(chunk));
  while (!waiting_.empty()) {
    const Chunk& chunk = waiting_.front();
    if (chunk.keyframe && waiting_offset_ == 0) marks_.push_back({author_.appended(), wall_now()});
    if (author_.appended() == 0) began_ms_ = wall_now();
    if (author_.appended() == author_.complete_size()) partial_since_ = now;
    std::uint64_t complete = author_.complete_size();
    View rest = View(chunk.bytes).subspan(waiting_offset_);
    View taken = rest.first(author_.append(rest));
    if (author_.complete_size() != complete) partial_since_ = now;
    unannounced_.insert(unannounced_.end(), taken.begin(), taken.end());
    waiting_offset_ += taken.size();
    if (taken.size() < rest.size()) return;  // the next head is full
    waiting_.pop_front();
    waiting_offset_ = 0;
  }
}

void Publisher::drain(std::function<void()> done, Instant now) {
  drained_ = std::move(done);
  pump(now);
}

void Publisher::pump(Instant now) {
  if (drained_ && (stopped_ || (ended_ && !committing_))) std::exchange(drained_, nullptr)();
  if (stopped_ || committing_ || ended_) return;
  bool finished = inlet_->finished();
  take(now);
  if (author_.appended() > ledger_.descriptor().size_max()) {
    stopped_ = true;
    inlet_->close();
    hooks_.failed({ErrorCode::Source,
                   "the show has reached its capacity; what is announced stays, start a new show "
                   "with a larger --piece-length or --capacity"});
    return;
  }
  if (drained_) {
    if (unannounced_.empty()) return std::exchange(drained_, nullptr)();
    commit(author_.cut(wall_now(), true), now);
    return;
  }
  if (finished && waiting_.empty()) {
    ended_ = true;
    if (follow_up_) (void)author_.set_follow_up(*follow_up_);
    WallMs wall = wall_now();
    add_marks(author_.appended(), wall, now);
    commit(author_.end(wall), now);
    return;
  }
  cut(now);
}

void Publisher::cut(Instant now) {
  if (follow_up_ && author_.set_follow_up(*follow_up_)) follow_up_.reset();
  bool tail = author_.appended() > author_.complete_size() && now - partial_since_ >= kTailAfter;
  std::uint64_t covered = tail ? author_.appended() : author_.complete_size();
  // What is said of the channel waits for the first bytes: a head means that the show has begun.
  bool news = covered > ledger_.size() || (ledger_.head() && author_.has_records());
  bool alive = ledger_.head() && now - last_head_ >= kAlive;
  bool due = now - last_head_ >= interval() || unannounced_.size() >= kBacklog;
  if (!(news && due) && !alive) return;
  double seconds = std::chrono::duration<double>(now - last_head_).count();
  if (news && seconds < 10) {
    double current = static_cast<double>(covered - ledger_.size()) / std::max(seconds, 0.001);
    rate_ = rate_ == 0 ? current : 0.8 * rate_ + 0.2 * current;
  }
  WallMs wall = wall_now();
  add_marks(covered, wall, now);
  commit(author_.cut(wall, tail), now);
}

void Publisher::add_marks(std::uint64_t covered, WallMs wall, Instant now) {
  bool any = false;
  while (!marks_.empty() && marks_.front().size <= covered) {
    // A keyframe's time is when it came: by it, its picture is found, and how late that is.
    ledger::TimeMark mark{std::min(marks_.front().came_ms, wall), marks_.front().size, true};
    if (!author_.add_record(ledger::encode(mark))) return;
    marks_.pop_front();
    any = true;
  }
  bool first = ledger_.log(ledger::LogKind::Aux).count() == 0;
  if (covered <= ledger_.size() || any) {
    if (any) last_mark_ = now;
    return;
  }
  if (!first && now - last_mark_ < kMarkEvery) return;
  // The very first mark stands for the show's beginning, which the first head covers already.
  ledger::TimeMark mark{wall, covered, false};
  if (first) mark = {std::min(began_ms_, wall), 0, false};
  (void)author_.add_record(ledger::encode(mark));
  last_mark_ = now;
}

void Publisher::commit(ledger::HeadUpdate update, Instant now) {
  committing_ = true;
  last_head_ = now;
  std::uint64_t offset = ledger_.size();
  auto fresh = static_cast<std::ptrdiff_t>(update.head.size - offset);
  struct Job {
    ledger::HeadUpdate update;
    Bytes bytes;
    Expected<void> result;
  };
  auto job = std::make_shared<Job>();
  job->update = std::move(update);
  job->bytes.assign(unannounced_.begin(), unannounced_.begin() + fresh);
  unannounced_.erase(unannounced_.begin(), unannounced_.begin() + fresh);
  worker_.run(
      [this, job, offset] {
        if (!job->bytes.empty()) {
          job->result = files_.write(offset, job->bytes);
          if (job->result) job->result = files_.sync_data();
        }
        if (job->result) {
          job->result = files_.append(ledger::JournalKind::Published, ledger::encode(job->update));
        }
        if (job->result) job->result = files_.sync_journal();
      },
      [this, job] {
        committing_ = false;
        if (job->result) {
          hooks_.published(job->update, job->bytes);
          pump(monotonic_now());
          return;
        }
        stopped_ = true;
        inlet_->close();
        hooks_.failed(job->result.error());
        pump(monotonic_now());
      });
}

}  // namespace freshet::engine
