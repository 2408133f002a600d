// SPDX-License-Identifier: GPL-3.0-or-later
// The system's hashes and signatures, with a memory: ten thousand simulated peers check the same
// bytes ten thousand times. What is remembered is bound to the identity of immutable memory that is
// kept alive, one answer in a hundred is computed again and compared, and all other bytes (of
// polluters above all) are computed each time.
#pragma once

#include <unordered_map>

#include "freshet/ledger/crypto.hpp"

namespace freshet::sim {

class MemoCrypto final : public ledger::Crypto {
 public:
  // From now on these bytes are hashed once. They stay alive as long as this does.
  void keep(const SharedBytes& bytes);

  [[nodiscard]] Hash20 sha1(View bytes) const override;
  [[nodiscard]] Hash32 sha256(View bytes) const override;
  [[nodiscard]] std::unique_ptr<ledger::HashStream<Hash20>> sha1_stream() const override;
  [[nodiscard]] std::unique_ptr<ledger::HashStream<Hash32>> sha256_stream() const override;
  [[nodiscard]] bool verify(const PublicKey& key, View message,
                            const Signature& signature) const override;

 private:
  struct Block {
    SharedBytes alive;
    std::optional<Hash32> hash;
    std::uint32_t uses = 0;
  };
  struct Signed {
    PublicKey key;
    Bytes message;
    bool good = false;
    std::uint32_t uses = 0;
  };
  struct FirstBytes {
    std::size_t operator()(const Signature& s) const;
  };
  mutable std::unordered_map<const std::uint8_t*, Block> blocks_;
  mutable std::unordered_map<Signature, Signed, FirstBytes> signatures_;
};

}  // namespace freshet::sim
