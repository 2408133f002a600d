// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/stage.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/close_range.h>
#include <unistd.h>

#include <QDir>
#include <QEventLoop>
#include <QQuickItem>
#include <QTest>
#include <QTimer>

namespace freshet::test {
namespace {

using namespace std::chrono_literals;

QString program(const char* variable) {
  QString path = qEnvironmentVariable(variable);
  EXPECT_FALSE(path.isEmpty()) << variable << " is not set";
  return path;
}

bool find_text(const QQuickItem* item, const QString& text) {
  if (!item->isVisible() || item->opacity() == 0) return false;
  if (item->property("text").toString().contains(text)) return true;
  for (const QQuickItem* child : item->childItems()) {
    if (find_text(child, text)) return true;
  }
  return false;
}

QQuickItem* find_button(QQuickItem* item, const QString& text) {
  if (!item->isVisible() || item->opacity() == 0) return nullptr;
  bool button = item->metaObject()->indexOfSignal("clicked()") >= 0;
  if (button && item->property("text").toString() == text) return item;
  for (QQuickItem* child : item->childItems()) {
    if (QQuickItem* found = find_button(child, text)) return found;
  }
  return nullptr;
}

}  // namespace

bool wait_for(const std::function<bool()>& done, int deadline_ms) {
  QElapsedTimer since;
  since.start();
  while (!done()) {
    if (since.elapsed() > deadline_ms) return false;
    QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
  }
  return true;
}

GuiClock::GuiClock() {
  thread_ = std::thread([this] {
    std::atomic<bool> answered{true};
    while (!quit_) {
      std::this_thread::yield();
      auto asked = std::chrono::steady_clock::now();
      answered = false;
      QMetaObject::invokeMethod(
          qApp,
          [this, asked, &answered] {
            auto took = std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::steady_clock::now() - asked);
            worst_us_ = std::max<qint64>(worst_us_, took.count());
            answered = true;
            answered.notify_all();
          },
          Qt::QueuedConnection);
      answered.wait(false);
      // Four looks a frame are enough, and leave the processor to the program.
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable never;
      never.wait_for(lock, 4ms);
    }
  });
}

GuiClock::~GuiClock() {
  quit_ = true;
  bool gone = false;
  std::thread joiner([&] {
    thread_.join();
    QMetaObject::invokeMethod(
        qApp, [&] { gone = true; }, Qt::QueuedConnection);
  });
  wait_for([&] { return gone; }, 5000);
  joiner.join();
}

QByteArray make_media(const QString& folder, int seconds, const QString& size, int kbits) {
  QString path = folder + QStringLiteral("/media.ts");
  QString rate = QStringLiteral("%1k").arg(kbits);
  QStringList arguments = {"-v",
                           "error",
                           "-y",
                           "-f",
                           "lavfi",
                           "-i",
                           QStringLiteral("testsrc2=size=%1:rate=30").arg(size),
                           "-f",
                           "lavfi",
                           "-i",
                           "sine=frequency=330:sample_rate=48000",
                           "-t",
                           QString::number(seconds),
                           "-pix_fmt",
                           "yuv420p",
                           "-c:v",
                           "libx264",
                           "-preset",
                           "ultrafast",
                           "-tune",
                           "zerolatency",
                           "-g",
                           "30",
                           "-b:v",
                           rate,
                           "-maxrate",
                           rate,
                           "-bufsize",
                           rate,
                           "-c:a",
                           "aac",
                           "-b:a",
                           "64k",
                           "-f",
                           "mpegts",
                           path};
  EXPECT_EQ(QProcess::execute(QStringLiteral("ffmpeg"), arguments), 0);
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  return file.readAll();
}

Publisher::Publisher(const QString& folder, const QString& source, const QString& name,
                     QStringList options) {
  QDir().mkpath(folder);
  QString link_file = folder + QStringLiteral("/link");
  QFile::remove(link_file);
  int ends[2] = {-1, -1};
  if (source == QLatin1String("-")) {
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    pipe_ = ends[1];
    process_.setStandardInputFile(QStringLiteral("/proc/self/fd/%1").arg(ends[0]));
  }
  QStringList arguments = {"publish",   source,        "--name",      name,       "--data-dir",
                           folder,      "--listen",    "127.0.0.1:0", "--no-dht", "--no-lsd",
                           "--no-upnp", "--link-file", link_file};
  process_.setStandardOutputFile(QProcess::nullDevice());
  process_.setStandardErrorFile(folder + QStringLiteral("/errors"));
  // A process of its own in every way: not with the sockets of the window's session.
  process_.setChildProcessModifier([] { close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); });
  process_.start(program("FRESHET_CLI"), arguments + options);
  EXPECT_TRUE(process_.waitForStarted());
  if (ends[0] >= 0) ::close(ends[0]);
  auto read_link = [&] {
    QFile file(link_file);
    if (file.open(QIODevice::ReadOnly)) link_ = QString::fromUtf8(file.readAll()).trimmed();
    return !link_.isEmpty();
  };
  EXPECT_TRUE(wait_for(read_link, 10000)) << "the publisher made no link";
}

Publisher::~Publisher() {
  quit_ = true;
  if (feeder_.joinable()) feeder_.join();
  if (pipe_ >= 0) ::close(pipe_);
  process_.terminate();
  if (!process_.waitForFinished(10000)) process_.kill();
  process_.waitForFinished();
}

void Publisher::feed(QByteArray bytes, int bytes_per_second) {
  feeder_ = std::thread([this, bytes, bytes_per_second] {
    constexpr auto kStep = 20ms;
    double credit = 0;
    qsizetype sent = 0;
    auto next = std::chrono::steady_clock::now();
    while (!quit_ && sent < bytes.size()) {
      std::this_thread::sleep_until(next += kStep);  // the source's own pace
      if (paused_) continue;
      credit += bytes_per_second * 0.02;
      auto count = std::min<qsizetype>(static_cast<qsizetype>(credit), bytes.size() - sent);
      if (::write(pipe_, bytes.constData() + sent, static_cast<std::size_t>(count)) != count) break;
      sent += count;
      credit -= static_cast<double>(count);
    }
  });
}

void Publisher::end() {
  quit_ = true;
  if (feeder_.joinable()) feeder_.join();
  if (pipe_ >= 0) {
    ::close(std::exchange(pipe_, -1));
  } else {
    ::kill(static_cast<pid_t>(process_.processId()), SIGINT);
  }
}

Watcher::Watcher(const QString& folder, const QString& link) {
  process_.setStandardOutputFile(QProcess::nullDevice());
  process_.setStandardErrorFile(QProcess::nullDevice());
  process_.setChildProcessModifier([] { close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); });
  process_.start(program("FRESHET_CLI"),
                 {"watch", link, "--from", "live", "--data-dir", folder, "--listen", "127.0.0.1:0",
                  "--no-dht", "--no-lsd", "--no-upnp"});
  EXPECT_TRUE(process_.waitForStarted());
}

Watcher::~Watcher() {
  process_.terminate();
  if (!process_.waitForFinished(5000)) process_.kill();
  process_.waitForFinished();
}

bool Watcher::finished(int deadline_ms) {
  return wait_for([&] { return process_.state() == QProcess::NotRunning; }, deadline_ms) &&
         process_.exitCode() == 0;
}

Stage::Stage() {
  EXPECT_TRUE(folder_.isValid());
  open();
}

Stage::~Stage() {
  close();
}

void Stage::open() {
  client::NetworkOptions options;
  options.data_dir = folder(QStringLiteral("viewer")).toStdString();
  options.listen = "127.0.0.1:0";
  options.dht = options.lsd = options.upnp = false;
  window_ = ui::window::Window::open(std::move(options));
  ASSERT_TRUE(window_);
  ASSERT_TRUE(wait_for([&] { return window().isExposed() && app().ready(); }, 10000));
}

void Stage::close() {
  window_.reset();
}

QString Stage::folder(const QString& name) const {
  QString path = folder_.filePath(name);
  QDir().mkpath(path);
  return path;
}

ui::player::Player* Stage::player() const {
  return window().findChild<ui::player::Player*>();
}

void Stage::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
  QTest::keyClick(&window(), key, modifiers);
}

void Stage::shot(const QString& name) {
  QString folder = qEnvironmentVariable("FRESHET_SHOTS");
  if (folder.isEmpty()) return;
  QDir().mkpath(folder);
  QElapsedTimer still;  // let animations end
  still.start();
  wait_for([&] { return still.elapsed() > 600; }, 1000);
  EXPECT_TRUE(window().grabWindow().save(folder + QStringLiteral("/%1.png").arg(name)));
}

QQuickItem* Stage::button(const QString& name) const {
  return find_button(window().contentItem(), name);
}

bool Stage::says(const QString& text) const {
  return find_text(window().contentItem(), text);
}

}  // namespace freshet::test
