// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/software_video.hpp"

#include <mpv/render.h>

#include <QQuickWindow>
#include <QSGSimpleTextureNode>

namespace freshet::ui::player {
namespace {

// Larger windows are scaled up by the scene graph: a processor draws no more than this well.
constexpr int kWidthMax = 1920;

}  // namespace

SoftwareVideo::SoftwareVideo(QQuickItem* parent) : QQuickItem(parent) {
  setFlag(ItemHasContents);
}

SoftwareVideo::~SoftwareVideo() {
  stop();
}

void SoftwareVideo::setPlayer(Player* player) {
  if (player == player_) return;
  stop();
  player_ = player;
  if (player_ && player_->mpv()) {
    quit_ = false;
    take_size();
    thread_ = std::thread([this, mpv = player_->mpv()] { run(mpv); });
  }
  Q_EMIT playerChanged();
}

void SoftwareVideo::stop() {
  {
    std::lock_guard lock(mutex_);
    quit_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void SoftwareVideo::take_size() {
  double ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
  double w = std::max(16.0, width() * ratio), h = std::max(16.0, height() * ratio);
  double scale = std::min(1.0, kWidthMax / w);
  std::lock_guard lock(mutex_);
  width_ = static_cast<int>(w * scale);
  height_ = static_cast<int>(h * scale);
  update_ = true;
  changed_.notify_all();
}

void SoftwareVideo::geometryChange(const QRectF& now, const QRectF& before) {
  QQuickItem::geometryChange(now, before);
  if (now.size() != before.size()) take_size();
}

void SoftwareVideo::run(const std::shared_ptr<Mpv>& mpv) {
  mpv_render_context* context = nullptr;
  char api[] = MPV_RENDER_API_TYPE_SW;
  mpv_render_param create[] = {{MPV_RENDER_PARAM_API_TYPE, api},
                               {MPV_RENDER_PARAM_INVALID, nullptr}};
  if (mpv_render_context_create(&context, mpv->handle(), create) < 0) return;
  mpv_render_context_set_update_callback(
      context,
      [](void* self) {
        auto* video = static_cast<SoftwareVideo*>(self);
        std::lock_guard lock(video->mutex_);
        video->update_ = true;
        video->changed_.notify_all();
      },
      this);
  QMetaObject::invokeMethod(this, [this] {
    if (player_) player_->rendererReady();
  });
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return quit_ || update_; });
    if (quit_) break;
    update_ = false;
    int size[2] = {width_, height_};
    lock.unlock();
    mpv_render_context_update(context);
    QImage image(size[0], size[1], QImage::Format_RGB32);
    std::size_t stride = static_cast<std::size_t>(image.bytesPerLine());
    int block = 0;
    char format[] = "bgr0";
    mpv_render_param draw[] = {{MPV_RENDER_PARAM_SW_SIZE, size},
                               {MPV_RENDER_PARAM_SW_FORMAT, format},
                               {MPV_RENDER_PARAM_SW_STRIDE, &stride},
                               {MPV_RENDER_PARAM_SW_POINTER, image.bits()},
                               {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &block},
                               {MPV_RENDER_PARAM_INVALID, nullptr}};
    bool drawn = mpv_render_context_render(context, draw) >= 0;
    if (drawn) {
      // mpv leaves the fourth byte 0, which a window would take for transparent.
      auto* pixels = reinterpret_cast<std::uint32_t*>(image.bits());
      std::size_t count = stride / 4 * static_cast<std::size_t>(size[1]);
      for (std::size_t i = 0; i < count; ++i) pixels[i] |= 0xff000000U;
    }
    lock.lock();
    if (!drawn) continue;
    image_ = std::move(image);
    fresh_ = true;
    QMetaObject::invokeMethod(
        this, [this] { update(); }, Qt::QueuedConnection);
  }
  lock.unlock();
  mpv_render_context_set_update_callback(context, nullptr, nullptr);
  mpv_render_context_free(context);
}

QSGNode* SoftwareVideo::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
  auto* node = static_cast<QSGSimpleTextureNode*>(old);
  std::lock_guard lock(mutex_);
  if (image_.isNull()) return old;
  if (!node) {
    node = new QSGSimpleTextureNode;
    node->setOwnsTexture(true);
    node->setFiltering(QSGTexture::Linear);
  }
  if (std::exchange(fresh_, false) || !node->texture()) {
    node->setTexture(window()->createTextureFromImage(image_, QQuickWindow::TextureIsOpaque));
  }
  node->setRect(boundingRect());
  return node;
}

}  // namespace freshet::ui::player
