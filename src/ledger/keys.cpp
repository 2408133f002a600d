// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/keys.hpp"

#include <sodium.h>

#include "freshet/base/check.hpp"
#include "freshet/ledger/crypto.hpp"

namespace freshet::ledger {
namespace {

constexpr std::string_view kKeyPrefix = "freshet-key-1:";
constexpr std::string_view kLockedPrefix = "freshet-locked-key-1:";

using BoxKey = std::array<std::uint8_t, crypto_secretbox_KEYBYTES>;

// False when there is not enough memory.
bool derive(BoxKey& key, std::string_view passphrase, View salt) {
  return crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(),
                       crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                       crypto_pwhash_ALG_ARGON2ID13) == 0;
}

// Salt, nonce and box.
Expected<KeyPair> open_box(View bytes, std::string_view passphrase) {
  constexpr std::size_t kSalt = crypto_pwhash_SALTBYTES, kNonce = crypto_secretbox_NONCEBYTES;
  constexpr std::size_t kBox = SecretSeed::kSize + crypto_secretbox_MACBYTES;
  if (bytes.size() != kSalt + kNonce + kBox) {
    return fail(ErrorCode::Usage, "it was cut off or changed");
  }
  if (passphrase.empty()) return fail(ErrorCode::Usage, "it needs its passphrase");
  BoxKey key;
  SecretSeed seed;
  bool made = derive(key, passphrase, bytes.first(kSalt));
  bool opened =
      made && crypto_secretbox_open_easy(seed.bytes.data(), bytes.subspan(kSalt + kNonce).data(),
                                         kBox, bytes.subspan(kSalt).data(), key.data()) == 0;
  sodium_memzero(key.data(), key.size());
  if (!made) return fail(ErrorCode::Internal, "there is not enough memory to open it");
  if (!opened) return fail(ErrorCode::Usage, "this is not its passphrase");
  KeyPair pair = KeyPair::from_seed(seed);
  sodium_memzero(seed.bytes.data(), seed.bytes.size());
  return pair;
}

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

std::string KeyPair::to_locked_text(std::string_view passphrase) const {
  Bytes bytes(crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES);
  fill_random(bytes);
  View salt = View(bytes).first(crypto_pwhash_SALTBYTES);
  BoxKey key;
  FRESHET_ASSERT(derive(key, passphrase, salt));
  std::array<std::uint8_t, SecretSeed::kSize + crypto_secretbox_MACBYTES> box;
  crypto_secretbox_easy(box.data(), seed_.bytes.data(), seed_.bytes.size(),
                        bytes.data() + crypto_pwhash_SALTBYTES, key.data());
  sodium_memzero(key.data(), key.size());
  bytes.insert(bytes.end(), box.begin(), box.end());
  return std::string(kLockedPrefix) + to_base64url(bytes) + "\n";
}

Expected<KeyPair> KeyPair::from_text(std::string_view text, std::string_view passphrase) {
  (void)system_crypto();
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (text.starts_with(kLockedPrefix)) {
    auto bytes = from_base64url(text.substr(kLockedPrefix.size()));
    return open_box(bytes ? View(*bytes) : View(), passphrase);
  }
  if (!text.starts_with(kKeyPrefix)) {
    return fail(ErrorCode::Usage, "it does not begin with \"freshet-key-1:\"");
  }
  auto seed_bytes = from_base64url(text.substr(kKeyPrefix.size()));
  auto seed = seed_bytes ? SecretSeed::from(*seed_bytes) : std::nullopt;
  if (!seed) return fail(ErrorCode::Usage, "it does not hold a 32-byte Ed25519 seed");
  return from_seed(*seed);
}

}  // namespace freshet::ledger
