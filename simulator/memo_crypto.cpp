// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/memo_crypto.hpp"

#include <algorithm>
#include <cstring>

#include "freshet/base/check.hpp"

namespace freshet::sim {
namespace {

constexpr std::uint32_t kRecomputeEvery = 100;

}  // namespace

std::size_t MemoCrypto::FirstBytes::operator()(const Signature& s) const {
  std::size_t value = 0;
  std::memcpy(&value, s.bytes.data(), sizeof value);
  return value;
}

void MemoCrypto::keep(const SharedBytes& bytes) {
  if (!bytes.empty()) blocks_.try_emplace(bytes.view().data(), Block{bytes, std::nullopt, 0});
}

Hash20 MemoCrypto::sha1(View bytes) const {
  return ledger::system_crypto().sha1(bytes);
}

Hash32 MemoCrypto::sha256(View bytes) const {
  auto found = bytes.size() < 1024 ? blocks_.end() : blocks_.find(bytes.data());
  if (found == blocks_.end() || found->second.alive.size() != bytes.size()) {
    return ledger::system_crypto().sha256(bytes);
  }
  Block& block = found->second;
  if (block.hash && ++block.uses % kRecomputeEvery != 0) return *block.hash;
  Hash32 hash = ledger::system_crypto().sha256(bytes);
  FRESHET_ASSERT(!block.hash || *block.hash == hash);
  block.hash = hash;
  return hash;
}

std::unique_ptr<ledger::HashStream<Hash20>> MemoCrypto::sha1_stream() const {
  return ledger::system_crypto().sha1_stream();
}

std::unique_ptr<ledger::HashStream<Hash32>> MemoCrypto::sha256_stream() const {
  return ledger::system_crypto().sha256_stream();
}

bool MemoCrypto::verify(const PublicKey& key, View message, const Signature& signature) const {
  auto [found, fresh] = signatures_.try_emplace(signature);
  Signed& entry = found->second;
  bool same = !fresh && entry.key == key && std::ranges::equal(entry.message, message);
  if (same && ++entry.uses % kRecomputeEvery != 0) return entry.good;
  bool good = ledger::system_crypto().verify(key, message, signature);
  FRESHET_ASSERT(!same || entry.good == good);
  entry = {key, Bytes(message.begin(), message.end()), good, entry.uses};
  return good;
}

}  // namespace freshet::sim
