// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/wire/messages.hpp"

#include <algorithm>
#include <bit>

#include "freshet/base/cursor.hpp"

namespace freshet::wire {
namespace {

constexpr std::uint8_t kFlagReady = 1;
constexpr std::uint8_t kFlagProvisional = 2;

void write(Writer& out, const HashRequest& m) {
  out.u8(static_cast<std::uint8_t>(m.kind)).u32(m.first).u16(m.count).u32(m.tree_count);
}

void body(Writer& out, const HeadMessage& m) {
  out.put(ledger::encode(m.update));
}
void body(Writer& out, const HeadNumber& m) {
  int flags = (m.ready ? kFlagReady : 0) | (m.provisional ? kFlagProvisional : 0);
  out.u64(m.seq).u64(m.size).u8(static_cast<std::uint8_t>(flags));
}
void body(Writer& out, const Follow& m) {
  out.u8(m.on ? 1 : 0);
}
void body(Writer& out, const FrontierRequest& m) {
  for (std::uint32_t count : m.counts) out.u32(count);
}
void body(Writer& out, const FrontierMessage& m) {
  out.put(ledger::encode(m.proof));
}
void body(Writer& out, const HashRequest& m) {
  write(out, m);
}
void body(Writer& out, const HashMessage& m) {
  out.put(ledger::encode(m.range));
}
void body(Writer& out, const HashReject& m) {
  write(out, m.request);
}
void body(Writer& out, const BlockRequest& m) {
  out.u32(m.block).u16(m.offset);
}
void body(Writer& out, const BlockMessage& m) {
  out.u32(m.block).u16(m.offset).u8(m.hops).put(m.bytes.view());
}
void body(Writer& out, const BlockReject& m) {
  out.u32(m.block);
}
void body(Writer& out, const BlockCancel& m) {
  out.u32(m.block);
}
void body(Writer& out, const EvidenceMessage& m) {
  out.put(ledger::encode(m.evidence));
}
void body(Writer&, const FollowReject&) {}
void body(Writer& out, const Subscribe& m) {
  out.u16(m.wanted).u32(m.from).u64(m.mark);
}
void body(Writer& out, const Subscribed& m) {
  out.u16(m.wanted).u16(m.granted).u16(m.ending).u16(m.free);
  for (std::uint64_t way : m.ways) out.u64(way);
}
// Sub-streams that change hands together mostly have the same figures: those of the first `parts`
// are said, and repeat.
std::size_t parts_of(const Load& m) {
  auto repeats = [](const auto& all, std::size_t parts) {
    return std::equal(all.begin() + static_cast<std::ptrdiff_t>(parts), all.end(), all.begin());
  };
  std::size_t parts = kSubstreams;
  for (std::size_t half = parts / 2; half >= 2; half /= 2) {
    if (repeats(m.children, half) && repeats(m.lag, half) && repeats(m.hops, half)) parts = half;
  }
  return parts;
}
void body(Writer& out, const Load& m) {
  out.u16(m.places).u16(m.used).u16(m.free).u16(m.weakest).u8(m.deepest).u8(m.head_lag);
  std::size_t parts = parts_of(m);
  out.u8(static_cast<std::uint8_t>(parts));
  for (std::size_t s = 0; s < parts; s += 2) {
    out.u8(static_cast<std::uint8_t>(m.children[s] << 4 | m.children[s + 1]));
  }
  for (std::size_t s = 0; s < parts; ++s) out.u8(m.lag[s]);
  for (std::size_t s = 0; s < parts; ++s) out.u8(m.hops[s]);
}
void body(Writer& out, const Ping& m) {
  out.u32(m.id);
}
void body(Writer& out, const Pong& m) {
  out.u32(m.id).u64(m.show_us).u32(m.error_us);
}
void body(Writer& out, const Audience& m) {
  out.u32(m.viewers);
  for (std::uint32_t count : m.delays) out.u32(count);
}

void body(Writer& out, const Have& m) {
  out.u32(m.begin).u32(m.first).u8(static_cast<std::uint8_t>(m.bits.size())).put(m.bits);
}
void body(Writer& out, const Introduce& m) {
  out.u8(m.wanted);
}
void body(Writer& out, const Meet& m) {
  out.u8(m.calls ? 1 : 0).put(m.address).u16(m.port);
}
void body(Writer& out, const Probe& m) {
  out.u32(m.id).u16(m.padding).put(Bytes(m.padding));
}
void body(Writer& out, const Probed& m) {
  out.u32(m.id);
}

// Finishes a message whose fields were read one by one: all of it, and nothing more.
template <class T>
std::optional<Message> whole(const Reader& in, T message) {
  if (!in.done()) return std::nullopt;
  return Message{std::move(message)};
}

// Wraps what a ledger decoder made of the rest of the message.
template <class T, class Part>
std::optional<Message> wrapped(std::optional<Part> part) {
  if (!part) return std::nullopt;
  return Message{T{std::move(*part)}};
}

std::optional<HashRequest> read_hash_request(Reader& in) {
  HashRequest request;
  std::uint8_t kind = in.u8();
  if (kind >= ledger::kLogKinds.size()) return std::nullopt;
  request.kind = static_cast<ledger::LogKind>(kind);
  request.first = in.u32();
  request.count = in.u16();
  request.tree_count = in.u32();
  if (!in.done() || request.count > ledger::range_max(request.kind)) return std::nullopt;
  // A power of two that divides `first` (BEP 52), inside the tree.
  if (!std::has_single_bit(request.count) || request.first % request.count != 0 ||
      std::uint64_t{request.first} + request.count > request.tree_count) {
    return std::nullopt;
  }
  return request;
}

std::optional<Message> read_block(Reader& in) {
  BlockMessage message;
  message.block = in.u32();
  message.offset = in.u16();
  message.hops = in.u8();
  View bytes = in.take(in.left());
  if (!in.ok() || bytes.empty() || message.offset + bytes.size() > kBlockSize) return std::nullopt;
  message.bytes = Bytes(bytes.begin(), bytes.end());
  return Message{std::move(message)};
}

std::optional<Message> read_head_number(Reader& in) {
  HeadNumber message;
  message.seq = in.u64();
  message.size = in.u64();
  std::uint8_t flags = in.u8();
  message.ready = (flags & kFlagReady) != 0;
  message.provisional = (flags & kFlagProvisional) != 0;
  return whole(in, message);
}

std::optional<Message> read_frontier_request(Reader& in) {
  FrontierRequest message;
  for (std::uint32_t& count : message.counts) count = in.u32();
  return whole(in, message);
}

std::optional<Message> read_block_request(Reader& in) {
  BlockRequest message;
  message.block = in.u32();
  message.offset = in.u16();
  if (message.offset >= kBlockSize) return std::nullopt;
  return whole(in, message);
}

std::optional<Message> read_load(Reader& in) {
  Load load;
  load.places = in.u16();
  load.used = in.u16();
  load.free = in.u16();
  load.weakest = in.u16();
  load.deepest = in.u8();
  load.head_lag = in.u8();
  std::size_t parts = in.u8();
  if (parts < 2 || parts > kSubstreams || !std::has_single_bit(parts)) return std::nullopt;
  for (std::size_t s = 0; s < parts; s += 2) {
    std::uint8_t two = in.u8();
    load.children[s] = two >> 4;
    load.children[s + 1] = two & 15;
  }
  for (std::size_t s = 0; s < parts; ++s) load.lag[s] = in.u8();
  for (std::size_t s = 0; s < parts; ++s) load.hops[s] = in.u8();
  for (auto* all : {&load.children, &load.lag, &load.hops}) {
    for (std::size_t s = parts; s < kSubstreams; ++s) (*all)[s] = (*all)[s - parts];
  }
  // One way to say it, so that what is decoded is encoded as it came.
  if (load.free > load.places || parts_of(load) != parts) return std::nullopt;
  return whole(in, load);
}

std::optional<Message> read_pong(Reader& in) {
  Pong pong;
  pong.id = in.u32();
  pong.show_us = in.u64();
  pong.error_us = in.u32();
  return whole(in, pong);
}

std::optional<Message> read_audience(Reader& in) {
  Audience audience;
  audience.viewers = in.u32();
  for (std::uint32_t& count : audience.delays) count = in.u32();
  return whole(in, audience);
}

std::optional<Message> read_have(Reader& in) {
  Have have;
  have.begin = in.u32();
  have.first = in.u32();
  View bits = in.take(in.u8());
  if (bits.size() > Have::kBytesMax || have.begin > have.first) return std::nullopt;
  if (have.first > UINT32_MAX - 8 * Have::kBytesMax) return std::nullopt;
  have.bits.assign(bits.begin(), bits.end());
  return whole(in, std::move(have));
}

std::optional<Message> read_meet(Reader& in) {
  Meet meet;
  std::uint8_t calls = in.u8();
  View address = in.take(meet.address.size());
  meet.port = in.u16();
  if (!in.done() || calls > 1 || meet.port == 0) return std::nullopt;
  meet.calls = calls == 1;
  std::ranges::copy(address, meet.address.begin());
  return Message{meet};
}

std::optional<Message> read_probe(Reader& in) {
  Probe probe;
  probe.id = in.u32();
  probe.padding = in.u16();
  View zeros = in.take(probe.padding);
  bool clean = std::ranges::all_of(zeros, [](std::uint8_t byte) { return byte == 0; });
  if (probe.padding > Probe::kPaddingMax || !clean) return std::nullopt;
  return whole(in, probe);
}

std::optional<Message> read_subscribe(Reader& in) {
  Subscribe subscribe;
  subscribe.wanted = in.u16();
  subscribe.from = in.u32();
  subscribe.mark = in.u64();
  return whole(in, subscribe);
}

// The messages of the live edge.
std::optional<Message> decode_edge(std::uint8_t type, Reader& in) {
  switch (type) {
    case Subscribe::kType:
      return read_subscribe(in);
    case Subscribed::kType: {
      Subscribed message;
      message.wanted = in.u16();
      message.granted = in.u16();
      message.ending = in.u16();
      message.free = in.u16();
      if (message.ending & ~message.granted) return std::nullopt;
      message.ways.resize(static_cast<std::size_t>(std::popcount(message.granted)));
      for (std::uint64_t& way : message.ways) way = in.u64();
      return whole(in, message);
    }
    case Load::kType:
      return read_load(in);
    case Ping::kType: {
      Ping message{in.u32()};
      return whole(in, message);
    }
    case Pong::kType:
      return read_pong(in);
    case Audience::kType:
      return read_audience(in);
    case Have::kType:
      return read_have(in);
    case Introduce::kType: {
      Introduce message{in.u8()};
      return whole(in, message);
    }
    case Meet::kType:
      return read_meet(in);
    case Probe::kType:
      return read_probe(in);
    case Probed::kType: {
      Probed message{in.u32()};
      return whole(in, message);
    }
    default:
      break;
  }
  if (type >= kOptionalTypes) return Message{Ignored{}};
  return std::nullopt;
}

}  // namespace

Bytes encode(const Message& message) {
  Writer out;
  std::visit(
      [&](const auto& m) {
        using T = std::decay_t<decltype(m)>;
        if constexpr (!std::is_same_v<T, Ignored>) {
          out.u8(T::kType);
          body(out, m);
        }
      },
      message);
  return out.take();
}

std::optional<Message> decode(View bytes) {
  if (bytes.empty() || bytes.size() > kMessageMax) return std::nullopt;
  View rest = bytes.subspan(1);
  Reader in(rest);
  switch (bytes[0]) {
    case HeadMessage::kType:
      return wrapped<HeadMessage>(ledger::decode_update(rest));
    case HeadNumber::kType:
      return read_head_number(in);
    case Follow::kType: {
      std::uint8_t on = in.u8();
      if (on > 1) return std::nullopt;
      return whole(in, Follow{on == 1});
    }
    case FrontierRequest::kType:
      return read_frontier_request(in);
    case FrontierMessage::kType:
      return wrapped<FrontierMessage>(ledger::decode_frontier(rest));
    case HashRequest::kType: {
      auto request = read_hash_request(in);
      if (!request) return std::nullopt;
      return Message{*request};
    }
    case HashMessage::kType:
      return wrapped<HashMessage>(ledger::decode_hash_range(rest));
    case HashReject::kType:
      return wrapped<HashReject>(read_hash_request(in));
    case BlockRequest::kType:
      return read_block_request(in);
    case BlockMessage::kType:
      return read_block(in);
    case BlockReject::kType: {
      BlockReject message{in.u32()};
      return whole(in, message);
    }
    case BlockCancel::kType: {
      BlockCancel message{in.u32()};
      return whole(in, message);
    }
    case EvidenceMessage::kType:
      return wrapped<EvidenceMessage>(ledger::decode_evidence(rest));
    case FollowReject::kType:
      return whole(in, FollowReject{});
    default:
      return decode_edge(bytes[0], in);
  }
}

}  // namespace freshet::wire
