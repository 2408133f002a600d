// SPDX-License-Identifier: GPL-3.0-or-later
// The real window with a real show from a second process. One stage a process: the program's
// singletons are its own.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "models/app.hpp"
#include "player/player.hpp"
#include "window/window.hpp"

namespace freshet::test {

// Lets the program run until `done` or the deadline; whether it was done.
bool wait_for(const std::function<bool()>& done, int deadline_ms);

// How long the GUI thread let others wait, at worst, since reset().
class GuiClock {
 public:
  GuiClock();
  ~GuiClock();
  void reset() { worst_us_ = 0; }
  [[nodiscard]] double worst_ms() const { return static_cast<double>(worst_us_) / 1000; }

 private:
  std::atomic<qint64> worst_us_{0};
  std::atomic<bool> quit_{false};
  std::thread thread_;
};

// A transport stream of a moving picture with a tone: 30 frames a second, a keyframe each second.
QByteArray make_media(const QString& folder, int seconds, const QString& size, int kbits);

// freshet-cli publish.
class Publisher {
 public:
  // `source` as on the command line; "-" is fed by feed().
  Publisher(const QString& folder, const QString& source, const QString& name,
            QStringList options = {});
  ~Publisher();
  [[nodiscard]] QString link() const { return link_; }
  // Feeds the bytes at this rate, from a thread of its own, until paused.
  void feed(QByteArray bytes, int bytes_per_second);
  void pause(bool on) { paused_ = on; }
  // After the last byte, or at once: the show ends.
  void end();

 private:
  QProcess process_;
  QString link_;
  std::thread feeder_;
  std::atomic<bool> paused_{false}, quit_{false};
  int pipe_ = -1;
};

// freshet-cli watch, to the end.
class Watcher {
 public:
  Watcher(const QString& folder, const QString& link);
  ~Watcher();
  // It has all of the show and went.
  [[nodiscard]] bool finished(int deadline_ms);

 private:
  QProcess process_;
};

class Stage {
 public:
  Stage();
  ~Stage();
  // Opens the window; the first time of a process from the program's very start.
  void open();
  void close();

  [[nodiscard]] QString folder(const QString& name) const;
  [[nodiscard]] ui::models::App& app() const { return *ui::models::App::instance(); }
  [[nodiscard]] QQuickWindow& window() const { return *window_->window(); }
  // Of the Watch page; null elsewhere.
  [[nodiscard]] ui::player::Player* player() const;
  [[nodiscard]] ui::models::Show* show() const { return app().current(); }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
  // A picture of the window in $FRESHET_SHOTS, if that is set.
  void shot(const QString& name);
  // The first button on screen that says so; null: none.
  [[nodiscard]] QQuickItem* button(const QString& name) const;
  // The text is on screen.
  [[nodiscard]] bool says(const QString& text) const;

 private:
  QTemporaryDir folder_;
  std::unique_ptr<ui::window::Window> window_;
};

}  // namespace freshet::test
