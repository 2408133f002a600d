// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/studio.hpp"

#include <QFileInfo>
#include <QQmlEngine>

#include "models/settings.hpp"

namespace freshet::ui::models {
namespace {

using Entry = client::DeviceEntry;

constexpr int kHistory = 60;           // numbers
constexpr int kHistoryEvery = 5;       // seconds
constexpr int kSettle = 250;           // ms of no change before a preview begins anew
constexpr double kShareOfLine = 0.85;  // that a show may take: the rest is for what is lost
constexpr int kAudioRate = 128'000;
constexpr const char* kListen = "rtmp://127.0.0.1:1935/live?listen=1";

Studio* the_studio = nullptr;

QSize size_of(Studio::Quality quality) {
  if (quality == Studio::Quality::P480) return {854, 480};
  return quality == Studio::Quality::P1080 ? QSize(1920, 1080) : QSize(1280, 720);
}

}  // namespace

Studio* Studio::instance() {
  if (!the_studio) the_studio = new Studio(*App::instance());
  return the_studio;
}

Studio* Studio::create(QQmlEngine*, QJSEngine*) {
  QJSEngine::setObjectOwnership(instance(), QJSEngine::CppOwnership);
  return instance();
}

void Studio::shut_down() {
  delete std::exchange(the_studio, nullptr);
}

Studio::Studio(App& app) : app_(app) {
  connect_host();
  connect(&app_, &App::showsChanged, this, &Studio::changed);
  connect(&timer_, &QTimer::timeout, this, &Studio::tick);
  preview_.setSingleShot(true);
  connect(&preview_, &QTimer::timeout, this, &Studio::restart_preview);
}

void Studio::connect_host() {
  Host& host = app_.host();
  connect(&host, &Host::devices, this, [this](const std::vector<Entry>& entries) {
    devices_ = entries;
    if (kind_ == Kind::None && entered_) {
      bool camera = !cameras().isEmpty();
      bool screen = !names(Entry::Kind::Screen).isEmpty();
      setKind(camera ? Kind::Camera : screen ? Kind::Screen : Kind::Test);
    }
    Q_EMIT changed();
  });
  connect(&host, &Host::previewed, this, [this](ShowId id, const QString& address) {
    if (id != id_) return;
    address_ = address;
    Q_EMIT changed();
  });
  connect(&host, &Host::seen, this, [this](ShowId id, const QImage& picture) {
    if (id != id_) return;
    frame_ = picture;
    Q_EMIT frameChanged();
  });
  connect(&host, &Host::heard, this, [this](ShowId id, double left, double right) {
    if (id != id_) return;
    left_ = left;
    right_ = right;
    if (!std::exchange(has_level_, true)) Q_EMIT changed();
    Q_EMIT levelChanged();
  });
  connect(&host, &Host::measured, this, [this](ShowId id, const client::SourceState& state) {
    if (id == id_) state_ = state;
  });
  connect(&host, &Host::refused, this, [this](ShowId id, int, const QString& message) {
    if (id != id_) return;
    problem_ = message;
    id_ = 0;
    if (stage_ == Stage::Starting) set_stage(Stage::Setup);
    Q_EMIT changed();
  });
  connect(&host, &Host::happened, this, [this](ShowId id, const client::AnyEvent& event, int) {
    if (id == id_) take(event);
  });
  connect(&app_, &App::aired, this, [this](Show* show) {
    if (show->id() != id_) return;
    show_ = show;
    began_ = QDateTime::currentDateTime();
    app_.copy(show->link());
    Q_EMIT linkCopied();
    set_stage(start_.isValid() ? Stage::Planned : Stage::OnAir);
  });
}

void Studio::set_stage(Stage stage) {
  stage_ = stage;
  bool runs = stage == Stage::Planned || stage == Stage::OnAir || stage == Stage::Ending;
  if (runs) {
    timer_.start(1000);
  } else {
    timer_.stop();
  }
  tick();
  Q_EMIT changed();
}

void Studio::take(const client::AnyEvent& event) {
  if (auto* warning = std::get_if<client::WarningEvent>(&event)) {
    if (warning->code == "source") said_ = QString::fromStdString(warning->message);
  } else if (auto* line = std::get_if<client::LineEvent>(&event)) {
    line_ = *line;
  } else if (auto* over = std::get_if<client::SourceEndedEvent>(&event)) {
    if (over->error) problem_ = QString::fromStdString(over->error->message);
    if (stage_ == Stage::OnAir) set_stage(Stage::Ending);
  } else if (std::holds_alternative<client::EndedEvent>(event)) {
    if (show_) set_stage(Stage::Ended);
  } else if (auto* bad = std::get_if<client::FailedEvent>(&event)) {
    problem_ = QString::fromStdString(bad->error.message);
    set_stage(Stage::Ended);
  } else {
    return;
  }
  Q_EMIT changed();
}

QStringList Studio::names(Entry::Kind kind) const {
  QStringList list;
  for (const Entry& entry : devices_) {
    if (entry.kind == kind) list.append(QString::fromStdString(entry.name));
  }
  return list;
}

QStringList Studio::sounds() const {
  QStringList list = names(Entry::Kind::Sound);
  list.prepend(tr("The usual one"));
  list.append(tr("No sound"));
  return list;
}

std::string Studio::device(Entry::Kind kind, int index) const {
  for (const Entry& entry : devices_) {
    if (entry.kind == kind && index-- == 0) return entry.source;
  }
  return {};
}

void Studio::setKind(Kind kind) {
  if (stage_ != Stage::Setup || kind == kind_) return;
  kind_ = kind;
  restart_preview();
}

void Studio::setTitle(const QString& title) {
  title_ = title;
  Q_EMIT changed();
}

void Studio::setCamera(int index) {
  if (std::exchange(camera_, index) != index) restart_preview();
}

void Studio::setSound(int index) {
  if (std::exchange(sound_, index) != index) restart_preview();
}

void Studio::setFile(const QString& path) {
  file_ = path;
  problem_.clear();
  if (title_.isEmpty()) title_ = QFileInfo(path).completeBaseName();
  Q_EMIT changed();
}

void Studio::setQuality(Quality quality) {
  if (std::exchange(quality_, quality) == quality) return;
  chosen_rate_ = 0;
  if (kind_ != Kind::File) preview_.start(kSettle);
  Q_EMIT changed();
}

double Studio::usualBitRate() const {
  QSize size = size_of(quality_);
  double usual = client::usual_bit_rate(size.width(), size.height(), 30);
  // Where the line is known to be small, "Auto" is what it carries at least once.
  if (quality_ != Quality::Auto || uplink() <= 0) return usual;
  return std::clamp(uplink() * 8 * kShareOfLine - kAudioRate, 300e3, usual);
}

double Studio::bitRate() const {
  return chosen_rate_ > 0 ? chosen_rate_ : usualBitRate();
}

void Studio::setBitRate(double bits) {
  chosen_rate_ = bits;
  if (kind_ != Kind::File) preview_.start(kSettle);
  Q_EMIT changed();
}

double Studio::uplink() const {
  double limit = Settings::instance()->uploadLimit() * 1000.0;
  double seen = Settings::instance()->uplinkSeen();
  return limit > 0 && seen > 0 ? std::min(limit, seen) : std::max(limit, seen);
}

int Studio::carries() const {
  return static_cast<int>(uplink() * 8 * kShareOfLine / (bitRate() + kAudioRate));
}

bool Studio::canGoLive() const {
  if (stage_ != Stage::Setup || !app_.problem().isEmpty() || !app_.ready()) return false;
  if (kind_ == Kind::File) return !file_.isEmpty();
  return kind_ != Kind::None && id_ != 0 && (problem_.isEmpty() || kind_ == Kind::Encoder);
}

Programme Studio::programme() const {
  Programme programme;
  client::SourceOptions& media = programme.media;
  QSize size = size_of(quality_);
  bool as_it_is = kind_ == Kind::File || kind_ == Kind::Encoder;
  if (!as_it_is || (kind_ == Kind::File && quality_ != Quality::Auto)) {
    media.width = size.width();
    media.height = size.height();
    media.video_bit_rate = static_cast<int>(bitRate());
  }
  switch (kind_) {
    case Kind::Camera:
      programme.source = device(Entry::Kind::Camera, camera_);
      if (programme.source.empty()) programme.source = "camera:";
      break;
    case Kind::Screen:
      programme.source = "screen:";
      break;
    case Kind::File:
      programme.source = file_.toStdString();
      break;
    case Kind::Encoder:
      programme.source = address_.isEmpty() ? kListen : address_.toStdString() + "?listen=1";
      break;
    case Kind::None:
    case Kind::Test:
      programme.source = "test:";
      break;
  }
  if (kind_ == Kind::Camera || kind_ == Kind::Screen) {
    auto last = static_cast<int>(names(Entry::Kind::Sound).size()) + 1;
    if (sound_ == last) media.audio = "none";
    if (sound_ > 0 && sound_ < last) media.audio = device(Entry::Kind::Sound, sound_ - 1);
  }
  programme.publish.name = title_.trimmed().toStdString();
  programme.publish.channel_name = Settings::instance()->channelName().toStdString();
  QByteArray picture = Settings::instance()->channelPictureBytes();
  programme.publish.channel_picture.assign(picture.begin(), picture.end());
  programme.publish.fresh = goes_on_.isEmpty();
  if (!goes_on_.isEmpty()) programme.publish.name = goes_on_.toStdString();
  if (start_.isValid()) {
    programme.publish.planned_start = static_cast<std::uint64_t>(start_.toSecsSinceEpoch());
    programme.later = true;
  }
  return programme;
}

void Studio::enter() {
  entered_ = true;
  app_.host().list_devices();
  if (stage_ == Stage::Setup && id_ == 0) restart_preview();
}

void Studio::leave() {
  entered_ = false;
  if (stage_ == Stage::Setup) stop_preview();
}

void Studio::stop_preview() {
  preview_.stop();
  if (id_ != 0) app_.host().close(id_);
  id_ = 0;
  frame_ = {};
  has_level_ = false;
  left_ = right_ = -100;
  Q_EMIT frameChanged();
  Q_EMIT levelChanged();
  Q_EMIT changed();
}

void Studio::restart_preview() {
  if (stage_ != Stage::Setup) return;
  stop_preview();
  problem_.clear();
  said_.clear();
  bool previewed = kind_ != Kind::File && kind_ != Kind::None;
  if (!entered_ || !previewed) {
    Q_EMIT changed();
    return;
  }
  id_ = app_.new_id();
  app_.host().preview(id_, programme());
  Q_EMIT changed();
}

void Studio::goLive() {
  if (!canGoLive()) return;
  preview_.stop();
  if (start_.isValid() && start_ <= QDateTime::currentDateTime()) start_ = {};
  if (id_ == 0) id_ = app_.new_id();
  problem_.clear();
  show_ = nullptr;
  history_.clear();
  watching_ = 0;
  line_ = {};
  set_stage(Stage::Starting);
  app_.host().go_live(id_, programme());
}

void Studio::startNow() {
  if (stage_ != Stage::Planned) return;
  app_.host().air(id_);
  start_ = {};
  began_ = QDateTime::currentDateTime();
  set_stage(Stage::OnAir);
}

void Studio::end() {
  if (stage_ != Stage::OnAir && stage_ != Stage::Planned) return;
  app_.host().end(id_);
  set_stage(Stage::Ending);
}

void Studio::again() {
  if (stage_ != Stage::Ended) return;
  show_ = nullptr;
  id_ = 0;  // it stays open, and is shared
  title_.clear();
  file_.clear();
  goes_on_.clear();
  start_ = {};
  address_.clear();
  muted_ = false;
  state_ = {};
  set_stage(Stage::Setup);
  restart_preview();
}

void Studio::setMuted(bool muted) {
  muted_ = muted;
  app_.host().mute(id_, muted);
  Q_EMIT changed();
}

Show* Studio::unfinished() const {
  for (Show* show : app_.own()) {
    if (!show->ended() && !show->isOpen()) return show;
  }
  return nullptr;
}

void Studio::goOn() {
  Show* cut = unfinished();
  if (!cut || !canGoLive()) return;
  goes_on_ = QString::fromStdString(cut->descriptor().name);
  start_ = {};
  goLive();
}

void Studio::endUnfinished() {
  if (Show* cut = unfinished()) app_.finish(cut);
}

double Studio::elapsed() const {
  if (stage_ == Stage::Planned) {
    return -static_cast<double>(QDateTime::currentDateTime().msecsTo(start_));
  }
  if (stage_ == Stage::Ended && show_) return show_->duration();
  return began_.isValid() ? static_cast<double>(began_.msecsTo(QDateTime::currentDateTime())) : 0;
}

double Studio::upMultiple() const {
  double rate = show_ ? show_->bitRate() : 0;
  return rate > 0 ? show_->upRate() / rate : 0;
}

double Studio::offload() const {
  if (!show_ || watching_ == 0 || show_->size() <= 0) return 0;
  double all = watching_ * show_->size();
  return std::clamp(1 - show_->payloadUp() / all, 0.0, 1.0);
}

double Studio::delay() const {
  return show_ ? show_->audienceDelay() : 0;
}

double Studio::delay95() const {
  return show_ ? show_->audienceDelay95() : 0;
}

void Studio::tick() {
  if (stage_ == Stage::Planned && start_.isValid() && start_ <= QDateTime::currentDateTime()) {
    return startNow();
  }
  if (id_ != 0) app_.host().measure(id_);
  if (show_ && stage_ == Stage::OnAir) {
    watching_ = std::max(show_->audience(), show_->receivers());
    if (seconds_++ % kHistoryEvery == 0) history_.append(static_cast<double>(watching_));
    if (history_.size() > kHistory) history_.removeFirst();
    Settings::instance()->rememberUplink(show_->upRate());
  }
  Q_EMIT ticked();
}

}  // namespace freshet::ui::models
