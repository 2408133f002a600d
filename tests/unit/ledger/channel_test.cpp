// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/channel.hpp"

#include <gtest/gtest.h>

#include "freshet/ledger/author.hpp"
#include "freshet/ledger/aux_record.hpp"
#include "freshet/ledger/bencode.hpp"
#include "freshet/ledger/crypto.hpp"

namespace freshet::ledger {
namespace {

Descriptor a_show(const KeyPair& channel, const KeyPair& show, std::string name = "A show.ts") {
  Descriptor d;
  d.name = std::move(name);
  d.piece_length = 1 << 20;
  d.capacity = kCapacityMax;
  d.show_key = show.public_key();
  fill_random(d.salt);
  certify(d, channel);
  return d;
}

class ChannelTest : public testing::Test {
 protected:
  KeyPair channel = KeyPair::generate(), other = KeyPair::generate(), show = KeyPair::generate();
  const Crypto& crypto = system_crypto();
};

TEST_F(ChannelTest, LinkGoesThereAndBack) {
  ChannelLink link{channel.public_key(), "Radio am Fluß & more"};
  std::string text = to_text(link);
  EXPECT_TRUE(is_channel_link(text));
  auto parsed = parse_channel_link(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->key, link.key);
  EXPECT_EQ(parsed->name, link.name);
}

TEST_F(ChannelTest, WhatIsNoLinkIsRefused) {
  std::string good = to_text(ChannelLink{channel.public_key(), {}});
  for (const std::string& bad :
       {std::string("magnet:?xs=urn:btpk:ab"), good.substr(0, good.find("&s=")),
        good.substr(0, good.find("&s=")) + "&s=00", std::string("https://example.org"),
        std::string("magnet:?xs=urn:btpk:") + std::string(64, 'x') + "&s=66726573686574"}) {
    EXPECT_FALSE(parse_channel_link(bad)) << bad;
  }
}

// A show's beginning is its first time mark, also behind what the first head says of the channel.
TEST_F(ChannelTest, WhatASaysOfItselfDoesNotHideWhenItBegan) {
  Ledger ledger(a_show(channel, show), crypto);
  Author author(ledger, std::move(show));
  ASSERT_TRUE(author.add_record(encode(Channel{"Radio", {}})));
  ASSERT_TRUE(author.add_record(encode(TimeMark{1234, 0, true})));
  EXPECT_EQ(author.append(Bytes(20'000)), 20'000U);
  ASSERT_EQ(ledger.accept(author.cut(5000, true), true), Verdict::New);
  EXPECT_EQ(ledger.first_published_ms(), 1234U);
}

TEST_F(ChannelTest, AnEarlierShowGoesThereAndBack) {
  Descriptor before = a_show(channel, show);
  Bytes record = encode_show(kAuxEarlier, before);
  EXPECT_LE(record.size(), kAuxRecordMax);
  EXPECT_EQ(decode_show(kAuxEarlier, record, crypto), before);
  EXPECT_FALSE(decode_show(kAuxFollowUp, record, crypto));
  record.back() ^= 1;
  EXPECT_FALSE(decode_show(kAuxEarlier, record, crypto));
}

TEST_F(ChannelTest, ItemGoesThereAndBack) {
  ChannelItem item{77, true, "Radio", a_show(channel, show)};
  std::string value = encode_channel_item(item, crypto);
  EXPECT_LE(value.size(), kChannelItemMax);
  auto decoded = decode_channel_item(value, channel.public_key(), 77, crypto);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->seq, 77);
  EXPECT_TRUE(decoded->on_air);
  EXPECT_EQ(decoded->name, "Radio");
  EXPECT_EQ(decoded->descriptor.show_key, show.public_key());
}

TEST_F(ChannelTest, TheLongestNamesFit) {
  ChannelItem item{1, true, std::string(kChannelNameMax, 'n'),
                   a_show(channel, show, std::string(196, 's') + ".ts")};
  EXPECT_LE(encode_channel_item(item, crypto).size(), kChannelItemMax);
}

TEST_F(ChannelTest, AShowOfAnotherChannelIsRefused) {
  // Signed by `channel`, but its show is certified by another key.
  std::string value = encode_channel_item({1, true, {}, a_show(other, show)}, crypto);
  EXPECT_FALSE(decode_channel_item(value, channel.public_key(), 1, crypto));
}

TEST_F(ChannelTest, AnInfoHashThatIsAnothersIsRefused) {
  std::string value = encode_channel_item({1, true, {}, a_show(channel, show)}, crypto);
  auto dict = *bencode::decode(value)->dict();
  dict["ih"] = bencode::Value{std::string(20, 'x')};
  EXPECT_FALSE(decode_channel_item(bencode::encode(dict), channel.public_key(), 1, crypto));
}

TEST_F(ChannelTest, NonsenseIsRefused) {
  for (const std::string& bad : {std::string(), std::string("le"), std::string("de"),
                                 std::string("forged"), std::string(2000, 'x')}) {
    EXPECT_FALSE(decode_channel_item(bad, channel.public_key(), 1, crypto));
  }
}

// BEP 44's own example for a salted item: "4:salt6:foobar3:seqi1e1:v12:Hello World!".
TEST_F(ChannelTest, SignsWhatBep44Says) {
  EXPECT_EQ(channel_item_to_sign("12:Hello World!", 1),
            "4:salt7:freshet3:seqi1e1:v12:Hello World!");
}

TEST_F(ChannelTest, ALockedKeyOpensWithItsPassphraseOnly) {
  std::string text = channel.to_locked_text("open sesame");
  EXPECT_EQ(text.find(channel.to_text().substr(15, 20)), std::string::npos);
  auto opened = KeyPair::from_text(text, "open sesame");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->public_key(), channel.public_key());
  EXPECT_FALSE(KeyPair::from_text(text, "open sesam"));
  EXPECT_FALSE(KeyPair::from_text(text));
  text[40] = text[40] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(KeyPair::from_text(text, "open sesame"));
  EXPECT_FALSE(KeyPair::from_text("freshet-locked-key-1:", "x"));
}

}  // namespace
}  // namespace freshet::ledger
