// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/vectors/vector_show.hpp"

#include "freshet/base/check.hpp"
#include "freshet/base/cursor.hpp"
#include "freshet/ledger/aux_record.hpp"

namespace freshet::vectors {

using namespace ledger;

namespace {

constexpr WallMs kStart = 1'700'000'000'000;

// Another history by the same key: other bytes from the beginning.
struct Twin {
  Twin() : ledger(descriptor(FinalKind::V1), system_crypto()), author(ledger, key(2)) {}
  void publish(View bytes, WallMs at) {
    FRESHET_ASSERT(author.append(bytes) == bytes.size());
    FRESHET_ASSERT(ledger.accept(author.cut(at, true)) == Verdict::New);
  }
  [[nodiscard]] LogState state() const { return ledger.state(LogKind::Blocks); }
  Ledger ledger;
  Author author;
};

Bytes other_bytes(std::size_t size) {
  Bytes bytes = content(size);
  for (auto& byte : bytes) byte ^= 0xff;
  return bytes;
}

}  // namespace

KeyPair key(std::uint8_t fill) {
  SecretSeed seed;
  seed.bytes.fill(fill);
  return KeyPair::from_seed(seed);
}

Descriptor descriptor(FinalKind kind, std::uint8_t salt) {
  Descriptor d;
  d.name = "evening news.ts";
  d.piece_length = 64 * 1024;
  d.capacity = 64;
  d.final_kind = kind;
  d.media_type = "video/mp2t";
  d.planned_start = kStart / 1000;
  d.show_key = key(2).public_key();
  d.salt.fill(salt);
  certify(d, key(1));
  return d;
}

Bytes content(std::size_t size) {
  Bytes bytes;
  for (std::uint64_t i = 0; bytes.size() < size; ++i) {
    Writer seed;
    seed.put(as_view("freshet content")).u64(i);
    Hash32 hash = system_crypto().sha256(seed.view());
    bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
  }
  bytes.resize(size);
  return bytes;
}

Hash32 numbered_leaf(std::uint32_t index) {
  Writer out;
  out.u32(index);
  return system_crypto().sha256(out.view());
}

VectorShow::VectorShow(FinalKind kind, std::size_t size)
    : ledger(descriptor(kind), system_crypto()), author(ledger, key(2)) {
  (void)author.add_record(encode(TimeMark{kStart, 0, true}));
  append(std::min<std::size_t>(size, 20'000));
  if (size > 20'000) append(size - 20'000);
  if (size >= 300'000) FRESHET_ASSERT(author.set_follow_up(descriptor(kind, 9)));
  updates.push_back(author.end(kStart + 9'000));
  FRESHET_ASSERT(ledger.accept(updates.back()) == Verdict::New);
  Twin twin;
  twin.publish(other_bytes(20'000), kStart + 500);
  twin_head = *twin.ledger.head();
}

void VectorShow::append(std::size_t size) {
  bytes = content(bytes.size() + size);
  FRESHET_ASSERT(author.append(View(bytes).last(size)) == size);
  updates.push_back(author.cut(kStart + 500 * (updates.size() + 1), true));
  FRESHET_ASSERT(ledger.accept(updates.back()) == Verdict::New);
}

ForkedLog VectorShow::fork() const {
  Ledger older(ledger.descriptor(), system_crypto());
  FRESHET_ASSERT(older.accept(updates[0]) == Verdict::New);
  Twin twin;
  twin.publish(other_bytes(16'384), kStart + 700);
  twin.publish(other_bytes(100'000), kStart + 900);
  auto proof = *twin.ledger.frontier_since({1, 0, 0});
  return {LogKind::Blocks, older.state(LogKind::Blocks), twin.state(), proof.parts[0].old_peaks,
          proof.parts[0].bridge};
}

ChangedTail VectorShow::changed_tail() const {
  Twin before;
  before.publish(content(1'000), kStart + 500);
  Twin after;
  Bytes block = other_bytes(kBlockSize);
  after.publish(other_bytes(10), kStart + 100);
  after.publish(View(other_bytes(3 * kBlockSize)).subspan(10), kStart + 900);
  return {before.state(), after.state(), *after.ledger.log(LogKind::Blocks).tree().prove(0, 1, 3),
          block};
}

}  // namespace freshet::vectors
