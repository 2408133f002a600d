// SPDX-License-Identifier: GPL-3.0-or-later
// For those who do not see the window, do not use a mouse, or read the other way.
#include <gtest/gtest.h>

#include <QAccessible>
#include <QQuickItem>
#include <QTest>

#include "models/settings.hpp"
#include "tests/ui/stage.hpp"

namespace freshet::test {
namespace {

// What can be operated has a name.
void look_at(QAccessibleInterface* item, int& seen) {
  if (!item || !item->isValid() || item->state().invisible) return;
  switch (item->role()) {
    case QAccessible::Button:
    case QAccessible::CheckBox:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::PageTab:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
      ++seen;
      EXPECT_FALSE(item->text(QAccessible::Name).isEmpty())
          << "a nameless " << static_cast<int>(item->role()) << " at " << item->rect().x() << ", "
          << item->rect().y();
      break;
    default:
      break;
  }
  for (int i = 0; i < item->childCount(); ++i) look_at(item->child(i), seen);
}

int named(Stage& stage) {
  int seen = 0;
  look_at(QAccessible::queryAccessibleInterface(&stage.window()), seen);
  return seen;
}

void press_tab(Stage& stage, int times) {
  for (int i = 0; i < times; ++i) stage.press(Qt::Key_Tab);
}

TEST(Access, EverythingThatCanBeOperatedHasAName) {
  QAccessible::setActive(true);
  Stage stage;
  EXPECT_GE(named(stage), 5) << "the empty Home page";
  stage.window().setProperty("page", "settings");
  ASSERT_TRUE(wait_for([&] { return stage.says("Folder and disk"); }, 2000));
  EXPECT_GE(named(stage), 12) << "Settings";
  stage.shot("settings");
  stage.window().setProperty("page", "home");
  make_media(stage.folder("media"), 10, "640x360", 500);
  Publisher publisher(stage.folder("publisher"), stage.folder("media") + "/media.ts", "Names.ts");
  stage.app().open(publisher.link());
  ASSERT_TRUE(wait_for([&] { return stage.player() && stage.player()->hasPicture(); }, 10000));
  stage.press(Qt::Key_P);
  ASSERT_TRUE(wait_for([&] { return stage.says("Who is here"); }, 2000));
  EXPECT_GE(named(stage), 12) << "Watch";
}

TEST(Access, TheKeyboardAloneGetsToTheSettingsAndBack) {
  Stage stage;
  stage.window().requestActivate();
  ASSERT_TRUE(wait_for([&] { return stage.window().activeFocusItem() != nullptr; }, 3000));
  // The tab order goes round: Home, Settings, the field, its button, two more.
  bool there = false;
  for (int i = 0; i < 12 && !there; ++i) {
    press_tab(stage, 1);
    const QQuickItem* focus = stage.window().activeFocusItem();
    there = focus && focus->property("goal").toString() == "settings";
  }
  ASSERT_TRUE(there);
  stage.press(Qt::Key_Return);
  EXPECT_TRUE(wait_for([&] { return stage.says("Folder and disk"); }, 2000));
  stage.shot("focus-ring");
}

TEST(Access, AThemeIsChosenAndAllOfTheWindowFollows) {
  Stage stage;
  auto* settings = ui::models::Settings::instance();
  settings->setTheme(ui::models::Settings::Theme::Dark);
  EXPECT_TRUE(wait_for([&] { return stage.window().color().lightnessF() < 0.2; }, 1000));
  stage.shot("home-empty-dark");
  settings->setTheme(ui::models::Settings::Theme::Light);
  EXPECT_TRUE(wait_for([&] { return stage.window().color().lightnessF() > 0.8; }, 1000));
}

}  // namespace
}  // namespace freshet::test
