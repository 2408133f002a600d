// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every tree, head, tail and journal, tried on thousands of random ones that are
// made smaller when they fail (RC_PARAMS in the environment: "max_success=10000 seed=...").
#include <rapidcheck.h>

#include <bit>

#include "freshet/ledger/aux_record.hpp"
#include "freshet/ledger/final_torrent.hpp"
#include "freshet/ledger/journal.hpp"
#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::ledger {
namespace {

using test::TestAuthor;

int failures = 0;

// rc::check prints what failed and the smallest case of it.
template <class F>
void property(const char* name, F body) {
  if (!rc::check(name, body)) ++failures;
}

const Merkle& merkle() {
  static const Merkle instance(system_crypto());
  return instance;
}

Hash32 leaf(std::uint32_t index, std::uint8_t history = 0) {
  std::uint8_t bytes[5] = {static_cast<std::uint8_t>(index), static_cast<std::uint8_t>(index >> 8),
                           static_cast<std::uint8_t>(index >> 16), 7, history};
  return system_crypto().sha256(bytes);
}

// BEP 52's definition, computed the long way.
Hash32 slow_root(std::vector<Hash32> row) {
  if (row.empty()) return {};
  unsigned levels = static_cast<unsigned>(std::bit_width(row.size() - 1));
  return merkle().subtree(row, levels);
}

Tree grown(HeapArena& arena, std::uint32_t count, std::uint32_t fork_at = UINT32_MAX) {
  Tree tree(merkle(), arena);
  for (std::uint32_t i = 0; i < count; ++i) tree.append(leaf(i, i >= fork_at));
  return tree;
}

void flip(Bytes& bytes, std::size_t at) {
  bytes[at % bytes.size()] ^= static_cast<std::uint8_t>(1 << at % 8);
}

void trees() {
  property("a root is that of the padded leaves, with and without a tail", [] {
    auto count = *rc::gen::inRange<std::uint32_t>(0, 600);
    HeapArena arena;
    Tree tree = grown(arena, count);
    std::vector<Hash32> leaves;
    for (std::uint32_t i = 0; i < count; ++i) leaves.push_back(leaf(i));
    RC_ASSERT(tree.frontier().root(merkle(), std::nullopt) == slow_root(leaves));
    leaves.push_back(leaf(99));
    RC_ASSERT(tree.frontier().root(merkle(), leaf(99)) == slow_root(leaves));
  });
  property("every aligned range is proven to a joiner, and no other leaves are", [] {
    auto count = *rc::gen::inRange<std::uint32_t>(1, 600);
    auto later = count + *rc::gen::inRange<std::uint32_t>(0, 200);
    unsigned level = *rc::gen::inRange<unsigned>(0, static_cast<unsigned>(std::bit_width(count)));
    std::uint32_t size = 1U << level;
    std::uint32_t first = *rc::gen::inRange<std::uint32_t>(0, count / size) * size;
    HeapArena arena;
    Tree server = grown(arena, later);
    auto uncles = server.prove(first, size, count);
    RC_ASSERT(uncles.has_value());
    Tree joiner(merkle(), arena);
    RC_ASSERT(joiner.advance(*server.frontier_at(count), {}));
    std::vector<Hash32> leaves;
    for (std::uint32_t i = 0; i < size; ++i) leaves.push_back(leaf(first + i));
    auto wrong = leaves;
    wrong[*rc::gen::inRange<std::size_t>(0, size)].bytes[3] ^= 8;
    RC_ASSERT(!joiner.insert(first, wrong, *uncles));
    RC_ASSERT(joiner.insert(first, leaves, *uncles));
    RC_ASSERT(joiner.leaf(first + size - 1) == leaf(first + size - 1));
  });
  property("a tree grows out of each of its past, and out of no other", [] {
    auto count = *rc::gen::inRange<std::uint32_t>(1, 600);
    auto old = *rc::gen::inRange<std::uint32_t>(0, count + 1);
    auto fork = *rc::gen::inRange<std::uint32_t>(0, old + 1);
    HeapArena arena;
    Tree tree = grown(arena, count);
    auto bridge = tree.bridge(old);
    Frontier now = tree.frontier();
    RC_ASSERT(leads_to(merkle(), *tree.frontier_at(old), now, *bridge));
    RC_ASSERT(tree.frontier_at(old)->peaks() == grown(arena, old).frontier().peaks());
    if (fork < old) {
      RC_ASSERT(!leads_to(merkle(), grown(arena, old, fork).frontier(), now, *bridge));
    }
    if (!bridge->empty()) {
      auto changed = *bridge;
      changed[*rc::gen::inRange<std::size_t>(0, changed.size())].bytes[0] ^= 1;
      RC_ASSERT(!leads_to(merkle(), *tree.frontier_at(old), now, changed));
    }
  });
}

// A show of random chunks, with and without tails, as its author makes it.
void publish_some(TestAuthor& pub) {
  auto chunks = *rc::gen::inRange(1, 12);
  for (int i = 0; i < chunks; ++i) {
    auto size = *rc::gen::inRange<std::size_t>(0, 60'000);
    if (*rc::gen::arbitrary<bool>()) {
      (void)pub.author.add_record(encode(TimeMark{pub.now, pub.bytes.size(), i % 2 == 0}));
    }
    pub.publish(test::random_bytes(size, pub.bytes.size() + 1), *rc::gen::arbitrary<bool>());
  }
}

void heads() {
  property("a viewer that sees any of the heads ends where the publisher is", [] {
    TestAuthor pub;
    publish_some(pub);
    Ledger viewer(test::make_descriptor(), system_crypto());
    for (const auto& update : pub.updates) {
      if (*rc::gen::inRange(0, 3) == 0) continue;  // lost
      auto verdict = viewer.accept(update);
      RC_ASSERT(verdict == Verdict::New || verdict == Verdict::Gap);
      if (verdict == Verdict::Gap) {
        // What it gets instead is of the newest head.
        RC_ASSERT(viewer.accept(*pub.ledger.frontier_since(viewer.counts())) == Verdict::New);
        break;
      }
    }
    auto last = viewer.accept(*pub.ledger.frontier_since(viewer.counts()));
    RC_ASSERT(last == Verdict::New || last == Verdict::Known);
    RC_ASSERT(viewer.head() == pub.ledger.head());
    RC_ASSERT(!viewer.evidence());
    auto size = viewer.size();
    auto tail = static_cast<std::uint32_t>(size / kBlockSize);
    auto block = View(pub.bytes).subspan(std::size_t{tail} * kBlockSize, size % kBlockSize);
    RC_ASSERT(block.empty() || viewer.check_block(tail, block));
  });
  property("no changed byte of a head or its items is believed", [] {
    TestAuthor pub;
    publish_some(pub);
    Bytes bytes = encode(pub.updates.back());
    flip(bytes, *rc::gen::inRange<std::size_t>(0, bytes.size() * 8));
    auto changed = decode_update(bytes);
    if (!changed) return;
    Ledger viewer(test::make_descriptor(), system_crypto());
    for (std::size_t i = 0; i + 1 < pub.updates.size(); ++i) (void)viewer.accept(pub.updates[i]);
    auto before = viewer.head();
    auto verdict = viewer.accept(*changed);
    RC_ASSERT(verdict != Verdict::New);
    RC_ASSERT(viewer.head() == before);
    RC_ASSERT(viewer.accept(pub.updates.back()) == Verdict::New);
  });
}

void forks() {
  property("no changed byte of a frontier is believed, and none is evidence", [] {
    TestAuthor pub;
    publish_some(pub);
    Ledger viewer(test::make_descriptor(), system_crypto());
    auto until = *rc::gen::inRange<std::size_t>(0, pub.updates.size());
    for (std::size_t i = 0; i < until; ++i) (void)viewer.accept(pub.updates[i]);
    if (viewer.head() == pub.ledger.head()) return;
    Bytes bytes = encode(*pub.ledger.frontier_since(viewer.counts()));
    flip(bytes, *rc::gen::inRange<std::size_t>(0, bytes.size() * 8));
    auto changed = decode_frontier(bytes);
    if (!changed) return;
    auto verdict = viewer.accept(*changed);
    RC_ASSERT(verdict == Verdict::Forged || verdict == Verdict::Broken || verdict == Verdict::Gap);
    RC_ASSERT(!viewer.evidence());
  });
  property("two different histories of one key are always found out", [] {
    TestAuthor one, other;
    auto common = *rc::gen::inRange<std::size_t>(0, 100'000);
    Bytes shared = test::random_bytes(common, 1);
    for (TestAuthor* author : {&one, &other}) author->publish(shared);
    one.publish(test::random_bytes(*rc::gen::inRange<std::size_t>(1, 90'000), 2));
    other.now += 7;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      other.publish(test::random_bytes(*rc::gen::inRange<std::size_t>(1, 90'000), 3 + i));
    }
    Ledger viewer(test::make_descriptor(), system_crypto());
    for (const auto& update : one.updates) RC_ASSERT(viewer.accept(update) == Verdict::New);
    auto head = viewer.head();
    auto verdict = viewer.accept(other.updates.back());
    if (verdict == Verdict::Gap || verdict == Verdict::Mismatch) {
      auto proof = other.ledger.frontier_since(viewer.counts());
      if (proof) verdict = viewer.accept(*proof);
    }
    // Either it is proven, or (the fork is inside a tail) the bytes of its block will prove it.
    if (verdict == Verdict::Contradiction) {
      RC_ASSERT(proves_equivocation(*viewer.evidence(), test::make_descriptor(), system_crypto()));
      RC_ASSERT(viewer.head() == head);
      RC_ASSERT(decode_evidence(encode(*viewer.evidence())) == viewer.evidence());
    } else {
      RC_ASSERT(head->tail_bytes() > 0);
    }
  });
}

void tails() {
  property("a tail is checked at its own length only, and grows into its block", [] {
    TestAuthor pub;
    auto size = *rc::gen::inRange<std::size_t>(1, 3 * kBlockSize);
    pub.publish(test::random_bytes(size, 3));
    auto block = static_cast<std::uint32_t>(size / kBlockSize);
    auto length = size % kBlockSize;
    View tail = View(pub.bytes).subspan(size - length);
    if (length == 0) return;
    RC_ASSERT(pub.ledger.check_block(block, tail));
    RC_ASSERT(!pub.ledger.check_block(block, tail.first(length - 1)));
    pub.publish(test::random_bytes(kBlockSize, 4));
    RC_ASSERT(!pub.ledger.check_block(block, tail));
    RC_ASSERT(pub.ledger.check_block(block, View(pub.bytes).subspan(size - length, kBlockSize)));
  });
  property("any head has a final torrent, and the end names it", [] {
    auto kind = *rc::gen::element(FinalKind::V1, FinalKind::Hybrid);
    TestAuthor pub({.piece_length = 65536, .capacity = 64, .final_kind = kind});
    pub.publish(test::random_bytes(*rc::gen::inRange<std::size_t>(1, 400'000), 5));
    auto before = final_torrent(pub.ledger);
    pub.end();
    auto after = final_torrent(pub.ledger);
    RC_ASSERT(before && after && before->v1 == after->v1 && before->v2 == after->v2);
    RC_ASSERT(pub.ledger.head()->ending->final_v1 == after->v1);
  });
}

void journals() {
  property("a torn or flipped journal gives a prefix of what was written", [] {
    TestAuthor pub;
    publish_some(pub);
    Bytes journal;
    for (const auto& update : pub.updates) {
      Bytes frame = journal_frame(JournalKind::Published, encode(update));
      journal.insert(journal.end(), frame.begin(), frame.end());
    }
    if (*rc::gen::arbitrary<bool>()) {
      journal.resize(*rc::gen::inRange<std::size_t>(0, journal.size() + 1));
    } else {
      flip(journal, *rc::gen::inRange<std::size_t>(0, journal.size() * 8));
    }
    Ledger back(test::make_descriptor(), system_crypto());
    std::size_t frames = 0;
    std::size_t good = scan_journal(journal, [&](JournalKind, View payload) {
      RC_ASSERT(encode(pub.updates[frames]) == Bytes(payload.begin(), payload.end()));
      return back.accept(*decode_update(payload), true) == Verdict::New && ++frames > 0;
    });
    RC_ASSERT(good <= journal.size());
    if (frames > 0) RC_ASSERT(*back.head() == pub.updates[frames - 1].head);
  });
}

}  // namespace
}  // namespace freshet::ledger

int main() {
  freshet::ledger::trees();
  freshet::ledger::heads();
  freshet::ledger::forks();
  freshet::ledger::tails();
  freshet::ledger::journals();
  return freshet::ledger::failures == 0 ? 0 : 1;
}
