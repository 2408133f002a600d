// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/journal.hpp"

#include "freshet/base/crc32c.hpp"
#include "ledger/node_list.hpp"

namespace freshet::ledger {
namespace {

constexpr std::uint8_t kProvisional = 1;
constexpr std::uint64_t kSilenceMax = 1ULL << 60;  // microseconds; more than any time-out

}  // namespace

Bytes encode(const FrontierProof& proof) {
  Writer out;
  encode(out, proof.head);
  if (proof.head.tail_bytes() > 0) out.put(proof.tail_leaf.value_or(Hash32{}).view());
  for (const auto& part : proof.parts) {
    out.u32(part.old_count);
    write_nodes(out, part.old_peaks);
    write_nodes(out, part.peaks);
    write_nodes(out, part.bridge);
  }
  return out.take();
}

std::optional<FrontierProof> decode_frontier(View bytes) {
  Reader in(bytes);
  FrontierProof proof;
  proof.head = read_head(in);
  if (proof.head.tail_bytes() > 0) proof.tail_leaf = in.fixed<Hash32>();
  for (auto& part : proof.parts) {
    part.old_count = in.u32();
    part.old_peaks = read_nodes(in);
    part.peaks = read_nodes(in);
    part.bridge = read_nodes(in);
  }
  if (!in.done()) return std::nullopt;
  return proof;
}

Bytes encode(const HashRange& range) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(range.kind)).u32(range.first);
  out.u16(static_cast<std::uint16_t>(range.items.size()));
  for (const Bytes& item : range.items) {
    if (range.kind == LogKind::Aux) out.u16(static_cast<std::uint16_t>(item.size()));
    out.put(item);
  }
  write_nodes(out, range.uncles);
  return out.take();
}

std::optional<HashRange> decode_hash_range(View bytes) {
  Reader in(bytes);
  HashRange range;
  std::uint8_t kind = in.u8();
  if (kind >= kLogKinds.size()) return std::nullopt;
  range.kind = static_cast<LogKind>(kind);
  range.first = in.u32();
  std::size_t count = in.u16();
  if (count == 0 || count > range_max(range.kind)) return std::nullopt;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    std::size_t size = range.kind == LogKind::Blocks   ? Hash32::kSize
                       : range.kind == LogKind::Pieces ? Hash20::kSize
                                                       : in.u16();
    if (size > kAuxRecordMax) return std::nullopt;
    View item = in.take(size);
    range.items.emplace_back(item.begin(), item.end());
  }
  range.uncles = read_nodes(in);
  if (!in.done()) return std::nullopt;
  return range;
}

Bytes encode_blocks(std::uint32_t first, std::uint32_t count) {
  Writer out;
  out.u32(first).u32(count);
  return out.take();
}

Bytes encode(const Silence& silence) {
  Writer out;
  out.u64(static_cast<std::uint64_t>(silence.heard_nothing_for.count()));
  out.u8(silence.provisional ? kProvisional : 0);
  return out.take();
}

std::optional<Silence> decode_silence(View bytes) {
  Reader in(bytes);
  auto micros = in.u64();
  std::uint8_t flags = in.u8();
  if (!in.done() || micros > kSilenceMax || flags > kProvisional) return std::nullopt;
  return Silence{Duration(static_cast<std::int64_t>(micros)), flags == kProvisional};
}

Bytes journal_frame(JournalKind kind, View payload) {
  Writer body;
  body.u8(static_cast<std::uint8_t>(kind)).put(payload);
  Writer out;
  out.u32(static_cast<std::uint32_t>(body.view().size())).u32(crc32c(body.view()));
  out.put(body.view());
  return out.take();
}

std::size_t scan_journal(View bytes, const std::function<bool(JournalKind, View)>& frame) {
  Reader in(bytes);
  std::size_t good = 0;
  while (in.left() > 0) {
    std::uint32_t size = in.u32();
    std::uint32_t crc = in.u32();
    if (size == 0 || size > kJournalFrameMax) break;
    View body = in.take(size);
    if (!in.ok() || crc32c(body) != crc) break;
    if (!frame(static_cast<JournalKind>(body[0]), body.subspan(1))) break;
    good = bytes.size() - in.left();
  }
  return good;
}

}  // namespace freshet::ledger
