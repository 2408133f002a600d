// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/ledger.hpp"

#include <algorithm>

#include "freshet/base/check.hpp"
#include "freshet/ledger/aux_record.hpp"

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

Ledger::Ledger(Descriptor descriptor, const Crypto& crypto, std::unique_ptr<HashArena> arena)
    : descriptor_(std::move(descriptor)),
      crypto_(crypto),
      arena_(arena ? std::move(arena) : std::make_unique<HeapArena>()),
      merkle_(crypto),
      id_(show_id(descriptor_, crypto)),
      logs_{Log(LogKind::Blocks, merkle_, crypto, *arena_),
            Log(LogKind::Pieces, merkle_, crypto, *arena_),
            Log(LogKind::Aux, merkle_, crypto, *arena_)} {}

std::optional<Verdict> Ledger::examine(const Head& head, bool trusted) {
  if (head_ && head.seq + kStaleHeads < head_->seq) return Verdict::Known;
  bool held = std::ranges::find(recent_, head) != recent_.end();
  if (!held) {
    if (!trusted && !verify(head, id_, descriptor_.show_key, crypto_)) return Verdict::Forged;
    for (const Head& other : recent_) {
      if (!contradict(head, other)) continue;
      if (!evidence_) evidence_ = HeadPair{other, head};
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
    if (end != count_at(head, kind, descriptor_)) return Verdict::Broken;
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
    if (!makes_root(merkle_, frontier, head, kind, update.tail_leaf)) return Verdict::Mismatch;
  }
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    for (std::size_t n = skip[i]; n < items[i].size(); ++n) logs_[i].append(items[i][n]);
  }
  head_ = head;
  tail_leaf_ = update.tail_leaf;
  return Verdict::New;
}

bool Ledger::is_sound(const FrontierProof& proof) const {
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    LogKind kind = kLogKinds[i];
    const FrontierProof::Part& part = proof.parts[i];
    auto old = Frontier::from(part.old_count, part.old_peaks);
    auto next = Frontier::from(count_at(proof.head, kind, descriptor_), part.peaks);
    if (!old || !next || !leads_to(merkle_, *old, *next, part.bridge)) return false;
    if (!makes_root(merkle_, *next, proof.head, kind, proof.tail_leaf)) return false;
  }
  return true;
}

Verdict Ledger::accept(const FrontierProof& proof, bool trusted) {
  if (auto verdict = examine(proof.head, trusted)) return *verdict;
  if (!is_sound(proof)) return Verdict::Broken;
  bool gap = false;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    const FrontierProof::Part& part = proof.parts[i];
    if (part.old_count != logs_[i].count()) {
      // Made for a state that we have left since: not wrong, but of no use any more.
      gap = true;
    } else if (part.old_peaks != logs_[i].tree().frontier().peaks()) {
      evidence_ =
          ForkedLog{kLogKinds[i], state(kLogKinds[i]),
                    LogState{proof.head, proof.tail_leaf, part.peaks}, part.old_peaks, part.bridge};
      return Verdict::Contradiction;
    }
  }
  if (gap) return Verdict::Gap;
  for (std::size_t i = 0; i < logs_.size(); ++i) {
    const FrontierProof::Part& part = proof.parts[i];
    auto next = Frontier::from(count_at(proof.head, kLogKinds[i], descriptor_), part.peaks);
    FRESHET_ASSERT(logs_[i].advance(*next, part.bridge));
  }
  head_ = proof.head;
  tail_leaf_ = proof.tail_leaf;
  return Verdict::New;
}

bool Ledger::accept(const Evidence& evidence) {
  if (!proves_equivocation(evidence, descriptor_, crypto_)) return false;
  if (!evidence_) evidence_ = evidence;
  return true;
}

bool Ledger::insert(LogKind kind, std::uint32_t first, std::span<const Bytes> items,
                    std::span<const Hash32> uncles) {
  return logs_[static_cast<std::size_t>(kind)].insert(first, items, uncles);
}

LogState Ledger::state(LogKind kind) const {
  return {*head_, tail_leaf_, log(kind).tree().frontier().peaks()};
}

WallMs Ledger::first_published_ms() const {
  // What the first head says of the channel may come before it.
  const Log& aux = log(LogKind::Aux);
  for (std::uint32_t i = 0; i < std::min<std::uint32_t>(aux.count(), kUpdateAuxMax); ++i) {
    if (auto mark = decode_time_mark(aux.item(i))) return mark->published_ms;
  }
  return 0;
}

std::optional<Descriptor> Ledger::follow_up() const {
  if (!head_ || !head_->follow_up) return std::nullopt;
  const Log& aux = log(LogKind::Aux);
  for (std::uint32_t i = aux.count(); i-- > 0;) {
    auto next = decode_show(kAuxFollowUp, aux.item(i), crypto_);
    if (!next || show_id(*next, crypto_) != *head_->follow_up) continue;
    // Only the same broadcaster can say what comes next.
    if (next->channel_key == descriptor_.channel_key) return next;
  }
  return std::nullopt;
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
    auto before = logs_[i].tree().frontier_at(old[i]);
    auto bridge = logs_[i].tree().bridge(old[i]);
    if (!before || !bridge) return std::nullopt;
    proof.parts[i] = {old[i], before->peaks(), logs_[i].tree().frontier().peaks(),
                      std::move(*bridge)};
  }
  return proof;
}

}  // namespace freshet::ledger
