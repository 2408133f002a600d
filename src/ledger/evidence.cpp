// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/evidence.hpp"

#include "ledger/node_list.hpp"

namespace freshet::ledger {
namespace {

void write_state(Writer& out, const LogState& state) {
  encode(out, state.head);
  if (state.head.tail_bytes() > 0) out.put(state.tail_leaf.value_or(Hash32{}).view());
  write_nodes(out, state.peaks);
}

LogState read_state(Reader& in) {
  LogState state;
  state.head = read_head(in);
  if (state.head.tail_bytes() > 0) state.tail_leaf = in.fixed<Hash32>();
  state.peaks = read_nodes(in);
  return state;
}

struct Encoder {
  Writer& out;

  void operator()(const HeadPair& e) const {
    encode(out, e.first);
    encode(out, e.second);
  }
  void operator()(const ForkedLog& e) const {
    out.u8(static_cast<std::uint8_t>(e.kind));
    write_state(out, e.older);
    write_state(out, e.newer);
    write_nodes(out, e.old_peaks);
    write_nodes(out, e.bridge);
  }
  void operator()(const ChangedTail& e) const {
    write_state(out, e.older);
    write_state(out, e.newer);
    write_nodes(out, e.uncles);
    out.u16(static_cast<std::uint16_t>(e.bytes.size())).put(e.bytes);
  }
};

struct Checker {
  const Descriptor& descriptor;
  const Crypto& crypto;
  Merkle merkle{crypto};
  Hash32 show{show_id(descriptor, crypto)};

  [[nodiscard]] bool is_signed(const Head& head) const {
    return verify(head, show, descriptor.show_key, crypto);
  }
  // The peaks of a log, proven by the root in its signed head.
  [[nodiscard]] std::optional<Frontier> proven(const LogState& state, LogKind kind) const {
    auto frontier = Frontier::from(count_at(state.head, kind, descriptor), state.peaks);
    if (!frontier || !is_signed(state.head)) return std::nullopt;
    if (!makes_root(merkle, *frontier, state.head, kind, state.tail_leaf)) return std::nullopt;
    return frontier;
  }

  bool operator()(const HeadPair& e) const {
    return contradict(e.first, e.second) && is_signed(e.first) && is_signed(e.second);
  }
  bool operator()(const ForkedLog& e) const {
    auto older = proven(e.older, e.kind);
    auto newer = proven(e.newer, e.kind);
    if (!older || !newer) return false;
    auto before = Frontier::from(older->count, e.old_peaks);
    return before && leads_to(merkle, *before, *newer, e.bridge) &&
           before->peaks() != older->peaks();
  }
  bool operator()(const ChangedTail& e) const {
    auto older = proven(e.older, LogKind::Blocks);
    auto newer = proven(e.newer, LogKind::Blocks);
    if (!older || !newer || !e.older.tail_leaf) return false;
    std::uint32_t block = e.older.head.complete_blocks();
    std::size_t known = e.older.head.tail_bytes();
    if (e.bytes.size() < known) return false;
    Hash32 leaf = crypto.sha256(e.bytes);
    if (block < newer->count) {
      NodeId peak = peak_over(newer->count, block);
      if (e.bytes.size() != kBlockSize || e.uncles.size() != peak.level) return false;
      if (climb(merkle, leaf, block, e.uncles) != newer->peak[peak.level]) return false;
    } else if (block != newer->count || e.bytes.size() != e.newer.head.tail_bytes() ||
               leaf != e.newer.tail_leaf) {
      return false;
    }
    return crypto.sha256(View(e.bytes).first(known)) != *e.older.tail_leaf;
  }
};

}  // namespace

Bytes encode(const Evidence& evidence) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(evidence.index()));
  std::visit(Encoder{out}, evidence);
  return out.take();
}

std::optional<Evidence> decode_evidence(View bytes) {
  if (bytes.size() > kEvidenceMax) return std::nullopt;
  Reader in(bytes);
  Evidence evidence;
  switch (in.u8()) {
    case 0: {
      HeadPair pair;
      pair.first = read_head(in);
      pair.second = read_head(in);
      evidence = pair;
      break;
    }
    case 1: {
      ForkedLog fork;
      std::uint8_t kind = in.u8();
      if (kind >= kLogKinds.size()) return std::nullopt;
      fork.kind = static_cast<LogKind>(kind);
      fork.older = read_state(in);
      fork.newer = read_state(in);
      fork.old_peaks = read_nodes(in);
      fork.bridge = read_nodes(in);
      evidence = std::move(fork);
      break;
    }
    case 2: {
      ChangedTail tail;
      tail.older = read_state(in);
      tail.newer = read_state(in);
      tail.uncles = read_nodes(in);
      View block = in.take(in.u16());
      tail.bytes.assign(block.begin(), block.end());
      evidence = std::move(tail);
      break;
    }
    default:
      return std::nullopt;
  }
  if (!in.done()) return std::nullopt;
  return evidence;
}

bool proves_equivocation(const Evidence& evidence, const Descriptor& descriptor,
                         const Crypto& crypto) {
  return std::visit(Checker{descriptor, crypto}, evidence);
}

}  // namespace freshet::ledger
