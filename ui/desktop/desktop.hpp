// SPDX-License-Identifier: GPL-3.0-or-later
// What the program is to the desktop around it: one instance, tray, notifications, no sleep while
// playing. All of it is optional: without a session bus or a tray the program is the same. GUI
// thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QLocalServer>
#include <QObject>
#include <QPointer>
#include <QSystemTrayIcon>
#include <memory>

class QQmlEngine;
class QJSEngine;

namespace freshet::ui::desktop {

class Desktop : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON
  Q_PROPERTY(bool hasTray READ hasTray CONSTANT)
  Q_PROPERTY(bool rightToLeft READ rightToLeft CONSTANT)
  // While it is on, the screen does not go dark and the computer does not sleep.
  Q_PROPERTY(bool awake READ awake WRITE setAwake NOTIFY awakeChanged)

 public:
  ~Desktop() override;
  static Desktop* instance();
  static Desktop* create(QQmlEngine* engine, QJSEngine* script);

  enum class First { Yes, HandedOver, NoAnswer };
  // HandedOver: another instance that keeps its shows in `folder` took over `what`. Yes: this is
  // the one, and what later ones are asked to open comes by activated().
  [[nodiscard]] First be_first(const QString& folder, const QString& what);

  [[nodiscard]] bool hasTray() const { return QSystemTrayIcon::isSystemTrayAvailable(); }
  [[nodiscard]] bool rightToLeft() const;
  [[nodiscard]] bool awake() const { return awake_; }
  void setAwake(bool awake);
  Q_INVOKABLE void notify(const QString& title, const QString& text);
  Q_INVOKABLE void quit();

 Q_SIGNALS:
  // Somebody wants to see the window, and perhaps to open something.
  void activated(const QString& what);
  void awakeChanged();

 private:
  Desktop();  // private, so that QML asks create()
  void greet();
  void make_tray();
  std::unique_ptr<QLocalServer> server_;
  std::unique_ptr<QSystemTrayIcon> tray_;
  bool awake_ = false;
  uint cookie_ = 0;  // of the inhibition
};

}  // namespace freshet::ui::desktop
