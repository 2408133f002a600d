// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 key pairs: the broadcaster's long-lived channel key and the key of one show.
#pragma once

#include <string>
#include <string_view>

#include "freshet/base/bytes.hpp"
#include "freshet/base/error.hpp"

namespace freshet::ledger {

// Not copyable by accident: the secret is wiped when the pair goes.
class KeyPair {
 public:
  [[nodiscard]] static KeyPair generate();
  [[nodiscard]] static KeyPair from_seed(const SecretSeed& seed);
  KeyPair(KeyPair&& other) noexcept;
  KeyPair& operator=(KeyPair&& other) noexcept;
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
  ~KeyPair();

  [[nodiscard]] const PublicKey& public_key() const { return public_; }
  [[nodiscard]] const SecretSeed& seed() const { return seed_; }
  [[nodiscard]] Signature sign(View message) const;

  // The one-line text that key files hold: "freshet-key-1:" and the seed in base64url.
  [[nodiscard]] std::string to_text() const;
  // `passphrase` is needed for what to_locked_text() made, and only for that.
  [[nodiscard]] static Expected<KeyPair> from_text(std::string_view text,
                                                   std::string_view passphrase = {});
  // The same with the seed in a secretbox whose key is made of a passphrase by Argon2id
  // (libsodium's "moderate" limits: a second or so, and 256 MiB).
  [[nodiscard]] std::string to_locked_text(std::string_view passphrase) const;

 private:
  KeyPair() = default;

  PublicKey public_;
  SecretSeed seed_;
};

// Random bytes from the operating system, for salts.
void fill_random(std::span<std::uint8_t> bytes);

}  // namespace freshet::ledger
