// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where a decoder may start in a raw MPEG transport stream (ISO/IEC 13818-1). Reads headers
// only; anything that is not a transport stream simply has no such place.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "freshet/base/bytes.hpp"

namespace freshet::media {

class TsScanner {
 public:
  // Offsets in the whole stream at which a video keyframe (or the tables just before it) begins,
  // found in `bytes`, which follow what was fed before. An offset may lie before these bytes.
  [[nodiscard]] std::vector<std::uint64_t> feed(View bytes);
  // Not a transport stream: nothing will ever be found.
  [[nodiscard]] bool gave_up() const { return gave_up_; }

 private:
  void packet(View packet, std::uint64_t offset, std::vector<std::uint64_t>& found);
  void read_pat(View section);
  void read_pmt(View section);

  Bytes rest_;                // an incomplete packet
  std::uint64_t offset_ = 0;  // of the first byte of `rest_`
  std::optional<std::uint16_t> pmt_pid_;
  std::set<std::uint16_t> video_pids_;
  std::optional<std::uint64_t> tables_at_;  // the last PAT, if no video packet came since
  bool gave_up_ = false;
};

}  // namespace freshet::media
