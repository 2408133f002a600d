// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/aux_record.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  static const Credulous crypto;
  View bytes{data, size};
  if (auto descriptor = ledger::decode_descriptor(bytes, crypto)) {
    FRESHET_ASSERT(ledger::encode(*descriptor) == as_text(bytes));
    FRESHET_ASSERT(descriptor->size_max() > 0 && !descriptor->name.empty());
    (void)ledger::live_info_hash(*descriptor, crypto);
  }
  (void)ledger::decode_follow_up(bytes, crypto);
  if (auto mark = ledger::decode_time_mark(bytes)) {
    FRESHET_ASSERT(ledger::encode(*mark).size() == size);
  }
  if (auto channel = ledger::decode_channel(bytes)) {
    FRESHET_ASSERT(ledger::encode(*channel) == Bytes(bytes.begin(), bytes.end()));
  }
  return 0;
}
