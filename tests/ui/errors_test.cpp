// SPDX-License-Identifier: GPL-3.0-or-later
// What people give to the window that is not a show, and shows that do not come.
#include <gtest/gtest.h>

#include <QFile>

#include "models/settings.hpp"
#include "models/studio.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::models::Show;

void write(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(bytes);
}

TEST(Errors, WhatIsNotALinkIsSaidSo) {
  Stage stage;
  QString title;
  QObject::connect(&stage.app(), &ui::models::App::refused, &stage.window(),
                   [&](const QString& t, const QString&) { title = t; });
  auto refused = [&](const QString& what) {
    title.clear();
    stage.app().open(what);
    wait_for([&] { return !title.isEmpty(); }, 2000);
    return title;
  };
  EXPECT_TRUE(refused("https://example.org/").contains("not the link"));
  EXPECT_TRUE(refused("magnet:?xt=urn:btih:00").contains("not the link"));
  EXPECT_TRUE(stage.says("A link begins with magnet:"));
  stage.shot("error-link");
  stage.press(Qt::Key_Escape);
  EXPECT_TRUE(refused(stage.folder("empty")).contains("no recording"));
  QString torrent = stage.folder("files") + "/broken.torrent";
  write(torrent, "d4:infoi1ee");
  EXPECT_TRUE(refused(torrent).contains("cannot be read"));
  QString video = stage.folder("files") + "/mine.mp4";
  write(video, "not read");
  // A file of one's own is no show, but can become one: the studio has it.
  stage.app().open(video);
  EXPECT_TRUE(wait_for([&] { return ui::models::Studio::instance()->file() == video; }, 2000));
  EXPECT_EQ(ui::models::Studio::instance()->kind(), ui::models::Studio::Kind::File);
  // Nothing of it was taken for a show.
  EXPECT_TRUE(stage.app().empty());
}

TEST(Errors, AShowWhoseSourceNeverComesIsSearchedForAndCanBeLeft) {
  Stage stage;
  QString link;
  {
    Publisher gone(stage.folder("publisher"), "-", "Gone.ts");
    link = gone.link();
  }
  stage.app().open(link);
  ASSERT_TRUE(wait_for([&] { return stage.says("Looking for people who have this show"); }, 8000));
  stage.shot("watch-looking");
  stage.press(Qt::Key_Escape);
  ASSERT_TRUE(wait_for([&] { return stage.show() == nullptr; }, 2000));
  ASSERT_EQ(stage.app().on_air().size(), 1);
  stage.app().remove(stage.app().on_air().constFirst());
  EXPECT_TRUE(wait_for([&] { return stage.app().empty(); }, 5000));
}

TEST(Errors, AShowThatIsNoVideoIsKeptAndSaidSo) {
  Stage stage;
  write(stage.folder("media") + "/list.m3u8",
        "#EXTM3U\nhttp://127.0.0.1:1/a.ts\n" + QByteArray(4000, '#'));
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/list.m3u8", "list.m3u8",
                      {"--raw"});
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.says("This is not a video that can be shown"); }, 10000));
  stage.shot("error-not-video");
  EXPECT_TRUE(wait_for([&] { return stage.show()->complete(); }, 10000));
}

TEST(Errors, AShowOnTheAirIsFoundAgainAtTheNextStart) {
  Stage stage;
  make_media(stage.folder("media"), 60, "640x360", 500);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Again.ts");
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 10000));
  stage.close();
  // Neither discovery nor a tracker helps here: only the link says where it is.
  stage.open();
  ASSERT_EQ(stage.app().on_air().size(), 1);
  Show* show = stage.app().on_air().constFirst();
  EXPECT_TRUE(wait_for([&] { return show->onAir(); }, 10000));
}

TEST(Errors, RecordingsComeBackAtTheNextStart) {
  Stage stage;
  make_media(stage.folder("media"), 20, "640x360", 500);
  {
    Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Kept.ts",
                        {"--as-fast-as-possible"});
    stage.app().open(publisher.link());
    ASSERT_TRUE(wait_for([&] { return stage.show() && stage.show()->complete(); }, 20000));
    ASSERT_TRUE(wait_for([&] { return stage.player()->hasPicture(); }, 5000));
    stage.player()->seek(12000);
    ASSERT_TRUE(wait_for([&] { return stage.player()->position() > 12500; }, 5000));
    stage.app().leave();
  }
  stage.close();
  stage.open();
  ASSERT_EQ(stage.app().kept().size(), 1);
  auto* show = stage.app().kept().constFirst();
  EXPECT_TRUE(show->complete());
  EXPECT_GT(show->position(), 12000);
  EXPECT_GT(show->duration(), 19000);
  // It goes on where it was left, from the disk alone.
  stage.app().watch(show);
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 8000));
  EXPECT_GT(stage.player()->position(), 11000);
}

}  // namespace
}  // namespace freshet::test
