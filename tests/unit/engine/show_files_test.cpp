// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/show_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::engine {
namespace {

namespace fs = std::filesystem;

class ShowFilesTest : public testing::Test {
 protected:
  ShowFilesTest()
      : folder(fs::temp_directory_path() / ("freshet-files-" + std::to_string(::getpid()))) {
    fs::remove_all(folder);
  }
  ~ShowFilesTest() override { fs::remove_all(folder); }

  std::unique_ptr<ShowFiles> open(bool fresh) {
    ShowMeta meta{test::make_descriptor(), true, {}};
    SecretSeed seed = test::key_of(2).seed();
    auto files = ShowFiles::open(folder, fresh ? std::optional(meta) : std::nullopt,
                                 fresh ? &seed : nullptr);
    EXPECT_TRUE(files) << files.error().message;
    return files ? std::move(*files) : nullptr;
  }
  fs::path folder;
};

// However early it is killed, a publisher's show that is known here can go on.
TEST_F(ShowFilesTest, AKnownShowHasItsKeyAndItsJournal) {
  open(true);
  auto files = open(false);
  EXPECT_TRUE(files->load_secret());
  auto recovered = files->recover();
  ASSERT_TRUE(recovered);
  EXPECT_FALSE(recovered->journal_lost);
}

TEST_F(ShowFilesTest, ALostJournalIsNoticedEvenTwice) {
  open(true);
  fs::remove(folder / ".freshet/journal");
  for (int i = 0; i < 2; ++i) {
    auto recovered = open(false)->recover();
    ASSERT_TRUE(recovered);
    EXPECT_TRUE(recovered->journal_lost);
  }
}

TEST_F(ShowFilesTest, ASecondProgramIsLockedOut) {
  auto first = open(true);
  auto second = ShowFiles::open(folder, std::nullopt);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Locked);
}

TEST_F(ShowFilesTest, WhatWasCutFromTheFileIsNotHeld) {
  test::TestAuthor pub;
  pub.publish(test::random_bytes(200'000, 1));
  {
    auto files = open(true);
    ASSERT_TRUE(files->write(0, pub.bytes));
    for (const auto& update : pub.updates) {
      ASSERT_TRUE(files->append(ledger::JournalKind::Published, ledger::encode(update)));
    }
  }
  EXPECT_EQ(open(false)->recover()->blocks.count(), 12U);
  EXPECT_EQ(open(false)->recover()->tail.size(), 200'000U - 12 * kBlockSize);
  fs::resize_file(folder / "show.ts", 100'000);
  EXPECT_EQ(open(false)->recover()->blocks.count(), 6U);
}

}  // namespace
}  // namespace freshet::engine
