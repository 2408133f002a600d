// SPDX-License-Identifier: GPL-3.0-or-later
// A text as a QR code (ISO/IEC 18004), black on white with its quiet zone.
#pragma once

#include <QQuickPaintedItem>

namespace freshet::ui::items {

class QrCode : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(QString text MEMBER text_ NOTIFY changed)

 public:
  explicit QrCode(QQuickItem* parent = nullptr);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void changed();

 private:
  QString text_;
};

}  // namespace freshet::ui::items
