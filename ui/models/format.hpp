// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as people read them, in the language of the window.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QDateTime>
#include <QObject>

namespace freshet::ui::models {

class Format : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON

 public:
  // 83000 ms: "1:23".
  Q_INVOKABLE [[nodiscard]] QString clock(double ms) const;
  // "23 min", "1 h 24 min".
  Q_INVOKABLE [[nodiscard]] QString span(double ms) const;
  // "1.4 s"
  Q_INVOKABLE [[nodiscard]] QString seconds(double ms) const;
  // "8.4 GB"
  Q_INVOKABLE [[nodiscard]] QString size(double bytes) const;
  // Bytes a second as "6.2 Mb/s": lines are sold in bits.
  Q_INVOKABLE [[nodiscard]] QString rate(double bytes) const;
  // "2.3×"
  Q_INVOKABLE [[nodiscard]] QString times(double ratio) const;
  Q_INVOKABLE [[nodiscard]] QString count(double number) const;
  // "Today", "Yesterday", "9 Nov".
  Q_INVOKABLE [[nodiscard]] QString day(const QDateTime& date) const;
};

}  // namespace freshet::ui::models
