// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the window together: renderer, language, QML. GUI thread.
#pragma once

#include <QCommandLineParser>
#include <QQmlApplicationEngine>
#include <memory>

#include "freshet/client/client.hpp"

class QQuickWindow;

namespace freshet::ui::window {

// What the command line of the program takes.
void add_options(QCommandLineParser& parser);
[[nodiscard]] client::NetworkOptions network_options(const QCommandLineParser& parser);

// Where the first show begins, ms; negative: at the live edge; none: where it was left.
[[nodiscard]] std::optional<double> start_of(const QCommandLineParser& parser);

// Before the first window: OpenGL where a graphics card draws it, else software, which is several
// times cheaper than a processor that plays a graphics card. FRESHET_RENDERER=software|opengl
// overrides.
void choose_renderer();
// The language of the settings, for the whole program.
void translate();

class Window {
 public:
  // Null when the QML cannot be loaded; it has said why on stderr.
  [[nodiscard]] static std::unique_ptr<Window> open(client::NetworkOptions options);
  // Closes all shows; may take some seconds.
  ~Window();
  [[nodiscard]] QQuickWindow* window() const;

 private:
  Window();
  std::unique_ptr<QQmlApplicationEngine> engine_;
};

}  // namespace freshet::ui::window
