// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/graphs.hpp"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace freshet::ui::items {
namespace {

constexpr int kSeconds = 60;
constexpr double kHeadroom = 1.15;
constexpr double kCell = 11, kGap = 2;

double highest(const QVariantList& values) {
  double top = 0;
  for (const QVariant& value : values) top = std::max(top, value.toDouble());
  return top;
}

}  // namespace

RateGraph::RateGraph(QQuickItem* parent) : QQuickPaintedItem(parent) {
  connect(this, &RateGraph::changed, this, [this] { update(); });
}

void RateGraph::paint(QPainter* painter) {
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(grid_, 1));
  for (double y : {0.5, std::floor(height() / 2) + 0.5, height() - 0.5}) {
    painter->drawLine(QPointF(0, y), QPointF(width(), y));
  }
  double top = std::max({highest(down_), highest(up_), 1.0}) * kHeadroom;
  draw(*painter, up_, top, up_colour_);
  draw(*painter, down_, top, down_colour_);
}

void RateGraph::draw(QPainter& painter, const QVariantList& values, double top,
                     const QColor& colour) const {
  if (values.size() < 2) return;
  QPainterPath line;
  double step = width() / (kSeconds - 1);
  double x = width() - step * static_cast<double>(values.size() - 1);
  double first = x;
  for (qsizetype i = 0; i < values.size(); ++i, x += step) {
    QPointF point(x, height() - 1 - values[i].toDouble() / top * (height() - 2));
    i == 0 ? line.moveTo(point) : line.lineTo(point);
  }
  QPainterPath area = line;
  area.lineTo(width(), height());
  area.lineTo(first, height());
  QColor soft = colour;
  soft.setAlphaF(0.12F);
  painter.fillPath(area, soft);
  painter.setPen(QPen(colour, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(line);
}

PartsMap::PartsMap(QQuickItem* parent) : QQuickPaintedItem(parent) {
  connect(this, &PartsMap::changed, this, [this] { update(); });
}

void PartsMap::paint(QPainter* painter) {
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(Qt::NoPen);
  int columns = std::max(1, static_cast<int>(width() / kCell));
  double side = width() / columns;
  for (qsizetype i = 0; i < parts_.size(); ++i) {
    double share = parts_[i].toDouble();
    double x = static_cast<double>(i % columns) * side;
    double y = static_cast<double>(i / columns) * side;
    QRectF cell(x, y, side - kGap, side - kGap);
    painter->setBrush(share >= 0.999 ? mine_ : swarm_);
    painter->drawRoundedRect(cell, 2, 2);
    if (share <= 0 || share >= 0.999) continue;
    cell.setTop(cell.bottom() - cell.height() * share);
    painter->setBrush(mine_);
    painter->drawRoundedRect(cell, 2, 2);
  }
}

}  // namespace freshet::ui::items
