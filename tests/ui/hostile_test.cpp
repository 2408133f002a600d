// SPDX-License-Identifier: GPL-3.0-or-later
// What strangers send is played by a player that opens nothing else, and that survives it.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <random>

#include "freshet/client/pictures.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::player::Player;

// A show that is wholly here, of these bytes.
std::shared_ptr<client::Playable> show_of(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(bytes);
  file.close();
  auto playable = std::make_shared<client::Playable>();
  playable->file = path.toStdString();
  playable->available = std::make_shared<engine::Availability>();
  auto size = static_cast<std::uint64_t>(bytes.size());
  playable->available->add_blocks(0, static_cast<std::uint32_t>(size / kBlockSize));
  playable->available->set_tail(static_cast<std::uint32_t>(size / kBlockSize),
                                static_cast<std::uint32_t>(size % kBlockSize));
  playable->available->set_end(size, false);
  playable->times.set_end(size, 0);
  return playable;
}

// A player without a window: its pictures go nowhere, but they are decoded.
struct Bench {
  Bench() {
    player.mpv()->set("vo", std::string("null"));
    player.rendererReady();
    player.mpv()->set("speed", 50.0);
  }
  // Plays it until there is a picture, a refusal or the end; false when none of these comes.
  bool play(const QByteArray& bytes, int deadline_ms = 5000) {
    player.setPlayable({});
    QString path = folder.filePath(QStringLiteral("show-%1").arg(++number % 4));
    auto playable = show_of(path, bytes);
    player.setPlayable(QVariant::fromValue(playable));
    return wait_for(
        [&] {
          return player.hasPicture() || player.problem() != Player::Problem::None || player.ended();
        },
        deadline_ms);
  }
  QTemporaryDir folder;
  Player player;
  int number = 0;
};

QByteArray container(const QString& folder, const QStringList& options, const QString& name) {
  QString path = folder + "/" + name;
  QStringList arguments = {"-v", "error", "-y", "-i", folder + "/media.ts", "-c", "copy"};
  EXPECT_EQ(QProcess::execute("ffmpeg", arguments + options + QStringList{path}), 0);
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  return file.readAll();
}

TEST(Hostile, ListsThatNameOtherPlacesAreNotFollowed) {
  QTcpServer witness;
  ASSERT_TRUE(witness.listen(QHostAddress::LocalHost));
  QByteArray url = "http://127.0.0.1:" + QByteArray::number(witness.serverPort()) + "/x";
  Bench bench;
  QByteArray ts = make_media(bench.folder.path(), 3, "320x180", 300);
  QByteArray padding(4096, '\n');
  QList<QByteArray> lists = {
      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n" + url + ".ts\n",
      "#EXTM3U\n" + url + "\n",
      "# mpv EDL v0\n" + url + "\n",
      "# mpv EDL v0\n/etc/passwd\n",
      "[playlist]\nFile1=" + url + "\nNumberOfEntries=1\n",
      "<?xml version=\"1.0\"?><MPD><BaseURL>" + url + "</BaseURL></MPD>",
      "ffconcat version 1.0\nfile '" + url + "'\n",
      "RTSPtext\n" + url,
      "v=0\no=- 0 0 IN IP4 127.0.0.1\n",
      "concat:" + url + "|/etc/passwd",
      QByteArray("<smil><body><video src=\"") + url + "\"/></body></smil>"};
  for (const QByteArray& list : lists) {
    EXPECT_TRUE(bench.play(list + padding)) << list.constData();
    EXPECT_EQ(bench.player.problem(), Player::Problem::NotVideo) << list.constData();
    // The same behind a beginning that looks like video.
    EXPECT_TRUE(bench.play(ts.left(188 * 3) + list + padding, 8000)) << list.constData();
  }
  // A Matroska file may name files beside it and segments elsewhere.
  QByteArray mkv = container(bench.folder.path(), {}, "plain.mkv");
  EXPECT_TRUE(bench.play(mkv));
  EXPECT_TRUE(wait_for([&] { return bench.player.hasPicture(); }, 5000));
  EXPECT_FALSE(witness.hasPendingConnections()) << "somebody was told where we are";
}

TEST(Hostile, BrokenFilesDoNotBreakThePlayer) {
  int count = qEnvironmentVariableIntValue("FRESHET_MUTATIONS");
  if (count == 0) count = 2000;
  Bench bench;
  QByteArray ts = make_media(bench.folder.path(), 3, "320x180", 300);
  QList<QByteArray> seeds = {
      ts, container(bench.folder.path(), {}, "a.mkv"),
      container(bench.folder.path(), {"-bsf:a", "aac_adtstoasc", "-movflags", "+faststart"},
                "a.mp4"),
      container(bench.folder.path(),
                {"-bsf:a", "aac_adtstoasc", "-movflags", "frag_keyframe+empty_moov"}, "f.mp4")};
  int shown = 0, refused = 0;
  for (int seed = 0; seed < count; ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed));
    QByteArray bytes = seeds[seed % seeds.size()];
    auto pick = [&](qsizetype below) { return static_cast<qsizetype>(random() % below); };
    // Mostly the beginning, where the structures are.
    auto near = [&] {
      return random() % 2 ? pick(std::min<qsizetype>(bytes.size(), 2000)) : pick(bytes.size());
    };
    for (int i = 0, edits = 1 + static_cast<int>(pick(40)); i < edits; ++i) {
      switch (pick(4)) {
        case 0:
          bytes[near()] = static_cast<char>(random());
          break;
        case 1:
          bytes[near()] = static_cast<char>(0xff);
          break;
        case 2:
          bytes.remove(near(), 1 + pick(300));
          break;
        default:
          bytes.insert(near(), bytes.mid(near(), 1 + pick(300)));
          break;
      }
      if (bytes.size() < 4000) break;
    }
    ASSERT_TRUE(bench.play(bytes, 15000)) << "seed " << seed << " leads nowhere";
    bench.player.hasPicture() ? ++shown : ++refused;
    // To its end, as far as it can be played.
    wait_for([&] { return bench.player.ended() || !bench.player.hasPicture(); }, 250);
    auto playable = show_of(bench.folder.filePath("picture"), bytes);
    (void)client::picture_of(*playable, 0, 320, 180);
    (void)client::media_times(*playable, static_cast<std::uint64_t>(bytes.size()), 8);
  }
  std::printf("%d mutated files: %d shown, %d refused\n", count, shown, refused);
  EXPECT_TRUE(bench.play(ts));
  EXPECT_TRUE(bench.player.hasPicture());
}

}  // namespace
}  // namespace freshet::test
