// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/media/ts_scanner.hpp"

namespace freshet::media {
namespace {

constexpr std::size_t kPacket = 188;
constexpr std::uint8_t kSync = 0x47;

bool is_video(std::uint8_t stream_type) {
  switch (stream_type) {
    case 0x01:  // MPEG-1
    case 0x02:  // MPEG-2
    case 0x10:  // MPEG-4 part 2
    case 0x1b:  // H.264
    case 0x24:  // H.265
      return true;
    default:
      return false;
  }
}

std::uint16_t pid_at(View bytes, std::size_t at) {
  return static_cast<std::uint16_t>((bytes[at] & 0x1f) << 8 | bytes[at + 1]);
}

}  // namespace

std::vector<std::uint64_t> TsScanner::feed(View bytes) {
  std::vector<std::uint64_t> found;
  if (gave_up_) return found;
  rest_.insert(rest_.end(), bytes.begin(), bytes.end());
  std::size_t used = 0;
  while (rest_.size() - used >= kPacket) {
    if (rest_[used] != kSync) {
      gave_up_ = true;
      rest_.clear();
      return found;
    }
    packet(View(rest_).subspan(used, kPacket), offset_ + used, found);
    used += kPacket;
  }
  rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(used));
  offset_ += used;
  return found;
}

void TsScanner::packet(View packet, std::uint64_t offset, std::vector<std::uint64_t>& found) {
  bool unit_start = (packet[1] & 0x40) != 0;
  std::uint16_t pid = pid_at(packet, 1);
  std::size_t payload = 4;
  bool random_access = false;
  if (packet[3] & 0x20) {  // adaptation field
    random_access = packet[4] > 0 && (packet[5] & 0x40) != 0;
    payload = 5 + std::size_t{packet[4]};
  }
  if (video_pids_.contains(pid)) {
    if (unit_start && random_access) found.push_back(tables_at_.value_or(offset));
    tables_at_.reset();
    return;
  }
  bool table = pid == 0 || (pmt_pid_ && pid == *pmt_pid_);
  if (!table || !unit_start || payload >= kPacket) return;
  std::size_t section = payload + 1 + std::size_t{packet[payload]};  // after the pointer field
  if (section + 12 > kPacket) return;
  if (pid == 0) {
    tables_at_ = offset;
    read_pat(packet.subspan(section));
  } else {
    read_pmt(packet.subspan(section));
  }
}

void TsScanner::read_pat(View section) {
  if (section[0] != 0x00) return;
  std::size_t end = std::min<std::size_t>(3 + pid_at(section, 1), section.size());
  for (std::size_t at = 8; at + 8 <= end; at += 4) {  // the CRC takes the last four bytes
    bool network = section[at] == 0 && section[at + 1] == 0;
    if (!network) pmt_pid_ = pid_at(section, at + 2);
    if (!network) return;
  }
}

void TsScanner::read_pmt(View section) {
  if (section[0] != 0x02) return;
  std::size_t end = std::min<std::size_t>(3 + (pid_at(section, 1) & 0xfff), section.size());
  std::size_t at = 12 + (pid_at(section, 10) & 0xfffU);
  while (at + 9 <= end) {
    if (is_video(section[at])) video_pids_.insert(pid_at(section, at + 1));
    at += 5 + (pid_at(section, at + 3) & 0xfffU);
  }
}

}  // namespace freshet::media
