// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/ledger/show_fixture.hpp"

#include <gtest/gtest.h>

#include <random>

namespace freshet::test {

Bytes random_bytes(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

ledger::KeyPair key_of(std::uint8_t fill) {
  SecretSeed seed;
  seed.bytes.fill(fill);
  return ledger::KeyPair::from_seed(seed);
}

ledger::Descriptor make_descriptor(ShowOptions options) {
  ledger::Descriptor descriptor;
  descriptor.name = "show.ts";
  descriptor.piece_length = options.piece_length;
  descriptor.capacity = options.capacity;
  descriptor.final_kind = options.final_kind;
  descriptor.finalise_after = options.finalise_after;
  descriptor.media_type = "video/mp2t";
  descriptor.show_key = key_of(2).public_key();
  descriptor.salt.fill(7);
  ledger::certify(descriptor, key_of(1));
  return descriptor;
}

TestAuthor::TestAuthor(ShowOptions options)
    : ledger(make_descriptor(options), ledger::system_crypto()), author(ledger, key_of(2)) {}

ledger::HeadUpdate TestAuthor::apply(ledger::HeadUpdate update) {
  EXPECT_EQ(ledger.accept(update), ledger::Verdict::New);
  updates.push_back(update);
  return update;
}

ledger::HeadUpdate TestAuthor::publish(View more, bool with_tail) {
  bytes.insert(bytes.end(), more.begin(), more.end());
  do {
    more = more.subspan(author.append(more));
    now += 100;
    apply(author.cut(now, with_tail));
  } while (!more.empty());
  return updates.back();
}

ledger::HeadUpdate TestAuthor::end() {
  now += 100;
  return apply(author.end(now));
}

}  // namespace freshet::test
