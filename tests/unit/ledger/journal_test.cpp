// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/journal.hpp"

#include <gtest/gtest.h>

#include "freshet/ledger/aux_record.hpp"
#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::ledger {
namespace {

Bytes journal_of(const test::TestAuthor& pub) {
  Bytes journal;
  for (const auto& update : pub.updates) {
    Bytes frame = journal_frame(JournalKind::Update, encode(update));
    journal.insert(journal.end(), frame.begin(), frame.end());
  }
  return journal;
}

TEST(Journal, AnyTruncationKeepsEveryWholeRecordBeforeIt) {
  test::TestAuthor pub;
  for (int i = 0; i < 5; ++i) pub.publish(test::random_bytes(20'000, i));
  Bytes journal = journal_of(pub);
  std::size_t last_good = 0;
  std::size_t last_count = 0;
  for (std::size_t cut = 0; cut <= journal.size(); ++cut) {
    std::size_t count = 0;
    Ledger ledger(test::make_descriptor(), system_crypto());
    std::size_t good = scan_journal(View(journal).first(cut), [&](JournalKind kind, View payload) {
      ++count;
      return kind == JournalKind::Update &&
             ledger.accept(*decode_update(payload), true) == Verdict::New;
    });
    EXPECT_LE(good, cut);
    EXPECT_GE(good, last_good);
    EXPECT_LE(count - last_count, 1U);
    last_good = good;
    last_count = count;
    if (count > 0) {
      EXPECT_EQ(*ledger.head(), pub.updates[count - 1].head);
    }
  }
  EXPECT_EQ(last_good, journal.size());
  EXPECT_EQ(last_count, pub.updates.size());
}

TEST(Journal, AFlippedBitEndsTheScanThere) {
  test::TestAuthor pub;
  for (int i = 0; i < 3; ++i) pub.publish(test::random_bytes(20'000, i));
  Bytes journal = journal_of(pub);
  std::size_t first = journal_frame(JournalKind::Update, encode(pub.updates[0])).size();
  for (std::size_t at = first; at < journal.size(); at += 13) {
    Bytes torn = journal;
    torn[at] ^= 4;
    std::size_t good = scan_journal(torn, [](JournalKind, View) { return true; });
    EXPECT_LE(good, at);
    EXPECT_GE(good, first);
  }
}

TEST(Journal, HashRangesRoundTrip) {
  for (LogKind kind : kLogKinds) {
    std::size_t size = kind == LogKind::Blocks ? 32 : kind == LogKind::Pieces ? 20 : 77;
    HashRange range{kind, 16, {Bytes(size, 1), Bytes(size, 2)}, {Hash32{}, Hash32{}}};
    Bytes bytes = encode(range);
    auto back = decode_hash_range(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(encode(*back), bytes);
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      EXPECT_FALSE(decode_hash_range(View(bytes).first(cut)));
    }
  }
}

TEST(AuxRecord, RoundTripsAndRefusals) {
  Bytes mark = encode(TimeMark{1234567890123, 99, true});
  auto back = decode_time_mark(mark);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->published_ms, 1234567890123U);
  EXPECT_EQ(back->size, 99U);
  EXPECT_TRUE(back->keyframe);
  EXPECT_FALSE(decode_time_mark(View(mark).first(5)));
  EXPECT_FALSE(decode_time_mark(encode(Channel{"x", {}})));
  auto channel = decode_channel(encode(Channel{"Kanal", {1, 2}}));
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->name, "Kanal");
  EXPECT_EQ(channel->picture, (Bytes{1, 2}));
  EXPECT_FALSE(decode_channel(encode(Channel{"\xff", {}})));
}

}  // namespace
}  // namespace freshet::ledger
