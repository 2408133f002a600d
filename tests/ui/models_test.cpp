// SPDX-License-Identifier: GPL-3.0-or-later
// View-models and small logic, without a window.
#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "models/follows.hpp"
#include "models/format.hpp"
#include "models/host.hpp"
#include "models/settings.hpp"
#include "player/live_follow.hpp"

namespace freshet::ui {
namespace {

TEST(Format, SaysTimesAndSizesAsPeopleDo) {
  models::Format format;
  EXPECT_EQ(format.clock(0), "0:00");
  EXPECT_EQ(format.clock(83'000), "1:23");
  EXPECT_EQ(format.clock(3'661'000), "1:01:01");
  EXPECT_EQ(format.clock(-5), "0:00");
  EXPECT_EQ(format.span(20'000), "20 s");
  EXPECT_EQ(format.span(1'380'000), "23 min");
  EXPECT_EQ(format.span(5'040'000), "1 h 24 min");
  EXPECT_EQ(format.size(640e6), "640 MB");
  EXPECT_EQ(format.size(8.4e9), "8.4 GB");
  EXPECT_EQ(format.rate(775'000), "6.2 Mb/s");
  EXPECT_EQ(format.rate(7'000), "56 kb/s");
  EXPECT_EQ(format.times(2.34), "2.3×");
  EXPECT_EQ(format.day(QDateTime::currentDateTime()), "Today");
  EXPECT_EQ(format.day(QDateTime()), "");
}

TEST(LiveFollow, GoesALittleFasterUntilTheTargetAndNotOnForEver) {
  using player::follow_edge;
  EXPECT_EQ(follow_edge(0.1, false).speed, 1);
  EXPECT_EQ(follow_edge(0.2, false).speed, 1);    // within the slack
  EXPECT_EQ(follow_edge(0.2, true).speed, 1.03);  // but once faster, down to the target
  EXPECT_EQ(follow_edge(0.14, true).speed, 1);
  EXPECT_EQ(follow_edge(0.7, false).speed, 1.03);
  EXPECT_EQ(follow_edge(2, false).speed, 1.05);
  EXPECT_TRUE(follow_edge(7, false).jump);
}

// Chunks of half a second: from 0.7 s down to 0.2 s, again and again.
TEST(LiveFollow, WhatIsNeverUsedIsTheLeastAndNotWhatAChunkJustBrought) {
  player::Reserve reserve;
  double least = 0;
  for (int ms = 0; ms < 5000; ms += 100) least = reserve.add(ms, 0.7 - ms % 500 / 1000.0 * 1.25);
  EXPECT_NEAR(least, 0.2, 0.01);
  // It grows for good: known within two seconds, not at once.
  EXPECT_NEAR(reserve.add(5100, 1.5), 0.2, 0.01);
  for (int ms = 5200; ms < 7300; ms += 100) least = reserve.add(ms, 1.5);
  EXPECT_NEAR(least, 1.5, 0.01);
  EXPECT_NEAR(reserve.add(7400, 0.1), 0.1, 0.01);  // and what is short, at once
}

TEST(Settings, KeepWhatWasChosenAndRefuseNonsense) {
  QTemporaryDir folder;
  QString path = folder.filePath("freshet.conf");
  models::Settings settings(path);
  settings.setUploadLimit(250);
  settings.setTheme(models::Settings::Theme::Dark);
  EXPECT_EQ(models::Settings(path).uploadLimit(), 250);
  EXPECT_EQ(models::Settings(path).theme(), models::Settings::Theme::Dark);
  settings.setPort(99999);
  EXPECT_EQ(settings.port(), 65535);
  settings.setPort(0);
  settings.setUploadLimit(0);
  settings.setTheme(models::Settings::Theme::System);
  QString before = settings.folder();
  settings.setFolder("");
  EXPECT_EQ(settings.folder(), before);
}

// Only what is newer is news, and a forged or old item never gets that far: see channel_test.
TEST(Follows, TellOnceOfEachShowAndKeepTheList) {
  QTemporaryDir folder;
  models::Host host;
  auto key = ledger::KeyPair::generate(), show = ledger::KeyPair::generate();
  ledger::ChannelItem item{5, true, "Radio", {}};
  item.descriptor.name = "Morning.ts";
  item.descriptor.show_key = show.public_key();
  QStringList news, wanted;
  {
    models::Follows follows(host, nullptr);
    follows.setPath(folder.filePath("channels.json"));
    QObject::connect(&follows, &models::Follows::news,
                     [&](const ledger::ChannelItem& i, const QString& channel) {
                       news.append(channel + ": " + QString::fromStdString(i.descriptor.name));
                     });
    QObject::connect(&follows, &models::Follows::wanted, [&](const ledger::ChannelItem& i) {
      wanted.append(QString::fromStdString(i.descriptor.name));
    });
    follows.follow({key.public_key(), ""}, true);
    Q_EMIT host.said(key.public_key(), item);
    EXPECT_EQ(wanted, QStringList("Morning.ts"));  // it was asked for: no news
    EXPECT_TRUE(news.isEmpty());
    Q_EMIT host.said(key.public_key(), item);  // again
    item.seq = 4;
    item.descriptor.name = "Old.ts";
    Q_EMIT host.said(key.public_key(), item);  // older
    item.seq = 6;
    item.descriptor.name = "Evening.ts";
    Q_EMIT host.said(show.public_key(), item);  // nobody follows that one
    EXPECT_TRUE(news.isEmpty());
    Q_EMIT host.said(key.public_key(), item);
    EXPECT_EQ(news, QStringList("Radio: Evening.ts"));
    ASSERT_EQ(follows.channels().size(), 1);
    EXPECT_EQ(follows.channels().constFirst().toMap()["show"], "Evening.ts");
    EXPECT_EQ(follows.channels().constFirst().toMap()["onAir"], true);
  }
  models::Follows again(host, nullptr);
  again.setPath(folder.filePath("channels.json"));
  again.start();
  ASSERT_EQ(again.channels().size(), 1);
  EXPECT_EQ(again.channels().constFirst().toMap()["name"], "Radio");
  again.unfollow(again.channels().constFirst().toMap()["key"].toString());
  EXPECT_TRUE(again.channels().isEmpty());
}

TEST(Notes, OfAShowThatHasNoneOrBrokenOnesAreEmpty) {
  QTemporaryDir folder;
  std::filesystem::path path = folder.path().toStdString();
  EXPECT_EQ(models::read_notes(path), models::Notes());
  std::filesystem::create_directories(path / ".freshet");
  QFile file(folder.filePath(".freshet/notes.json"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("{\"position_ms\": \"x\", \"keep\": 3");
  file.close();
  EXPECT_EQ(models::read_notes(path), models::Notes());
}

}  // namespace
}  // namespace freshet::ui
