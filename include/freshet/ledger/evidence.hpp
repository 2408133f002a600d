// SPDX-License-Identifier: GPL-3.0-or-later
// Self-contained proof that a publisher equivocated: two truly signed heads that exclude each
// other.
#pragma once

#include <optional>

#include "freshet/ledger/head.hpp"

namespace freshet::ledger {

struct Evidence {
  Head first;
  Head second;
};

[[nodiscard]] Bytes encode(const Evidence& evidence);
[[nodiscard]] std::optional<Evidence> decode_evidence(View bytes);
// Checks both signatures and that the heads contradict; anyone can do it with the link alone.
[[nodiscard]] bool proves_equivocation(const Evidence& evidence, const Hash32& show,
                                       const PublicKey& show_key, const Crypto& crypto);

}  // namespace freshet::ledger
