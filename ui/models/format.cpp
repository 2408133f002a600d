// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.hpp"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace freshet::ui::models {
namespace {

constexpr int kSecond = 1000;

// Three digits say enough: 0.8, 8.4, 84, 840.
QString short_number(double value) {
  return QLocale().toString(value, 'f', value < 9.95 ? 1 : 0);
}

}  // namespace

QString Format::clock(double ms) const {
  auto seconds = static_cast<qint64>(std::max(0.0, ms) / kSecond);
  qint64 hours = seconds / 3600;
  QString tail = QStringLiteral("%1:%2")
                     .arg(seconds / 60 % 60, hours > 0 ? 2 : 1, 10, QLatin1Char('0'))
                     .arg(seconds % 60, 2, 10, QLatin1Char('0'));
  return hours > 0 ? QStringLiteral("%1:%2").arg(hours).arg(tail) : tail;
}

QString Format::span(double ms) const {
  auto minutes = static_cast<int>(std::max(0.0, ms) / kSecond / 60);
  if (minutes < 1) return tr("%1 s").arg(static_cast<int>(std::max(0.0, ms) / kSecond));
  if (minutes < 60) return tr("%1 min").arg(minutes);
  return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString Format::seconds(double ms) const {
  return tr("%1 s").arg(short_number(std::max(0.0, ms) / kSecond));
}

QString Format::size(double bytes) const {
  if (bytes < 1e6) return tr("%1 kB").arg(short_number(bytes / 1e3));
  if (bytes < 1e9) return tr("%1 MB").arg(short_number(bytes / 1e6));
  if (bytes < 1e12) return tr("%1 GB").arg(short_number(bytes / 1e9));
  return tr("%1 TB").arg(short_number(bytes / 1e12));
}

QString Format::rate(double bytes) const {
  double bits = bytes * 8;
  if (bits < 1e6) return tr("%1 kb/s").arg(std::lround(bits / 1e3));
  return tr("%1 Mb/s").arg(short_number(bits / 1e6));
}

QString Format::times(double ratio) const {
  return QStringLiteral("%1×").arg(short_number(ratio));
}

QString Format::count(double number) const {
  return QLocale().toString(static_cast<qint64>(number));
}

QString Format::day(const QDateTime& date) const {
  if (!date.isValid()) return {};
  qint64 days = date.date().daysTo(QDate::currentDate());
  if (days == 0) return tr("Today");
  if (days == 1) return tr("Yesterday");
  bool this_year = date.date().year() == QDate::currentDate().year();
  return QLocale().toString(date.date(), this_year ? tr("d MMM") : tr("d MMM yyyy"));
}

}  // namespace freshet::ui::models
