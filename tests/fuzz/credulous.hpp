// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "freshet/ledger/crypto.hpp"

namespace freshet::fuzz {

// Every signature is true, so that the fuzzer gets past the certificate.
class Credulous final : public freshet::ledger::Crypto {
 public:
  freshet::Hash20 sha1(freshet::View bytes) const override { return real_.sha1(bytes); }
  freshet::Hash32 sha256(freshet::View bytes) const override { return real_.sha256(bytes); }
  std::unique_ptr<freshet::ledger::HashStream<freshet::Hash20>> sha1_stream() const override {
    return real_.sha1_stream();
  }
  std::unique_ptr<freshet::ledger::HashStream<freshet::Hash32>> sha256_stream() const override {
    return real_.sha256_stream();
  }
  bool verify(const freshet::PublicKey&, freshet::View, const freshet::Signature&) const override {
    return true;
  }

 private:
  const freshet::ledger::Crypto& real_ = freshet::ledger::system_crypto();
};

}  // namespace freshet::fuzz
