// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/keys.hpp"

#include <sodium.h>

#include "freshet/base/check.hpp"
#include "freshet/ledger/crypto.hpp"

namespace freshet::ledger {
namespace {

constexpr std::string_view kKeyPrefix = "freshet-key-1:";

}  // namespace

void fill_random(std::span<std::uint8_t> bytes) {
  (void)system_crypto();  // makes sure that libsodium is initialised
  randombytes_buf(bytes.data(), bytes.size());
}

KeyPair KeyPair::generate() {
  SecretSeed seed;
  fill_random(seed.bytes);
  return from_seed(seed);
}

KeyPair KeyPair::from_seed(const SecretSeed& seed) {
  (void)system_crypto();
  KeyPair pair;
  pair.seed_ = seed;
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(pair.public_.bytes.data(), secret.data(), seed.bytes.data());
  sodium_memzero(secret.data(), secret.size());
  return pair;
}

KeyPair::KeyPair(KeyPair&& other) noexcept : public_(other.public_), seed_(other.seed_) {
  sodium_memzero(other.seed_.bytes.data(), other.seed_.bytes.size());
}

KeyPair& KeyPair::operator=(KeyPair&& other) noexcept {
  std::swap(public_, other.public_);
  std::swap(seed_, other.seed_);
  return *this;
}

KeyPair::~KeyPair() {
  sodium_memzero(seed_.bytes.data(), seed_.bytes.size());
}

Signature KeyPair::sign(View message) const {
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  PublicKey ignored;
  crypto_sign_seed_keypair(ignored.bytes.data(), secret.data(), seed_.bytes.data());
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                       secret.data());
  sodium_memzero(secret.data(), secret.size());
  return signature;
}

std::string KeyPair::to_text() const {
  return std::string(kKeyPrefix) + to_base64url(seed_.view()) + "\n";
}

Expected<KeyPair> KeyPair::from_text(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (!text.starts_with(kKeyPrefix)) {
    return fail(ErrorCode::Usage, "it does not begin with \"freshet-key-1:\"");
  }
  auto seed_bytes = from_base64url(text.substr(kKeyPrefix.size()));
  auto seed = seed_bytes ? SecretSeed::from(*seed_bytes) : std::nullopt;
  if (!seed) return fail(ErrorCode::Usage, "it does not hold a 32-byte Ed25519 seed");
  return from_seed(*seed);
}

}  // namespace freshet::ledger
