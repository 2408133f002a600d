// SPDX-License-Identifier: GPL-3.0-or-later
// The line of a long show is cheap.
#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <ctime>

#include "items/river_line.hpp"
#include "models/show.hpp"

namespace freshet::ui {
namespace {

constexpr std::uint32_t kPieces = 65'536;
constexpr std::uint32_t kBlocksPerPiece = 32;
constexpr std::uint64_t kSize = std::uint64_t{kPieces} * kBlocksPerPiece * kBlockSize;
constexpr int kUpdates = 600;  // ten seconds at 60 a second

models::OpenedShow long_show() {
  models::OpenedShow opened;
  opened.playable = std::make_shared<client::Playable>();
  opened.playable->available = std::make_shared<engine::Availability>();
  for (std::uint32_t piece = 0; piece < kPieces; ++piece) {
    // Whole stretches are missing, and single pieces.
    if (piece / 1000 % 3 == 1 || piece % 9973 == 0) continue;
    opened.playable->available->add_blocks(piece * kBlocksPerPiece, kBlocksPerPiece);
  }
  constexpr std::uint64_t kSeconds = 36'000;
  for (std::uint64_t s = 0; s < kSeconds; ++s) {
    opened.playable->available->add_mark(
        {1'800'000'000'000 + s * 1000, kSize / kSeconds * s, true});
  }
  return opened;
}

TEST(Timeline, Of65536PiecesAt60UpdatesASecondTakesLessThan5PercentOfACore) {
  models::Show show(1, {}, nullptr);
  show.set_opened(long_show());
  client::Snapshot snapshot;
  snapshot.state = client::State::CatchingUp;
  snapshot.size = kSize;
  snapshot.published_ms = 1'800'036'000'000;
  show.take(client::AnyEvent(snapshot), 0);
  ASSERT_GT(show.mineRanges().size(), 40);
  ASSERT_NEAR(show.duration(), 36'000'000, 2000);

  items::RiverLine line;
  line.setSize(QSizeF(1216, 24));
  line.setLive(true);
  line.setAired(0.92);
  QImage image(1216, 24, QImage::Format_ARGB32_Premultiplied);
  std::clock_t begun = std::clock();
  for (int i = 0; i < kUpdates; ++i) {
    show.refreshTimeline();
    line.setRanges(show.mineRanges());
    QPainter painter(&image);
    line.paint(&painter);
  }
  double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  std::printf("timeline: %.2f ms an update, %.1f %% of a core at 60 a second\n",
              1000 * seconds / kUpdates, 100 * seconds / (kUpdates / 60.0));
  EXPECT_LT(seconds / (kUpdates / 60.0), 0.05);
}

}  // namespace
}  // namespace freshet::ui
