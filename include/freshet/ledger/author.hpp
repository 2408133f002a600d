// SPDX-License-Identifier: GPL-3.0-or-later
// The publisher's side of the ledger: turns appended bytes into signed heads. It decides what a
// head covers, not when it is made; the caller makes bytes durable before a head leaves.
#pragma once

#include <memory>

#include "freshet/ledger/ledger.hpp"

namespace freshet::ledger {

class Author {
 public:
  // Continues after the ledger's newest head, if it has one; then resume() must be fed its bytes.
  Author(const Ledger& ledger, KeyPair show_key);

  // Re-reads what is already published, in order, to restore the running hashes.
  void resume(View bytes);

  // Takes as many of `bytes` as one head may still add and returns how many that is.
  [[nodiscard]] std::size_t append(View bytes);
  // False when the next head has no room for another record.
  bool add_record(Bytes record);
  // From the next head on: names the show that goes on when this one is full. False when the next
  // head has no room for the record; a show has at most one follow-up.
  bool set_follow_up(const Descriptor& descriptor);

  [[nodiscard]] std::uint64_t appended() const { return size_; }
  // Bytes that a head could cover now, without and with the incomplete block.
  [[nodiscard]] std::uint64_t complete_size() const { return size_ - partial_.size(); }
  [[nodiscard]] bool has_records() const { return !records_.empty(); }

  // The next head: up to the last complete block, or with `with_tail` up to the last byte. Its
  // clock is max(last + 1, now). Apply it to the ledger before the next cut.
  [[nodiscard]] HeadUpdate cut(WallMs now, bool with_tail);
  // The head that ends the show, at the last byte.
  [[nodiscard]] HeadUpdate end(WallMs now);

 private:
  void finish_block();
  [[nodiscard]] HeadUpdate make(WallMs now, bool with_tail);

  const Ledger& ledger_;
  KeyPair show_key_;
  std::uint64_t size_ = 0;
  Bytes partial_;               // of the incomplete block; fewer than kBlockSize bytes
  std::vector<Hash32> leaves_;  // not in a head yet
  std::vector<Hash20> sha1s_;
  std::vector<Bytes> records_;
  std::optional<Hash32> follow_up_;
  std::unique_ptr<HashStream<Hash20>> piece_sha1_;   // complete blocks of the incomplete piece
  std::unique_ptr<HashStream<Hash32>> file_sha256_;  // complete blocks of the file
};

}  // namespace freshet::ledger
