// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/journal.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/vectors/vector_show.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  using ledger::JournalKind;
  static const ledger::Descriptor descriptor = vectors::descriptor(ledger::FinalKind::V1);
  auto feed = [](ledger::Ledger& to, JournalKind kind, View payload) {
    switch (kind) {
      case JournalKind::Update:
      case JournalKind::Published:
        if (auto update = ledger::decode_update(payload)) (void)to.accept(*update, true);
        break;
      case JournalKind::Frontier:
        if (auto proof = ledger::decode_frontier(payload)) (void)to.accept(*proof, true);
        break;
      case JournalKind::Hashes:
        if (auto range = ledger::decode_hash_range(payload)) {
          (void)to.insert(range->kind, range->first, range->items, range->uncles);
        }
        break;
      default:
        (void)ledger::decode_silence(payload);
    }
    return true;
  };
  ledger::Ledger as_journal(descriptor, ledger::system_crypto());
  std::size_t good = ledger::scan_journal({data, size}, [&](JournalKind kind, View payload) {
    return feed(as_journal, kind, payload);
  });
  FRESHET_ASSERT(good <= size);
  // The fuzzer does not find checksums: the same payloads without the frames around them.
  ledger::Ledger bare(descriptor, ledger::system_crypto());
  for (int kind = 1; kind <= 9; ++kind) feed(bare, static_cast<JournalKind>(kind), {data, size});
  return 0;
}
