// SPDX-License-Identifier: GPL-3.0-or-later
// What the program does by itself: lists, pictures, notes, disk space.
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QNetworkInterface>
#include <QPointer>
#include <QThreadPool>
#include <QUrl>
#include <algorithm>

#include "freshet/client/pictures.hpp"
#include "models/app.hpp"
#include "models/pictures.hpp"
#include "models/settings.hpp"

namespace freshet::ui::models {
namespace {

constexpr int kPictureWidth = 640, kPictureHeight = 360;
constexpr qint64 kPictureEvery = 60;  // seconds, of a show on the air
constexpr int kNotesEvery = 10;       // seconds
constexpr unsigned kMediaPlaces = 64;
constexpr int kMediaTimesEvery = 3;  // seconds
constexpr double kSureAfterMs = 30'000;
constexpr std::uint64_t kFirstPicture = 256 << 10;

bool has_network() {
  for (const auto& interface : QNetworkInterface::allInterfaces()) {
    auto flags = interface.flags();
    if (flags.testFlag(QNetworkInterface::IsUp) && !flags.testFlag(QNetworkInterface::IsLoopBack) &&
        !interface.addressEntries().isEmpty()) {
      return true;
    }
  }
  return false;
}

}  // namespace

QString App::exportIdentity(const QUrl& file, const QString& passphrase) const {
  auto key = client::load_key(options_.data_dir / "identity.key", true);
  if (!key) return QString::fromStdString(key.error().message);
  std::string text =
      passphrase.isEmpty() ? key->to_text() : key->to_locked_text(passphrase.toStdString());
  auto saved = client::write_secret(file.toLocalFile().toStdString(), text);
  return saved ? QString() : QString::fromStdString(saved.error().message);
}

void App::chooseChannelPicture(const QUrl& file) {
  if (file.isEmpty()) return Settings::instance()->setChannelPicture({});
  QThreadPool::globalInstance()->start([app = QPointer(this), name = file.toLocalFile()] {
    auto picture = client::channel_picture(name.toStdString());
    QByteArray jpeg;
    if (picture)
      jpeg.append(reinterpret_cast<const char*>(picture->data()),
                  static_cast<qsizetype>(picture->size()));
    QString problem = picture ? QString() : QString::fromStdString(picture.error().message);
    QMetaObject::invokeMethod(
        qApp,
        [app, jpeg, problem] {
          if (!app) return;
          if (problem.isEmpty()) Settings::instance()->setChannelPicture(jpeg);
          if (!problem.isEmpty()) Q_EMIT app->channelPictureRefused(problem);
        },
        Qt::QueuedConnection);
  });
}

QString App::importIdentity(const QUrl& file, const QString& passphrase) {
  QFile in(file.toLocalFile());
  if (!in.open(QIODevice::ReadOnly)) return in.errorString();
  auto key = ledger::KeyPair::from_text(in.read(1024).toStdString(), passphrase.toStdString());
  if (!key)
    return tr("This is no identity that can be used: %1")
        .arg(QString::fromStdString(key.error().message));
  auto own = options_.data_dir / "identity.key";
  std::error_code error;
  auto stamp =
      QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss")).toStdString();
  if (std::filesystem::exists(own, error)) {
    std::filesystem::rename(own, own.string() + "." + stamp, error);
    if (error) return QString::fromStdString(error.message());
  }
  auto saved = client::save_key(own, *key);
  return saved ? QString() : QString::fromStdString(saved.error().message);
}

int App::sharing() const {
  return static_cast<int>(std::ranges::count_if(
      shows_, [](const Show* show) { return show->isOpen() && show->have() > 0; }));
}

double App::used() const {
  double sum = 0;
  for (const Show* show : shows_) sum += show->have();
  return sum;
}

double App::usedByMine() const {
  double sum = 0;
  for (const Show* show : shows_) sum += show->mine() ? show->have() : 0;
  return sum;
}

bool App::reached() const {
  return std::ranges::any_of(shows_, &Show::reached);
}

void App::sort() {
  QList<Show*> on_air, recordings, mine;
  for (Show* show : shows_) {
    if (show->mine()) {
      mine.append(show);
    } else if (!show->ended() && (show->isOpen() || show == current_)) {
      on_air.append(show);
    } else {
      recordings.append(show);
    }
  }
  auto newest_first = [](QList<Show*>& list) {
    std::ranges::stable_sort(list, std::greater<>(), &Show::airedOn);
  };
  newest_first(recordings);
  newest_first(mine);
  Q_EMIT figuresChanged();
  // Of lists that are as they were nothing is said: their cards keep their state.
  if (on_air == on_air_ && recordings == recordings_ && mine == mine_ && !shows_.empty()) return;
  on_air_ = on_air;
  recordings_ = recordings;
  mine_ = mine;
  Q_EMIT showsChanged();
}

void App::every_second() {
  ++seconds_;
  if (bool online = has_network(); online != online_) {
    online_ = online;
    Q_EMIT onlineChanged();
  }
  Q_EMIT figuresChanged();
  for (Show* show : shows_) make_picture(show);
  if (current_ && seconds_ % kMediaTimesEvery == 0) learn_media_times(current_);
  if (seconds_ % kNotesEvery == 0) keep_notes();
}

void App::keep_notes() {
  for (Show* show : shows_) {
    if (!show->isOpen() || show->folder().isEmpty()) continue;
    Notes notes = show->notes_to_keep();
    if (std::exchange(facts_[show->id()].saved, notes) == notes) continue;
    host_.write_notes(show->folder(), notes);
  }
}

// A card shows a moment a little into the show; on the air, one of the last minute.
void App::make_picture(Show* show) {
  const auto& playable = show->watched();
  if (!playable || show->size() == 0) return;
  auto length = static_cast<qint64>(show->duration() / 1000);
  bool on_air = show->onAir();
  std::optional<qint64>& made = facts_[show->id()].pictured;
  if (!made && !show->pictureUrl().isEmpty() && !on_air) return;
  if (made && (!on_air || length - *made < kPictureEvery)) return;
  double share = on_air ? 1.0 : 0.3;
  std::uint64_t byte = playable->times.keyframe_before(
      playable->times.byte_at(static_cast<std::uint64_t>(show->duration() * share)));
  if (byte >= kFirstPicture && on_air) byte = playable->times.keyframe_before(byte - kFirstPicture);
  if (!playable->available->has(byte, kFirstPicture)) byte = 0;
  if (!playable->available->has(byte, kFirstPicture)) return;
  made = length;
  QString path = show->folder() + QStringLiteral("/.freshet/picture.jpg");
  pool_.start([target = QPointer(show), id = show->id(), byte, path, length] {
    QImage image = Pictures::instance().make(id, byte, kPictureWidth, kPictureHeight);
    if (image.isNull() || !image.save(path, "JPG", 88)) return;
    QMetaObject::invokeMethod(
        qApp,
        [target, path, length] {
          QUrl url = QUrl::fromLocalFile(path);
          url.setFragment(QString::number(length));  // a new picture under the old name
          if (target) target->set_picture(url.toString());
        },
        Qt::QueuedConnection);
  });
}

// A file that was aired faster than it plays says its own times. They are looked at while it is
// watched, as far as it is here.
void App::learn_media_times(Show* show) {
  auto playable = show->watched();
  if (!playable || show->size() == 0) return;
  if (!playable->times.by_media() && facts_[show->id()].timed == playable.get()) return;
  auto size = static_cast<std::uint64_t>(show->size());
  bool settled = show->complete();
  pool_.start([self = QPointer(this), target = QPointer(show), playable, size, settled] {
    auto points = client::media_times(*playable, size, kMediaPlaces);
    QMetaObject::invokeMethod(
        qApp,
        [self, target, playable, points, settled] {
          if (!self || !target || target->watched() != playable || points.size() < 2) return;
          auto by_marks = static_cast<double>(playable->times.ms_at(points.back().byte));
          auto by_media = static_cast<double>(points.back().ms);
          // Live shows agree but for a moment; their marks are finer.
          constexpr double kAgree = 0.1, kMoment = 3000;
          bool agree = std::abs(by_media - by_marks) < kMoment + kAgree * by_marks;
          if (settled || (agree && by_marks > kSureAfterMs)) {
            self->facts_[target->id()].timed = playable.get();
          }
          if (!agree || playable->times.by_media()) target->set_media_times(points);
        },
        Qt::QueuedConnection);
  });
}

// Only what this program fetched itself is ever removed, and never what is watched or one's own.
void App::tidy_disk() {
  const Settings& settings = *Settings::instance();
  if (settings.keep() == Settings::Keep::All) return;
  std::vector<Show*> candidates;
  for (Show* show : shows_) {
    if (!show->mine() && show->ended() && show != current_) candidates.push_back(show);
  }
  std::ranges::sort(candidates, {}, &Show::airedOn);
  double limit = settings.limitGb() * 1e9;
  for (Show* show : candidates) {
    constexpr double kWatched = 0.95;
    bool watched = show->duration() > 0 && show->position() >= kWatched * show->duration();
    bool goes = settings.keep() == Settings::Keep::Limit ? used() > limit : watched;
    if (goes) remove(show);
  }
}

}  // namespace freshet::ui::models
