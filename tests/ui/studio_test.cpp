// SPDX-License-Identifier: GPL-3.0-or-later
// From the window to a show on the air, and back.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QQuickItem>
#include <QSignalSpy>
#include <QTest>

#include "models/app.hpp"
#include "models/pictures.hpp"
#include "models/settings.hpp"
#include "models/studio.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::models::Show;
using ui::models::Studio;

// Presses the mouse on the first button that says so.
bool click(Stage& stage, const QString& name) {
  QQuickItem* item = stage.button(name);
  if (!item) return false;
  QPointF middle = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
  QTest::mouseClick(&stage.window(), Qt::LeftButton, {}, middle.toPoint());
  return true;
}

Studio& studio() {
  return *Studio::instance();
}

TEST(Studio, TwoClicksFromTheWindowToACopiedLink) {
  Stage stage;
  QGuiApplication::clipboard()->clear();
  stage.shot("studio-home");
  ASSERT_TRUE(click(stage, "Broadcast"));
  ASSERT_TRUE(wait_for([&] { return studio().canGoLive(); }, 8000))
      << studio().problem().toStdString();
  stage.shot("studio-setup");
  ASSERT_TRUE(click(stage, "Go live"));
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::OnAir; }, 8000));
  EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith("magnet:"));
  stage.shot("studio-on-air");
}

TEST(Studio, AShowIsSeenByOthersAndStaysWhenItEnds) {
  Stage stage;
  studio().setKind(Studio::Kind::Test);
  ASSERT_TRUE(click(stage, "Broadcast"));
  ASSERT_TRUE(wait_for([&] { return studio().canGoLive() && studio().frameSeen(); }, 8000));
  ASSERT_TRUE(wait_for([&] { return studio().hasLevel() && studio().left() > -60; }, 5000));
  studio().setTitle("A test of ours");
  studio().goLive();
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::OnAir; }, 8000));
  ASSERT_EQ(studio().show()->name(), "A test of ours");
  Watcher viewer(stage.folder("other"), studio().show()->link());
  EXPECT_TRUE(wait_for([&] { return studio().watching() == 1; }, 15000));
  EXPECT_TRUE(wait_for([&] { return studio().delay() > 0 && studio().upMultiple() > 0.3; }, 15000));
  EXPECT_EQ(studio().picture(), QSize(1280, 720));
  EXPECT_LE(studio().dropped(), 3);
  stage.shot("studio-watched");
  ASSERT_TRUE(click(stage, "End show"));
  ASSERT_TRUE(wait_for([&] { return stage.says("End the show?"); }, 2000));
  stage.shot("studio-question");
  stage.press(Qt::Key_Escape);
  EXPECT_EQ(studio().stage(), Studio::Stage::OnAir);
  studio().end();
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::Ended; }, 10000));
  Show* show = studio().show();
  EXPECT_TRUE(wait_for([&] { return show->ended() && show->size() > 0; }, 5000));
  stage.shot("studio-ended");
  EXPECT_TRUE(viewer.finished(15000)) << "the viewer did not get all of it";
  stage.app().watch(show);
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 8000));
  stage.app().leave();
  studio().again();
  EXPECT_TRUE(wait_for([&] { return studio().canGoLive(); }, 8000));
  // The next show of the channel names this one.
  studio().goLive();
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::OnAir; }, 8000));
  ASSERT_TRUE(wait_for([&] { return studio().show()->earlier().size() == 1; }, 8000));
  EXPECT_EQ(studio().show()->earlier().constFirst().toMap()["name"], "A test of ours");
}

TEST(Studio, WhatWasCutOffGoesOn) {
  Stage stage;
  stage.close();
  QString link;
  {
    // Left unfinished by SIGTERM.
    Publisher cut(stage.folder("viewer"), "test:", "Cut off.ts");
    link = cut.link();
    QElapsedTimer airs;
    airs.start();
    wait_for([&] { return airs.elapsed() > 3000; }, 4000);
  }
  stage.open();
  studio().setKind(Studio::Kind::Test);
  ASSERT_TRUE(click(stage, "Broadcast"));
  ASSERT_TRUE(wait_for([&] { return studio().unfinished() && studio().canGoLive(); }, 8000));
  double had = studio().unfinished()->size();
  EXPECT_GT(had, 50'000);
  EXPECT_TRUE(stage.says("was cut off"));
  stage.shot("studio-cut-off");
  studio().goOn();
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::OnAir; }, 10000))
      << studio().problem().toStdString();
  Show* show = studio().show();
  EXPECT_EQ(show->link().section('&', 0, 0), link.section('&', 0, 0)) << "it is another show";
  EXPECT_TRUE(wait_for([&] { return show->size() > had + 100'000; }, 8000));
  EXPECT_EQ(studio().unfinished(), nullptr);
  studio().end();
  EXPECT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::Ended; }, 10000));
}

TEST(Studio, APlannedShowCanBeJoinedBeforeItBegins) {
  Stage stage;
  ui::models::Settings::instance()->setChannelName("Radio Sesame");
  studio().setKind(Studio::Kind::Test);
  ASSERT_TRUE(click(stage, "Broadcast"));
  ASSERT_TRUE(wait_for([&] { return studio().canGoLive(); }, 8000));
  studio().setProperty("start", QDateTime::currentDateTime().addSecs(6));
  studio().goLive();
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::Planned; }, 8000));
  EXPECT_LT(studio().elapsed(), 0);
  EXPECT_EQ(studio().show()->size(), 0);
  stage.shot("studio-planned");
  // A head would say that it has begun.
  double heads = 0;
  ASSERT_TRUE(wait_for(
      [&] {
        if (studio().stage() == Studio::Stage::OnAir) return true;
        heads = std::max(heads, studio().show()->figures()["head"].toDouble());
        return false;
      },
      10000));
  EXPECT_EQ(heads, 0);
  EXPECT_TRUE(wait_for([&] { return studio().show()->size() > 0; }, 5000));
  EXPECT_TRUE(wait_for([&] { return studio().show()->airedOn().isValid(); }, 3000));
  ui::models::Settings::instance()->setChannelName({});
}

TEST(Studio, AnEncoderPushesAndBreaksOffAndTheShowStays) {
  Stage stage;
  ASSERT_TRUE(click(stage, "Broadcast"));
  studio().setKind(Studio::Kind::Encoder);
  ASSERT_TRUE(
      wait_for([&] { return studio().canGoLive() && !studio().address().isEmpty(); }, 8000));
  QString address = studio().address();
  studio().goLive();
  ASSERT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::OnAir; }, 8000));
  make_media(stage.folder("media"), 4, "640x360", 800);
  auto push = [&] {
    return QProcess::execute(
        "ffmpeg", {"-v", "quiet", "-re", "-i", stage.folder("media") + "/media.ts", "-c", "copy",
                   "-bsf:a", "aac_adtstoasc", "-f", "flv", address});
  };
  ASSERT_EQ(push(), 0);
  EXPECT_TRUE(wait_for([&] { return studio().show()->size() > 300'000; }, 5000));
  EXPECT_TRUE(wait_for([&] { return studio().said().contains("Waiting"); }, 5000));
  EXPECT_EQ(studio().stage(), Studio::Stage::OnAir);
  double before = studio().show()->size();
  ASSERT_EQ(push(), 0);
  EXPECT_TRUE(wait_for([&] { return studio().show()->size() > before + 300'000; }, 5000));
  studio().end();
  EXPECT_TRUE(wait_for([&] { return studio().stage() == Studio::Stage::Ended; }, 10000));
}

TEST(Studio, AChannelHasAPictureThatIsSignedIntoItsShows) {
  Stage stage;
  QString file = stage.folder("media") + "/face.png";
  QImage face(600, 400, QImage::Format_RGB32);
  face.fill(QColor("#2B9C8F"));
  QPainter(&face).drawEllipse(200, 100, 200, 200);
  ASSERT_TRUE(face.save(file));
  QSignalSpy refused(&stage.app(), &ui::models::App::channelPictureRefused);
  stage.app().chooseChannelPicture(QUrl::fromLocalFile(file + ".not"));
  ASSERT_TRUE(wait_for([&] { return refused.count() == 1; }, 5000));
  auto* settings = ui::models::Settings::instance();
  EXPECT_TRUE(settings->channelPicture().isEmpty());
  stage.app().chooseChannelPicture(QUrl::fromLocalFile(file));
  ASSERT_TRUE(wait_for([&] { return !settings->channelPicture().isEmpty(); }, 5000));
  EXPECT_LE(settings->channelPictureBytes().size(), 800);
  settings->setChannelName("Radio Sesame");
  ASSERT_TRUE(click(stage, "Settings"));
  stage.shot("settings-channel");
  studio().setKind(Studio::Kind::Test);
  ASSERT_TRUE(click(stage, "Broadcast"));
  ASSERT_TRUE(wait_for([&] { return studio().canGoLive(); }, 8000));
  studio().goLive();
  ASSERT_TRUE(wait_for(
      [&] { return studio().show() && studio().show()->channel() == "Radio Sesame"; }, 8000));
  EXPECT_EQ(studio().show()->channelPicture(), settings->channelPicture());
  // Chosen by strangers: what is no small picture is not shown.
  EXPECT_TRUE(ui::models::data_url("<svg/>").isEmpty());
  EXPECT_TRUE(ui::models::data_url(QByteArray("\xff\xd8\xff") + QByteArray(50, 'x')).isEmpty());
  settings->setChannelPicture({});
  settings->setChannelName({});
}

TEST(Studio, WhatAChannelAiredBeforeIsOffered) {
  Stage stage;
  make_media(stage.folder("media"), 4, "320x180", 500);
  {
    Publisher first(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Monday.ts",
                    {"--as-fast-as-possible"});
    Watcher viewer(stage.folder("other"), first.link());
    ASSERT_TRUE(viewer.finished(15000));
  }
  Publisher second(stage.folder("publisher"), "test:", "Tuesday.ts", {"--channel-name", "Radio"});
  stage.app().open(second.link());
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 15000));
  ASSERT_TRUE(wait_for([&] { return stage.show()->earlier().size() == 1; }, 8000));
  stage.press(Qt::Key_P);
  EXPECT_TRUE(wait_for([&] { return stage.says("Monday") && stage.says("Aired before"); }, 3000));
  stage.shot("watch-aired-before");
}

TEST(Studio, WhatCannotBeBroadcastIsSaidSo) {
  Stage stage;
  ASSERT_TRUE(click(stage, "Broadcast"));
  studio().setKind(Studio::Kind::Camera);
  ASSERT_TRUE(wait_for([&] { return !studio().problem().isEmpty(); }, 8000));
  EXPECT_TRUE(studio().problem().contains("camera")) << studio().problem().toStdString();
  EXPECT_FALSE(studio().canGoLive());
  stage.shot("studio-no-camera");
  studio().setKind(Studio::Kind::File);
  EXPECT_FALSE(studio().canGoLive());
  studio().setFile(stage.folder("files") + "/not-there.mp4");
  studio().goLive();
  ASSERT_TRUE(wait_for([&] { return studio().problem().contains("no such file"); }, 5000));
  EXPECT_EQ(studio().stage(), Studio::Stage::Setup);
  stage.shot("studio-file");
  studio().setKind(Studio::Kind::Encoder);
  ASSERT_TRUE(
      wait_for([&] { return studio().address().startsWith("rtmp://127.0.0.1:1935/live/"); }, 5000));
  stage.shot("studio-encoder");
}

}  // namespace
}  // namespace freshet::test
