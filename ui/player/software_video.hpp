// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a Player's picture where there is no graphics card: mpv's software renderer draws into
// images on a thread of its own, and any scene graph backend shows them.
#pragma once

#include <QImage>
#include <QPointer>
#include <QQuickItem>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "player/player.hpp"

namespace freshet::ui::player {

class SoftwareVideo : public QQuickItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(freshet::ui::player::Player* player READ player WRITE setPlayer NOTIFY playerChanged)

 public:
  explicit SoftwareVideo(QQuickItem* parent = nullptr);
  ~SoftwareVideo() override;
  [[nodiscard]] Player* player() const { return player_; }
  void setPlayer(Player* player);

 Q_SIGNALS:
  void playerChanged();

 protected:
  QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;
  void geometryChange(const QRectF& now, const QRectF& before) override;

 private:
  void stop();
  void run(const std::shared_ptr<Mpv>& mpv);
  void take_size();

  QPointer<Player> player_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool update_ = false, quit_ = false, fresh_ = false;
  int width_ = 0, height_ = 0;  // pixels of the picture to draw
  QImage image_;                // drawn, not shown yet
};

}  // namespace freshet::ui::player
