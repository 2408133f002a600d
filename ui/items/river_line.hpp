// SPDX-License-Identifier: GPL-3.0-or-later
// The line of a show: bright where it is here, slate where others have it, dots for what has not
// aired yet, and a red mark for now. Time runs from left to right in every language.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QVariantList>

namespace freshet::ui::items {

class RiverLine : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  // Flat: from, to, from, to; shares of what has aired.
  Q_PROPERTY(QVariantList ranges MEMBER ranges_ WRITE setRanges NOTIFY changed)
  // The share of the width that has aired: 1 for a recording.
  Q_PROPERTY(double aired MEMBER aired_ WRITE setAired NOTIFY changed)
  Q_PROPERTY(bool live MEMBER live_ WRITE setLive NOTIFY changed)
  // Height of the line itself; the mark stands out of it.
  Q_PROPERTY(double thickness MEMBER thickness_ WRITE setThickness NOTIFY changed)
  Q_PROPERTY(QColor mine MEMBER mine_ NOTIFY changed)
  Q_PROPERTY(QColor swarm MEMBER swarm_ NOTIFY changed)
  Q_PROPERTY(QColor ahead MEMBER ahead_ NOTIFY changed)
  Q_PROPERTY(QColor mark MEMBER mark_ NOTIFY changed)

 public:
  explicit RiverLine(QQuickItem* parent = nullptr);
  void paint(QPainter* painter) override;
  void setRanges(const QVariantList& ranges);
  void setAired(double share);
  void setLive(bool live);
  void setThickness(double thickness);

 Q_SIGNALS:
  void changed();

 private:
  QVariantList ranges_;
  double aired_ = 1, thickness_ = 8;
  bool live_ = false;
  QColor mine_, swarm_, ahead_, mark_;
};

}  // namespace freshet::ui::items
