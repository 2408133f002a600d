// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/head.hpp"

namespace freshet::ledger {
namespace {

constexpr std::string_view kHeadDomain = "freshet head 1";
constexpr std::uint8_t kFlagEnd = 1;
constexpr std::uint8_t kFlagFollowUp = 2;

void encode_unsigned(Writer& out, const Head& head) {
  int flags = (head.is_end() ? kFlagEnd : 0) | (head.follow_up ? kFlagFollowUp : 0);
  out.u8(static_cast<std::uint8_t>(flags)).u64(head.seq).u64(head.size).u64(head.published_ms);
  out.put(head.root.view()).put(head.v1_root.view()).put(head.tail_sha1.view());
  out.u32(head.aux_count).put(head.aux_root.view());
  if (head.ending) {
    out.put(head.ending->final_v1.view()).put(head.ending->final_v2.view());
    out.put(head.ending->file_sha256.view());
  }
  if (head.follow_up) out.put(head.follow_up->view());
}

Bytes signed_bytes(const Head& head, const Hash32& show) {
  Writer out;
  out.put(as_view(kHeadDomain)).u8(0).put(show.view());
  encode_unsigned(out, head);
  return out.take();
}

}  // namespace

std::uint32_t count_at(const Head& head, LogKind kind, const Descriptor& descriptor) {
  if (kind == LogKind::Blocks) return head.complete_blocks();
  if (kind == LogKind::Aux) return head.aux_count;
  return static_cast<std::uint32_t>(head.size / descriptor.piece_length);
}

const Hash32& root_at(const Head& head, LogKind kind) {
  if (kind == LogKind::Blocks) return head.root;
  return kind == LogKind::Aux ? head.aux_root : head.v1_root;
}

bool makes_root(const Merkle& merkle, const Frontier& frontier, const Head& head, LogKind kind,
                const std::optional<Hash32>& tail_leaf) {
  auto tail = kind == LogKind::Blocks ? tail_leaf : std::nullopt;
  return frontier.root(merkle, tail) == root_at(head, kind);
}

void encode(Writer& out, const Head& head) {
  encode_unsigned(out, head);
  out.put(head.signature.view());
}

Bytes encode(const Head& head) {
  Writer out;
  encode(out, head);
  return out.take();
}

Head read_head(Reader& in) {
  Head head;
  std::uint8_t flags = in.u8();
  if ((flags & ~(kFlagEnd | kFlagFollowUp)) != 0) in.fail();
  head.seq = in.u64();
  head.size = in.u64();
  head.published_ms = in.u64();
  head.root = in.fixed<Hash32>();
  head.v1_root = in.fixed<Hash32>();
  head.tail_sha1 = in.fixed<Hash20>();
  head.aux_count = in.u32();
  head.aux_root = in.fixed<Hash32>();
  if (flags & kFlagEnd) {
    head.ending.emplace();
    head.ending->final_v1 = in.fixed<Hash20>();
    head.ending->final_v2 = in.fixed<Hash32>();
    head.ending->file_sha256 = in.fixed<Hash32>();
  }
  if (flags & kFlagFollowUp) head.follow_up = in.fixed<Hash32>();
  head.signature = in.fixed<Signature>();
  return head;
}

void sign(Head& head, const Hash32& show, const KeyPair& show_key) {
  head.signature = show_key.sign(signed_bytes(head, show));
}

bool verify(const Head& head, const Hash32& show, const PublicKey& show_key, const Crypto& crypto) {
  return crypto.verify(show_key, signed_bytes(head, show), head.signature);
}

bool contradict(const Head& a, const Head& b) {
  if (a.seq == b.seq) return a != b;
  const Head& older = a.seq < b.seq ? a : b;
  const Head& newer = a.seq < b.seq ? b : a;
  return older.is_end() || newer.size < older.size || newer.published_ms < older.published_ms ||
         newer.aux_count < older.aux_count ||
         (older.follow_up && newer.follow_up != older.follow_up);
}

Bytes encode(const HeadUpdate& update) {
  Writer out;
  encode(out, update.head);
  if (update.head.tail_bytes() > 0) out.put(update.tail_leaf.value_or(Hash32{}).view());
  out.u32(update.first_block).u16(static_cast<std::uint16_t>(update.leaves.size()));
  for (const Hash32& leaf : update.leaves) out.put(leaf.view());
  out.u32(update.first_piece).u16(static_cast<std::uint16_t>(update.sha1s.size()));
  for (const Hash20& sha1 : update.sha1s) out.put(sha1.view());
  out.u32(update.first_aux).u16(static_cast<std::uint16_t>(update.aux.size()));
  for (const Bytes& record : update.aux) {
    out.u16(static_cast<std::uint16_t>(record.size())).put(record);
  }
  return out.take();
}

std::optional<HeadUpdate> decode_update(View bytes) {
  Reader in(bytes);
  HeadUpdate update;
  update.head = read_head(in);
  if (update.head.tail_bytes() > 0) update.tail_leaf = in.fixed<Hash32>();
  update.first_block = in.u32();
  std::size_t count = in.u16();
  if (count > kUpdateLeavesMax || in.left() < count * Hash32::kSize) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) update.leaves.push_back(in.fixed<Hash32>());
  update.first_piece = in.u32();
  count = in.u16();
  if (count > kUpdateLeavesMax || in.left() < count * Hash20::kSize) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) update.sha1s.push_back(in.fixed<Hash20>());
  update.first_aux = in.u32();
  count = in.u16();
  if (count > kUpdateAuxMax) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t size = in.u16();
    if (size == 0 || size > kAuxRecordMax) return std::nullopt;
    View record = in.take(size);
    update.aux.emplace_back(record.begin(), record.end());
  }
  if (!in.done()) return std::nullopt;
  return update;
}

}  // namespace freshet::ledger
