// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/channel.hpp"
#include "tests/fuzz/credulous.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/vectors/vector_show.hpp"

// What anybody may put into the DHT or into a link.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  static const fuzz::Credulous crypto;
  static const PublicKey channel = vectors::key(1).public_key();
  std::string_view text = as_text({data, size});
  if (auto item = ledger::decode_channel_item(text, channel, 7, crypto)) {
    FRESHET_ASSERT(item->descriptor.channel_key == channel);
    std::string value = ledger::encode_channel_item(*item, crypto);
    FRESHET_ASSERT(value.size() <= ledger::kChannelItemMax);
    auto again = ledger::decode_channel_item(value, channel, 7, crypto);
    FRESHET_ASSERT(again && again->descriptor == item->descriptor &&
                   again->on_air == item->on_air);
  }
  if (auto link = ledger::parse_channel_link(text)) {
    auto again = ledger::parse_channel_link(ledger::to_text(*link));
    FRESHET_ASSERT(again && again->key == link->key && again->name == link->name);
  }
  return 0;
}
