// SPDX-License-Identifier: GPL-3.0-or-later
#include "player/gl_video.hpp"

#include <mpv/render_gl.h>

#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QQuickWindow>

namespace freshet::ui::player {
namespace {

void* find_function(void*, const char* name) {
  QOpenGLContext* context = QOpenGLContext::currentContext();
  return context ? reinterpret_cast<void*>(context->getProcAddress(name)) : nullptr;
}

// Lives on the render thread. Holds the core, which must outlive the render context.
class GlRenderer : public QQuickFramebufferObject::Renderer {
 public:
  explicit GlRenderer(GlVideo* item) : item_(item) {
    if (item->player()) mpv_ = item->player()->mpv();
    if (!mpv_) return;
    mpv_opengl_init_params gl{find_function, nullptr};
    int advanced = 1;
    char api[] = MPV_RENDER_API_TYPE_OPENGL;
    mpv_render_param create[] = {{MPV_RENDER_PARAM_API_TYPE, api},
                                 {MPV_RENDER_PARAM_OPENGL_INIT_PARAMS, &gl},
                                 {MPV_RENDER_PARAM_ADVANCED_CONTROL, &advanced},
                                 {MPV_RENDER_PARAM_INVALID, nullptr}};
    if (mpv_render_context_create(&context_, mpv_->handle(), create) < 0) return;
    mpv_render_context_set_update_callback(
        context_,
        [](void* self) {
          QPointer<GlVideo> video = static_cast<GlRenderer*>(self)->item_;
          QMetaObject::invokeMethod(
              video, [video] { video->update(); }, Qt::QueuedConnection);
        },
        this);
    QMetaObject::invokeMethod(
        item,
        [item] {
          if (item->player()) item->player()->rendererReady();
        },
        Qt::QueuedConnection);
  }
  ~GlRenderer() override {
    if (!context_) return;
    mpv_render_context_set_update_callback(context_, nullptr, nullptr);
    mpv_render_context_free(context_);
  }
  void render() override {
    if (!context_) return;
    mpv_render_context_update(context_);
    QOpenGLFramebufferObject* target = framebufferObject();
    mpv_opengl_fbo fbo{static_cast<int>(target->handle()), target->width(), target->height(), 0};
    int flip = 0, block = 0;
    mpv_render_param draw[] = {{MPV_RENDER_PARAM_OPENGL_FBO, &fbo},
                               {MPV_RENDER_PARAM_FLIP_Y, &flip},
                               {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &block},
                               {MPV_RENDER_PARAM_INVALID, nullptr}};
    mpv_render_context_render(context_, draw);
  }

 private:
  QPointer<GlVideo> item_;
  std::shared_ptr<Mpv> mpv_;
  mpv_render_context* context_ = nullptr;
};

}  // namespace

GlVideo::GlVideo(QQuickItem* parent) : QQuickFramebufferObject(parent) {}

void GlVideo::setPlayer(Player* player) {
  player_ = player;
  Q_EMIT playerChanged();
}

QQuickFramebufferObject::Renderer* GlVideo::createRenderer() const {
  return new GlRenderer(const_cast<GlVideo*>(this));
}

}  // namespace freshet::ui::player
