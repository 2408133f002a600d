// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with a show, from its beginning to its end and again.
#include <gtest/gtest.h>

#include "models/settings.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::models::Show;
using ui::player::Player;

constexpr int kSeconds = 90;
constexpr int kKbits = 1000;

TEST(Watch, FromTheBeginningToTheEndAndAgain) {
  Stage stage;
  ui::models::Settings::instance()->setAddressNoticeSeen(true);
  EXPECT_TRUE(stage.says("no server behind it"));
  stage.shot("home-empty");
  QByteArray media = make_media(stage.folder("media"), kSeconds, "1280x720", kKbits);
  int rate = static_cast<int>(media.size() / kSeconds);
  Publisher publisher(stage.folder("publisher"), "-", "A walk along the river.ts");
  GuiClock clock;

  // Opened before its first byte.
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.show(); }, 2000));
  Player& player = *stage.player();
  Show& show = *stage.show();
  ASSERT_TRUE(wait_for([&] { return show.phase() == Show::Phase::Waiting; }, 5000));
  EXPECT_TRUE(wait_for([&] { return stage.says("has not begun"); }, 3000));
  stage.shot("watch-waiting");

  // From the beginning, while it grows.
  publisher.feed(media, rate);
  ASSERT_TRUE(wait_for([&] { return player.hasPicture(); }, 8000));
  EXPECT_LT(player.position(), 1500);
  ASSERT_TRUE(wait_for([&] { return player.position() > 4000; }, 8000));
  EXPECT_TRUE(show.onAir());
  EXPECT_GT(show.duration(), player.position());
  stage.shot("watch-playing");

  // Pause: the show goes on without us.
  stage.press(Qt::Key_Space);
  ASSERT_TRUE(wait_for([&] { return player.paused(); }, 2000));
  double held = player.position();
  double length = show.duration();
  ASSERT_TRUE(wait_for([&] { return show.duration() > length + 4000; }, 8000));
  EXPECT_LT(player.position() - held, 200);
  EXPECT_TRUE(stage.says("behind"));
  stage.shot("watch-paused");
  stage.press(Qt::Key_Space);
  ASSERT_TRUE(wait_for([&] { return !player.paused(); }, 2000));

  // Back to the start, which is in the player's cache.
  QElapsedTimer since;
  double landed = -1;
  QObject::connect(&player, &Player::shown, &player, [&](double ms) { landed = ms; });
  stage.press(Qt::Key_Home);
  ASSERT_TRUE(wait_for([&] { return landed >= 0 && player.position() < 1000; }, 3000));
  EXPECT_LT(landed, 500);

  // To the edge, and there it stays.
  stage.press(Qt::Key_End);
  ASSERT_TRUE(wait_for([&] { return player.live() && show.duration() - player.position() < 1500; },
                       6000));
  EXPECT_TRUE(stage.says("LIVE"));
  since.start();
  ASSERT_TRUE(wait_for([&] { return since.elapsed() > 4000; }, 5000));
  EXPECT_TRUE(player.live());
  EXPECT_LT(show.duration() - player.position(), 1500);
  stage.shot("watch-live");

  // The source is silent for ten seconds, and then back.
  publisher.pause(true);
  ASSERT_TRUE(wait_for([&] { return stage.says("is silent since"); }, 12000));
  since.start();
  ASSERT_TRUE(wait_for([&] { return since.elapsed() > 6000; }, 7000));
  stage.shot("watch-silent");
  double stopped = player.position();
  publisher.pause(false);
  ASSERT_TRUE(wait_for([&] { return player.position() > stopped + 2000; }, 8000));
  EXPECT_FALSE(stage.says("is silent since"));

  // Who is here.
  stage.press(Qt::Key_P);
  ASSERT_TRUE(wait_for([&] { return stage.says("Who is here"); }, 2000));
  stage.shot("watch-panel");
  stage.press(Qt::Key_Escape);

  // The end.
  publisher.end();
  ASSERT_TRUE(wait_for([&] { return show.ended(); }, 10000));
  ASSERT_TRUE(wait_for([&] { return stage.says("The show has ended"); }, 3000));
  stage.shot("watch-ended");
  ASSERT_TRUE(wait_for([&] { return player.ended(); }, 20000));
  ASSERT_TRUE(wait_for([&] { return show.complete(); }, 10000));
  std::printf("GUI thread blocked for at most %.1f ms\n", clock.worst_ms());

  // Home has it as a recording; it is watched again, from the disk.
  stage.press(Qt::Key_Escape);
  ASSERT_TRUE(wait_for([&] { return stage.says("Recordings"); }, 3000));
  ASSERT_TRUE(wait_for([&] { return !show.pictureUrl().isEmpty(); }, 5000));
  stage.shot("home-recording");
  stage.app().watch(&show);
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 5000));
  EXPECT_LT(stage.player()->position(), 2000);  // it was seen to its end: from the start again
  stage.press(Qt::Key_Escape);
}

}  // namespace
}  // namespace freshet::test
