// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pictures.hpp"

#include <QBuffer>
#include <QImageReader>

#include "freshet/client/pictures.hpp"

namespace freshet::ui::models {

Pictures& Pictures::instance() {
  static Pictures pictures;
  return pictures;
}

void Pictures::set(quint64 show, std::shared_ptr<const client::Playable> playable) {
  std::lock_guard lock(mutex_);
  if (playable) {
    shows_[show] = std::move(playable);
  } else {
    shows_.erase(show);
  }
}

QImage Pictures::make(quint64 show, std::uint64_t byte, int width, int height) const {
  std::shared_ptr<const client::Playable> playable;
  {
    std::lock_guard lock(mutex_);
    auto entry = shows_.find(show);
    if (entry == shows_.end()) return {};
    playable = entry->second;
  }
  auto picture = client::picture_of(*playable, byte, width, height);
  if (!picture) return {};
  QImage image(picture->rgb.data(), picture->width, picture->height, picture->width * 3,
               QImage::Format_RGB888);
  return image.copy();
}

QString data_url(const QByteArray& picture) {
  constexpr int kMost = 256;  // pixels
  QByteArray format = picture.startsWith("\xff\xd8\xff") ? "jpeg"
                      : picture.startsWith("\x89PNG")    ? "png"
                                                         : "";
  if (format.isEmpty()) return {};
  QByteArray bytes = picture;
  QBuffer buffer(&bytes);
  QImageReader reader(&buffer, format);
  QSize size = reader.size();
  if (!size.isValid() || size.width() > kMost || size.height() > kMost) return {};
  return QStringLiteral("data:image/%1;base64,%2")
      .arg(QString::fromLatin1(format), QString::fromLatin1(picture.toBase64()));
}

}  // namespace freshet::ui::models
