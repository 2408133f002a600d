// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer chose; kept in $XDG_CONFIG_HOME/freshet/freshet.conf. GUI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QSettings>
#include <QStringList>

class QQmlEngine;
class QJSEngine;

namespace freshet::ui::models {

class Settings : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON
  Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY changed)
  // "system", or a language code that there is a translation for.
  Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed)
  Q_PROPERTY(QString folder READ folder WRITE setFolder NOTIFY changed)
  Q_PROPERTY(Keep keep READ keep WRITE setKeep NOTIFY changed)
  Q_PROPERTY(double limitGb READ limitGb WRITE setLimitGb NOTIFY changed)
  // kB/s; 0: no limit.
  Q_PROPERTY(int uploadLimit READ uploadLimit WRITE setUploadLimit NOTIFY changed)
  Q_PROPERTY(int downloadLimit READ downloadLimit WRITE setDownloadLimit NOTIFY changed)
  Q_PROPERTY(int port READ port WRITE setPort NOTIFY changed)
  Q_PROPERTY(bool openPort READ openPort WRITE setOpenPort NOTIFY changed)
  // Empty: any network.
  Q_PROPERTY(QString interface READ interface WRITE setInterface NOTIFY changed)
  Q_PROPERTY(QStringList interfaces READ interfaces NOTIFY changed)
  Q_PROPERTY(bool tray READ tray WRITE setTray NOTIFY changed)
  Q_PROPERTY(bool notify READ notify WRITE setNotify NOTIFY changed)
  Q_PROPERTY(double volume READ volume WRITE setVolume NOTIFY changed)
  // Who broadcasts: signed into our shows.
  // A data URL, or empty.
  Q_PROPERTY(QString channelPicture READ channelPicture NOTIFY changed)
  Q_PROPERTY(QString channelName READ channelName WRITE setChannelName NOTIFY changed)
  Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed)
  Q_PROPERTY(
      bool addressNoticeSeen READ addressNoticeSeen WRITE setAddressNoticeSeen NOTIFY changed)

 public:
  enum class Theme { System, Light, Dark };
  Q_ENUM(Theme)
  // What happens with recordings: all stay; the oldest go beyond a limit; each goes once watched.
  enum class Keep { All, Limit, UntilWatched };
  Q_ENUM(Keep)

  // Not to be made by QML, which would make one of its own out of a default constructor.
  explicit Settings(const QString& path);
  [[nodiscard]] static QString standard_path();
  // The one of this process; QML does not own it.
  static Settings* instance();
  static Settings* create(QQmlEngine* engine, QJSEngine* script);

  [[nodiscard]] Theme theme() const;
  void setTheme(Theme theme);
  [[nodiscard]] QString language() const;
  void setLanguage(const QString& language);
  [[nodiscard]] QString folder() const;
  void setFolder(const QString& folder);
  [[nodiscard]] Keep keep() const;
  void setKeep(Keep keep);
  [[nodiscard]] double limitGb() const;
  void setLimitGb(double limit);
  [[nodiscard]] int uploadLimit() const;
  void setUploadLimit(int limit);
  [[nodiscard]] int downloadLimit() const;
  void setDownloadLimit(int limit);
  [[nodiscard]] int port() const;
  void setPort(int port);
  [[nodiscard]] bool openPort() const;
  void setOpenPort(bool on);
  [[nodiscard]] QString interface() const;
  void setInterface(const QString& name);
  [[nodiscard]] QStringList interfaces() const;
  [[nodiscard]] bool tray() const;
  void setTray(bool on);
  [[nodiscard]] bool notify() const;
  void setNotify(bool on);
  [[nodiscard]] double volume() const;
  void setVolume(double volume);
  [[nodiscard]] bool reducedMotion() const;
  void setReducedMotion(bool on);
  [[nodiscard]] QString channelName() const;
  [[nodiscard]] QString channelPicture() const;
  [[nodiscard]] QByteArray channelPictureBytes() const;
  void setChannelPicture(const QByteArray& jpeg);
  void setChannelName(const QString& name);
  // Bytes/s: the most that our line has carried up, as far as we saw.
  [[nodiscard]] double uplinkSeen() const;
  void rememberUplink(double rate);
  [[nodiscard]] bool addressNoticeSeen() const;
  void setAddressNoticeSeen(bool seen);

 Q_SIGNALS:
  void changed();

 private:
  void put(const char* key, const QVariant& value);
  [[nodiscard]] QVariant get(const char* key, const QVariant& standard) const;
  QSettings store_;
};

}  // namespace freshet::ui::models
