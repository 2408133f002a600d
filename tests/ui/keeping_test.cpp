// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of recordings, shows of several parts, a line that is too slow, and what is dropped
// onto the window.
#include <gtest/gtest.h>

#include <QDir>
#include <QDropEvent>
#include <QMimeData>

#include "models/settings.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

using ui::models::Settings;
using ui::models::Show;

// Watches a whole recording of this name; it stays in `current()`.
Show* fetch(Stage& stage, const QString& name) {
  QString folder = stage.folder("from " + name);
  Publisher publisher(folder, stage.folder("media") + "/media.ts", name + ".ts",
                      {"--as-fast-as-possible"});
  stage.app().open(publisher.link());
  EXPECT_TRUE(wait_for([&] { return stage.show() && stage.show()->complete(); }, 20000));
  EXPECT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 5000));
  return stage.show();
}

void drop(QQuickWindow& window, const QMimeData& data) {
  QPoint middle(window.width() / 2, window.height() / 2);
  QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, {});
  QCoreApplication::sendEvent(&window, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDragMoveEvent move(middle, Qt::CopyAction, &data, Qt::LeftButton, {});
  QCoreApplication::sendEvent(&window, &move);
  QDropEvent dropped(middle, Qt::CopyAction, &data, Qt::LeftButton, {});
  QCoreApplication::sendEvent(&window, &dropped);
}

TEST(Keeping, WhatWasWatchedGoesWhenThatIsChosen) {
  Stage stage;
  make_media(stage.folder("media"), 12, "320x180", 300);
  Settings::instance()->setKeep(Settings::Keep::UntilWatched);
  Show* show = fetch(stage, "Half seen");
  QString folder = show->folder();
  ASSERT_TRUE(QDir(folder).exists());
  stage.app().leave();
  EXPECT_EQ(stage.app().kept().size(), 1) << "it was not watched to its end";
  stage.app().watch(show);
  ASSERT_TRUE(wait_for([&] { return stage.player()->hasPicture(); }, 5000));
  stage.player()->seek(11700);
  ASSERT_TRUE(wait_for([&] { return show->position() > 11600; }, 5000));
  stage.app().leave();
  EXPECT_TRUE(stage.app().kept().empty());
  EXPECT_TRUE(wait_for([&] { return !QDir(folder).exists(); }, 5000));
}

TEST(Keeping, TheOldestGoesBeyondTheLimit) {
  Stage stage;
  make_media(stage.folder("media"), 12, "320x180", 300);
  QString first = fetch(stage, "First")->folder();
  stage.app().leave();
  Show* last = fetch(stage, "Second");
  QString second = last->folder();
  Settings::instance()->setKeep(Settings::Keep::Limit);
  Settings::instance()->setLimitGb(last->size() * 1.5 / 1e9);
  stage.app().leave();
  EXPECT_TRUE(wait_for([&] { return !QDir(first).exists(); }, 5000));
  EXPECT_TRUE(QDir(second).exists());
  EXPECT_EQ(stage.app().kept().size(), 1);
}

TEST(Keeping, AShowOfSeveralPartsPlaysOn) {
  Stage stage;
  make_media(stage.folder("media"), 24, "640x360", 1500);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Long.ts",
                      {"--capacity", "8", "--piece-length", "262144"});
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 8000));
  auto first = stage.show()->watched();
  ASSERT_TRUE(wait_for([&] { return stage.show()->watched() != first; }, 25000));
  EXPECT_TRUE(wait_for(
      [&] { return stage.player()->hasPicture() && stage.player()->position() > 1000; }, 8000));
  EXPECT_FALSE(stage.says("The show has ended"));
}

TEST(Keeping, ALineThatIsTooSlowIsSaidSo) {
  Stage stage;
  make_media(stage.folder("media"), 60, "640x360", 1500);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Fast.ts");
  Settings::instance()->setDownloadLimit(60);  // kB/s; the show needs about 200
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.show() && stage.show()->tooSlow(); }, 40000));
  EXPECT_TRUE(wait_for([&] { return stage.says("the show needs"); }, 8000));
  stage.shot("watch-slow");
  Settings::instance()->setDownloadLimit(0);
  EXPECT_TRUE(wait_for([&] { return !stage.show()->tooSlow(); }, 20000));
}

TEST(Keeping, WhatIsDroppedIsOpened) {
  Stage stage;
  make_media(stage.folder("media"), 12, "320x180", 300);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Drop.ts");
  QMimeData link;
  link.setText(publisher.link());
  drop(stage.window(), link);
  EXPECT_TRUE(wait_for([&] { return stage.show() != nullptr; }, 3000));
  stage.app().leave();
  QMimeData nonsense;
  nonsense.setText("https://example.org");
  drop(stage.window(), nonsense);
  EXPECT_TRUE(wait_for([&] { return stage.says("That is not the link of a show"); }, 3000));
}

TEST(Keeping, WhatCannotBeRemovedIsSaid) {
  Stage stage;
  make_media(stage.folder("media"), 12, "320x180", 300);
  Show* show = fetch(stage, "Stays");
  QString folder = show->folder();
  QString title;
  QObject::connect(&stage.app(), &ui::models::App::refused, &stage.window(),
                   [&](const QString& t, const QString&) { title = t; });
  // Somebody moved it away behind our back.
  ASSERT_TRUE(QDir().rename(folder, folder + "-elsewhere"));
  stage.app().remove(show);
  EXPECT_TRUE(wait_for([&] { return title.contains("could not be removed"); }, 5000));
}

}  // namespace
}  // namespace freshet::test
