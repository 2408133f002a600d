// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/river_line.hpp"

#include <QPainter>
#include <QPainterPath>

namespace freshet::ui::items {
namespace {

constexpr double kMarkWidth = 3;
constexpr double kMarkBeyond = 4;  // on each side of the line
constexpr double kDotsEvery = 9;   // at 8 px; narrower on thin lines

}  // namespace

RiverLine::RiverLine(QQuickItem* parent) : QQuickPaintedItem(parent) {
  setAntialiasing(true);
  connect(this, &RiverLine::changed, this, [this] { update(); });
}

void RiverLine::setRanges(const QVariantList& ranges) {
  if (ranges == ranges_) return;
  ranges_ = ranges;
  Q_EMIT changed();
}

void RiverLine::setAired(double share) {
  if (qFuzzyCompare(share, aired_)) return;
  aired_ = share;
  Q_EMIT changed();
}

void RiverLine::setLive(bool live) {
  if (live == live_) return;
  live_ = live;
  Q_EMIT changed();
}

void RiverLine::setThickness(double thickness) {
  if (qFuzzyCompare(thickness, thickness_)) return;
  thickness_ = thickness;
  Q_EMIT changed();
}

void RiverLine::paint(QPainter* painter) {
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(Qt::NoPen);
  double top = (height() - thickness_) / 2;
  double end = width() * aired_;
  QPainterPath shape;
  shape.setFillRule(Qt::WindingFill);
  QRectF line(0, top, end, thickness_);
  shape.addRoundedRect(line, thickness_ / 2, thickness_ / 2);
  // Towards the mark the line is cut straight: there it goes on.
  if (live_ && end > thickness_) shape.addRect(end - thickness_, top, thickness_, thickness_);
  painter->save();
  painter->setClipPath(shape.simplified());
  painter->fillRect(line, swarm_);
  for (qsizetype i = 0; i + 1 < ranges_.size(); i += 2) {
    double from = ranges_[i].toDouble() * end, to = ranges_[i + 1].toDouble() * end;
    painter->fillRect(QRectF(from, top, to - from, thickness_), mine_);
  }
  painter->restore();
  if (!live_) return;
  double dot = thickness_ / 5 + 0.1, step = kDotsEvery * thickness_ / 8 + 1;
  double room = width() - end;
  for (double x = end + kMarkWidth + step / 2; x + dot < width(); x += step) {
    QColor colour = ahead_;
    colour.setAlphaF(static_cast<float>(1 - (x - end) / room));
    painter->setBrush(colour);
    painter->drawEllipse(QPointF(x, height() / 2), dot, dot);
  }
  double beyond = thickness_ >= 8 ? kMarkBeyond : 0;
  painter->setBrush(mark_);
  painter->drawRoundedRect(
      QRectF(end - kMarkWidth / 2, top - beyond, kMarkWidth, thickness_ + 2 * beyond), 1.5, 1.5);
}

}  // namespace freshet::ui::items
