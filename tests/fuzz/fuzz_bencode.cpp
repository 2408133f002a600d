// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/bencode.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  std::string_view text = as_text({data, size});
  // Strict: what decodes is the one spelling of its value.
  if (auto value = ledger::bencode::decode(text)) {
    FRESHET_ASSERT(ledger::bencode::encode(*value) == text);
  }
  return 0;
}
