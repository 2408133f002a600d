// SPDX-License-Identifier: GPL-3.0-or-later
// freshet: the desktop program.
#include <unistd.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QFontDatabase>
#include <QLibraryInfo>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSurfaceFormat>
#include <QTranslator>
#include <csignal>
#include <cstdio>

#include "desktop/desktop.hpp"
#include "items/providers.hpp"
#include "models/app.hpp"
#include "models/pictures.hpp"
#include "models/settings.hpp"

using namespace freshet;
using namespace freshet::ui;

// Made by Qt for the modules of this program; named here so that the linker keeps them.
extern void qml_register_types_Freshet_Desktop();
extern void qml_register_types_Freshet_Items();
extern void qml_register_types_Freshet_Models();
extern void qml_register_types_Freshet_Player();

namespace {

// A graphics card, and not a processor that plays one: then software is several times cheaper.
bool has_graphics_card() {
  QOpenGLContext context;
  if (!context.create()) return false;
  QOffscreenSurface surface;
  surface.create();
  if (!context.makeCurrent(&surface)) return false;
  const auto* name = context.functions()->glGetString(GL_RENDERER);
  QByteArray renderer(reinterpret_cast<const char*>(name));
  context.doneCurrent();
  return !renderer.isEmpty() && !renderer.contains("llvmpipe") && !renderer.contains("softpipe") &&
         !renderer.contains("swrast");
}

void choose_renderer() {
  QByteArray wanted = qgetenv("FRESHET_RENDERER");  // "software" or "opengl"; for tests
  bool opengl = wanted.isEmpty() ? has_graphics_card() : wanted == "opengl";
  QQuickWindow::setGraphicsApi(opengl ? QSGRendererInterface::OpenGL
                                      : QSGRendererInterface::Software);
  if (!opengl) qputenv("FRESHET_SOFTWARE_VIDEO", "1");
}

void add_options(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QCoreApplication::translate("main", "Watch live shows over BitTorrent."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument("WHAT", "A link, a .torrent file or a recording's folder", "[WHAT]");
  auto add = [&](const char* name, const char* help, const char* value) {
    parser.addOption(QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(help),
                                        QString::fromLatin1(value)));
  };
  add("data-dir", "Where recordings and state are kept", "DIR");
  add("listen", "BitTorrent listen address; port 0: any, then kept", "ADDR:PORT");
  add("interface", "All peer traffic through this interface only", "NAME");
  add("peer", "Connect to this peer (repeatable)", "ADDR:PORT");
  add("tracker", "Announce to this tracker (repeatable)", "URL");
  add("dht-bootstrap", "A DHT node to begin with (repeatable)", "HOST:PORT");
  add("no-dht", "Do not use the DHT", "");
  add("no-lsd", "Do not look for peers on the local network", "");
  add("no-upnp", "Do not ask the router to open the port", "");
}

std::vector<std::string> texts(const QStringList& list) {
  std::vector<std::string> result;
  for (const QString& text : list) result.push_back(text.toStdString());
  return result;
}

client::NetworkOptions network_options(const QCommandLineParser& parser) {
  client::NetworkOptions options;
  options.data_dir = parser.value("data-dir").toStdString();
  if (parser.isSet("listen")) options.listen = parser.value("listen").toStdString();
  options.interface = parser.value("interface").toStdString();
  options.peers = texts(parser.values("peer"));
  options.trackers = texts(parser.values("tracker"));
  options.dht_bootstrap = texts(parser.values("dht-bootstrap"));
  options.dht = !parser.isSet("no-dht");
  options.lsd = !parser.isSet("no-lsd");
  options.upnp = !parser.isSet("no-upnp");
  return options;
}

// The window's own words, and Qt's.
void translate(QTranslator& ours, QTranslator& qts) {
  QString chosen = models::Settings::instance()->language();
  QLocale locale = chosen == QLatin1String("system") ? QLocale::system() : QLocale(chosen);
  QLocale::setDefault(locale);
  if (ours.load(locale, QStringLiteral("freshet"), QStringLiteral("_"), QStringLiteral(":/i18n"))) {
    QCoreApplication::installTranslator(&ours);
    if (qts.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
      QCoreApplication::installTranslator(&qts);
    }
  }
  if (locale.textDirection() == Qt::RightToLeft) {
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
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
  add_options(parser);
  parser.process(app);
  auto options = network_options(parser);
  QStringList wanted = parser.positionalArguments();
  for (QString& what : wanted) {
    // The other instance may have another working directory.
    if (QFileInfo file(what); file.exists()) what = file.absoluteFilePath();
  }
  QString folder = options.data_dir.empty() ? models::Settings::instance()->folder()
                                            : QString::fromStdString(options.data_dir.string());
  desktop::Desktop& desktop = *desktop::Desktop::instance();
  if (desktop.hand_over(folder, wanted.value(0))) return 0;

  QTranslator ours, qts;
  translate(ours, qts);
  choose_renderer();
  qml_register_types_Freshet_Desktop();
  qml_register_types_Freshet_Items();
  qml_register_types_Freshet_Models();
  qml_register_types_Freshet_Player();
  QQuickStyle::setStyle(QStringLiteral("Basic"));
  models::App::configure(std::move(options));
  int status = 1;
  {
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/"));
    engine.addImageProvider(QStringLiteral("icon"), new items::IconProvider);
    engine.addImageProvider(
        QStringLiteral("moment"),
        new items::MomentProvider([](quint64 show, quint64 byte, int width, int height) {
          return models::Pictures::instance().make(show, byte, width, height);
        }));
    engine.load(QUrl(QStringLiteral("qrc:/Freshet/qml/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    for (const QString& what : wanted) models::App::instance()->open(what);
    status = QApplication::exec();
  }
  models::App::shut_down();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  int status = run(argc, argv);
  if (status == models::App::kRestart) execv("/proc/self/exe", argv);
  return status;
}
