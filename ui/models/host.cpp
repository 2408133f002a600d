// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/host.hpp"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace freshet::ui::models {
namespace {

QString notes_path(const std::filesystem::path& folder) {
  return QString::fromStdString((folder / ".freshet" / "notes.json").string());
}

QString to_text(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

}  // namespace

Notes read_notes(const std::filesystem::path& folder) {
  QFile file(notes_path(folder));
  Notes notes;
  if (!file.open(QIODevice::ReadOnly)) return notes;
  QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
  notes.position_ms = object["position_ms"].toDouble();
  notes.duration_ms = object["duration_ms"].toDouble();
  notes.sent = object["sent"].toDouble();
  notes.received = object["received"].toDouble();
  notes.keep = object["keep"].toBool(true);
  notes.link = object["link"].toString();
  return notes;
}

OpenedShow opened_of(const client::OpenShow& show, bool mine) {
  return {QString::fromStdString(show.link_text()), to_text(show.file().parent_path()),
          to_text(show.file()), show.playable(), mine};
}

Host::Host() {
  qRegisterMetaType<OpenedShow>();
  qRegisterMetaType<client::AnyEvent>();
  qRegisterMetaType<client::SourceState>();
  qRegisterMetaType<ledger::Descriptor>();
  qRegisterMetaType<ledger::ChannelItem>();
  qRegisterMetaType<PublicKey>();
  worker_.moveToThread(&thread_);
  thread_.setObjectName(QStringLiteral("host"));
  thread_.start();
}

Host::~Host() {
  post([this] {
    while (!open_.empty()) shut(open_.begin()->first);
    client_.reset();
    thread_.quit();
  });
  thread_.wait();
}

void Host::start(client::NetworkOptions options) {
  post([this, options = std::move(options)] {
    options_ = options;
    auto client = client::Client::start(options_, options_.data_dir);
    if (!client && client.error().code == ErrorCode::PortTaken && options_.listen.ends_with(":0")) {
      // The port of before is somebody else's now, and the viewer asked for none.
      std::error_code error;
      std::filesystem::remove(options_.data_dir / ".freshet" / "port", error);
      client = client::Client::start(options_, options_.data_dir);
    }
    if (client) client_ = std::move(*client);
    Q_EMIT started(client ? QString() : QString::fromStdString(client.error().message));
  });
}

void Host::list() {
  post([this] {
    std::vector<KeptShow> shows;
    for (auto& summary : client::list_shows(options_.data_dir)) {
      Notes notes = read_notes(summary.folder);
      shows.push_back({std::move(summary), notes});
    }
    Q_EMIT listed(shows);
  });
}

std::unique_ptr<Host::Open> Host::make_open(ShowId id) {
  auto open = std::make_unique<Open>();
  open->id = id;
  open->events =
      std::make_unique<client::EventQueue>([this, id] { post([this, id] { drain(id); }); });
  return open;
}

void Host::open(ShowId id, const std::function<Expected<OpenedShow>(Open&)>& how) {
  if (!client_) return;
  auto open = make_open(id);
  auto opened = how(*open);
  if (!opened) {
    Q_EMIT refused(id, static_cast<int>(opened.error().code),
                   QString::fromStdString(opened.error().message));
    return;
  }
  open_[id] = std::move(open);
  Q_EMIT this->opened(id, *opened);
  drain(id);
}

void Host::watch(ShowId id, ledger::Link link) {
  post([this, id, link = std::move(link)] {
    open(id, [&](Open& o) -> Expected<OpenedShow> {
      auto viewing = client::Viewing::open(*client_, link, {}, {}, *o.events, nullptr);
      if (!viewing) return tl::make_unexpected(viewing.error());
      o.viewing = std::move(*viewing);
      return opened_of(o.viewing->show(0), false);
    });
  });
}

void Host::connect_to(ShowId id, std::vector<std::string> peers) {
  post([this, id, peers = std::move(peers)] {
    auto open = open_.find(id);
    if (open == open_.end() || !open->second->viewing) return;
    for (const std::string& peer : peers) open->second->viewing->connect(peer);
  });
}

void Host::share(ShowId id, client::ShowSummary summary, bool ends) {
  post([this, id, summary = std::move(summary), ends] {
    open(id, [&](Open& o) -> Expected<OpenedShow> {
      auto show = client_->resume(summary, {}, *o.events);
      if (!show) return tl::make_unexpected(show.error());
      o.shared.emplace(std::move(*show));
      auto inlet = ends ? o.shared->inlet() : nullptr;
      if (inlet) inlet->finish();
      return opened_of(*o.shared, true);
    });
  });
}

void Host::drain(ShowId id) {
  auto entry = open_.find(id);
  if (entry == open_.end()) return;
  Open& open = *entry->second;
  while (auto item = open.events->pop(std::chrono::milliseconds(0))) {
    Q_EMIT happened(id, item->event, static_cast<int>(item->show));
    auto* snapshot = std::get_if<client::Snapshot>(&item->event);
    if (open.on_air && snapshot) open.on_air->follow(*snapshot);
    // However the source ended: what it gave is the show.
    if (open.on_air && std::holds_alternative<client::SourceEndedEvent>(item->event)) {
      open.on_air->finish();
    }
    if (!open.viewing) continue;
    if (auto handled = open.viewing->handle(item->event, item->show); !handled) {
      Q_EMIT refused(id, static_cast<int>(handled.error().code),
                     QString::fromStdString(handled.error().message));
    }
    for (; open.parts < open.viewing->show_count(); ++open.parts) {
      Q_EMIT continued(id, open.viewing->show(open.parts).playable());
    }
  }
}

void Host::shut(ShowId id) {
  auto entry = open_.find(id);
  if (entry == open_.end()) return;
  if (entry->second->viewing) entry->second->viewing->close();
  if (entry->second->on_air) entry->second->on_air->close();
  open_.erase(entry);
}

void Host::close(ShowId id) {
  post([this, id] { shut(id); });
}

void Host::remove(ShowId id, const QString& folder) {
  post([this, id, folder] {
    shut(id);
    auto gone = client::remove_show(folder.toStdString());
    Q_EMIT removed(id, gone ? QString() : QString::fromStdString(gone.error().message));
  });
}

void Host::follow(PublicKey channel, qint64 after) {
  post([this, channel, after] {
    if (!client_) return;
    client_->follow(channel, after, [this, channel](const ledger::ChannelItem& item) {
      Q_EMIT said(channel, item);
    });
  });
}

void Host::forget(PublicKey channel) {
  post([this, channel] {
    if (client_) client_->forget(channel);
  });
}

void Host::set_limits(qint64 upload, qint64 download) {
  post([this, upload, download] {
    if (client_) client_->set_limits(upload, download);
  });
}

void Host::write_notes(const QString& folder, Notes notes) {
  post([folder, notes] {
    QSaveFile file(notes_path(folder.toStdString()));
    if (!file.open(QIODevice::WriteOnly)) return;
    QJsonObject object{{"position_ms", notes.position_ms},
                       {"duration_ms", notes.duration_ms},
                       {"sent", notes.sent},
                       {"received", notes.received},
                       {"keep", notes.keep},
                       {"link", notes.link}};
    file.write(QJsonDocument(object).toJson());
    file.commit();
  });
}

}  // namespace freshet::ui::models
