// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/providers.hpp"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>
#include <QThreadPool>
#include <atomic>
#include <memory>

namespace freshet::ui::items {
namespace {

constexpr int kIconSize = 24;

class Moment : public QQuickImageResponse {
 public:
  [[nodiscard]] QQuickTextureFactory* textureFactory() const override {
    return QQuickTextureFactory::textureFactoryForImage(image_);
  }
  void set(QImage image) {
    image_ = std::move(image);
    Q_EMIT finished();
  }

 private:
  QImage image_;
};

}  // namespace

IconProvider::IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requested) {
  QString name = id.section(u'/', 0, 0), colour = id.section(u'/', 1, 1);
  QFile file(QStringLiteral(":/freshet/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QByteArray svg = file.readAll();
  svg.replace("currentColor", "#" + colour.toLatin1());
  QSvgRenderer renderer(svg);
  QSize pixels(requested.width() > 0 ? requested.width() : kIconSize,
               requested.height() > 0 ? requested.height() : kIconSize);
  QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  renderer.render(&painter);
  if (size) *size = pixels;
  return image;
}

QQuickImageResponse* MomentProvider::requestImageResponse(const QString& id,
                                                          const QSize& requested) {
  auto* moment = new Moment;
  QThreadPool::globalInstance()->start([moment, id, requested, make = make_] {
    QImage image = make(id.section(u'/', 0, 0).toULongLong(), id.section(u'/', 1, 1).toULongLong(),
                        std::max(16, requested.width()), std::max(16, requested.height()));
    // The engine deletes a response once it was told that it is finished, not before.
    QMetaObject::invokeMethod(
        moment, [moment, image] { moment->set(image); }, Qt::QueuedConnection);
  });
  return moment;
}

}  // namespace freshet::ui::items
