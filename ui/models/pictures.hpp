// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures out of shows, made on worker threads. Any thread.
#pragma once

#include <QImage>
#include <QString>
#include <map>
#include <memory>
#include <mutex>

#include "freshet/client/playable.hpp"

namespace freshet::ui::models {

// The shows that pictures can be made of, by number.
class Pictures {
 public:
  static Pictures& instance();
  void set(quint64 show, std::shared_ptr<const client::Playable> playable);
  // Blocking. Null when nothing can be decoded there.
  [[nodiscard]] QImage make(quint64 show, std::uint64_t byte, int width, int height) const;

 private:
  mutable std::mutex mutex_;
  std::map<quint64, std::shared_ptr<const client::Playable>> shows_;
};

// For an Image of QML; empty when it is no small JPEG or PNG. Strangers choose these bytes.
[[nodiscard]] QString data_url(const QByteArray& picture);

}  // namespace freshet::ui::models
