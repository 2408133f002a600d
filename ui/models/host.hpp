// SPDX-License-Identifier: GPL-3.0-or-later
// Where shows are opened, listed and closed: a thread of its own, so that nothing of it is felt in
// the window. Everything is asked for with a function call from the GUI thread, and answered by a
// queued signal.
#pragma once

#include <QImage>
#include <QObject>
#include <QThread>
#include <map>
#include <memory>
#include <vector>

#include "freshet/client/library.hpp"
#include "freshet/client/on_air.hpp"
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

[[nodiscard]] OpenedShow opened_of(const client::OpenShow& show, bool mine);

// What is put on the air, and how.
struct Programme {
  std::string source;  // as on the command line
  client::SourceOptions media;
  client::PublishOptions publish;
  bool later = false;  // the link is there at once, the show begins with air()
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
  // A broadcast of our own is shared again; with `ends`, one that was cut off is ended first.
  void share(ShowId id, client::ShowSummary summary, bool ends = false);
  void list_devices();
  // A source before it goes live: what it sees and hears comes by seen() and heard().
  void preview(ShowId id, Programme programme);
  // The previewed source goes on the air, or the programme's, when that one cannot be previewed.
  void go_live(ShowId id, Programme programme);
  void air(ShowId id);
  void end(ShowId id);
  void mute(ShowId id, bool muted);
  // Answered by measured().
  void measure(ShowId id);
  // What a channel says comes by said(), from the sequence number after `after` on.
  void follow(PublicKey channel, qint64 after);
  void forget(PublicKey channel);
  void close(ShowId id);
  // Closes it when it is open, and removes all of it from the disk.
  void remove(ShowId id, const QString& folder);
  void set_limits(qint64 upload, qint64 download);
  void write_notes(const QString& folder, Notes notes);

 Q_SIGNALS:
  void said(const freshet::PublicKey& channel, const freshet::ledger::ChannelItem& item);
  void devices(const std::vector<freshet::client::DeviceEntry>& entries);
  void previewed(freshet::ui::models::ShowId id, const QString& address);
  void seen(freshet::ui::models::ShowId id, const QImage& picture);
  void heard(freshet::ui::models::ShowId id, double left, double right);
  void aired(freshet::ui::models::ShowId id, const freshet::ledger::Descriptor& descriptor,
             const freshet::ui::models::OpenedShow& show);
  void measured(freshet::ui::models::ShowId id, const freshet::client::SourceState& state);
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
    std::unique_ptr<client::OnAir> on_air;
    std::size_t parts = 1;
    bool told = false;  // a look at its events is on its way
  };
  template <class F>
  void post(F function) {
    QMetaObject::invokeMethod(&worker_, std::move(function), Qt::QueuedConnection);
  }
  void open(ShowId id, const std::function<Expected<OpenedShow>(Open&)>& how);
  [[nodiscard]] std::unique_ptr<Open> make_open(ShowId id);
  [[nodiscard]] Expected<void> open_source(Open& open, Programme programme, bool preview);
  [[nodiscard]] Expected<OpenedShow> put_on_air(Open& open, Programme& programme,
                                                ledger::Descriptor& descriptor);
  [[nodiscard]] client::OnAir* on_air(ShowId id);
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
Q_DECLARE_METATYPE(freshet::client::SourceState)
Q_DECLARE_METATYPE(freshet::ledger::Descriptor)
Q_DECLARE_METATYPE(freshet::ledger::ChannelItem)
Q_DECLARE_METATYPE(freshet::PublicKey)
Q_DECLARE_METATYPE(freshet::client::AnyEvent)
