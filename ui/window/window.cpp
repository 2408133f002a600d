// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/window.hpp"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTranslator>

#include "freshet/base/log.hpp"
#include "freshet/base/text.hpp"
#include "items/providers.hpp"
#include "models/app.hpp"
#include "models/pictures.hpp"
#include "models/settings.hpp"
#include "models/studio.hpp"

// Made by Qt for the modules of this program; named here so that the linker keeps them.
extern void qml_register_types_Freshet();
extern void qml_register_types_Freshet_Desktop();
extern void qml_register_types_Freshet_Items();
extern void qml_register_types_Freshet_Models();
extern void qml_register_types_Freshet_Player();

namespace freshet::ui::window {
namespace {

bool has_graphics_card() {
  QOpenGLContext context;
  if (!context.create()) return false;
  QOffscreenSurface surface;
  surface.create();
  if (!context.makeCurrent(&surface)) return false;
  QByteArray renderer(reinterpret_cast<const char*>(context.functions()->glGetString(GL_RENDERER)));
  context.doneCurrent();
  return !renderer.isEmpty() && !renderer.contains("llvmpipe") && !renderer.contains("softpipe") &&
         !renderer.contains("swrast");
}

std::vector<std::string> texts(const QStringList& list) {
  std::vector<std::string> result;
  for (const QString& text : list) result.push_back(text.toStdString());
  return result;
}

}  // namespace

void add_options(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QCoreApplication::translate("Window", "Watch live shows over BitTorrent."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("WHAT"),
                               QStringLiteral("A link, a .torrent file or a recording's folder"),
                               QStringLiteral("[WHAT]"));
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
  add("upload-limit", "At most so many bytes/s up", "RATE");
  add("download-limit", "At most so many bytes/s down", "RATE");
  add("from", "Where the show begins: start, live or H:MM:SS", "PLACE");
  add("no-dht", "Do not use the DHT", "");
  add("no-lsd", "Do not look for peers on the local network", "");
  add("no-upnp", "Do not ask the router to open the port", "");
}

client::NetworkOptions network_options(const QCommandLineParser& parser) {
  auto value = [&](const char* name) {
    return parser.value(QString::fromLatin1(name)).toStdString();
  };
  auto all = [&](const char* name) { return texts(parser.values(QString::fromLatin1(name))); };
  auto set = [&](const char* name) { return parser.isSet(QString::fromLatin1(name)); };
  auto rate = [&](const char* name) {
    return static_cast<std::int64_t>(parse_size(value(name), false).value_or(0));
  };
  client::NetworkOptions options;
  options.data_dir = value("data-dir");
  if (set("listen")) options.listen = value("listen");
  options.interface = value("interface");
  options.peers = all("peer");
  options.trackers = all("tracker");
  options.dht_bootstrap = all("dht-bootstrap");
  options.upload_limit = rate("upload-limit");
  options.download_limit = rate("download-limit");
  options.dht = !set("no-dht");
  options.lsd = !set("no-lsd");
  options.upnp = !set("no-upnp");
  return options;
}

std::optional<double> start_of(const QCommandLineParser& parser) {
  std::string text = parser.value(QStringLiteral("from")).toStdString();
  if (text == "live") return -1;
  if (text == "start") return 0;
  auto time = parse_clock(text);
  return time ? std::optional(static_cast<double>(*time)) : std::nullopt;
}

void choose_renderer() {
  QByteArray wanted = qgetenv("FRESHET_RENDERER");
  bool opengl = wanted.isEmpty() ? has_graphics_card() : wanted == "opengl";
  QQuickWindow::setGraphicsApi(opengl ? QSGRendererInterface::OpenGL
                                      : QSGRendererInterface::Software);
  if (!opengl) qputenv("FRESHET_SOFTWARE_VIDEO", "1");
  QQuickStyle::setStyle(QStringLiteral("Basic"));
}

void translate() {
  static QTranslator ours, qts;
  QString chosen = models::Settings::instance()->language();
  QLocale locale = chosen == QLatin1String("system") ? QLocale::system() : QLocale(chosen);
  QLocale::setDefault(locale);
  // English has plurals, and so a translation too; it serves every language that has none.
  if (!ours.load(locale, QStringLiteral("freshet"), QStringLiteral("_"),
                 QStringLiteral(":/i18n")) &&
      !ours.load(QStringLiteral(":/i18n/freshet_en.qm"))) {
    return;
  }
  QCoreApplication::installTranslator(&ours);
  if (qts.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
               QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
    QCoreApplication::installTranslator(&qts);
  }
  if (locale.textDirection() == Qt::RightToLeft || qEnvironmentVariableIsSet("FRESHET_RTL")) {
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
  }
}

Window::Window() : engine_(std::make_unique<QQmlApplicationEngine>()) {}

std::unique_ptr<Window> Window::open(client::NetworkOptions options) {
  qml_register_types_Freshet();
  qml_register_types_Freshet_Desktop();
  qml_register_types_Freshet_Items();
  qml_register_types_Freshet_Models();
  qml_register_types_Freshet_Player();
  models::App::configure(std::move(options));
  std::unique_ptr<Window> window(new Window);
  QQmlApplicationEngine& engine = *window->engine_;
  engine.addImportPath(QStringLiteral("qrc:/"));
  engine.addImageProvider(QStringLiteral("icon"), new items::IconProvider);
  engine.addImageProvider(
      QStringLiteral("moment"),
      new items::MomentProvider([](quint64 show, quint64 byte, int width, int height) {
        return models::Pictures::instance().make(show, byte, width, height);
      }));
  engine.load(QUrl(QStringLiteral("qrc:/Freshet/qml/Main.qml")));
  if (engine.rootObjects().isEmpty()) return nullptr;
  QObject::connect(
      window->window(), &QQuickWindow::frameSwapped, window->window(),
      [] { log::info("window: shown"); },
      static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
  return window;
}

Window::~Window() {
  engine_.reset();
  models::Studio::shut_down();
  models::App::shut_down();
}

QQuickWindow* Window::window() const {
  return qobject_cast<QQuickWindow*>(engine_->rootObjects().constFirst());
}

}  // namespace freshet::ui::window
