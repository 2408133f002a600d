// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/keys.hpp"
#include "freshet/ledger/link.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  std::string_view text = as_text({data, size});
  if (auto link = ledger::parse_link(text, ledger::system_crypto())) {
    auto again = ledger::parse_link(ledger::to_text(*link), ledger::system_crypto());
    FRESHET_ASSERT(again && again->descriptor == link->descriptor && again->peers == link->peers &&
                   again->trackers == link->trackers);
  }
  (void)ledger::KeyPair::from_text(text);
  return 0;
}
