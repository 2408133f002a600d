// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/wire/messages.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  View bytes{data, size};
  auto message = wire::decode(bytes);
  if (!message || std::holds_alternative<wire::Ignored>(*message)) return 0;
  Bytes again = wire::encode(*message);
  FRESHET_ASSERT(again.size() == size);
  // A head number's unknown flags are dropped; all else is spelled in one way only.
  if (std::holds_alternative<wire::HeadNumber>(*message)) return 0;
  FRESHET_ASSERT(again == Bytes(bytes.begin(), bytes.end()));
  return 0;
}
