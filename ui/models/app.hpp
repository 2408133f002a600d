// SPDX-License-Identifier: GPL-3.0-or-later
// The program: which shows there are, which one is watched, and what the viewer can do with them.
// GUI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QQmlListProperty>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>

#include "models/follows.hpp"
#include "models/host.hpp"
#include "models/show.hpp"

class QQmlEngine;
class QJSEngine;

namespace freshet::ui::models {

class App : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON
  Q_PROPERTY(bool ready READ ready NOTIFY readyChanged)
  // Why the network could not be started; empty when it could.
  Q_PROPERTY(QString problem READ problem NOTIFY readyChanged)
  Q_PROPERTY(QQmlListProperty<freshet::ui::models::Show> onAir READ onAir NOTIFY showsChanged)
  Q_PROPERTY(
      QQmlListProperty<freshet::ui::models::Show> recordings READ recordings NOTIFY showsChanged)
  Q_PROPERTY(QQmlListProperty<freshet::ui::models::Show> mine READ mine NOTIFY showsChanged)
  Q_PROPERTY(bool empty READ empty NOTIFY showsChanged)
  Q_PROPERTY(int sharing READ sharing NOTIFY figuresChanged)
  Q_PROPERTY(double used READ used NOTIFY figuresChanged)
  Q_PROPERTY(double usedByMine READ usedByMine NOTIFY figuresChanged)
  // Somebody from outside connected to us, for any show.
  Q_PROPERTY(bool reached READ reached NOTIFY figuresChanged)
  Q_PROPERTY(QString folder READ folder CONSTANT)
  Q_PROPERTY(bool online READ online NOTIFY onlineChanged)
  Q_PROPERTY(freshet::ui::models::Follows* follows READ follows CONSTANT)
  Q_PROPERTY(freshet::ui::models::Show* current READ current NOTIFY currentChanged)

 public:
  // Before the first use by QML.
  static void configure(client::NetworkOptions options);
  static App* instance();
  static App* create(QQmlEngine* engine, QJSEngine* script);
  // After the last use by QML: closes all shows.
  static void shut_down();
  ~App() override;
  // As open(), but from there on: ms, negative for the live edge.
  void open_at(const QString& what, double ms);

  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QQmlListProperty<Show> onAir() { return {this, &on_air_}; }
  [[nodiscard]] QQmlListProperty<Show> recordings() { return {this, &recordings_}; }
  [[nodiscard]] QQmlListProperty<Show> mine() { return {this, &mine_}; }
  [[nodiscard]] bool empty() const { return ready_ && shows_.empty(); }
  [[nodiscard]] int sharing() const;
  [[nodiscard]] double used() const;
  [[nodiscard]] double usedByMine() const;
  [[nodiscard]] bool reached() const;
  [[nodiscard]] const QList<Show*>& on_air() const { return on_air_; }
  [[nodiscard]] const QList<Show*>& kept() const { return recordings_; }
  // Where recordings are kept in this run.
  [[nodiscard]] QString folder() const {
    return QString::fromStdString(options_.data_dir.string());
  }
  [[nodiscard]] bool online() const { return online_; }
  [[nodiscard]] Show* current() const { return current_; }
  [[nodiscard]] Follows* follows() { return follows_; }
  // Of the channel of this data directory, made silently on the first use.
  Q_INVOKABLE [[nodiscard]] QString channelLink() const;
  // To a file of its own, locked when there is a passphrase. Empty: done; else why not.
  Q_INVOKABLE QString exportIdentity(const QUrl& file, const QString& passphrase) const;
  // From such a file; the identity of before stays beside it.
  Q_INVOKABLE QString importIdentity(const QUrl& file, const QString& passphrase);
  // Of the channel, from a picture of any size; without a file it has none. What went wrong comes
  // as channelPictureRefused().
  Q_INVOKABLE void chooseChannelPicture(const QUrl& file);
  [[nodiscard]] const QList<Show*>& own() const { return mine_; }
  [[nodiscard]] Host& host() { return host_; }
  // For a show that is about to be made.
  [[nodiscard]] ShowId new_id() { return ++last_id_; }
  // Signs the end of a show of ours that was cut off.
  void finish(Show* show);

  // A link, or the path or URL of a .torrent file or of a recording's folder. What cannot be opened
  // is told by refused().
  Q_INVOKABLE void open(const QString& what);
  Q_INVOKABLE void watch(freshet::ui::models::Show* show);
  Q_INVOKABLE void leave();
  Q_INVOKABLE void remove(freshet::ui::models::Show* show);
  // Whoever broadcasts it: later shows are told of.
  Q_INVOKABLE void follow(freshet::ui::models::Show* show);
  Q_INVOKABLE void stopSharing(freshet::ui::models::Show* show);
  Q_INVOKABLE void copy(const QString& text);
  Q_INVOKABLE [[nodiscard]] QString clipboard() const;
  Q_INVOKABLE void reveal(const QString& path);
  // Where a picture of this moment comes from; empty when it is not here.
  Q_INVOKABLE [[nodiscard]] QString momentUrl(freshet::ui::models::Show* show, double ms) const;
  // Ends the program and starts it again, with what was changed.
  Q_INVOKABLE void restart();
  static constexpr int kRestart = 75;  // the exit status that says so
  // A new file name for a picture of this show, in the Pictures folder.
  Q_INVOKABLE [[nodiscard]] QString screenshotPath(freshet::ui::models::Show* show) const;

 Q_SIGNALS:
  void readyChanged();
  void channelPictureRefused(const QString& problem);
  void showsChanged();
  void figuresChanged();
  void onlineChanged();
  void currentChanged();
  // A show of ours is on the air, or waits for its start.
  void aired(freshet::ui::models::Show* show);
  void refused(const QString& title, const QString& text);
  // In passing.
  void told(const QString& title, const QString& text);
  // Not a show, but something that could be broadcast.
  void fileOffered(const QString& path);
  void notice(const QString& title, const QString& text);

 private:
  App();
  void start();
  void connect_host_on_air();
  void add_kept(const std::vector<KeptShow>& kept);
  Show* add(const ledger::Descriptor& descriptor, ShowId id = 0);
  [[nodiscard]] Show* find(ShowId id) const;
  [[nodiscard]] Show* find(const ledger::Descriptor& descriptor) const;
  void open_link(const QString& text);
  void open_channel(const QString& text);
  void open_item(const ledger::ChannelItem& item);
  void open_torrent(const QString& path);
  void open_folder(const QString& path);
  void wake(Show* show);
  void sort();
  void every_second();
  void keep_notes();
  void make_picture(Show* show);
  void learn_media_times(Show* show);
  void tidy_disk();
  void apply_settings();

  client::NetworkOptions options_;
  Host host_;
  Follows* follows_ = nullptr;
  QThreadPool pool_;
  QTimer timer_;
  // What is known of a show beside what is shown of it.
  struct Facts {
    std::optional<ledger::Link> link;
    std::optional<client::ShowSummary> kept;
    std::optional<qint64> pictured;  // seconds of the show that its picture is of
    Notes saved;
    const client::Playable* timed = nullptr;  // whose marks and media were compared
  };
  std::vector<Show*> shows_;
  std::map<ShowId, Facts> facts_;
  QList<Show*> on_air_, recordings_, mine_;
  QStringList waiting_;  // asked for before the network was there
  Show* current_ = nullptr;
  std::optional<double> first_start_;
  ShowId last_id_ = 0;
  bool ready_ = false;
  bool online_ = true;
  int seconds_ = 0;
  QString problem_;
};

}  // namespace freshet::ui::models
