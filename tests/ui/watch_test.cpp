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

class Watch : public testing::Test {
 public:
  Watch()
      : media_(make_media(stage_.folder("media"), kSeconds, "1280x720", kKbits)),
        rate_(static_cast<int>(media_.size() / kSeconds)),
        publisher_(stage_.folder("publisher"), "-", "A walk along the river.ts") {
    ui::models::Settings::instance()->setAddressNoticeSeen(true);
  }
  void shoot_empty() { stage_.shot("home-empty"); }
  [[nodiscard]] bool says(const QString& text) const { return stage_.says(text); }
  void open_early();
  void play();
  void pause();
  void go_back();
  void go_live();
  void wait_for_a_silent_source();
  void look_who_is_here();
  void see_the_end();
  void watch_again();

 private:
  Stage stage_;
  QByteArray media_;
  int rate_;
  Publisher publisher_;
  Player* player_ = nullptr;
  Show* show_ = nullptr;
};

// Opened before its first byte.
void Watch::open_early() {
  stage_.app().open(publisher_.link());
  ASSERT_TRUE(wait_for([&] { return stage_.player() && stage_.show(); }, 2000));
  player_ = stage_.player();
  show_ = stage_.show();
  ASSERT_TRUE(wait_for([&] { return show_->phase() == Show::Phase::Waiting; }, 5000));
  EXPECT_TRUE(wait_for([&] { return stage_.says("has not begun"); }, 3000));
  stage_.shot("watch-waiting");
}

// From the beginning, while it grows.
void Watch::play() {
  publisher_.feed(media_, rate_);
  ASSERT_TRUE(wait_for([&] { return player_->hasPicture(); }, 8000));
  EXPECT_LT(player_->position(), 1500);
  ASSERT_TRUE(wait_for([&] { return player_->position() > 4000; }, 8000));
  EXPECT_TRUE(show_->onAir());
  EXPECT_GT(show_->duration(), player_->position());
  stage_.shot("watch-playing");
}

// Pause: the show goes on without us.
void Watch::pause() {
  stage_.press(Qt::Key_Space);
  ASSERT_TRUE(wait_for([&] { return player_->paused(); }, 2000));
  double held = player_->position();
  double length = show_->duration();
  ASSERT_TRUE(wait_for([&] { return show_->duration() > length + 4000; }, 8000));
  EXPECT_LT(player_->position() - held, 200);
  EXPECT_TRUE(stage_.says("behind"));
  stage_.shot("watch-paused");
  stage_.press(Qt::Key_Space);
  ASSERT_TRUE(wait_for([&] { return !player_->paused(); }, 2000));
}

// Back to the start, which is in the player's cache.
void Watch::go_back() {
  double landed = -1;
  QObject here;
  QObject::connect(player_, &Player::shown, &here, [&](double ms) { landed = ms; });
  stage_.press(Qt::Key_Home);
  ASSERT_TRUE(wait_for([&] { return landed >= 0 && player_->position() < 1000; }, 3000));
  EXPECT_LT(landed, 500);
}

// To the edge, and there it stays.
void Watch::go_live() {
  stage_.press(Qt::Key_End);
  ASSERT_TRUE(wait_for(
      [&] { return player_->live() && show_->duration() - player_->position() < 1500; }, 6000));
  // The controls sleep after 2.5 s without input, which the way to the edge can take.
  stage_.press(Qt::Key_Shift);
  EXPECT_TRUE(wait_for([&] { return stage_.says("LIVE"); }, 1000));
  QElapsedTimer since;
  since.start();
  ASSERT_TRUE(wait_for([&] { return since.elapsed() > 4000; }, 5000));
  EXPECT_TRUE(player_->live());
  EXPECT_LT(show_->duration() - player_->position(), 1500);
  stage_.shot("watch-live");
}

// The source is silent for ten seconds, and then back.
void Watch::wait_for_a_silent_source() {
  publisher_.pause(true);
  ASSERT_TRUE(wait_for([&] { return stage_.says("is silent since"); }, 12000));
  QElapsedTimer since;
  since.start();
  ASSERT_TRUE(wait_for([&] { return since.elapsed() > 6000; }, 7000));
  stage_.shot("watch-silent");
  double stopped = player_->position();
  publisher_.pause(false);
  ASSERT_TRUE(wait_for([&] { return player_->position() > stopped + 2000; }, 8000));
  EXPECT_FALSE(stage_.says("is silent since"));
}

// Who is here.
void Watch::look_who_is_here() {
  stage_.press(Qt::Key_P);
  ASSERT_TRUE(wait_for([&] { return stage_.says("Who is here"); }, 2000));
  stage_.shot("watch-panel");
  stage_.press(Qt::Key_Escape);
}

// The end.
void Watch::see_the_end() {
  publisher_.end();
  ASSERT_TRUE(wait_for([&] { return show_->ended(); }, 10000));
  ASSERT_TRUE(wait_for([&] { return stage_.says("The show has ended"); }, 3000));
  stage_.shot("watch-ended");
  ASSERT_TRUE(wait_for([&] { return player_->ended(); }, 20000));
  ASSERT_TRUE(wait_for([&] { return show_->complete(); }, 10000));
}

// Home has it as a recording; it is watched again, from the disk.
void Watch::watch_again() {
  stage_.press(Qt::Key_Escape);
  ASSERT_TRUE(wait_for([&] { return stage_.says("Recordings"); }, 3000));
  ASSERT_TRUE(wait_for([&] { return !show_->pictureUrl().isEmpty(); }, 5000));
  stage_.shot("home-recording");
  stage_.app().watch(show_);
  ASSERT_TRUE(wait_for([&] { return stage_.player() && stage_.player()->hasPicture(); }, 5000));
  EXPECT_LT(stage_.player()->position(), 2000);  // it was seen to its end: from the start again
  stage_.press(Qt::Key_Escape);
}

TEST_F(Watch, FromTheBeginningToTheEndAndAgain) {
  EXPECT_TRUE(says("no server behind it"));
  shoot_empty();
  GuiClock clock;
  for (auto step : {&Watch::open_early, &Watch::play, &Watch::pause, &Watch::go_back,
                    &Watch::go_live, &Watch::wait_for_a_silent_source, &Watch::look_who_is_here,
                    &Watch::see_the_end, &Watch::watch_again}) {
    (this->*step)();
    if (HasFatalFailure()) return;
  }
  std::printf("GUI thread blocked for at most %.1f ms\n", clock.worst_ms());
}

}  // namespace
}  // namespace freshet::test
