// SPDX-License-Identifier: GPL-3.0-or-later
// Going to another place: in the player's cache, on the disk, and where nothing is yet.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::player::Player;

constexpr int kSeconds = 120;

struct Seeker {
  explicit Seeker(Player& p) : player(p) {
    QObject::connect(&player, &Player::shown, &player, [this](double ms) { shown = ms; });
  }
  // ms to the picture; negative when there was none within the deadline.
  double to(double ms, int deadline_ms = 5000) {
    shown = -1;
    player.seek(ms);
    bool there = wait_for([&] { return shown >= 0 && std::abs(player.position() - ms) < 1200; },
                          deadline_ms);
    return there ? shown : -1;
  }
  Player& player;
  double shown = -1;
};

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

TEST(Seek, IsQuickInTheCacheAndFromTheDisk) {
  Stage stage;
  make_media(stage.folder("media"), kSeconds, "1280x720", 6000);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Seeking.ts",
                      {"--as-fast-as-possible"});
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.show() && stage.show()->complete(); }, 30000));
  Player& player = *stage.player();
  ASSERT_TRUE(wait_for([&] { return player.hasPicture(); }, 5000));
  // It was aired in a second or two, and yet it is two minutes long.
  ASSERT_TRUE(
      wait_for([&] { return std::abs(stage.show()->duration() - kSeconds * 1000) < 2000; }, 5000))
      << stage.show()->duration();
  Seeker seek(player);
  std::mt19937 random(1);
  std::vector<double> disk, cache;
  for (int i = 0; i < 20; ++i) {
    double target = std::uniform_real_distribution<>(0, (kSeconds - 5) * 1000.0)(random);
    double took = seek.to(target);
    ASSERT_GE(took, 0) << "no picture at " << target << " ms, but at " << player.position();
    disk.push_back(took);
    ASSERT_TRUE(wait_for([&] { return player.bufferedTo() > player.position() + 1500; }, 3000));
    took = seek.to(player.position() + 700);
    ASSERT_GE(took, 0);
    cache.push_back(took);
  }
  std::printf(
      "seek in the cache: median %.0f ms, worst %.0f ms; from the disk: median %.0f ms, "
      "p95 %.0f ms\n",
      percentile(cache, 0.5), percentile(cache, 1), percentile(disk, 0.5), percentile(disk, 0.95));
}

TEST(Seek, IntoWhatIsMissingFetchesItFirstAndSaysSo) {
  Stage stage;
  make_media(stage.folder("media"), kSeconds, "1280x720", 3000);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Far.ts",
                      {"--as-fast-as-possible", "--upload-limit", "900k"});
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 15000));
  Player& player = *stage.player();
  // Its length is known by what is here of it, long before all of it is.
  ASSERT_TRUE(
      wait_for([&] { return std::abs(stage.show()->duration() - kSeconds * 1000) < 15000; }, 10000))
      << stage.show()->duration();
  ASSERT_LT(stage.show()->have(), 0.5 * stage.show()->size());
  double target = 0.8 * stage.show()->duration();
  ASSERT_FALSE(stage.show()->has(target));
  double before = stage.show()->have();
  QElapsedTimer since;
  since.start();
  player.seek(target);
  EXPECT_TRUE(wait_for([&] { return player.wait() == Player::Wait::Missing; }, 1000));
  EXPECT_TRUE(wait_for([&] { return stage.says("Looking for people who have this part"); }, 2000));
  stage.shot("watch-missing");
  ASSERT_TRUE(wait_for(
      [&] { return player.wait() == Player::Wait::Nothing && player.position() > target - 3000; },
      15000))
      << "waits for " << static_cast<int>(player.wait()) << " at " << player.position() << " of "
      << target << " ms, has " << stage.show()->have() - before << " more bytes";
  // It did not wait for what lies before.
  EXPECT_LT(stage.show()->have() - before, 0.15 * stage.show()->size());
  EXPECT_TRUE(stage.show()->has(player.position()));
  std::printf("picture %.1f s after a seek into what is missing, at 0.9 MB/s\n",
              static_cast<double>(since.elapsed()) / 1000);
}

}  // namespace
}  // namespace freshet::test
