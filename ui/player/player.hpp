// SPDX-License-Identifier: GPL-3.0-or-later
// Plays one show. Times are milliseconds of the show (client::TimeMap). GUI thread; nothing here
// waits for mpv, the disk or the network.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QElapsedTimer>
#include <QObject>
#include <QSize>
#include <QThreadPool>
#include <QTimer>
#include <QVariantList>

#include "player/live_follow.hpp"
#include "player/mpv.hpp"

namespace freshet::ui::player {

class Player : public QObject {
  Q_OBJECT
  QML_ELEMENT
  // A std::shared_ptr<client::Playable>.
  Q_PROPERTY(QVariant playable READ playable WRITE setPlayable NOTIFY playableChanged)
  // Where a show begins when it is opened; negative: at the live edge.
  Q_PROPERTY(double startAt MEMBER start_at_ NOTIFY startAtChanged)
  Q_PROPERTY(double position READ position NOTIFY positionChanged)
  Q_PROPERTY(double bufferedTo READ bufferedTo NOTIFY positionChanged)
  Q_PROPERTY(bool paused READ paused WRITE setPaused NOTIFY pausedChanged)
  Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY speedChanged)
  Q_PROPERTY(bool live READ live NOTIFY modeChanged)
  Q_PROPERTY(bool catchingUp READ catchingUp WRITE setCatchingUp NOTIFY modeChanged)
  Q_PROPERTY(Wait wait READ wait NOTIFY waitChanged)
  Q_PROPERTY(double waited READ waited NOTIFY positionChanged)
  Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY pictureChanged)
  Q_PROPERTY(QSize videoSize READ videoSize NOTIFY pictureChanged)
  Q_PROPERTY(bool ended READ ended NOTIFY endedChanged)
  Q_PROPERTY(Problem problem READ problem NOTIFY problemChanged)
  Q_PROPERTY(double volume READ volume WRITE setVolume NOTIFY volumeChanged)
  Q_PROPERTY(bool muted READ muted WRITE setMuted NOTIFY volumeChanged)
  Q_PROPERTY(bool noSound READ noSound NOTIFY volumeChanged)
  Q_PROPERTY(QVariantList audioTracks READ audioTracks NOTIFY tracksChanged)
  Q_PROPERTY(QVariantList subtitleTracks READ subtitleTracks NOTIFY tracksChanged)
  Q_PROPERTY(QVariantMap figures READ figures NOTIFY positionChanged)

 public:
  // What the picture waits for.
  enum class Wait { Nothing, Opening, Missing, Source };
  Q_ENUM(Wait)
  enum class Problem { None, NotVideo, Unreadable, NoPlayer };
  Q_ENUM(Problem)

  explicit Player(QObject* parent = nullptr);
  ~Player() override;

  [[nodiscard]] QVariant playable() const { return QVariant::fromValue(playable_); }
  void setPlayable(const QVariant& value);
  [[nodiscard]] double position() const { return position_; }
  [[nodiscard]] double bufferedTo() const;
  [[nodiscard]] bool paused() const { return paused_; }
  void setPaused(bool paused);
  [[nodiscard]] double speed() const { return speed_; }
  void setSpeed(double speed);
  [[nodiscard]] bool live() const { return live_; }
  [[nodiscard]] bool catchingUp() const { return catching_up_; }
  void setCatchingUp(bool on);
  [[nodiscard]] Wait wait() const { return wait_; }
  [[nodiscard]] double waited() const;
  [[nodiscard]] bool hasPicture() const { return has_picture_; }
  [[nodiscard]] QSize videoSize() const { return video_size_; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] Problem problem() const { return problem_; }
  [[nodiscard]] double volume() const { return volume_; }
  void setVolume(double volume);
  [[nodiscard]] bool muted() const { return muted_; }
  void setMuted(bool muted);
  [[nodiscard]] bool noSound() const { return no_sound_; }
  [[nodiscard]] QVariantList audioTracks() const { return audio_tracks_; }
  [[nodiscard]] QVariantList subtitleTracks() const { return subtitle_tracks_; }
  // For "Technical details": dropped frames, codecs, A/V difference.
  [[nodiscard]] QVariantMap figures() const { return figures_; }

  [[nodiscard]] const std::shared_ptr<Mpv>& mpv() const { return mpv_; }
  // A video item has made its render context: without one mpv cannot open anything.
  void rendererReady();

  // Pauses or plays on; from the start, once it has ended.
  Q_INVOKABLE void toggle();
  Q_INVOKABLE void seek(double ms);
  Q_INVOKABLE void skip(double ms) { seek(position_ + ms); }
  Q_INVOKABLE void goLive();
  Q_INVOKABLE void selectTrack(const QString& type, int id);
  Q_INVOKABLE void saveScreenshot(const QString& path);

 Q_SIGNALS:
  void playableChanged();
  void startAtChanged();
  void positionChanged();
  void pausedChanged();
  void speedChanged();
  void modeChanged();
  void waitChanged();
  void pictureChanged();
  void endedChanged();
  void problemChanged();
  void volumeChanged();
  void tracksChanged();
  // A new place was opened: from the command to the first picture, ms. For measuring.
  void shown(double ms);
  // At the live edge, so many ms of the show did not come in time and were left out.
  void jumpedOver(double ms);

 private:
  void read_events();
  void changed(const mpv_event_property& property);
  void read_tracks(const mpv_node& list);
  void read_cache(const mpv_node& state);
  void ask_where();
  void restarted(double stream_ms);
  void file_ended(const mpv_event_end_file& end);
  void tick();
  void begin();
  void load(std::uint64_t byte);
  void seek_in_file(double stream_seconds);
  [[nodiscard]] bool is_cached(double stream_seconds) const {
    return stream_seconds >= cache_from_ && stream_seconds <= cache_to_;
  }
  void play(client::Container container, unsigned generation);
  void follow();
  void log_figures();
  void jump_over_what_is_missing();
  void update_wait();
  void set_live(bool live, bool catching_up);
  void set_problem(Problem problem);
  [[nodiscard]] double to_stream(double ms) const { return (ms + origin_) / 1000; }

  std::shared_ptr<Mpv> mpv_;
  std::shared_ptr<client::Playable> playable_;
  QTimer timer_;
  QThreadPool pool_;
  std::shared_ptr<std::atomic<unsigned>> generation_;  // of load(): older answers are void
  QElapsedTimer since_load_, since_wait_, since_log_;
  bool renderer_ready_ = false;
  bool begun_ = false;
  client::Container container_ = client::Container::Unknown;
  std::uint64_t base_ = 0;                    // the byte that mpv's file begins at
  std::optional<double> wanted_;              // ms; a seek that is still on its way
  std::optional<std::uint64_t> origin_base_;  // that the origin was looked at for
  double origin_ = 0;  // ms that the stream's own time is ahead of the show's
  double start_at_ = 0;
  double position_ = 0;
  double landed_ = 0;                     // ms; the first picture after the last open or seek
  double cache_from_ = 0, cache_to_ = 0;  // s, of the stream: keyframes that can be sought to
  double received_to_ = 0;                // s, of the stream: the end of what mpv has read
  Reserve reserve_;
  bool closes_in_ = false;  // to the live edge, once
  bool paused_ = false, starved_ = false, ended_ = false, restarted_ = false;
  bool unanswered_ = false;  // where the first picture lies
  bool has_picture_ = false, muted_ = false, no_sound_ = false;
  bool live_ = false, catching_up_ = false, fast_ = false;
  double speed_ = 1, volume_ = 100;
  Wait wait_ = Wait::Nothing;
  Problem problem_ = Problem::None;
  QSize video_size_;
  QVariantList audio_tracks_, subtitle_tracks_;
  QVariantMap figures_;
};

}  // namespace freshet::ui::player

Q_DECLARE_METATYPE(std::shared_ptr<freshet::client::Playable>)
