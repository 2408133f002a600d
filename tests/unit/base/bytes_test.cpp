// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/bytes.hpp"

#include <gtest/gtest.h>

#include "freshet/base/crc32c.hpp"
#include "freshet/base/cursor.hpp"

namespace freshet {
namespace {

TEST(Bytes, HexRoundTripAndRefusals) {
  Bytes bytes{0x00, 0x7f, 0xff, 0x10};
  EXPECT_EQ(to_hex(bytes), "007fff10");
  EXPECT_EQ(from_hex("007FfF10"), bytes);
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Bytes, Base64UrlVectorsOfRfc4648) {
  const char* plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
  const char* coded[] = {"", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"};
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(to_base64url(as_view(plain[i])), coded[i]);
    EXPECT_EQ(as_text(*from_base64url(coded[i])), plain[i]);
  }
  EXPECT_EQ(to_base64url(Bytes{0xfb, 0xff}), "-_8");
  EXPECT_FALSE(from_base64url("Zg=="));
  EXPECT_FALSE(from_base64url("Zh"));  // left-over bits: a second spelling of "f"
  EXPECT_FALSE(from_base64url("A"));
}

TEST(Bytes, Crc32cCheckValue) {
  EXPECT_EQ(crc32c(as_view("123456789")), 0xe3069283U);
}

TEST(Cursor, WritesBigEndianAndReadsItBack) {
  Writer out;
  out.u8(1).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0f).put(as_view("xy"));
  Bytes bytes = out.take();
  EXPECT_EQ(to_hex(bytes), "0102030405060708090a0b0c0d0e0f7879");
  Reader in(bytes);
  EXPECT_EQ(in.u8(), 1);
  EXPECT_EQ(in.u16(), 0x0203);
  EXPECT_EQ(in.u32(), 0x04050607U);
  EXPECT_EQ(in.u64(), 0x08090a0b0c0d0e0fULL);
  EXPECT_EQ(as_text(in.take(2)), "xy");
  EXPECT_TRUE(in.done());
}

TEST(Cursor, OneFailedReadFailsAllThatFollow) {
  Bytes bytes{1, 2, 3};
  Reader in(bytes);
  EXPECT_EQ(in.u32(), 0U);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.u8(), 0);
  EXPECT_EQ(in.left(), 0U);
  EXPECT_FALSE(in.done());
}

}  // namespace
}  // namespace freshet
