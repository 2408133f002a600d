// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/aux_record.hpp"

#include "freshet/base/cursor.hpp"
#include "freshet/base/text.hpp"
#include "freshet/ledger/channel.hpp"

namespace freshet::ledger {
namespace {

constexpr std::uint8_t kFlagKeyframe = 1;

}  // namespace

Bytes encode(const TimeMark& mark) {
  Writer out;
  out.u8(kAuxTimeMark).u64(mark.published_ms).u64(mark.size).u8(mark.keyframe ? kFlagKeyframe : 0);
  return out.take();
}

Bytes encode(const Channel& channel) {
  Writer out;
  out.u8(kAuxChannel).u8(static_cast<std::uint8_t>(channel.name.size()));
  out.put(as_view(channel.name)).put(channel.picture);
  return out.take();
}

std::optional<TimeMark> decode_time_mark(View record) {
  Reader in(record);
  if (in.u8() != kAuxTimeMark) return std::nullopt;
  TimeMark mark;
  mark.published_ms = in.u64();
  mark.size = in.u64();
  mark.keyframe = (in.u8() & kFlagKeyframe) != 0;
  if (!in.done()) return std::nullopt;
  return mark;
}

std::optional<Channel> decode_channel(View record) {
  Reader in(record);
  if (in.u8() != kAuxChannel) return std::nullopt;
  std::size_t size = in.u8();
  Channel channel;
  channel.name = as_text(in.take(size));
  View picture = in.take(in.left());
  channel.picture.assign(picture.begin(), picture.end());
  if (!in.done() || size > kChannelNameMax || !is_utf8(channel.name)) return std::nullopt;
  return channel;
}

Bytes encode_show(std::uint8_t type, const Descriptor& descriptor) {
  Writer out;
  out.u8(type).put(as_view(encode(descriptor)));
  return out.take();
}

std::optional<Descriptor> decode_show(std::uint8_t type, View record, const Crypto& crypto) {
  if (record.empty() || record[0] != type) return std::nullopt;
  auto descriptor = decode_descriptor(record.subspan(1), crypto);
  if (!descriptor) return std::nullopt;
  return std::move(*descriptor);
}

}  // namespace freshet::ledger
