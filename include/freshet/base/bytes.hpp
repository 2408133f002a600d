// SPDX-License-Identifier: GPL-3.0-or-later
// Byte strings, fixed-size digests and the sizes that the whole protocol is built on.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace freshet {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

// Immutable bytes that several owners share: a block is received once, and stored, kept and passed
// on from the same memory.
class SharedBytes {
 public:
  SharedBytes() = default;
  SharedBytes(Bytes bytes) : bytes_(std::make_shared<const Bytes>(std::move(bytes))) {}
  [[nodiscard]] View view() const { return bytes_ ? View(*bytes_) : View{}; }
  [[nodiscard]] std::size_t size() const { return bytes_ ? bytes_->size() : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }

 private:
  std::shared_ptr<const Bytes> bytes_;
};

// BEP 52's leaf size and BEP 3's customary request size: the unit of verification.
inline constexpr std::uint32_t kBlockSize = 16 * 1024;

// A byte string of exactly N bytes that is compared as a value. The tag keeps a signature from
// being passed where a key is meant.
template <std::size_t N, class Tag>
struct Fixed {
  std::array<std::uint8_t, N> bytes{};

  static constexpr std::size_t kSize = N;
  [[nodiscard]] View view() const { return bytes; }
  [[nodiscard]] bool is_zero() const { return bytes == std::array<std::uint8_t, N>{}; }
  // `source` must hold exactly N bytes; anything else yields nothing.
  [[nodiscard]] static std::optional<Fixed> from(View source) {
    if (source.size() != N) return std::nullopt;
    Fixed result;
    for (std::size_t i = 0; i < N; ++i) result.bytes[i] = source[i];
    return result;
  }
  friend auto operator<=>(const Fixed&, const Fixed&) = default;
};

using Hash20 = Fixed<20, struct Sha1Tag>;          // SHA-1 (BEP 3)
using Hash32 = Fixed<32, struct Sha256Tag>;        // SHA-256 (BEP 52)
using PublicKey = Fixed<32, struct PublicTag>;     // Ed25519
using SecretSeed = Fixed<32, struct SeedTag>;      // Ed25519 seed, RFC 8032
using Signature = Fixed<64, struct SignatureTag>;  // Ed25519

[[nodiscard]] inline View as_view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(View bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] std::string to_hex(View bytes);
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);
// RFC 4648 section 5, without padding: safe inside a link.
[[nodiscard]] std::string to_base64url(View bytes);
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

}  // namespace freshet
