// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/picture.hpp"

#include <QCoreApplication>
#include <QImageReader>
#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QThreadPool>

namespace freshet::ui::items {

Picture::Picture(QQuickItem* parent) : QQuickPaintedItem(parent) {
  setAntialiasing(true);
  connect(this, &Picture::changed, this, [this] { update(); });
}

void Picture::setImage(const QVariant& image) {
  image_ = image.value<QImage>();
  Q_EMIT changed();
}

void Picture::setSource(const QUrl& source) {
  if (source == source_) return;
  source_ = source;
  Q_EMIT changed();
  if (source.isEmpty()) {
    image_ = {};
    return;
  }
  QThreadPool::globalInstance()->start([self = QPointer(this), source] {
    QImage image = QImageReader(source.toLocalFile()).read();
    QMetaObject::invokeMethod(
        qApp,
        [self, source, image] {
          if (!self || self->source_ != source || image.isNull()) return;
          self->image_ = image;
          Q_EMIT self->changed();
        },
        Qt::QueuedConnection);
  });
}

void Picture::paint(QPainter* painter) {
  painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  QPainterPath shape;
  shape.addRoundedRect(boundingRect(), radius_, radius_);
  painter->fillPath(shape, ground_);
  painter->setClipPath(shape);
  if (!image_.isNull()) {
    double across = width() / image_.width(), down = height() / image_.height();
    double scale = std::max(across, down);
    if (whole_) {
      scale = std::min(across, down);
      QSizeF shown(image_.width() * scale, image_.height() * scale);
      painter->drawImage(
          QRectF(QPointF((width() - shown.width()) / 2, (height() - shown.height()) / 2), shown),
          image_);
      return;
    }
    QSizeF part(width() / scale, height() / scale);
    QRectF from((image_.width() - part.width()) / 2, (image_.height() - part.height()) / 2,
                part.width(), part.height());
    painter->drawImage(boundingRect(), image_, from);
  }
  if (scrim_ <= 0 || image_.isNull()) return;
  QLinearGradient gradient(0, height() * 0.35, 0, height());
  QColor dark(0x04, 0x09, 0x0b);
  dark.setAlphaF(0);
  gradient.setColorAt(0, dark);
  dark.setAlphaF(static_cast<float>(scrim_));
  gradient.setColorAt(1, dark);
  painter->fillRect(boundingRect(), gradient);
}

}  // namespace freshet::ui::items
