// SPDX-License-Identifier: GPL-3.0-or-later
// The Broadcast page: what is chosen, what is seen of it before and on the air, and how it goes.
// One broadcast at a time. GUI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QDateTime>
#include <QImage>
#include <QObject>
#include <QTimer>

#include "models/app.hpp"

namespace freshet::ui::models {

class Studio : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON
  Q_PROPERTY(Stage stage READ stage NOTIFY changed)
  Q_PROPERTY(Kind kind READ kind WRITE setKind NOTIFY changed)
  Q_PROPERTY(QString title READ title WRITE setTitle NOTIFY changed)
  Q_PROPERTY(QStringList cameras READ cameras NOTIFY changed)
  Q_PROPERTY(QStringList sounds READ sounds NOTIFY changed)
  Q_PROPERTY(int camera READ camera WRITE setCamera NOTIFY changed)
  Q_PROPERTY(int sound READ sound WRITE setSound NOTIFY changed)
  // A path, of Kind::File.
  Q_PROPERTY(QString file READ file WRITE setFile NOTIFY changed)
  // Where an encoder is to push to, of Kind::Encoder.
  Q_PROPERTY(QString address READ address NOTIFY changed)
  Q_PROPERTY(Quality quality READ quality WRITE setQuality NOTIFY changed)
  Q_PROPERTY(double bitRate READ bitRate WRITE setBitRate NOTIFY changed)  // bits/s, of the picture
  Q_PROPERTY(double usualBitRate READ usualBitRate NOTIFY changed)
  Q_PROPERTY(QDateTime start MEMBER start_ NOTIFY changed)  // planned; invalid: now
  // Bytes/s that our line has carried up; 0: never measured.
  Q_PROPERTY(double uplink READ uplink NOTIFY changed)
  Q_PROPERTY(int carries READ carries NOTIFY changed)  // people, directly
  Q_PROPERTY(bool canGoLive READ canGoLive NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)  // why it cannot, or what went wrong
  Q_PROPERTY(QString said READ said NOTIFY changed)        // by the source
  Q_PROPERTY(QVariant frame READ frame NOTIFY frameChanged)
  Q_PROPERTY(bool frameSeen READ frameSeen NOTIFY frameChanged)
  Q_PROPERTY(double left READ left NOTIFY levelChanged)  // dBFS
  Q_PROPERTY(double right READ right NOTIFY levelChanged)
  Q_PROPERTY(bool hasLevel READ hasLevel NOTIFY changed)
  Q_PROPERTY(bool muted READ muted WRITE setMuted NOTIFY changed)
  Q_PROPERTY(freshet::ui::models::Show* show READ show NOTIFY changed)
  Q_PROPERTY(double elapsed READ elapsed NOTIFY ticked)  // ms; negative: until the planned start
  Q_PROPERTY(QSize picture READ picture NOTIFY ticked)
  Q_PROPERTY(int fps READ fps NOTIFY ticked)
  Q_PROPERTY(double dropped READ dropped NOTIFY ticked)
  Q_PROPERTY(int watching READ watching NOTIFY ticked)
  Q_PROPERTY(QVariantList watchingHistory READ watchingHistory NOTIFY ticked)
  Q_PROPERTY(double upMultiple READ upMultiple NOTIFY ticked)
  Q_PROPERTY(double offload READ offload NOTIFY ticked)  // 0 to 1
  Q_PROPERTY(double delay READ delay NOTIFY ticked)      // ms, half of the audience; 0: unknown
  Q_PROPERTY(double delay95 READ delay95 NOTIFY ticked)
  // The line does not carry what was chosen: bits/s that the show is made with instead, or 0; and
  // whether it cannot be made smaller here.
  Q_PROPERTY(double limit READ limit NOTIFY changed)
  Q_PROPERTY(bool tooMuch READ tooMuch NOTIFY changed)
  // A show of ours that was cut off; null: none.
  Q_PROPERTY(freshet::ui::models::Show* unfinished READ unfinished NOTIFY changed)

 public:
  enum class Stage { Setup, Starting, Planned, OnAir, Ending, Ended };
  Q_ENUM(Stage)
  enum class Kind { None, Camera, Screen, File, Encoder, Test };
  Q_ENUM(Kind)
  enum class Quality { Auto, P480, P720, P1080 };
  Q_ENUM(Quality)

  explicit Studio(App& app);
  static Studio* instance();
  static Studio* create(QQmlEngine* engine, QJSEngine* script);
  static void shut_down();

  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] Kind kind() const { return kind_; }
  void setKind(Kind kind);
  [[nodiscard]] QString title() const { return title_; }
  void setTitle(const QString& title);
  [[nodiscard]] QStringList cameras() const { return names(client::DeviceEntry::Kind::Camera); }
  [[nodiscard]] QStringList sounds() const;
  [[nodiscard]] int camera() const { return camera_; }
  void setCamera(int index);
  [[nodiscard]] int sound() const { return sound_; }
  void setSound(int index);
  [[nodiscard]] QString file() const { return file_; }
  void setFile(const QString& path);
  [[nodiscard]] QString address() const { return address_; }
  [[nodiscard]] Quality quality() const { return quality_; }
  void setQuality(Quality quality);
  [[nodiscard]] double bitRate() const;
  void setBitRate(double bits);
  [[nodiscard]] double usualBitRate() const;
  [[nodiscard]] double uplink() const;
  [[nodiscard]] int carries() const;
  [[nodiscard]] bool canGoLive() const;
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QString said() const { return said_; }
  [[nodiscard]] QVariant frame() const { return frame_; }
  [[nodiscard]] bool frameSeen() const { return !frame_.isNull(); }
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double right() const { return right_; }
  [[nodiscard]] bool hasLevel() const { return has_level_; }
  [[nodiscard]] bool muted() const { return muted_; }
  void setMuted(bool muted);
  [[nodiscard]] Show* show() const { return show_; }
  [[nodiscard]] double elapsed() const;
  [[nodiscard]] QSize picture() const { return {state_.width, state_.height}; }
  [[nodiscard]] int fps() const { return state_.fps; }
  [[nodiscard]] double dropped() const { return static_cast<double>(state_.dropped); }
  [[nodiscard]] int watching() const { return watching_; }
  [[nodiscard]] QVariantList watchingHistory() const { return history_; }
  [[nodiscard]] double upMultiple() const;
  [[nodiscard]] double offload() const;
  [[nodiscard]] double delay() const;
  [[nodiscard]] double delay95() const;
  [[nodiscard]] double limit() const { return line_.limit; }
  [[nodiscard]] bool tooMuch() const { return line_.limit > 0 && !line_.followed; }
  [[nodiscard]] Show* unfinished() const;

  // The page is there, or is left: devices are looked for, the preview runs and stops.
  Q_INVOKABLE void enter();
  Q_INVOKABLE void leave();
  Q_INVOKABLE void retry() { restart_preview(); }
  Q_INVOKABLE void goLive();
  Q_INVOKABLE void startNow();
  Q_INVOKABLE void end();
  // Back to the choice, after the end.
  Q_INVOKABLE void again();
  // The show that was cut off goes on with what is chosen now, or is ended as it is.
  Q_INVOKABLE void goOn();
  Q_INVOKABLE void endUnfinished();

 Q_SIGNALS:
  void changed();
  // The show is there: its link is in the clipboard, so that it can be given away.
  void linkCopied();
  void frameChanged();
  void levelChanged();
  void ticked();

 private:
  [[nodiscard]] QStringList names(client::DeviceEntry::Kind kind) const;
  [[nodiscard]] std::string device(client::DeviceEntry::Kind kind, int index) const;
  [[nodiscard]] Programme programme() const;
  void connect_host();
  void set_stage(Stage stage);
  void restart_preview();
  void stop_preview();
  void take(const client::AnyEvent& event);
  void tick();

  App& app_;
  Stage stage_ = Stage::Setup;
  Kind kind_ = Kind::None;
  Quality quality_ = Quality::Auto;
  QString title_, file_, address_, problem_, said_, goes_on_;
  std::vector<client::DeviceEntry> devices_;
  int camera_ = 0, sound_ = 0;
  double chosen_rate_ = 0;  // bits/s; 0: the usual one
  QDateTime start_, began_;
  ShowId id_ = 0;  // of the preview or the show
  bool entered_ = false, has_level_ = false, muted_ = false;
  QImage frame_;
  double left_ = -100, right_ = -100;
  Show* show_ = nullptr;
  client::SourceState state_;
  int watching_ = 0, seconds_ = 0;
  client::LineEvent line_;
  QVariantList history_;
  QTimer timer_, preview_;
};

}  // namespace freshet::ui::models
