// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/app.hpp"

#include <linux/close_range.h>
#include <unistd.h>

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QProcess>
#include <QQmlEngine>
#include <QStandardPaths>
#include <QUrl>

#include "models/pictures.hpp"
#include "models/settings.hpp"

namespace freshet::ui::models {
namespace {

client::NetworkOptions configured;
App* the_app = nullptr;

}  // namespace

void App::configure(client::NetworkOptions options) {
  configured = std::move(options);
}

App* App::instance() {
  if (!the_app) the_app = new App;
  return the_app;
}

void App::shut_down() {
  delete std::exchange(the_app, nullptr);
}

void App::restart() {
  QCoreApplication::exit(kRestart);
}

App* App::create(QQmlEngine*, QJSEngine*) {
  QJSEngine::setObjectOwnership(instance(), QJSEngine::CppOwnership);
  return instance();
}

App::App() : options_(configured) {
  follows_ = new Follows(host_, this);
  pool_.setMaxThreadCount(1);
  connect(&host_, &Host::started, this, [this](const QString& error) {
    problem_ = error;
    host_.list();
  });
  connect(&host_, &Host::listed, this, &App::add_kept);
  connect(&host_, &Host::opened, this, [this](ShowId id, const OpenedShow& opened) {
    Show* show = find(id);
    if (!show) return;
    show->set_opened(opened);
    Pictures::instance().set(id, opened.playable);
    sort();
  });
  connect(&host_, &Host::refused, this, [this](ShowId id, int, const QString& message) {
    Show* show = find(id);
    if (!show) return;
    show->set_failed(message);
    if (show == current_) Q_EMIT refused(tr("This show cannot be opened"), message);
    sort();
  });
  connect(&host_, &Host::continued, this,
          [this](ShowId id, const std::shared_ptr<client::Playable>& playable) {
            if (Show* show = find(id)) show->add_part(playable);
          });
  connect(&host_, &Host::happened, this,
          [this](ShowId id, const client::AnyEvent& event, int part) {
            Show* show = find(id);
            if (!show) return;
            show->take(event, part);
            bool matters = !std::holds_alternative<client::HeadEvent>(event) &&
                           !std::holds_alternative<client::Snapshot>(event);
            if (matters) sort();
          });
  connect(&host_, &Host::removed, this, [this](ShowId, const QString& error) {
    if (!error.isEmpty()) Q_EMIT refused(tr("The recording could not be removed"), error);
  });
  connect_host_on_air();
  connect(&timer_, &QTimer::timeout, this, &App::every_second);
  connect(follows_, &Follows::wanted, this, &App::open_item);
  connect(follows_, &Follows::news, this,
          [this](const ledger::ChannelItem& item, const QString& channel) {
            QString show = QString::fromStdString(item.descriptor.name);
            if (!item.on_air || !Settings::instance()->notify()) return;
            Q_EMIT told(tr("%1 is on air").arg(channel), show);
            Q_EMIT notice(tr("%1 is on air").arg(channel), show);
          });
  connect(Settings::instance(), &Settings::changed, this, &App::apply_settings);
  start();
}

void App::connect_host_on_air() {
  connect(&host_, &Host::aired, this,
          [this](ShowId id, const ledger::Descriptor& descriptor, const OpenedShow& opened) {
            // One that goes on was kept here as another one.
            if (Show* cut = find(descriptor)) {
              std::erase(shows_, cut);
              facts_.erase(cut->id());
              cut->deleteLater();
            }
            Show* show = add(descriptor, id);
            show->set_opened(opened);
            Pictures::instance().set(id, opened.playable);
            sort();
            Q_EMIT aired(show);
          });
}

App::~App() {
  keep_notes();
  pool_.waitForDone();
}

void App::start() {
  const Settings& settings = *Settings::instance();
  if (options_.data_dir.empty()) options_.data_dir = settings.folder().toStdString();
  if (options_.interface.empty()) options_.interface = settings.interface().toStdString();
  if (settings.port() > 0 && options_.listen == client::NetworkOptions{}.listen) {
    std::string port = std::to_string(settings.port());
    options_.listen = "0.0.0.0:" + port + ",[::]:" + port;
  }
  options_.upnp = options_.upnp && settings.openPort();
  if (options_.upload_limit == 0) options_.upload_limit = settings.uploadLimit() * 1000LL;
  if (options_.download_limit == 0) options_.download_limit = settings.downloadLimit() * 1000LL;
  follows_->setPath(
      QString::fromStdString((options_.data_dir / ".freshet" / "channels.json").string()));
  host_.start(options_);
  timer_.start(1000);
}

void App::apply_settings() {
  const Settings& settings = *Settings::instance();
  host_.set_limits(settings.uploadLimit() * 1000LL, settings.downloadLimit() * 1000LL);
}

Show* App::find(ShowId id) const {
  auto show = std::ranges::find(shows_, id, &Show::id);
  return show == shows_.end() ? nullptr : *show;
}

Show* App::find(const ledger::Descriptor& descriptor) const {
  auto show = std::ranges::find_if(
      shows_, [&](const Show* s) { return s->descriptor().show_key == descriptor.show_key; });
  return show == shows_.end() ? nullptr : *show;
}

Show* App::add(const ledger::Descriptor& descriptor, ShowId id) {
  auto* show = new Show(id != 0 ? id : new_id(), descriptor, this);
  QJSEngine::setObjectOwnership(show, QJSEngine::CppOwnership);
  shows_.push_back(show);
  connect(show, &Show::over, this, [this, show] {
    if (show != current_ && Settings::instance()->notify()) {
      Q_EMIT notice(tr("%1 has ended").arg(show->name()), tr("You keep the recording."));
    }
  });
  connect(show, &Show::began, this, [this, show] {
    if (Settings::instance()->notify()) Q_EMIT notice(tr("%1 is on air").arg(show->name()), {});
  });
  connect(show, &Show::completed, this, [this, show] {
    facts_[show->id()].timed = nullptr;
    learn_media_times(show);
  });
  return show;
}

void App::add_kept(const std::vector<KeptShow>& kept) {
  for (const KeptShow& one : kept) {
    // What one watches of one's own show is the same show twice.
    if (find(one.summary.descriptor)) continue;
    Show* show = add(one.summary.descriptor);
    show->set_kept(one);
    Facts& facts = facts_[show->id()];
    facts.kept = one.summary;
    facts.saved = one.notes;
    if (auto link = client::parse_link(one.notes.link.toStdString())) {
      bool same = link->descriptor.show_key == one.summary.descriptor.show_key;
      if (same) facts.link = *link;
    }
    QString picture = show->folder() + QStringLiteral("/.freshet/picture.jpg");
    if (QFileInfo::exists(picture)) show->set_picture(QUrl::fromLocalFile(picture).toString());
    bool unfinished = one.summary.publisher && !one.summary.ended;
    if (one.notes.keep && !unfinished) wake(show);
  }
  ready_ = true;
  if (problem_.isEmpty()) follows_->start();
  sort();
  Q_EMIT readyChanged();
  for (const QString& what : std::exchange(waiting_, {})) open(what);
}

// Opens what is closed: it is shared, and can be watched.
void App::wake(Show* show) {
  if (show->isOpen() || !problem_.isEmpty()) return;
  show->set_connecting();
  const Facts& facts = facts_[show->id()];
  if (facts.kept && facts.kept->publisher) return host_.share(show->id(), *facts.kept);
  if (facts.link) return host_.watch(show->id(), *facts.link);
  ledger::Link link = client::bare_link(show->descriptor());
  if (facts.kept) link.trackers = facts.kept->trackers;
  host_.watch(show->id(), std::move(link));
}

void App::open_at(const QString& what, double ms) {
  first_start_ = ms;
  open(what);
}

void App::open(const QString& what) {
  QString text = what.trimmed();
  if (text.isEmpty()) return;
  if (!ready_) {
    waiting_.append(text);
    return;
  }
  if (!problem_.isEmpty()) {
    Q_EMIT refused(tr("Freshet is not connected"), problem_);
    return;
  }
  QUrl url(text);
  QString path = url.isLocalFile() ? url.toLocalFile() : text;
  if (ledger::is_channel_link(text.toStdString())) return open_channel(text);
  if (text.startsWith(QLatin1String("magnet:"), Qt::CaseInsensitive)) return open_link(text);
  QFileInfo file(path);
  if (file.isDir()) return open_folder(path);
  if (file.isFile() && path.endsWith(QLatin1String(".torrent"), Qt::CaseInsensitive)) {
    return open_torrent(path);
  }
  if (file.isFile()) {
    Q_EMIT fileOffered(file.absoluteFilePath());
    return;
  }
  open_link(text);
}

void App::open_link(const QString& text) {
  auto link = client::parse_link(text.toStdString());
  if (!link) {
    Q_EMIT refused(tr("That is not the link of a show"),
                   tr("A link begins with magnet: and was copied whole. (%1)")
                       .arg(QString::fromStdString(link.error().message)));
    return;
  }
  Show* show = find(link->descriptor);
  if (!show) show = add(link->descriptor);
  facts_[show->id()].link = *link;
  show->set_link(text);
  if (show->isOpen()) host_.connect_to(show->id(), link->peers);
  watch(show);
}

void App::open_channel(const QString& text) {
  auto link = client::parse_channel_link(text.toStdString());
  if (!link) {
    Q_EMIT refused(tr("That is not the link of a channel"),
                   QString::fromStdString(link.error().message));
    return;
  }
  Q_EMIT told(tr("Looking for the channel"), tr("It plays as soon as somebody knows what is on."));
  follows_->follow(*link, true);
}

// As if its link had been opened.
void App::open_item(const ledger::ChannelItem& item) {
  Show* show = find(item.descriptor);
  if (!show) show = add(item.descriptor);
  Facts& facts = facts_[show->id()];
  if (!facts.link) facts.link = client::bare_link(item.descriptor);
  show->set_link(QString::fromStdString(ledger::to_text(*facts.link)));
  watch(show);
}

QString App::channelLink() const {
  auto key = client::load_key(options_.data_dir / "identity.key", true);
  if (!key) return {};
  return QString::fromStdString(ledger::to_text(
      ledger::ChannelLink{key->public_key(), Settings::instance()->channelName().toStdString()}));
}

void App::open_folder(const QString& path) {
  QString folder = QFileInfo(path).canonicalFilePath();
  for (Show* show : shows_) {
    QString own = QFileInfo(show->folder()).canonicalFilePath();
    if (own == folder) return watch(show);
  }
  Q_EMIT refused(tr("There is no recording of Freshet in this folder"), path);
}

void App::open_torrent(const QString& path) {
  auto facts = client::read_torrent(path.toStdString());
  if (!facts) {
    Q_EMIT refused(tr("This torrent file cannot be read"),
                   QString::fromStdString(facts.error().message));
    return;
  }
  for (const auto& [id, known] : facts_) {
    if (known.kept && known.kept->final_info_hash == facts->info_hash) return watch(find(id));
  }
  Q_EMIT refused(tr("This torrent is not a show that you have"),
                 tr("Ask for the show's link, or open the file with any BitTorrent program."));
}

void App::watch(Show* show) {
  if (!show) return;
  if (!problem_.isEmpty()) {
    Q_EMIT refused(tr("Freshet is not connected"), problem_);
    return;
  }
  wake(show);
  show->set_start(std::exchange(first_start_, std::nullopt));
  current_ = show;
  Q_EMIT currentChanged();
  sort();
}

void App::finish(Show* show) {
  auto facts = facts_.find(show->id());
  if (facts == facts_.end() || !facts->second.kept || show->isOpen()) return;
  show->set_connecting();
  host_.share(show->id(), *facts->second.kept, true);
}

void App::leave() {
  keep_notes();
  current_ = nullptr;
  Q_EMIT currentChanged();
  tidy_disk();
}

void App::follow(Show* show) {
  if (!show) return;
  follows_->follow({show->descriptor().channel_key, show->channel().toStdString()}, false);
  Q_EMIT told(tr("You follow this channel"), tr("Freshet tells you when it is on air."));
}

void App::stopSharing(Show* show) {
  if (!show) return;
  Notes notes = show->notes_to_keep();
  notes.keep = false;
  show->set_closed();
  Pictures::instance().set(show->id(), nullptr);
  host_.close(show->id());
  host_.write_notes(show->folder(), notes);
  sort();
}

void App::remove(Show* show) {
  if (!show) return;
  if (show == current_) leave();
  std::erase(shows_, show);
  facts_.erase(show->id());
  Pictures::instance().set(show->id(), nullptr);
  QString folder = show->folder();
  if (folder.isEmpty()) {
    host_.close(show->id());
  } else {
    host_.remove(show->id(), folder);
  }
  sort();
  show->deleteLater();
}

void App::copy(const QString& text) {
  QGuiApplication::clipboard()->setText(text);
}

QString App::clipboard() const {
  return QGuiApplication::clipboard()->text();
}

void App::reveal(const QString& path) {
  QProcess opener;
  opener.setProgram(QStringLiteral("xdg-open"));
  opener.setArguments({QFileInfo(path).absolutePath()});
  // libtorrent's sockets survive an exec: what is opened would keep our port.
  opener.setChildProcessModifier([] { close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); });
  opener.setStandardErrorFile(QProcess::nullDevice());
  opener.startDetached();
}

QString App::momentUrl(Show* show, double ms) const {
  if (!show || !show->watched()) return {};
  const auto& playable = show->watched();
  std::uint64_t byte = playable->times.keyframe_before(
      playable->times.byte_at(static_cast<std::uint64_t>(std::max(0.0, ms))));
  constexpr std::uint64_t kEnough = 64 << 10;
  if (!playable->available->has(byte, kEnough)) return {};
  return QStringLiteral("image://moment/%1/%2").arg(show->id()).arg(byte);
}

QString App::screenshotPath(Show* show) const {
  QDir folder(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  folder.mkpath(QStringLiteral("."));
  QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd hh.mm.ss"));
  return folder.filePath(QStringLiteral("%1 %2.png").arg(show ? show->name() : QString(), stamp));
}

}  // namespace freshet::ui::models
