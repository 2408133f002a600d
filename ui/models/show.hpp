// SPDX-License-Identifier: GPL-3.0-or-later
// One show as cards, the Watch page and the swarm panel see it. GUI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QVariantList>

#include "models/host.hpp"

namespace freshet::ui::models {

class Show : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("shows come from App")
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString channel READ channel NOTIFY changed)
  // Shows that the channel aired before, the newest first: each with "name" and "link".
  Q_PROPERTY(QVariantList earlier READ earlier NOTIFY changed)
  Q_PROPERTY(QString channelPicture READ channelPicture NOTIFY changed)  // a data URL, or empty
  Q_PROPERTY(QString channelLink READ channelLink CONSTANT)
  Q_PROPERTY(QString link MEMBER link_ NOTIFY changed)
  Q_PROPERTY(QString file MEMBER file_ NOTIFY changed)
  Q_PROPERTY(QString folder READ folder NOTIFY changed)
  Q_PROPERTY(QString pictureUrl READ pictureUrl NOTIFY pictureChanged)
  Q_PROPERTY(QVariant playable READ playable NOTIFY playableChanged)
  Q_PROPERTY(Phase phase READ phase NOTIFY changed)
  Q_PROPERTY(bool open READ isOpen NOTIFY changed)
  Q_PROPERTY(bool onAir READ onAir NOTIFY changed)
  // A head came since it was opened: where the live edge is, is known.
  Q_PROPERTY(bool edgeKnown READ edgeKnown NOTIFY changed)
  Q_PROPERTY(bool ended READ ended NOTIFY changed)
  Q_PROPERTY(bool complete READ complete NOTIFY changed)
  Q_PROPERTY(bool mine READ mine NOTIFY changed)
  Q_PROPERTY(QDateTime plannedStart READ plannedStart NOTIFY changed)
  Q_PROPERTY(QDateTime airedOn READ airedOn NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)
  Q_PROPERTY(double size READ size NOTIFY changed)
  Q_PROPERTY(double have READ have NOTIFY changed)
  Q_PROPERTY(double duration READ duration NOTIFY timelineChanged)
  Q_PROPERTY(double position READ position WRITE setPosition NOTIFY positionChanged)
  // Where it is to begin now, ms; negative: at the live edge. Where it was left, if nobody said.
  Q_PROPERTY(double startAt READ startAt NOTIFY positionChanged)
  Q_PROPERTY(QVariantList mineRanges READ mineRanges NOTIFY timelineChanged)
  Q_PROPERTY(QVariantList parts READ parts NOTIFY changed)
  Q_PROPERTY(double silence READ silence NOTIFY changed)
  Q_PROPERTY(bool tooSlow READ tooSlow NOTIFY changed)
  Q_PROPERTY(double bitRate READ bitRate NOTIFY changed)
  Q_PROPERTY(int people READ people NOTIFY changed)
  Q_PROPERTY(int peers READ peers NOTIFY changed)
  Q_PROPERTY(int senders READ senders NOTIFY changed)
  Q_PROPERTY(int receivers READ receivers NOTIFY changed)
  Q_PROPERTY(bool reached READ reached NOTIFY changed)
  // Long enough among people elsewhere to say that none of them can connect to us.
  Q_PROPERTY(bool unreachable READ unreachable NOTIFY changed)
  Q_PROPERTY(double downRate READ downRate NOTIFY changed)
  Q_PROPERTY(double upRate READ upRate NOTIFY changed)
  Q_PROPERTY(double received READ received NOTIFY changed)
  Q_PROPERTY(double sent READ sent NOTIFY changed)
  Q_PROPERTY(double ratio READ ratio NOTIFY changed)
  Q_PROPERTY(QVariantList downHistory MEMBER down_history_ NOTIFY changed)
  Q_PROPERTY(QVariantList upHistory MEMBER up_history_ NOTIFY changed)
  Q_PROPERTY(QVariantMap figures READ figures NOTIFY changed)

 public:
  // Kept: on disk, not open.
  enum class Phase { Kept, Connecting, Waiting, Live, CatchingUp, Ended, Sharing, Failed };
  Q_ENUM(Phase)

  Show(ShowId id, const ledger::Descriptor& descriptor, QObject* parent);

  [[nodiscard]] ShowId id() const { return id_; }
  [[nodiscard]] const ledger::Descriptor& descriptor() const { return descriptor_; }
  [[nodiscard]] QString name() const;
  // Who broadcasts it, as it is signed; empty: not said.
  [[nodiscard]] QString channel() const { return channel_; }
  [[nodiscard]] QString channelPicture() const { return channel_picture_; }
  [[nodiscard]] const QVariantList& earlier() const { return earlier_; }
  [[nodiscard]] QString channelLink() const;
  [[nodiscard]] QString link() const { return link_; }
  [[nodiscard]] QString folder() const { return folder_; }
  [[nodiscard]] QString pictureUrl() const { return picture_url_; }
  [[nodiscard]] QVariant playable() const { return QVariant::fromValue(playable_); }
  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] bool isOpen() const { return phase_ != Phase::Kept && phase_ != Phase::Failed; }
  [[nodiscard]] bool onAir() const;
  [[nodiscard]] bool edgeKnown() const { return edge_known_; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool complete() const { return size() > 0 && have() >= size() && ended_; }
  [[nodiscard]] bool mine() const { return mine_; }
  [[nodiscard]] QDateTime plannedStart() const;
  [[nodiscard]] QDateTime airedOn() const;
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] double size() const { return static_cast<double>(now_.size); }
  [[nodiscard]] double have() const { return static_cast<double>(now_.have); }
  [[nodiscard]] double duration() const;
  [[nodiscard]] double position() const { return notes_.position_ms; }
  void setPosition(double ms);
  [[nodiscard]] double startAt() const;
  // Flat: from, to, from, to; shares of the duration.
  [[nodiscard]] QVariantList mineRanges() const { return ranges_; }
  // How much is here of each of 256 parts of the show, from 0 to 1.
  [[nodiscard]] QVariantList parts() const;
  // ms since the show last grew.
  [[nodiscard]] double silence() const;
  [[nodiscard]] bool tooSlow() const { return slow_seconds_ >= 8; }
  [[nodiscard]] double bitRate() const;  // bytes/s of the show
  [[nodiscard]] int people() const { return static_cast<int>(now_.people); }
  [[nodiscard]] int peers() const { return static_cast<int>(now_.peers); }
  [[nodiscard]] int senders() const { return static_cast<int>(now_.senders); }
  [[nodiscard]] int receivers() const { return static_cast<int>(now_.receivers); }
  [[nodiscard]] bool reached() const { return reached_; }
  [[nodiscard]] bool unreachable() const { return !reached_ && far_seconds_ > 60; }
  [[nodiscard]] double downRate() const { return now_.down_rate; }
  [[nodiscard]] double upRate() const { return now_.up_rate; }
  [[nodiscard]] double received() const;
  [[nodiscard]] double sent() const;
  // As our own viewers report it.
  [[nodiscard]] int audience() const { return static_cast<int>(now_.audience); }
  [[nodiscard]] double audienceDelay() const { return now_.audience_p50_ms; }
  [[nodiscard]] double audienceDelay95() const { return now_.audience_p95_ms; }
  [[nodiscard]] double payloadUp() const { return static_cast<double>(now_.payload_up); }
  [[nodiscard]] double ratio() const { return received() > 0 ? sent() / received() : 0; }
  [[nodiscard]] QVariantMap figures() const;
  [[nodiscard]] const Notes& notes() const { return notes_; }
  [[nodiscard]] Notes notes_to_keep() const;
  [[nodiscard]] const std::shared_ptr<client::Playable>& watched() const { return playable_; }

  // "Mine", "in the swarm" or "not aired yet" at this time of the show.
  Q_INVOKABLE bool has(double ms) const;
  // ms from the camera until this time of the show is seen now, by the publisher's clock.
  Q_INVOKABLE double behindAt(double ms) const;

  // From App.
  void set_kept(const KeptShow& kept);
  void set_start(std::optional<double> ms) { start_ = ms; }
  void set_link(const QString& link) { notes_.link = link; }
  void set_connecting();
  void set_opened(const OpenedShow& opened);
  void set_closed();
  void set_failed(const QString& message);
  void add_part(std::shared_ptr<client::Playable> playable);
  // The part that is watched is over: on to the next one. False when there is none.
  Q_INVOKABLE bool nextPart();
  // To the live edge of the part that is on the air. False when that is the one that is watched.
  Q_INVOKABLE bool newestPart();
  void take(const client::AnyEvent& event, int part);
  void set_picture(const QString& url);
  void set_media_times(std::vector<client::TimeMap::Point> points);
  // The window is open: moves what moves between two snapshots.
  Q_INVOKABLE void refreshTimeline();

 Q_SIGNALS:
  void changed();
  void playableChanged();
  void pictureChanged();
  void timelineChanged();
  void positionChanged();
  // Once each: for notices.
  void partAdded();
  void began();
  void over();
  void completed();

 private:
  void take(const client::Snapshot& snapshot);
  void compute_ranges();
  bool to_part(int part, double start);

  ShowId id_;
  ledger::Descriptor descriptor_;
  QString info_hash_;  // of the growing torrent, hex
  QVariantList earlier_;
  QString channel_, channel_picture_, link_, file_, folder_, picture_url_, problem_;
  std::vector<std::shared_ptr<client::Playable>> parts_;
  std::shared_ptr<client::Playable> playable_;
  int part_ = 0;
  Phase phase_ = Phase::Kept;
  bool ended_ = false, mine_ = false, reached_ = false, complete_said_ = false;
  bool edge_known_ = false;
  bool goes_on_ = false;  // another part follows the one that is watched
  client::Snapshot now_;
  Notes notes_;
  QVariantList ranges_, down_history_, up_history_;
  std::optional<double> start_;
  QElapsedTimer grew_, head_at_;
  double head_age_ = 0;  // ms that heads take from the publisher's clock to ours
  int slow_seconds_ = 0, far_seconds_ = 0;
  std::uint64_t have_before_ = 0;
};

}  // namespace freshet::ui::models
