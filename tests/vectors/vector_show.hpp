// SPDX-License-Identifier: GPL-3.0-or-later
// A show that anybody can make again: fixed keys, a fixed stream of bytes, fixed times.
#pragma once

#include "freshet/ledger/author.hpp"

namespace freshet::vectors {

[[nodiscard]] ledger::KeyPair key(std::uint8_t fill);
[[nodiscard]] ledger::Descriptor descriptor(ledger::FinalKind kind, std::uint8_t salt = 7);
[[nodiscard]] Bytes content(std::size_t size);
// SHA-256 of the index: a leaf for trees that are about nothing else.
[[nodiscard]] Hash32 numbered_leaf(std::uint32_t index);

struct VectorShow {
  VectorShow(ledger::FinalKind kind, std::size_t size);

  // Evidence against this show's own key.
  [[nodiscard]] ledger::ForkedLog fork() const;
  [[nodiscard]] ledger::ChangedTail changed_tail() const;

  ledger::Ledger ledger;
  ledger::Author author;
  Bytes bytes;
  std::vector<ledger::HeadUpdate> updates;
  ledger::Head twin_head;  // seq 1, of other bytes

 private:
  void append(std::size_t size);
};

}  // namespace freshet::vectors
