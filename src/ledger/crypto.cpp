// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/crypto.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include "freshet/base/check.hpp"

namespace freshet::ledger {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// Fetched once: looking an algorithm up by name costs more than hashing 64 bytes.
const EVP_MD* algorithm(std::size_t size) {
  static EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return size == Hash20::kSize ? sha1 : sha256;
}

Context make_context() {
  Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  FRESHET_ASSERT(context != nullptr);
  return context;
}

template <class Digest>
Digest hash(View bytes) {
  thread_local Context context = make_context();
  Digest digest;
  FRESHET_ASSERT(EVP_DigestInit_ex2(context.get(), algorithm(Digest::kSize), nullptr) == 1);
  FRESHET_ASSERT(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  FRESHET_ASSERT(EVP_DigestFinal_ex(context.get(), digest.bytes.data(), nullptr) == 1);
  return digest;
}

template <class Digest>
class Stream final : public HashStream<Digest> {
 public:
  Stream() : context_(make_context()) {
    FRESHET_ASSERT(EVP_DigestInit_ex2(context_.get(), algorithm(Digest::kSize), nullptr) == 1);
  }
  void update(View bytes) override {
    FRESHET_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  Digest digest() const override {
    Digest digest;
    Context copy = copied();
    FRESHET_ASSERT(EVP_DigestFinal_ex(copy.get(), digest.bytes.data(), nullptr) == 1);
    return digest;
  }
  std::unique_ptr<HashStream<Digest>> clone() const override {
    auto other = std::make_unique<Stream>();
    other->context_ = copied();
    return other;
  }

 private:
  Context copied() const {
    Context copy = make_context();
    FRESHET_ASSERT(EVP_MD_CTX_copy_ex(copy.get(), context_.get()) == 1);
    return copy;
  }
  Context context_;
};

class SystemCrypto final : public Crypto {
 public:
  SystemCrypto() { FRESHET_ASSERT(sodium_init() >= 0); }
  Hash20 sha1(View bytes) const override { return hash<Hash20>(bytes); }
  Hash32 sha256(View bytes) const override { return hash<Hash32>(bytes); }
  std::unique_ptr<HashStream<Hash20>> sha1_stream() const override {
    return std::make_unique<Stream<Hash20>>();
  }
  std::unique_ptr<HashStream<Hash32>> sha256_stream() const override {
    return std::make_unique<Stream<Hash32>>();
  }
  bool verify(const PublicKey& key, View message, const Signature& signature) const override {
    return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                       key.bytes.data()) == 0;
  }
};

}  // namespace

const Crypto& system_crypto() {
  static const SystemCrypto crypto;
  return crypto;
}

}  // namespace freshet::ledger
