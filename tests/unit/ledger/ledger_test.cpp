// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/ledger.hpp"

#include "freshet/ledger/journal.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::ledger {
namespace {

using test::TestAuthor;

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() { pub.publish(test::random_bytes(300'000, 1)); }
  HeadUpdate resigned(HeadUpdate update) {
    sign(update.head, pub.ledger.id(), test::key_of(2));
    return update;
  }
  TestAuthor pub;
  Ledger viewer{test::make_descriptor(), system_crypto()};
};

TEST_F(LedgerTest, FollowsHeadsFromTheFirst) {
  for (int i = 0; i < 20; ++i) pub.publish(test::random_bytes(20'000, 10 + i), i % 2 == 1);
  for (const auto& update : pub.updates) EXPECT_EQ(viewer.accept(update), Verdict::New);
  EXPECT_EQ(viewer.head(), pub.ledger.head());
  EXPECT_EQ(viewer.accept(pub.updates.back()), Verdict::Known);
  EXPECT_EQ(viewer.accept(pub.updates[3]), Verdict::Known);
  for (std::uint32_t i = 0; i < viewer.head()->complete_blocks(); ++i) {
    EXPECT_TRUE(viewer.check_block(i, View(pub.bytes).subspan(i * kBlockSize, kBlockSize)));
  }
  auto tail = View(pub.bytes).subspan(viewer.head()->complete_blocks() * kBlockSize);
  EXPECT_TRUE(viewer.check_block(viewer.head()->complete_blocks(),
                                 tail.first(viewer.head()->tail_bytes())));
}

TEST_F(LedgerTest, UpdatesSurviveTheWire) {
  for (const auto& update : pub.updates) {
    Bytes bytes = encode(update);
    auto back = decode_update(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(encode(*back), bytes);
    for (std::size_t cut = 0; cut < bytes.size(); cut += 7) {
      EXPECT_FALSE(decode_update(View(bytes).first(cut)));
    }
    bytes.push_back(0);
    EXPECT_FALSE(decode_update(bytes));
  }
}

TEST_F(LedgerTest, AForgedHeadChangesNothing) {
  HeadUpdate update = pub.updates.back();
  update.head.size += kBlockSize;
  EXPECT_EQ(viewer.accept(update), Verdict::Forged);
  update = pub.updates.back();
  update.head.signature.bytes[5] ^= 1;
  EXPECT_EQ(viewer.accept(update), Verdict::Forged);
  EXPECT_FALSE(viewer.head());
  EXPECT_EQ(viewer.accept(pub.updates.back()), Verdict::New);
}

TEST_F(LedgerTest, AHeadWithWrongItemsIsTheSendersFault) {
  HeadUpdate update = pub.updates.back();
  update.leaves[3].bytes[0] ^= 1;
  EXPECT_EQ(viewer.accept(update), Verdict::Mismatch);
  update = pub.updates.back();
  update.tail_leaf->bytes[0] ^= 1;
  EXPECT_EQ(viewer.accept(update), Verdict::Mismatch);
  update = pub.updates.back();
  update.leaves.pop_back();
  EXPECT_EQ(viewer.accept(update), Verdict::Broken);
  EXPECT_FALSE(viewer.head());
  EXPECT_EQ(viewer.accept(pub.updates.back()), Verdict::New);
}

TEST_F(LedgerTest, OldHeadsAreDroppedWithoutACheck) {
  for (int i = 0; i < 70; ++i) pub.publish(test::random_bytes(100, i));
  for (const auto& update : pub.updates) ASSERT_EQ(viewer.accept(update), Verdict::New);
  HeadUpdate forged_and_old = pub.updates.front();
  forged_and_old.head.signature.bytes[0] ^= 1;
  EXPECT_EQ(viewer.accept(forged_and_old), Verdict::Known);
  HeadUpdate forged_and_recent = pub.updates[60];
  forged_and_recent.head.signature.bytes[0] ^= 1;
  EXPECT_EQ(viewer.accept(forged_and_recent), Verdict::Forged);
}

TEST_F(LedgerTest, AGapIsClosedByAFrontier) {
  ASSERT_EQ(viewer.accept(pub.updates.back()), Verdict::New);
  for (int i = 0; i < 5; ++i) pub.publish(test::random_bytes(50'000, 20 + i));
  EXPECT_EQ(viewer.accept(pub.updates.back()), Verdict::Gap);
  auto proof = pub.ledger.frontier_since(viewer.counts());
  ASSERT_TRUE(proof);
  auto back = decode_frontier(encode(*proof));
  ASSERT_TRUE(back);
  FrontierProof bad = *back;
  bad.parts[0].peaks[0].bytes[0] ^= 1;
  EXPECT_EQ(viewer.accept(bad), Verdict::Broken);
  bad = *back;
  ASSERT_FALSE(bad.parts[0].bridge.empty());
  bad.parts[0].bridge[0].bytes[0] ^= 1;
  EXPECT_EQ(viewer.accept(bad), Verdict::Broken);
  EXPECT_EQ(viewer.accept(*back), Verdict::New);
  EXPECT_EQ(viewer.head(), pub.ledger.head());
  pub.publish(test::random_bytes(50'000, 40));
  EXPECT_EQ(viewer.accept(pub.updates.back()), Verdict::New);
}

TEST_F(LedgerTest, ContradictionsAreEvidence) {
  pub.publish(test::random_bytes(1000, 2));
  auto check = [&](auto change) {
    Ledger v{test::make_descriptor(), system_crypto()};
    for (const auto& update : pub.updates) EXPECT_EQ(v.accept(update), Verdict::New);
    HeadUpdate update = pub.updates.back();
    change(update.head);
    EXPECT_EQ(v.accept(resigned(update)), Verdict::Contradiction);
    ASSERT_TRUE(v.evidence());
    EXPECT_EQ(v.head(), pub.ledger.head());
    auto sent = decode_evidence(encode(*v.evidence()));
    ASSERT_TRUE(sent);
    EXPECT_TRUE(viewer.accept(*sent));
  };
  check([](Head& head) { head.published_ms += 5; });                // same number, other bytes
  check([](Head& head) { head.seq += 3, head.size -= 1; });         // shrinks
  check([](Head& head) { head.seq += 3, head.published_ms = 1; });  // goes back in time
  check([](Head& head) {
    head.seq += 3, head.aux_count = 0, head.size += 1;
    head.published_ms = 0;
  });
}

TEST_F(LedgerTest, AFrozenShowStaysAtTheCommonPrefix) {
  for (const auto& update : pub.updates) ASSERT_EQ(viewer.accept(update), Verdict::New);
  auto before = viewer.head();
  HeadUpdate other = pub.updates.back();
  other.head.published_ms += 1;
  ASSERT_EQ(viewer.accept(resigned(other)), Verdict::Contradiction);
  pub.publish(test::random_bytes(1000, 2));
  EXPECT_EQ(viewer.accept(pub.updates.back()), Verdict::Known);
  EXPECT_EQ(viewer.head(), before);
}

TEST_F(LedgerTest, NothingFollowsAnEnd) {
  pub.end();
  for (const auto& update : pub.updates) ASSERT_EQ(viewer.accept(update), Verdict::New);
  EXPECT_TRUE(viewer.ended());
  HeadUpdate update = pub.updates.back();
  update.head.seq += 1;
  update.head.published_ms += 1;
  update.head.ending.reset();
  EXPECT_EQ(viewer.accept(resigned(update)), Verdict::Contradiction);
}

TEST_F(LedgerTest, EvidenceThatProvesNothingIsRefused) {
  pub.publish(test::random_bytes(1000, 2));
  HeadPair evidence{pub.updates[0].head, pub.updates[1].head};
  EXPECT_FALSE(viewer.accept(evidence));
  evidence.second = evidence.first;
  evidence.second.published_ms += 1;
  EXPECT_FALSE(viewer.accept(evidence));  // contradicts, but is not signed
  EXPECT_FALSE(viewer.evidence());
}

TEST_F(LedgerTest, RangesAreProvenToAJoinerAtTheEdge) {
  for (int i = 0; i < 5; ++i) pub.publish(test::random_bytes(50'000, 20 + i));
  ASSERT_EQ(viewer.accept(*pub.ledger.frontier_since({0, 0, 0})), Verdict::New);
  const Log& served = pub.ledger.log(LogKind::Pieces);
  auto uncles = served.tree().prove(0, 2, served.count());
  ASSERT_TRUE(uncles);
  std::vector<Bytes> items;
  for (std::uint32_t i = 0; i < 2; ++i) {
    items.emplace_back(served.item(i).begin(), served.item(i).end());
  }
  std::vector<Bytes> wrong = items;
  wrong[1][0] ^= 1;
  EXPECT_FALSE(viewer.insert(LogKind::Pieces, 0, wrong, *uncles));
  EXPECT_EQ(viewer.log(LogKind::Pieces).known_count(), 0U);
  EXPECT_TRUE(viewer.insert(LogKind::Pieces, 0, items, *uncles));
  EXPECT_EQ(viewer.log(LogKind::Pieces).known_count(), 2U);
  EXPECT_EQ(to_hex(viewer.log(LogKind::Pieces).item(1)), to_hex(served.item(1)));
}

// At an odd count the last leaf is a peak, and comes with the frontier; its item does not.
TEST_F(LedgerTest, AJoinerKnowsAllOnceEveryRangeIsIn) {
  while (pub.ledger.log(LogKind::Blocks).count() % 2 == 0 ||
         pub.ledger.log(LogKind::Pieces).count() % 2 == 0) {
    pub.publish(test::random_bytes(kBlockSize, pub.bytes.size()));
  }
  ASSERT_EQ(viewer.accept(*pub.ledger.frontier_since({0, 0, 0})), Verdict::New);
  for (LogKind kind : {LogKind::Blocks, LogKind::Pieces}) {
    const Log& served = pub.ledger.log(kind);
    EXPECT_EQ(viewer.log(LogKind::Pieces).known_count(), 0U);
    for (std::uint32_t i = 0; i < served.count(); ++i) {
      Hash32 leaf = *served.tree().leaf(i);
      View item = kind == LogKind::Blocks ? leaf.view() : served.item(i);
      std::vector<Bytes> items{Bytes(item.begin(), item.end())};
      ASSERT_TRUE(viewer.insert(kind, i, items, *served.tree().prove(i, 1, served.count())));
      EXPECT_TRUE(viewer.log(kind).known(i));
    }
    EXPECT_EQ(viewer.log(kind).known_count(), served.count());
  }
}

// Two histories that never use the same sequence number: only their trees tell.
TEST_F(LedgerTest, AForkIsProvenByTheOtherSidesFrontier) {
  TestAuthor twin;
  twin.now = pub.now + 1000;
  twin.publish(test::random_bytes(300'000, 2));
  twin.publish(test::random_bytes(1000, 3));  // seq 2: higher, later and longer than pub's
  ASSERT_EQ(viewer.accept(pub.updates.back()), Verdict::New);
  ASSERT_EQ(viewer.accept(twin.updates.back()), Verdict::Mismatch);
  FrontierProof proof = *twin.ledger.frontier_since(viewer.counts());
  FrontierProof lie = proof;
  lie.parts[0].old_peaks = viewer.log(LogKind::Blocks).tree().frontier().peaks();
  EXPECT_EQ(viewer.accept(lie), Verdict::Broken);  // those peaks do not lead to the twin's root
  ASSERT_EQ(viewer.accept(proof), Verdict::Contradiction);
  ASSERT_TRUE(viewer.evidence());
  ASSERT_TRUE(std::holds_alternative<ForkedLog>(*viewer.evidence()));
  Ledger stranger{test::make_descriptor(), system_crypto()};
  auto sent = decode_evidence(encode(*viewer.evidence()));
  ASSERT_TRUE(sent);
  EXPECT_EQ(*sent, *viewer.evidence());
  ForkedLog weak = std::get<ForkedLog>(*sent);
  weak.old_peaks = weak.older.peaks;
  EXPECT_FALSE(stranger.accept(Evidence{weak}));
  EXPECT_TRUE(stranger.accept(*sent));
  EXPECT_LT(encode(*sent).size(), kEvidenceMax);
}

TEST_F(LedgerTest, AFollowUpIsNamedOnceAndByTheSameBroadcaster) {
  Descriptor next = test::make_descriptor();
  next.salt.fill(9);
  certify(next, test::key_of(1));
  ASSERT_TRUE(pub.author.set_follow_up(next));
  pub.publish(test::random_bytes(1000, 2));
  for (const auto& update : pub.updates) ASSERT_EQ(viewer.accept(update), Verdict::New);
  EXPECT_EQ(viewer.follow_up(), next);
  pub.end();
  ASSERT_EQ(viewer.accept(pub.updates.back()), Verdict::New);
  EXPECT_TRUE(viewer.head()->follow_up);
  HeadUpdate update = pub.updates[1];
  update.head.seq += 5;
  update.head.published_ms += 5;
  update.head.follow_up = Hash32{};
  EXPECT_TRUE(contradict(update.head, pub.updates[1].head));

  TestAuthor other;
  Descriptor foreign = test::make_descriptor();
  certify(foreign, test::key_of(5));
  ASSERT_TRUE(other.author.set_follow_up(foreign));
  other.publish(test::random_bytes(1000, 2));
  EXPECT_FALSE(other.ledger.follow_up());
}

TEST_F(LedgerTest, AHeadBeyondTheCapacityIsRefused) {
  HeadUpdate update = pub.updates.back();
  update.head.size = pub.ledger.descriptor().size_max() + 1;
  EXPECT_EQ(viewer.accept(resigned(update)), Verdict::Broken);
}

}  // namespace
}  // namespace freshet::ledger
