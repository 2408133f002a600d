// SPDX-License-Identifier: GPL-3.0-or-later
// A picture with round corners that fills its place. Loaded off the GUI thread.
#pragma once

#include <QColor>
#include <QImage>
#include <QQuickPaintedItem>
#include <QUrl>

namespace freshet::ui::items {

class Picture : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  // A local file; a fragment tells a new picture under the same name from the old one.
  // Instead of a source: as it is given.
  Q_PROPERTY(QVariant image READ image WRITE setImage NOTIFY changed)
  // All of the picture is to be seen, not all of the item covered.
  Q_PROPERTY(bool whole MEMBER whole_ NOTIFY changed)
  Q_PROPERTY(QUrl source READ source WRITE setSource NOTIFY changed)
  Q_PROPERTY(double radius MEMBER radius_ NOTIFY changed)
  // Painted where there is no picture.
  Q_PROPERTY(QColor ground MEMBER ground_ NOTIFY changed)
  // Darkens the lower part, for words on it; 0 to 1.
  Q_PROPERTY(double scrim MEMBER scrim_ NOTIFY changed)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)

 public:
  explicit Picture(QQuickItem* parent = nullptr);
  void paint(QPainter* painter) override;
  [[nodiscard]] QUrl source() const { return source_; }
  void setSource(const QUrl& source);
  [[nodiscard]] QVariant image() const { return image_; }
  void setImage(const QVariant& image);
  [[nodiscard]] bool loaded() const { return !image_.isNull(); }

 Q_SIGNALS:
  void changed();

 private:
  QUrl source_;
  QImage image_;
  bool whole_ = false;
  double radius_ = 12, scrim_ = 0;
  QColor ground_;
};

}  // namespace freshet::ui::items
