// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/show.hpp"

#include <QFileInfo>
#include <algorithm>

#include "freshet/base/log.hpp"
#include "models/pictures.hpp"

namespace freshet::ui::models {
namespace {

constexpr int kHistory = 60;  // seconds
constexpr std::size_t kColumns = 512;
constexpr std::size_t kMapParts = 256;
constexpr double kAgeWeight = 0.2;  // of the newest head in what is shown
constexpr double kSlowShare = 0.97;
// Between two snapshots the edge moves on by itself, for so long at most.
constexpr qint64 kGuessMs = 1500;

void remember(QVariantList& history, double value) {
  history.append(value);
  while (history.size() > kHistory) history.removeFirst();
}

// The name is the recording's file name; people do not want to read what kind of file it is.
QString title_of(const ledger::Descriptor& descriptor) {
  QString name = QString::fromStdString(descriptor.name);
  qsizetype dot = name.lastIndexOf(u'.');
  return dot > 0 && name.size() - dot <= 5 ? name.left(dot) : name;
}

}  // namespace

Show::Show(ShowId id, const ledger::Descriptor& descriptor, QObject* parent)
    : QObject(parent), id_(id), descriptor_(descriptor) {
  Hash20 hash = ledger::live_info_hash(descriptor_, ledger::system_crypto());
  info_hash_ = QString::fromStdString(to_hex(hash.view()));
}

QString Show::name() const {
  return title_of(descriptor_);
}

bool Show::onAir() const {
  return phase_ == Phase::Live || phase_ == Phase::CatchingUp || phase_ == Phase::Waiting;
}

QDateTime Show::plannedStart() const {
  return descriptor_.planned_start == 0
             ? QDateTime()
             : QDateTime::fromSecsSinceEpoch(static_cast<qint64>(descriptor_.planned_start));
}

QDateTime Show::airedOn() const {
  return now_.first_published_ms == 0
             ? QDateTime()
             : QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(now_.first_published_ms));
}

double Show::duration() const {
  if (!playable_ || now_.size == 0) return notes_.duration_ms;
  auto known = static_cast<double>(playable_->times.duration_ms());
  bool growing = phase_ == Phase::Live || phase_ == Phase::CatchingUp;
  if (!growing || !head_at_.isValid() || playable_->times.by_media() || silence() > kGuessMs) {
    return known;
  }
  return known + static_cast<double>(std::min(head_at_.elapsed(), kGuessMs));
}

QString Show::channelLink() const {
  return QString::fromStdString(
      ledger::to_text(ledger::ChannelLink{descriptor_.channel_key, channel_.toStdString()}));
}

void Show::setPosition(double ms) {
  if (notes_.position_ms == ms) return;
  notes_.position_ms = ms;
  Q_EMIT positionChanged();
}

double Show::startAt() const {
  if (start_) return *start_;
  // Seen to its end, or hardly begun: from the start.
  constexpr double kEdge = 5000;
  double left = notes_.position_ms;
  bool inside = left > kEdge && (duration() <= 0 || left < duration() - kEdge);
  return inside ? left : 0;
}

double Show::silence() const {
  bool counts = phase_ == Phase::Live || phase_ == Phase::CatchingUp || phase_ == Phase::Connecting;
  return counts && grew_.isValid() ? static_cast<double>(grew_.elapsed()) : 0;
}

double Show::bitRate() const {
  double seconds = duration() / 1000;
  return seconds > 1 ? size() / seconds : 0;
}

double Show::received() const {
  return notes_.received + static_cast<double>(now_.payload_down);
}

double Show::sent() const {
  return notes_.sent + static_cast<double>(now_.payload_up);
}

Notes Show::notes_to_keep() const {
  Notes notes = notes_;
  notes.duration_ms = duration();
  notes.sent = sent();
  notes.received = received();
  return notes;
}

QVariantMap Show::figures() const {
  return {{"infoHash", info_hash_},
          {"key", QString::fromStdString(to_hex(descriptor_.channel_key.view()))},
          {"pieceLength", static_cast<double>(descriptor_.piece_length)},
          {"head", static_cast<double>(now_.seq)},
          {"overheadDown", static_cast<double>(now_.overhead_down)},
          {"overheadUp", static_cast<double>(now_.overhead_up)},
          {"duplicate", static_cast<double>(now_.duplicate)},
          {"peers", static_cast<int>(now_.peers)}};
}

bool Show::has(double ms) const {
  if (!playable_) return false;
  return playable_->available->has(playable_->times.byte_at(static_cast<std::uint64_t>(ms)), 1);
}

double Show::behindAt(double ms) const {
  return std::max(0.0, duration() - ms) + head_age_;
}

void Show::set_kept(const KeptShow& kept) {
  folder_ = QString::fromStdString(kept.summary.folder.string());
  file_ = QString::fromStdString(kept.summary.file.string());
  mine_ = kept.summary.publisher;
  ended_ = kept.summary.ended;
  now_.size = kept.summary.size;
  now_.have = kept.summary.have;
  notes_ = kept.notes;
  Q_EMIT changed();
  Q_EMIT timelineChanged();
}

void Show::set_connecting() {
  phase_ = Phase::Connecting;
  problem_.clear();
  grew_.start();
  Q_EMIT changed();
}

void Show::set_opened(const OpenedShow& opened) {
  link_ = opened.link;
  folder_ = opened.folder;
  file_ = opened.file;
  mine_ = mine_ || opened.mine;
  parts_ = {opened.playable};
  part_ = 0;
  edge_known_ = false;
  playable_ = opened.playable;
  if (phase_ == Phase::Kept) phase_ = Phase::Connecting;
  Q_EMIT changed();
  Q_EMIT playableChanged();
}

void Show::set_closed() {
  notes_ = notes_to_keep();
  now_.payload_up = now_.payload_down = 0;
  phase_ = Phase::Kept;
  parts_.clear();
  playable_.reset();
  Q_EMIT changed();
  Q_EMIT playableChanged();
}

void Show::set_failed(const QString& message) {
  phase_ = Phase::Failed;
  problem_ = message;
  Q_EMIT changed();
}

void Show::add_part(std::shared_ptr<client::Playable> playable) {
  parts_.push_back(std::move(playable));
  goes_on_ = true;
  Q_EMIT partAdded();
}

bool Show::nextPart() {
  return to_part(part_ + 1, 0);
}

bool Show::newestPart() {
  return to_part(static_cast<int>(parts_.size()) - 1, -1);
}

bool Show::to_part(int part, double start) {
  if (part <= part_ || part >= static_cast<int>(parts_.size())) return false;
  part_ = part;
  playable_ = parts_.at(static_cast<std::size_t>(part));
  notes_.position_ms = 0;
  start_ = start;
  now_ = {};
  ended_ = complete_said_ = edge_known_ = false;
  goes_on_ = part + 1 < static_cast<int>(parts_.size());
  Q_EMIT changed();
  Q_EMIT playableChanged();
  return true;
}

void Show::set_picture(const QString& url) {
  picture_url_ = url;
  Q_EMIT pictureChanged();
}

void Show::set_media_times(std::vector<client::TimeMap::Point> points) {
  if (!playable_ || points.size() < 2) return;
  playable_->times.use_media(std::move(points));
  refreshTimeline();
}

void Show::take(const client::AnyEvent& event, int part) {
  if (part != part_) return;
  if (auto* snapshot = std::get_if<client::Snapshot>(&event)) return take(*snapshot);
  if (auto* head = std::get_if<client::HeadEvent>(&event)) {
    bool first = now_.size == 0 && head->size > 0;
    if (head->size > now_.size) grew_.start();
    bool news = !std::exchange(edge_known_, true);
    now_.size = std::max(now_.size, head->size);
    head_at_.start();
    head_age_ += kAgeWeight * (std::max(0.0, static_cast<double>(head->age_ms)) - head_age_);
    if (playable_) {
      playable_->refresh();
      playable_->times.set_end(head->size, head->published_ms);
    }
    if (first && phase_ != Phase::Connecting) Q_EMIT began();
    if (news) Q_EMIT changed();
    if (phase_ == Phase::Connecting || phase_ == Phase::Waiting) {
      phase_ = Phase::CatchingUp;
      Q_EMIT changed();
      Q_EMIT timelineChanged();
    }
  } else if (auto* by = std::get_if<client::ChannelEvent>(&event)) {
    channel_ = QString::fromStdString(by->name);
    channel_picture_ = data_url(QByteArray(reinterpret_cast<const char*>(by->picture.data()),
                                           static_cast<qsizetype>(by->picture.size())));
  } else if (auto* before = std::get_if<client::EarlierEvent>(&event)) {
    std::string link = ledger::to_text(client::bare_link(before->descriptor));
    QVariantMap entry{{"name", title_of(before->descriptor)},
                      {"link", QString::fromStdString(link)}};
    if (!earlier_.contains(entry)) earlier_.append(entry);
  } else if (std::holds_alternative<client::EndedEvent>(event)) {
    goes_on_ = std::get<client::EndedEvent>(event).follow_up;
    bool news = !goes_on_ && !std::exchange(ended_, true);
    phase_ = Phase::Ended;
    if (news) Q_EMIT over();
  } else if (std::holds_alternative<client::ReopenedEvent>(event)) {
    ended_ = complete_said_ = false;
    phase_ = Phase::CatchingUp;
  } else if (std::holds_alternative<client::CompleteEvent>(event)) {
    now_.have = now_.size;
    if (!std::exchange(complete_said_, true)) Q_EMIT completed();
  } else if (std::holds_alternative<client::SeedingEvent>(event)) {
    phase_ = Phase::Sharing;
  } else if (auto* bad = std::get_if<client::FailedEvent>(&event)) {
    QString what = QString::fromStdString(bad->error.message);
    if (bad->error.code == ErrorCode::Output) {
      what =
          tr("There is no room left on the disk. Make room, or choose another folder in the "
             "settings, and open the show again: it goes on where it stopped.");
    }
    return set_failed(what);
  } else {
    return;
  }
  Q_EMIT changed();
}

void Show::take(const client::Snapshot& s) {
  if (phase_ == Phase::Failed) return;
  if (s.size > now_.size || !grew_.isValid()) grew_.start();
  std::uint64_t got = s.have > have_before_ ? s.have - have_before_ : 0;
  bool lagging = s.state == client::State::CatchingUp && s.have < s.size && have_before_ > 0;
  slow_seconds_ =
      lagging && static_cast<double>(got) < kSlowShare * bitRate() ? slow_seconds_ + 1 : 0;
  have_before_ = s.have;
  now_ = s;
  reached_ = reached_ || s.reached;
  far_seconds_ += s.far > 0 ? 1 : 0;
  remember(down_history_, s.down_rate);
  remember(up_history_, s.up_rate);
  switch (s.state) {
    case client::State::Connecting:
      phase_ = Phase::Connecting;
      break;
    case client::State::Waiting:
      phase_ = Phase::Waiting;
      break;
    case client::State::Live:
      phase_ = Phase::Live;
      break;
    case client::State::CatchingUp:
      phase_ = Phase::CatchingUp;
      break;
    case client::State::Ended:
      phase_ = Phase::Ended;
      ended_ = !goes_on_;
      break;
    case client::State::Seeding:
      phase_ = Phase::Sharing;
      ended_ = !goes_on_;
      break;
  }
  if (playable_) {
    playable_->refresh();
    playable_->times.set_end(s.size, s.published_ms);
  }
  compute_ranges();
  if (phase_ == Phase::Live && playable_ && position() > 0) {
    log::info("show: what is seen is {:.0f} ms behind the camera", behindAt(position()));
  }
  Q_EMIT changed();
  Q_EMIT timelineChanged();
}

void Show::refreshTimeline() {
  compute_ranges();
  Q_EMIT timelineChanged();
}

// What is here, as ranges of the duration: where parts are here, it is as if they were not, so that
// nothing is promised that would have to be waited for.
void Show::compute_ranges() {
  ranges_.clear();
  if (!playable_ || now_.size == 0) return;
  double length = duration();
  if (length <= 0) return;
  std::vector<std::uint64_t> bounds(kColumns + 1);
  for (std::size_t i = 0; i <= kColumns; ++i) {
    double ms = length * static_cast<double>(i) / kColumns;
    bounds[i] = playable_->times.byte_at(static_cast<std::uint64_t>(ms));
    if (i > 0) bounds[i] = std::max(bounds[i], bounds[i - 1]);
  }
  bounds.back() = std::max(bounds.back(), now_.size);
  auto held = playable_->available->held(bounds);
  for (std::size_t i = 0; i < kColumns;) {
    auto here = [&](std::size_t c) { return held[c] >= 0.999F || bounds[c] == bounds[c + 1]; };
    if (!here(i)) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < kColumns && here(end)) ++end;
    ranges_.append(static_cast<double>(i) / kColumns);
    ranges_.append(static_cast<double>(end) / kColumns);
    i = end;
  }
}

QVariantList Show::parts() const {
  QVariantList result;
  if (!playable_ || now_.size == 0) return result;
  std::vector<std::uint64_t> bounds(kMapParts + 1);
  for (std::size_t i = 0; i <= kMapParts; ++i) bounds[i] = now_.size / kMapParts * i;
  bounds.back() = now_.size;
  for (float share : playable_->available->held(bounds)) result.append(share);
  return result;
}

}  // namespace freshet::ui::models
