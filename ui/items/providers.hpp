// SPDX-License-Identifier: GPL-3.0-or-later
// Images by URL: icons in any colour, and moments of shows.
#pragma once

#include <QQuickAsyncImageProvider>
#include <functional>

namespace freshet::ui::items {

// image://icon/NAME/RRGGBB
class IconProvider : public QQuickImageProvider {
 public:
  IconProvider();
  QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

// image://moment/SHOW/BYTE
class MomentProvider : public QQuickAsyncImageProvider {
 public:
  using Make = std::function<QImage(quint64 show, quint64 byte, int width, int height)>;
  explicit MomentProvider(Make make) : make_(std::move(make)) {}
  QQuickImageResponse* requestImageResponse(const QString& id, const QSize& requested) override;

 private:
  Make make_;
};

}  // namespace freshet::ui::items
