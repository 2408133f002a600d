// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/media/ts_scanner.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  if (size == 0) return 0;
  // Fed in two ways, the same keyframes are found.
  media::TsScanner whole, parts;
  std::size_t step = 1 + data[0];
  View bytes = View(data, size).subspan(1);
  auto found = whole.feed(bytes);
  std::vector<std::uint64_t> again;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    auto some = parts.feed(bytes.subspan(at, std::min(step, bytes.size() - at)));
    again.insert(again.end(), some.begin(), some.end());
  }
  FRESHET_ASSERT(found == again);
  for (std::uint64_t offset : found) FRESHET_ASSERT(offset < bytes.size());
  return 0;
}
