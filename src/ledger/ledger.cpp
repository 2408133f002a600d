// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/ledger.hpp"

#include <algorithm>

namespace freshet::ledger {
namespace {

// Items of `update` for one log, as they travel.
std::vector<Bytes> items_of(const HeadUpdate& update, LogKind kind) {
  auto copy = [](View view) { return Bytes(view.begin(), view.end()); };
  std::vector<Bytes> items;
  if (kind == LogKind::Blocks) {
    for (const Hash32& leaf : update.leaves) items.push_back(copy(leaf.view()));
  } else if (kind == LogKind::Pieces) {
    for (const Hash20& sha1 : update.sha1s) items.push_back(copy(sha1.view()));
  } else {
    items = update.aux;
  }
  return items;
}

std::uint32_t first_of(const HeadUpdate& update, LogKind kind) {
  if (kind == LogKind::Blocks) return update.first_block;
  return kind == LogKind::Pieces ? update.first_piece : update.first_aux;
}

}  // namespace

Ledger::Ledger(Descriptor descriptor, const Crypto& crypto)
    : descriptor_(std::move(descriptor)),
      crypto_(crypto),
      merkle_(crypto),
      id_(show_id(descriptor_, crypto)),
      logs_{Log(LogKind::Blocks, merkle_, crypto), Log(LogKind::Pieces, merkle_, crypto),
            Log(LogKind::Aux, merkle_, crypto)} {}

std::uint32_t Ledger::count_at(const Head& head, LogKind kind) const {
  if (kind == LogKind::Blocks) return head.complete_blocks();
  if (kind == LogKind::Aux) return head.aux_count;
  return static_cast<std::uint32_t>(head.size / descriptor_.piece_length);
}

const Hash32& Ledger::root_at(const Head& head, LogKind kind) const {
  if (kind == LogKind::Blocks) return head.root;
  return kind == LogKind::Aux ? head.aux_root : head.v1_root;
}

std::optional<Verdict> Ledger::examine(const Head& head, bool trusted) {
  if (head_ && head.seq + kStaleHeads < head_->seq) return Verdict::Known;
  bool held = std::ranges::find(recent_, head) != recent_.end();
  if (!held) {
    if (!trusted && !verify(head, id_, descriptor_.show_key, crypto_)) return Verdict::Forged;
    for (const Head& other : recent_) {
      if (!contradict(head, other)) continue;
      if (!evidence_) evidence_ = Evidence{other, head};
      return Verdict::Contradiction;
    }
    // A signed head outside of the show's own limits cannot be used; nobody honest passes it on.
    if (head.seq == 0 || head.size > descriptor_.size_max() || head.aux_count > kAuxCountMax) {
      return Verdict::Broken;
    }
    remember(head);
  }
  // After a contradiction nobody can say which of the two histories is the show.
  if (evidence_) return Verdict::Known;
  if (head_ && head.seq <= head_->seq) return Verdict::Known;
  return std::nullopt;
}

void Ledger::remember(const Head& head) {
  auto place = std::ranges::find_if(recent_, [&](const Head& h) { return h.seq > head.seq; });
  recent_.insert(place, head);
  if (recent_.size() > kStaleHeads) recent_.pop_front();
}

Verdict Ledger::accept(const HeadUpdate& update, bool trusted) {
  const Head& head = update.head;
  if (auto verdict = examine(head, trusted)) return *verdict;
  bool gap = false;
  std::array<std::uint32_t, 3> skip{};
  std::array<std::vector<Bytes>, 3> items;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    LogKind kind = kLogKinds[i];
    std::uint32_t have = logs_[i].count();
    items[i] = items_of(update, kind);
    std::uint64_t end = std::uint64_t{first_of(update, kind)} + items[i].size();
    if (end != count_at(head, kind)) return Verdict::Broken;
    if (first_of(update, kind) > have) gap = true;
    if (have > end) return Verdict::Broken;  // examine() has ruled out a truly smaller head
    skip[i] = have - std::min(have, first_of(update, kind));
  }
  if (gap) return Verdict::Gap;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    LogKind kind = kLogKinds[i];
    Frontier frontier = logs_[i].tree().frontier();
    for (std::size_t n = skip[i]; n < items[i].size(); ++n) {
      frontier.append(merkle_, logs_[i].leaf_of(items[i][n]));
    }
    auto tail = kind == LogKind::Blocks ? update.tail_leaf : std::nullopt;
    if (frontier.root(merkle_, tail) != root_at(head, kind)) return Verdict::Broken;
  }
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    for (std::size_t n = skip[i]; n < items[i].size(); ++n) logs_[i].append(items[i][n]);
  }
  head_ = head;
  tail_leaf_ = update.tail_leaf;
  return Verdict::New;
}

Verdict Ledger::accept(const FrontierProof& proof, bool trusted) {
  if (auto verdict = examine(proof.head, trusted)) return *verdict;
  std::array<Frontier, 3> next;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    LogKind kind = kLogKinds[i];
    auto frontier = Frontier::from(count_at(proof.head, kind), proof.parts[i].peaks);
    if (!frontier) return Verdict::Broken;
    auto tail = kind == LogKind::Blocks ? proof.tail_leaf : std::nullopt;
    if (frontier->root(merkle_, tail) != root_at(proof.head, kind)) return Verdict::Broken;
    // Made for a state that we have left since: not wrong, but of no use any more.
    if (proof.parts[i].old_count != logs_[i].count()) return Verdict::Gap;
    next[i] = *frontier;
  }
  // Tried on copies: all three logs move, or none.
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    Tree probe(merkle_);
    if (!probe.advance(logs_[i].tree().frontier(), {})) return Verdict::Broken;
    if (!probe.advance(next[i], proof.parts[i].bridge)) return Verdict::Broken;
  }
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    (void)logs_[i].advance(next[i], proof.parts[i].bridge);
  }
  head_ = proof.head;
  tail_leaf_ = proof.tail_leaf;
  return Verdict::New;
}

bool Ledger::accept(const Evidence& evidence) {
  if (!proves_equivocation(evidence, id_, descriptor_.show_key, crypto_)) return false;
  if (!evidence_) evidence_ = evidence;
  return true;
}

bool Ledger::insert(LogKind kind, std::uint32_t first, std::span<const Bytes> items,
                    std::span<const Hash32> uncles) {
  return logs_[static_cast<std::size_t>(kind)].insert(first, items, uncles);
}

std::array<std::uint32_t, 3> Ledger::counts() const {
  return {logs_[0].count(), logs_[1].count(), logs_[2].count()};
}

HeadUpdate Ledger::bare_update() const {
  return {*head_, tail_leaf_, logs_[0].count(), {}, logs_[1].count(), {}, logs_[2].count(), {}};
}

bool Ledger::check_block(std::uint32_t index, View bytes) const {
  if (bytes.empty() || bytes.size() > kBlockSize) return false;
  std::optional<Hash32> leaf;
  if (bytes.size() == kBlockSize) {
    leaf = log(LogKind::Blocks).tree().leaf(index);
  } else if (head_ && index == head_->complete_blocks() && bytes.size() == head_->tail_bytes()) {
    leaf = tail_leaf_;
  }
  return leaf && crypto_.sha256(bytes) == *leaf;
}

std::optional<FrontierProof> Ledger::frontier_since(const std::array<std::uint32_t, 3>& old) const {
  if (!head_) return std::nullopt;
  FrontierProof proof;
  proof.head = *head_;
  proof.tail_leaf = tail_leaf_;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    auto bridge = logs_[i].tree().bridge(old[i]);
    if (!bridge) return std::nullopt;
    proof.parts[i] = {old[i], logs_[i].tree().frontier().peaks(), std::move(*bridge)};
  }
  return proof;
}

}  // namespace freshet::ledger
