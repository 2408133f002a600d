// SPDX-License-Identifier: GPL-3.0-or-later
// A show with fixed keys whose publisher side can be driven byte by byte.
#pragma once

#include <vector>

#include "freshet/ledger/author.hpp"
#include "freshet/ledger/ledger.hpp"

namespace freshet::test {

[[nodiscard]] Bytes random_bytes(std::size_t size, std::uint64_t seed);
[[nodiscard]] ledger::KeyPair key_of(std::uint8_t fill);

struct ShowOptions {
  std::uint32_t piece_length = 64 * 1024;
  std::uint32_t capacity = 64;
  ledger::FinalKind final_kind = ledger::FinalKind::V1;
  std::uint32_t finalise_after = ledger::kFinaliseAfterDefault;
};

[[nodiscard]] ledger::Descriptor make_descriptor(ShowOptions options = {});

// The publisher: appends bytes and applies each head to its own ledger.
class TestAuthor {
 public:
  explicit TestAuthor(ShowOptions options = {});

  // One head over everything given, in as many updates as it takes. Returns the last.
  ledger::HeadUpdate publish(View bytes, bool with_tail = true);
  ledger::HeadUpdate end();
  ledger::HeadUpdate apply(ledger::HeadUpdate update);

  ledger::Ledger ledger;
  ledger::Author author;
  Bytes bytes;
  std::vector<ledger::HeadUpdate> updates;
  WallMs now = 1'700'000'000'000;
};

}  // namespace freshet::test
