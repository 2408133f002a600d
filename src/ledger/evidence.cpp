// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/evidence.hpp"

namespace freshet::ledger {

Bytes encode(const Evidence& evidence) {
  Writer out;
  encode(out, evidence.first);
  encode(out, evidence.second);
  return out.take();
}

std::optional<Evidence> decode_evidence(View bytes) {
  Reader in(bytes);
  Evidence evidence;
  evidence.first = read_head(in);
  evidence.second = read_head(in);
  if (!in.done()) return std::nullopt;
  return evidence;
}

bool proves_equivocation(const Evidence& evidence, const Hash32& show, const PublicKey& show_key,
                         const Crypto& crypto) {
  return contradict(evidence.first, evidence.second) &&
         verify(evidence.first, show, show_key, crypto) &&
         verify(evidence.second, show, show_key, crypto);
}

}  // namespace freshet::ledger
