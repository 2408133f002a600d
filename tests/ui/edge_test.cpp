// SPDX-License-Identifier: GPL-3.0-or-later
// The live edge, and what does not come in time there.
#include <gtest/gtest.h>

#include "freshet/media/ts_scanner.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::player::Player;

constexpr std::uint64_t kNoon = 1'800'000'000'000;
constexpr int kSeconds = 30;

// A show that airs as the test says: its media is known, what is here of it is not.
struct Airing {
  explicit Airing(const QString& folder) {
    QByteArray bytes = make_media(folder, kSeconds, "640x360", 600);
    auto view = View(reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                     static_cast<std::size_t>(bytes.size()));
    keyframes = media::TsScanner().feed(view);
    size = view.size();
    playable->file = (folder + "/media.ts").toStdString();
    playable->available = std::make_shared<engine::Availability>();
  }
  [[nodiscard]] std::uint64_t byte_at(std::size_t second) const { return keyframes.at(second); }
  // On the air until the keyframe of this second.
  void air(std::size_t second) {
    for (; marked < second; ++marked) {
      playable->available->add_mark({kNoon + marked * 1000, byte_at(marked), true});
    }
    playable->refresh();
    playable->times.set_end(byte_at(second), kNoon + second * 1000);
  }
  void bring(std::size_t from, std::size_t to) {
    auto first = static_cast<std::uint32_t>(byte_at(from) / kBlockSize);
    auto end = static_cast<std::uint32_t>(byte_at(to) / kBlockSize);
    playable->available->add_blocks(first, end - first);
  }
  std::shared_ptr<client::Playable> playable = std::make_shared<client::Playable>();
  std::vector<std::uint64_t> keyframes;
  std::uint64_t size = 0;
  std::size_t marked = 0;
};

TEST(Edge, WhatIsThreeSecondsLateIsLeftOutAtAKeyframeAndSaid) {
  QTemporaryDir folder;
  Airing show(folder.path());
  Player player;
  player.mpv()->set("vo", std::string("null"));
  player.rendererReady();
  double left_out = -1;
  QObject::connect(&player, &Player::jumpedOver, &player, [&](double ms) { left_out = ms; });
  show.air(10);
  show.bring(0, 10);
  player.setProperty("startAt", -1.0);
  player.setPlayable(QVariant::fromValue(show.playable));
  ASSERT_TRUE(wait_for([&] { return player.hasPicture() && player.live(); }, 5000));
  EXPECT_GT(player.position(), 7000);
  // Two seconds do not come; what follows them does.
  show.air(20);
  show.bring(12, 20);
  ASSERT_TRUE(wait_for([&] { return player.wait() == Player::Wait::Missing; }, 5000));
  QElapsedTimer since;
  since.start();
  ASSERT_TRUE(wait_for([&] { return left_out >= 0; }, 6000));
  EXPECT_GT(since.elapsed(), 2000);
  EXPECT_GT(left_out, 500);
  EXPECT_LT(left_out, 6000);
  ASSERT_TRUE(wait_for([&] { return player.position() > 12000; }, 5000));
  EXPECT_TRUE(player.live());
}

TEST(Edge, CatchingUpIsQuickerAndEndsAtTheEdge) {
  QTemporaryDir folder;
  Airing show(folder.path());
  Player player;
  player.mpv()->set("vo", std::string("null"));
  player.rendererReady();
  show.air(6);
  show.bring(0, 6);
  player.setPlayable(QVariant::fromValue(show.playable));
  ASSERT_TRUE(wait_for([&] { return player.hasPicture(); }, 5000));
  EXPECT_LT(player.position(), 1000);
  EXPECT_FALSE(player.live());
  player.setCatchingUp(true);
  EXPECT_EQ(player.speed(), 1.25);
  QElapsedTimer since;
  since.start();
  ASSERT_TRUE(wait_for([&] { return player.live(); }, 8000));
  EXPECT_FALSE(player.catchingUp());
  EXPECT_LT(since.elapsed(), 5000);  // 4.5 s of media at 1.25 take 3.6
  EXPECT_LE(player.speed(), 1.05);
}

}  // namespace
}  // namespace freshet::test
