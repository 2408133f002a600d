// SPDX-License-Identifier: GPL-3.0-or-later
// freshet: the desktop program.
#include <fcntl.h>
#include <unistd.h>

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QSocketNotifier>
#include <csignal>
#include <cstdio>

#include "desktop/desktop.hpp"
#include "models/app.hpp"
#include "models/settings.hpp"
#include "window/window.hpp"

using namespace freshet;
using namespace freshet::ui;

namespace {

// Ctrl-C and a session that ends close the shows properly.
int signal_pipe[2] = {-1, -1};

void quit_on_signals(QApplication& app) {
  if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return;
  auto* notifier = new QSocketNotifier(signal_pipe[0], QSocketNotifier::Read, &app);
  QObject::connect(notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
  for (int number : {SIGINT, SIGTERM, SIGHUP}) {
    std::signal(number, [](int) { [[maybe_unused]] auto sent = write(signal_pipe[1], "q", 1); });
  }
}

int run(int argc, char** argv) {
  QApplication app(argc, argv);
  QApplication::setApplicationName(QStringLiteral("freshet"));
  QApplication::setApplicationVersion(QStringLiteral(FRESHET_VERSION));
  QGuiApplication::setDesktopFileName(QStringLiteral("org.freshet.Freshet"));
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/freshet/icons/freshet-icon.svg")));
  QApplication::setQuitOnLastWindowClosed(false);
  QCommandLineParser parser;
  window::add_options(parser);
  parser.process(app);
  auto options = window::network_options(parser);
  QStringList wanted = parser.positionalArguments();
  for (QString& what : wanted) {
    // The instance that opens it may have another working directory.
    if (QFileInfo file(what); file.exists()) what = file.absoluteFilePath();
  }
  QString folder = options.data_dir.empty() ? models::Settings::instance()->folder()
                                            : QString::fromStdString(options.data_dir.string());
  using First = desktop::Desktop::First;
  switch (desktop::Desktop::instance()->be_first(folder, wanted.value(0))) {
    case First::Yes:
      break;
    case First::HandedOver:
      return 0;
    case First::NoAnswer:
      std::fprintf(stderr,
                   "freshet: another Freshet keeps its shows in %s and does not answer; end it "
                   "first\n",
                   qUtf8Printable(folder));
      return 1;
  }
  window::translate();
  window::choose_renderer();
  auto opened = window::Window::open(std::move(options));
  if (!opened) return 1;
  quit_on_signals(app);
  auto start = window::start_of(parser);
  for (const QString& what : wanted) {
    start ? models::App::instance()->open_at(what, *start) : models::App::instance()->open(what);
  }
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  int status = run(argc, argv);
  if (status == models::App::kRestart) execv("/proc/self/exe", argv);
  return status;
}
