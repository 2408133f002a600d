// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/author.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::ledger {
namespace {

using test::TestAuthor;

TEST(Author, ATailIsLeftOutUntilAskedFor) {
  TestAuthor pub;
  pub.publish(test::random_bytes(kBlockSize + 100, 1), false);
  EXPECT_EQ(pub.ledger.size(), kBlockSize);
  pub.publish(test::random_bytes(10, 2), true);
  EXPECT_EQ(pub.ledger.size(), kBlockSize + 110);
  // Announced bytes stay announced.
  pub.publish(test::random_bytes(10, 3), false);
  EXPECT_EQ(pub.ledger.size(), kBlockSize + 120);
}

TEST(Author, OneHeadAddsAtMostItsLimit) {
  TestAuthor pub({.piece_length = 1024 * 1024});
  Bytes bytes = test::random_bytes((kUpdateLeavesMax + 10) * kBlockSize, 1);
  EXPECT_EQ(pub.author.append(bytes), std::size_t{kUpdateLeavesMax} * kBlockSize);
  EXPECT_EQ(pub.author.append(View(bytes).subspan(kUpdateLeavesMax * kBlockSize)), 0U);
  EXPECT_EQ(pub.apply(pub.author.cut(pub.now, true)).leaves.size(), kUpdateLeavesMax);
}

TEST(Author, AuxRecordsAreBounded) {
  TestAuthor pub;
  EXPECT_FALSE(pub.author.add_record(Bytes(kAuxRecordMax + 1)));
  for (std::uint32_t i = 0; i < kUpdateAuxMax; ++i) EXPECT_TRUE(pub.author.add_record(Bytes(5)));
  EXPECT_FALSE(pub.author.add_record(Bytes(5)));
  EXPECT_EQ(pub.apply(pub.author.cut(pub.now, true)).head.aux_count, kUpdateAuxMax);
}

TEST(Author, TheClockNeverGoesBack) {
  TestAuthor pub;
  auto first = pub.apply(pub.author.cut(5000, true));
  auto second = pub.apply(pub.author.cut(10, true));
  EXPECT_EQ(second.head.published_ms, first.head.published_ms + 1);
}

TEST(Author, ContinuesAfterARestartAsIfNothingHadHappened) {
  for (std::size_t cut : {0UL, 1UL, 16384UL, 70000UL, 65536UL * 2, 65536UL * 2 + 5}) {
    Bytes all = test::random_bytes(200'000, 9);
    TestAuthor one;
    one.publish(View(all).first(cut));
    one.publish(View(all).subspan(cut));
    HeadUpdate whole = one.end();

    TestAuthor before;
    before.publish(View(all).first(cut));
    Author after(before.ledger, test::key_of(2));
    after.resume(View(all).first(cut));
    EXPECT_EQ(after.appended(), cut);
    EXPECT_EQ(after.append(View(all).subspan(cut)), all.size() - cut);
    HeadUpdate update = after.cut(before.now + 100, true);
    EXPECT_EQ(before.ledger.accept(update), Verdict::New);
    HeadUpdate end = after.end(before.now + 200);
    EXPECT_EQ(end.head, whole.head) << cut;
  }
}

}  // namespace
}  // namespace freshet::ledger
