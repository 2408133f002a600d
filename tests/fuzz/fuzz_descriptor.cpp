// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/aux_record.hpp"
#include "tests/fuzz/credulous.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  static const fuzz::Credulous crypto;
  View bytes{data, size};
  if (auto descriptor = ledger::decode_descriptor(bytes, crypto)) {
    FRESHET_ASSERT(ledger::encode(*descriptor) == as_text(bytes));
    FRESHET_ASSERT(descriptor->size_max() > 0 && !descriptor->name.empty());
    (void)ledger::live_info_hash(*descriptor, crypto);
  }
  (void)ledger::decode_show(ledger::kAuxFollowUp, bytes, crypto);
  if (auto mark = ledger::decode_time_mark(bytes)) {
    FRESHET_ASSERT(ledger::encode(*mark).size() == size);
  }
  if (auto channel = ledger::decode_channel(bytes)) {
    FRESHET_ASSERT(ledger::encode(*channel) == Bytes(bytes.begin(), bytes.end()));
  }
  return 0;
}
