// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/desktop.hpp"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QIcon>
#include <QLocalSocket>
#include <QLockFile>
#include <QMenu>
#include <QQmlEngine>
#include <QStandardPaths>

namespace freshet::ui::desktop {
namespace {

constexpr int kAnswerMs = 10'000;
constexpr int kLinkMax = 64 << 10;

// A name of this user and this folder: somebody else's instance must not be reached, and is not,
// since the runtime directory is the user's own.
QString server_name(const QString& folder) {
  QByteArray digest = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256);
  QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
  return runtime + QStringLiteral("/freshet-") + QString::fromLatin1(digest.toHex().left(16));
}

QDBusMessage call(const char* service, const char* path, const char* interface,
                  const char* method) {
  return QDBusMessage::createMethodCall(QString::fromLatin1(service), QString::fromLatin1(path),
                                        QString::fromLatin1(interface),
                                        QString::fromLatin1(method));
}

}  // namespace

Desktop::Desktop() = default;

Desktop::~Desktop() {
  setAwake(false);
}

Desktop* Desktop::instance() {
  static Desktop* desktop = new Desktop;
  return desktop;
}

Desktop* Desktop::create(QQmlEngine*, QJSEngine*) {
  QJSEngine::setObjectOwnership(instance(), QJSEngine::CppOwnership);
  instance()->make_tray();
  return instance();
}

Desktop::First Desktop::be_first(const QString& folder, const QString& what) {
  QString name = server_name(folder);
  // Of two that start at once, one listens before the other one looks.
  QLockFile lock(name + QStringLiteral(".lock"));
  (void)lock.tryLock(kAnswerMs);
  QLocalSocket other;
  other.connectToServer(name);
  if (other.waitForConnected(kAnswerMs)) {
    lock.unlock();
    other.write(what.toUtf8() + '\n');
    // It may be starting itself: only what it has read is safe.
    bool heard = other.waitForReadyRead(kAnswerMs) && other.readAll() == "ok\n";
    return heard ? First::HandedOver : First::NoAnswer;
  }
  QLocalServer::removeServer(name);  // left behind by one that crashed: nobody answered there
  server_ = std::make_unique<QLocalServer>();
  server_->setSocketOptions(QLocalServer::UserAccessOption);
  server_->listen(name);
  connect(server_.get(), &QLocalServer::newConnection, this, &Desktop::greet);
  return First::Yes;
}

void Desktop::greet() {
  while (QLocalSocket* socket = server_->nextPendingConnection()) {
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
      if (socket->bytesAvailable() > kLinkMax) return socket->abort();
      if (!socket->canReadLine()) return;
      QString what = QString::fromUtf8(socket->readLine()).trimmed();
      socket->write("ok\n");
      socket->disconnectFromServer();
      Q_EMIT activated(what);
    });
  }
}

void Desktop::make_tray() {
  if (tray_ || !hasTray()) return;
  tray_ =
      std::make_unique<QSystemTrayIcon>(QIcon(QStringLiteral(":/freshet/icons/freshet-icon.svg")));
  auto* menu = new QMenu;
  menu->addAction(tr("Open Freshet"), this, [this] { Q_EMIT activated({}); });
  menu->addAction(tr("Quit"), this, &Desktop::quit);
  tray_->setContextMenu(menu);
  tray_->setToolTip(QStringLiteral("Freshet"));
  connect(tray_.get(), &QSystemTrayIcon::activated, this,
          [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger) Q_EMIT activated({});
          });
  tray_->show();
}

void Desktop::quit() {
  QCoreApplication::quit();
}

void Desktop::notify(const QString& title, const QString& text) {
  auto message = call("org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                      "org.freedesktop.Notifications", "Notify");
  constexpr int kServerDecides = -1;
  message << QStringLiteral("Freshet") << 0U << QStringLiteral("freshet") << title << text
          << QStringList() << QVariantMap() << kServerDecides;
  QDBusConnection::sessionBus().asyncCall(message);
}

bool Desktop::rightToLeft() const {
  return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

void Desktop::setAwake(bool awake) {
  if (awake == awake_) return;
  awake_ = awake;
  Q_EMIT awakeChanged();
  constexpr auto kService = "org.freedesktop.ScreenSaver";
  constexpr auto kPath = "/org/freedesktop/ScreenSaver";
  if (!awake) {
    if (cookie_ == 0) return;
    auto message = call(kService, kPath, kService, "UnInhibit");
    QDBusConnection::sessionBus().asyncCall(message << std::exchange(cookie_, 0));
    return;
  }
  auto message = call(kService, kPath, kService, "Inhibit");
  message << QStringLiteral("Freshet") << tr("A show is playing");
  auto* watcher =
      new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    QDBusPendingReply<uint> reply = *watcher;
    watcher->deleteLater();
    if (reply.isError()) return;
    cookie_ = reply.value();
    if (!awake_) {  // it was over before the answer came
      awake_ = true;
      setAwake(false);
    }
  });
}

}  // namespace freshet::ui::desktop
