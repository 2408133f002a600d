// SPDX-License-Identifier: GPL-3.0-or-later
// The hashes and the signature check that the core needs, injected so that a simulator may remember
// results. Stateless; any thread.
#pragma once

#include <memory>

#include "freshet/base/bytes.hpp"

namespace freshet::ledger {

// A hash that is fed piecemeal. `digest` does not end it: the tail of a show is hashed at every
// head.
template <class Digest>
class HashStream {
 public:
  virtual ~HashStream() = default;
  virtual void update(View bytes) = 0;
  [[nodiscard]] virtual Digest digest() const = 0;
  [[nodiscard]] virtual std::unique_ptr<HashStream> clone() const = 0;
};

class Crypto {
 public:
  virtual ~Crypto() = default;
  [[nodiscard]] virtual Hash20 sha1(View bytes) const = 0;
  [[nodiscard]] virtual Hash32 sha256(View bytes) const = 0;
  [[nodiscard]] virtual std::unique_ptr<HashStream<Hash20>> sha1_stream() const = 0;
  [[nodiscard]] virtual std::unique_ptr<HashStream<Hash32>> sha256_stream() const = 0;
  // Ed25519 (RFC 8032), as libsodium checks it: small-order keys and malleable signatures fail.
  [[nodiscard]] virtual bool verify(const PublicKey& key, View message,
                                    const Signature& signature) const = 0;
};

// OpenSSL's hashes (they use the processor's SHA instructions) and libsodium's Ed25519.
[[nodiscard]] const Crypto& system_crypto();

}  // namespace freshet::ledger
