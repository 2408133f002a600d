// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings.hpp"

#include <QDir>
#include <QNetworkInterface>
#include <QQmlEngine>
#include <QStandardPaths>
#include <algorithm>

#include "freshet/client/client.hpp"
#include "models/pictures.hpp"

namespace freshet::ui::models {

QString Settings::standard_path() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
         QStringLiteral("/freshet/freshet.conf");
}

Settings::Settings(const QString& path) : store_(path, QSettings::IniFormat) {}

Settings* Settings::instance() {
  static auto* settings = new Settings(standard_path());
  return settings;
}

Settings* Settings::create(QQmlEngine*, QJSEngine*) {
  QJSEngine::setObjectOwnership(instance(), QJSEngine::CppOwnership);
  return instance();
}

void Settings::put(const char* key, const QVariant& value) {
  QString name = QString::fromLatin1(key);
  if (store_.value(name) == value) return;
  store_.setValue(name, value);
  Q_EMIT changed();
}

QVariant Settings::get(const char* key, const QVariant& standard) const {
  return store_.value(QString::fromLatin1(key), standard);
}

Settings::Theme Settings::theme() const {
  return static_cast<Theme>(std::clamp(get("look/theme", 0).toInt(), 0, 2));
}
void Settings::setTheme(Theme theme) {
  put("look/theme", static_cast<int>(theme));
}
QString Settings::language() const {
  return get("look/language", QStringLiteral("system")).toString();
}
void Settings::setLanguage(const QString& language) {
  put("look/language", language);
}
QString Settings::folder() const {
  return get("disk/folder", QString::fromStdString(client::default_data_dir().string())).toString();
}
void Settings::setFolder(const QString& folder) {
  if (!folder.isEmpty()) put("disk/folder", QDir::cleanPath(folder));
}
Settings::Keep Settings::keep() const {
  return static_cast<Keep>(std::clamp(get("disk/keep", 0).toInt(), 0, 2));
}
void Settings::setKeep(Keep keep) {
  put("disk/keep", static_cast<int>(keep));
}
double Settings::limitGb() const {
  return std::clamp(get("disk/limit_gb", 100).toDouble(), 0.0, 1e6);
}
void Settings::setLimitGb(double limit) {
  put("disk/limit_gb", limit);
}
int Settings::uploadLimit() const {
  return std::clamp(get("speed/upload_kb", 0).toInt(), 0, 2'000'000);
}
void Settings::setUploadLimit(int limit) {
  put("speed/upload_kb", limit);
}
int Settings::downloadLimit() const {
  return std::clamp(get("speed/download_kb", 0).toInt(), 0, 2'000'000);
}
void Settings::setDownloadLimit(int limit) {
  put("speed/download_kb", limit);
}
int Settings::port() const {
  return std::clamp(get("network/port", 0).toInt(), 0, 65535);
}
void Settings::setPort(int port) {
  put("network/port", port);
}
bool Settings::openPort() const {
  return get("network/open_port", true).toBool();
}
void Settings::setOpenPort(bool on) {
  put("network/open_port", on);
}
QString Settings::interface() const {
  return get("network/interface", QString()).toString();
}
void Settings::setInterface(const QString& name) {
  put("network/interface", name);
}
QStringList Settings::interfaces() const {
  QStringList names;
  for (const auto& interface : QNetworkInterface::allInterfaces()) {
    bool loopback = interface.flags().testFlag(QNetworkInterface::IsLoopBack);
    if (!loopback) names.append(interface.name());
  }
  if (!interface().isEmpty() && !names.contains(interface())) names.append(interface());
  return names;
}
bool Settings::tray() const {
  return get("background/tray", false).toBool();
}
void Settings::setTray(bool on) {
  put("background/tray", on);
}
bool Settings::notify() const {
  return get("background/notify", true).toBool();
}
void Settings::setNotify(bool on) {
  put("background/notify", on);
}
double Settings::volume() const {
  return std::clamp(get("player/volume", 100.0).toDouble(), 0.0, 100.0);
}
void Settings::setVolume(double volume) {
  put("player/volume", volume);
}
bool Settings::reducedMotion() const {
  return get("look/reduced_motion", false).toBool();
}
void Settings::setReducedMotion(bool on) {
  put("look/reduced_motion", on);
}
QString Settings::channelName() const {
  return get("channel/name", QString()).toString();
}
void Settings::setChannelName(const QString& name) {
  constexpr qsizetype kMost = 200;  // bytes of UTF-8
  QString fits = name;
  while (fits.toUtf8().size() > kMost) fits.chop(1);
  put("channel/name", fits);
}
QString Settings::channelPicture() const {
  return data_url(channelPictureBytes());
}
QByteArray Settings::channelPictureBytes() const {
  return QByteArray::fromBase64(get("channel/picture", QString()).toString().toLatin1());
}
void Settings::setChannelPicture(const QByteArray& jpeg) {
  put("channel/picture", QString::fromLatin1(jpeg.toBase64()));
}
double Settings::uplinkSeen() const {
  return std::max(0.0, get("speed/uplink_seen", 0).toDouble());
}
void Settings::rememberUplink(double rate) {
  if (rate > uplinkSeen() * 1.05) put("speed/uplink_seen", rate);
}
bool Settings::addressNoticeSeen() const {
  return get("notices/address", false).toBool();
}
void Settings::setAddressNoticeSeen(bool seen) {
  put("notices/address", seen);
}

}  // namespace freshet::ui::models
