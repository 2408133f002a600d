// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/qr_code.hpp"

#include <qrencode.h>

#include <QPainter>
#include <memory>

namespace freshet::ui::items {
namespace {

constexpr int kQuiet = 4;  // modules around it

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

QrCode::QrCode(QQuickItem* parent) : QQuickPaintedItem(parent) {
  connect(this, &QrCode::changed, this, [this] { update(); });
}

void QrCode::paint(QPainter* painter) {
  painter->fillRect(boundingRect(), Qt::white);
  QByteArray bytes = text_.toUtf8();
  if (bytes.isEmpty()) return;
  // Least redundancy: a link is long, and a screen is clean.
  std::unique_ptr<QRcode, Free> code(QRcode_encodeData(
      static_cast<int>(bytes.size()), reinterpret_cast<const unsigned char*>(bytes.constData()), 0,
      QR_ECLEVEL_L));
  if (!code) return;
  double module = std::min(width(), height()) / (code->width + 2 * kQuiet);
  // Whole pixels where there are enough of them: cameras like sharp edges.
  if (module >= 2) module = std::floor(module);
  double left = (width() - module * code->width) / 2, top = (height() - module * code->width) / 2;
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1) == 0) continue;
      painter->fillRect(QRectF(left + x * module, top + y * module, module, module), Qt::black);
    }
  }
}

}  // namespace freshet::ui::items
