// SPDX-License-Identifier: GPL-3.0-or-later
// Where shows are opened, listed and closed: a thread of its own, so that nothing of it is felt in
// the window. Everything is asked for with a function call from the GUI thread, and answered by a
// queued signal.
#pragma once

#include <QObject>
#include <QThread>
#include <map>
#include <memory>
#include <vector>

#include "freshet/client/library.hpp"
#include "freshet/client/viewing.hpp"

namespace freshet::ui::models {

using ShowId = quint64;

// What is remembered of a show between two runs; kept in its folder.
struct Notes {
  double position_ms = 0;
  double duration_ms = 0;
  double sent = 0;  // bytes, in all runs before this one
  double received = 0;
  bool keep = true;  // share it again at the next start
  QString link;      // that it was opened with: it says where to look for it
  bool operator==(const Notes&) const = default;
};

struct KeptShow {
  client::ShowSummary summary;
  Notes notes;
};

struct OpenedShow {
  QString link;
  QString folder;
  QString file;
  std::shared_ptr<client::Playable> playable;
  bool mine = false;
};

class Host : public QObject {
  Q_OBJECT

 public:
  Host();
  ~Host() override;

  // GUI thread.
  void start(client::NetworkOptions options);
  void list();
  // Joins, or goes on with what is kept.
  void watch(ShowId id, ledger::Link link);
  // More places where an open show may be found, "address:port".
  void connect_to(ShowId id, std::vector<std::string> peers);
  // A finished broadcast of our own is shared again.
  void share(ShowId id, client::ShowSummary summary);
  void close(ShowId id);
  // Closes it when it is open, and removes all of it from the disk.
  void remove(ShowId id, const QString& folder);
  void set_limits(qint64 upload, qint64 download);
  void write_notes(const QString& folder, Notes notes);

 Q_SIGNALS:
  void started(const QString& error);
  void listed(const std::vector<freshet::ui::models::KeptShow>& shows);
  void opened(freshet::ui::models::ShowId id, const freshet::ui::models::OpenedShow& show);
  // `code` is an ErrorCode.
  void refused(freshet::ui::models::ShowId id, int code, const QString& message);
  // A show that follows a full one can be watched now.
  void continued(freshet::ui::models::ShowId id,
                 const std::shared_ptr<freshet::client::Playable>& playable);
  void happened(freshet::ui::models::ShowId id, const freshet::client::AnyEvent& event, int part);
  void removed(freshet::ui::models::ShowId id, const QString& error);

 private:
  struct Open {
    ShowId id = 0;
    std::unique_ptr<client::EventQueue> events;
    std::unique_ptr<client::Viewing> viewing;
    std::optional<client::OpenShow> shared;
    std::size_t parts = 1;
    bool told = false;  // a look at its events is on its way
  };
  template <class F>
  void post(F function) {
    QMetaObject::invokeMethod(&worker_, std::move(function), Qt::QueuedConnection);
  }
  void open(ShowId id, const std::function<Expected<OpenedShow>(Open&)>& how);
  void drain(ShowId id);
  void shut(ShowId id);

  QThread thread_;
  QObject worker_;  // lives on the thread; the members below are used there only
  client::NetworkOptions options_;
  std::unique_ptr<client::Client> client_;
  std::map<ShowId, std::unique_ptr<Open>> open_;
};

// `<folder>/.freshet/notes.json`. Blocking.
[[nodiscard]] Notes read_notes(const std::filesystem::path& folder);

}  // namespace freshet::ui::models

Q_DECLARE_METATYPE(freshet::ui::models::OpenedShow)
Q_DECLARE_METATYPE(freshet::client::AnyEvent)
