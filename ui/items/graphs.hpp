// SPDX-License-Identifier: GPL-3.0-or-later
// The two small drawings of the swarm panel: rates of the last minute, and the parts of a show.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QVariantList>

namespace freshet::ui::items {

class RateGraph : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  // Bytes a second, one value a second, the newest last.
  Q_PROPERTY(QVariantList down MEMBER down_ NOTIFY changed)
  Q_PROPERTY(QVariantList up MEMBER up_ NOTIFY changed)
  Q_PROPERTY(QColor downColour MEMBER down_colour_ NOTIFY changed)
  Q_PROPERTY(QColor upColour MEMBER up_colour_ NOTIFY changed)
  Q_PROPERTY(QColor grid MEMBER grid_ NOTIFY changed)

 public:
  explicit RateGraph(QQuickItem* parent = nullptr);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void changed();

 private:
  void draw(QPainter& painter, const QVariantList& values, double top, const QColor& colour) const;
  QVariantList down_, up_;
  QColor down_colour_, up_colour_, grid_;
};

class PartsMap : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  // How much of each part is here, from 0 to 1.
  Q_PROPERTY(QVariantList parts MEMBER parts_ NOTIFY changed)
  Q_PROPERTY(QColor mine MEMBER mine_ NOTIFY changed)
  Q_PROPERTY(QColor swarm MEMBER swarm_ NOTIFY changed)

 public:
  explicit PartsMap(QQuickItem* parent = nullptr);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void changed();

 private:
  QVariantList parts_;
  QColor mine_, swarm_;
};

}  // namespace freshet::ui::items
