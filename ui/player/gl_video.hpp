// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a Player's picture with OpenGL, for machines with a graphics card.
#pragma once

#include <QPointer>
#include <QQuickFramebufferObject>

#include "player/player.hpp"

namespace freshet::ui::player {

class GlVideo : public QQuickFramebufferObject {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(freshet::ui::player::Player* player READ player WRITE setPlayer NOTIFY playerChanged)

 public:
  explicit GlVideo(QQuickItem* parent = nullptr);
  [[nodiscard]] Player* player() const { return player_; }
  // Once: a render context belongs to one core.
  void setPlayer(Player* player);
  [[nodiscard]] Renderer* createRenderer() const override;

 Q_SIGNALS:
  void playerChanged();

 private:
  QPointer<Player> player_;
};

}  // namespace freshet::ui::player
