// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/descriptor.hpp"

#include <gtest/gtest.h>

#include "freshet/ledger/bencode.hpp"
#include "freshet/ledger/link.hpp"
#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::ledger {
namespace {

const Crypto& crypto() {
  return system_crypto();
}

TEST(Bencode, OnlyTheCanonicalSpellingDecodes) {
  for (const char* good : {"i0e", "i-5e", "0:", "3:abc", "le", "l1:ai1ee", "d1:ai1e1:bi2ee"}) {
    auto value = bencode::decode(good);
    ASSERT_TRUE(value) << good;
    EXPECT_EQ(bencode::encode(*value), good);
  }
  for (const char* bad :
       {"", "i01e", "i-0e", "ie", "i1", "03:abc", "4:abc", "d1:bi1e1:ai2ee", "d1:ai1e1:ai2ee", "l",
        "d", "di1ei2ee", "i1ei2e", "-1:a", "99999999999999999999:a", "lllllllllleeeeeeeeee"}) {
    EXPECT_FALSE(bencode::decode(bad)) << bad;
  }
}

TEST(Descriptor, RoundTrips) {
  Descriptor d = test::make_descriptor();
  d.planned_start = 1'800'000'000;
  d.final_kind = FinalKind::Hybrid;
  certify(d, test::key_of(1));
  auto back = decode_descriptor(as_view(encode(d)), crypto());
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, d);
  EXPECT_EQ(live_info(d).size(), encode(d).size() + std::string("6:pieces1280:").size() + 1280);
}

TEST(Descriptor, EveryFlippedByteIsRefused) {
  std::string good = encode(test::make_descriptor());
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(decode_descriptor(as_view(bad), crypto())) << i;
    EXPECT_FALSE(decode_descriptor(as_view(good.substr(0, i)), crypto())) << i;
  }
}

TEST(Descriptor, BoundsAreHeld) {
  auto refused = [](auto change) {
    Descriptor d = test::make_descriptor();
    change(d);
    certify(d, test::key_of(1));
    return !decode_descriptor(as_view(encode(d)), crypto()).has_value();
  };
  EXPECT_FALSE(refused([](Descriptor&) {}));
  EXPECT_TRUE(refused([](Descriptor& d) { d.name = "../x"; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.name = ""; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.piece_length = 3 * 16384; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.piece_length = 8192; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.piece_length = 32 * 1024 * 1024; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.capacity = 1; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.capacity = kCapacityMax + 1; }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.media_type = std::string(128, 'x'); }));
  EXPECT_TRUE(refused([](Descriptor& d) { d.media_type = "a\xff"; }));
}

TEST(Descriptor, DefaultPieceLengthHoldsADay) {
  EXPECT_EQ(default_piece_length(0), 1024U * 1024);
  EXPECT_EQ(default_piece_length(16'000), 64U * 1024);
  EXPECT_EQ(default_piece_length(250'000), 512U * 1024);
  for (std::uint64_t rate : {16'000, 250'000, 1'000'000, 6'000'000}) {
    EXPECT_GE(std::uint64_t{default_piece_length(rate)} * 65535, rate * 86400);
  }
}

TEST(Link, RoundTripsWithTrackersAndPeers) {
  Link link{test::make_descriptor(), {}, {"http://10.0.0.1:80/announce?a=b&c"}, {"[::1]:6881"}};
  link.info_hash = live_info_hash(link.descriptor, crypto());
  auto back = parse_link(to_text(link), crypto());
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->descriptor, link.descriptor);
  EXPECT_EQ(back->trackers, link.trackers);
  EXPECT_EQ(back->peers, link.peers);
}

TEST(Link, RefusalsSayWhy) {
  Link link{test::make_descriptor(), {}, {}, {}};
  link.info_hash = live_info_hash(link.descriptor, crypto());
  std::string good = to_text(link);
  auto why = [](const std::string& text) {
    auto result = parse_link(text, crypto());
    EXPECT_FALSE(result) << text;
    EXPECT_EQ(result.error().code, ErrorCode::Link);
    return result ? "" : result.error().message;
  };
  EXPECT_NE(why("http://example.org/").find("magnet:?"), std::string::npos);
  std::string wrong_hash = good;
  char& digit = wrong_hash[wrong_hash.find("btih:") + 5];
  digit = digit == '0' ? '1' : '0';
  EXPECT_NE(why(wrong_hash).find("info-hash"), std::string::npos);
  EXPECT_NE(why(good.substr(0, good.find("&x.grow"))).find("cut off"), std::string::npos);
  EXPECT_FALSE(parse_link(good.substr(0, good.size() - 7), crypto()));
  EXPECT_FALSE(parse_link("magnet:?xt=urn:btih:00&x.grow=%zz", crypto()));
  EXPECT_FALSE(parse_link("magnet:?" + std::string(kLinkMax, 'x'), crypto()));
}

TEST(Keys, TextRoundTripsAndRefusesWrongSizes) {
  KeyPair key = KeyPair::generate();
  auto back = KeyPair::from_text(key.to_text());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->public_key(), key.public_key());
  EXPECT_FALSE(KeyPair::from_text(""));
  EXPECT_FALSE(KeyPair::from_text("freshet-key-1:AAAA"));
  EXPECT_FALSE(KeyPair::from_text(key.to_text() + "x"));
}

}  // namespace
}  // namespace freshet::ledger
