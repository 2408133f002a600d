// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "freshet/base/text.hpp"
#include "freshet/ledger/bencode.hpp"

namespace freshet::ledger {
namespace {

using bencode::Dict;
using bencode::Integer;
using bencode::string_of;

constexpr Integer kVersion = 1;
constexpr std::string_view kShowDomain = "freshet show id 1";
constexpr std::string_view kCertificateDomain = "freshet certificate 1";
constexpr std::size_t kMediaTypeMax = 127;
constexpr std::uint64_t kSecondsMax = 1ULL << 40;

Dict info_dict(const Descriptor& d, bool with_certificate) {
  Dict growing;
  growing["channel key"] = string_of(d.channel_key.view());
  growing["show key"] = string_of(d.show_key.view());
  if (with_certificate) growing["certificate"] = string_of(d.certificate.view());
  growing["salt"] = string_of(d.salt);
  growing["final"] = {bencode::String(d.final_kind == FinalKind::V1 ? "v1" : "hybrid")};
  if (!d.media_type.empty()) growing["media type"] = {bencode::String(d.media_type)};
  if (d.planned_start != 0) growing["start"] = {static_cast<Integer>(d.planned_start)};
  growing["finalise after"] = {static_cast<Integer>(d.finalise_after)};
  growing["version"] = {kVersion};
  Dict info;
  info["growing"] = {std::move(growing)};
  info["length"] = {static_cast<Integer>(std::uint64_t{d.capacity} * d.piece_length)};
  info["name"] = {bencode::String(d.name)};
  info["piece length"] = {static_cast<Integer>(d.piece_length)};
  return info;
}

Bytes with_domain(std::string_view domain, std::string_view body) {
  Bytes message(domain.begin(), domain.end());
  message.push_back(0);
  message.insert(message.end(), body.begin(), body.end());
  return message;
}

Bytes certified_bytes(const Descriptor& descriptor) {
  return with_domain(kCertificateDomain, bencode::encode(info_dict(descriptor, false)));
}

template <class F>
bool read_fixed(const Dict& dict, std::string_view key, F& out) {
  const auto* text = bencode::find_string(dict, key);
  auto value = text ? F::from(as_view(*text)) : std::nullopt;
  if (value) out = *value;
  return value.has_value();
}

bool read_growing(const Dict& growing, Descriptor& d) {
  const auto* version = bencode::find_integer(growing, "version");
  const auto* salt = bencode::find_string(growing, "salt");
  const auto* final_kind = bencode::find_string(growing, "final");
  const auto* finalise = bencode::find_integer(growing, "finalise after");
  if (!version || *version != kVersion || !salt || salt->size() != d.salt.size() || !final_kind ||
      !finalise || *finalise < 0 || *finalise > INT32_MAX) {
    return false;
  }
  std::copy(salt->begin(), salt->end(), d.salt.begin());
  if (*final_kind != "v1" && *final_kind != "hybrid") return false;
  d.final_kind = *final_kind == "v1" ? FinalKind::V1 : FinalKind::Hybrid;
  d.finalise_after = static_cast<std::uint32_t>(*finalise);
  if (const auto* type = bencode::find_string(growing, "media type")) d.media_type = *type;
  if (const auto* start = bencode::find_integer(growing, "start")) {
    if (*start <= 0 || static_cast<std::uint64_t>(*start) > kSecondsMax) return false;
    d.planned_start = static_cast<std::uint64_t>(*start);
  }
  return d.media_type.size() <= kMediaTypeMax && is_utf8(d.media_type) &&
         read_fixed(growing, "channel key", d.channel_key) &&
         read_fixed(growing, "show key", d.show_key) &&
         read_fixed(growing, "certificate", d.certificate);
}

}  // namespace

void certify(Descriptor& descriptor, const KeyPair& channel) {
  descriptor.channel_key = channel.public_key();
  descriptor.certificate = channel.sign(certified_bytes(descriptor));
}

std::string encode(const Descriptor& descriptor) {
  return bencode::encode(info_dict(descriptor, true));
}

Expected<Descriptor> decode_descriptor(View bytes, const Crypto& crypto) {
  auto bad = [](const char* why) {
    return fail(ErrorCode::Link, fmt::format("the show's description is invalid: {}", why));
  };
  if (bytes.size() > kDescriptorMax) return bad("it is too long");
  auto value = bencode::decode(as_text(bytes));
  const Dict* info = value ? value->dict() : nullptr;
  if (!info) return bad("it is not bencoded");
  const auto* name = bencode::find_string(*info, "name");
  const auto* piece_length = bencode::find_integer(*info, "piece length");
  const auto* length = bencode::find_integer(*info, "length");
  const auto* growing = bencode::find_dict(*info, "growing");
  if (!name || !piece_length || !length || !growing) return bad("a field is missing");
  Descriptor d;
  d.name = *name;
  if (safe_file_name(d.name) != d.name) return bad("its name is not a safe file name");
  if (*piece_length < kPieceLengthMin || *piece_length > kPieceLengthMax ||
      !std::has_single_bit(static_cast<std::uint64_t>(*piece_length))) {
    return bad("its piece length is not a power of two from 16 KiB to 16 MiB");
  }
  d.piece_length = static_cast<std::uint32_t>(*piece_length);
  if (*length % *piece_length != 0 || *length / *piece_length < kCapacityMin ||
      *length / *piece_length > kCapacityMax) {
    return bad("its capacity is out of bounds");
  }
  d.capacity = static_cast<std::uint32_t>(*length / *piece_length);
  if (!read_growing(*growing, d)) return bad("its growing dictionary is malformed");
  if (encode(d) != as_text(bytes)) return bad("it has unknown fields");
  if (!crypto.verify(d.channel_key, certified_bytes(d), d.certificate)) {
    return bad("its certificate does not verify");
  }
  return d;
}

Hash32 show_id(const Descriptor& descriptor, const Crypto& crypto) {
  return crypto.sha256(with_domain(kShowDomain, encode(descriptor)));
}

std::string live_info(const Descriptor& descriptor) {
  Dict info = info_dict(descriptor, true);
  info["pieces"] = {bencode::String(std::size_t{descriptor.capacity} * Hash20::kSize, '\0')};
  return bencode::encode(std::move(info));
}

Hash20 live_info_hash(const Descriptor& descriptor, const Crypto& crypto) {
  return crypto.sha1(as_view(live_info(descriptor)));
}

std::uint32_t default_piece_length(std::uint64_t bytes_per_second) {
  if (bytes_per_second == 0) return 1024 * 1024;
  std::uint64_t day = bytes_per_second * 24 * 3600;
  std::uint32_t length = 64 * 1024;
  while (length < kPieceLengthMax && std::uint64_t{length} * (kCapacityMax - 1) < day) length *= 2;
  return length;
}

}  // namespace freshet::ledger
