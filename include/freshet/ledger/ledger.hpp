// SPDX-License-Identifier: GPL-3.0-or-later
// All that is signed for and known of one show. Decides whether a head, a range of hashes or a
// block is true; knows nothing of peers, files or clocks. Single-threaded.
#pragma once

#include <deque>
#include <optional>

#include "freshet/ledger/evidence.hpp"
#include "freshet/ledger/head.hpp"
#include "freshet/ledger/log.hpp"

namespace freshet::ledger {

// Heads whose sequence number is further behind the newest are dropped without a signature check.
inline constexpr std::uint64_t kStaleHeads = 64;

// The state at a head without the items before it: peaks for each log, and the nodes that lead
// there from an older state. The older peaks are the sender's: where they are not the receiver's,
// the publisher equivocated.
struct FrontierProof {
  struct Part {
    std::uint32_t old_count = 0;
    std::vector<Hash32> old_peaks;
    std::vector<Hash32> peaks;
    std::vector<Hash32> bridge;
  };
  Head head;
  std::optional<Hash32> tail_leaf;
  std::array<Part, 3> parts;  // in the order of kLogKinds
};

enum class Verdict {
  New,            // it is the newest head now
  Known,          // byte-identical to one held, or too old to matter
  Gap,            // truly signed, but what lies between is missing: ask for a frontier
  Forged,         // the signature is not the show's
  Broken,         // truly signed, but what came with it does not hash to it: the sender's fault
  Mismatch,       // truly signed, but it does not grow out of what is held: ask for a frontier
  Contradiction,  // truly signed and excludes another one: see evidence()
};

class Ledger {
 public:
  // `arena` keeps the hashes; null: the heap.
  Ledger(Descriptor descriptor, const Crypto& crypto, std::unique_ptr<HashArena> arena = nullptr);

  // `trusted` skips the signature check for what our own journal holds.
  [[nodiscard]] Verdict accept(const HeadUpdate& update, bool trusted = false);
  [[nodiscard]] Verdict accept(const FrontierProof& proof, bool trusted = false);
  // Takes evidence that another peer found; false when it proves nothing.
  [[nodiscard]] bool accept(const Evidence& evidence);
  [[nodiscard]] bool insert(LogKind kind, std::uint32_t first, std::span<const Bytes> items,
                            std::span<const Hash32> uncles);

  [[nodiscard]] const Descriptor& descriptor() const { return descriptor_; }
  [[nodiscard]] const Hash32& id() const { return id_; }
  // The newest head that is fully proven; none before the first.
  [[nodiscard]] const std::optional<Head>& head() const { return head_; }
  [[nodiscard]] std::uint64_t size() const { return head_ ? head_->size : 0; }
  [[nodiscard]] bool ended() const { return head_ && head_->is_end(); }
  [[nodiscard]] const std::optional<Hash32>& tail_leaf() const { return tail_leaf_; }
  [[nodiscard]] const std::optional<Evidence>& evidence() const { return evidence_; }
  // The highest truly signed head that was ever seen here, proven or not.
  [[nodiscard]] const Head* newest_signed() const {
    return recent_.empty() ? nullptr : &recent_.back();
  }
  // What the newest head commits a log to, in the form that evidence needs. Only with a head.
  [[nodiscard]] LogState state(LogKind kind) const;
  // By the first time mark, which stands for byte 0; 0 while it is not known.
  [[nodiscard]] WallMs first_published_ms() const;
  // The show that goes on when this one is full, once its descriptor is known.
  [[nodiscard]] std::optional<Descriptor> follow_up() const;
  [[nodiscard]] const Log& log(LogKind kind) const { return logs_[static_cast<std::size_t>(kind)]; }
  // Items in each log at the newest head, in the order of kLogKinds.
  [[nodiscard]] std::array<std::uint32_t, 3> counts() const;
  // The newest head without items: enough for who stands there already. Only with a head.
  [[nodiscard]] HeadUpdate bare_update() const;
  [[nodiscard]] const Merkle& merkle() const { return merkle_; }
  [[nodiscard]] const Crypto& crypto() const { return crypto_; }

  [[nodiscard]] std::uint32_t blocks_per_piece() const {
    return descriptor_.piece_length / kBlockSize;
  }
  // Complete pieces that the newest head covers.
  [[nodiscard]] std::uint32_t complete_pieces() const {
    return static_cast<std::uint32_t>(size() / descriptor_.piece_length);
  }
  // Whether `bytes` are block `index`, complete or up to the newest head's tail. False when
  // unknown.
  [[nodiscard]] bool check_block(std::uint32_t index, View bytes) const;
  // What a receiver with `old` items in each log needs to stand at the newest head.
  [[nodiscard]] std::optional<FrontierProof> frontier_since(
      const std::array<std::uint32_t, 3>& old) const;

 private:
  // Everything about a head except what it commits to.
  [[nodiscard]] std::optional<Verdict> examine(const Head& head, bool trusted);
  void remember(const Head& head);
  // The checks of a frontier that do not depend on what is held: all of it leads to signed roots.
  [[nodiscard]] bool is_sound(const FrontierProof& proof) const;

  Descriptor descriptor_;
  const Crypto& crypto_;
  std::unique_ptr<HashArena> arena_;
  Merkle merkle_;
  Hash32 id_;
  std::array<Log, 3> logs_;
  std::optional<Head> head_;
  std::optional<Hash32> tail_leaf_;
  std::deque<Head> recent_;  // truly signed, newest last, at most kStaleHeads
  std::optional<Evidence> evidence_;
};

}  // namespace freshet::ledger
