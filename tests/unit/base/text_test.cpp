// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/text.hpp"

#include <gtest/gtest.h>

namespace freshet {
namespace {

TEST(SafeFileName, KeepsGoodNames) {
  for (const char* name : {"show.ts", "Föhn über München.ts", "日本.mkv", "a b c"}) {
    EXPECT_EQ(safe_file_name(name), name);
  }
}

TEST(SafeFileName, CannotLeaveItsFolder) {
  EXPECT_EQ(safe_file_name("../../etc/passwd"), "_.._etc_passwd");
  EXPECT_EQ(safe_file_name(".."), "show");
  EXPECT_EQ(safe_file_name(""), "show");
  EXPECT_EQ(safe_file_name(".hidden"), "hidden");
  EXPECT_EQ(safe_file_name("a\x01\x7f\\b"), "a___b");
  EXPECT_EQ(safe_file_name("trail. . "), "trail");
}

TEST(SafeFileName, ReplacesBrokenUtf8AndCutsAtACharacter) {
  EXPECT_EQ(safe_file_name("a\xff\xc3"), "a__");
  std::string name;
  for (int i = 0; i < 150; ++i) name += "ü";
  std::string safe = safe_file_name(name);
  EXPECT_LE(safe.size(), 200U);
  EXPECT_TRUE(is_utf8(safe));
}

TEST(SafeFileName, IsIdempotent) {
  for (std::string name : {"  x  ", "/a/.b./", "\xf0\x9f\x98\x80.ts", "con:1"}) {
    EXPECT_EQ(safe_file_name(safe_file_name(name)), safe_file_name(name));
  }
}

TEST(Utf8, RefusesOverlongSurrogatesAndTruncation) {
  EXPECT_TRUE(is_utf8("\xf0\x9f\x98\x80"));
  EXPECT_FALSE(is_utf8("\xc0\x80"));
  EXPECT_FALSE(is_utf8("\xe0\x80\x80"));
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));
  EXPECT_FALSE(is_utf8("\xe2\x82"));
}

TEST(ParseSize, SuffixesAndRefusals) {
  EXPECT_EQ(parse_size("500k", false), 500000U);
  EXPECT_EQ(parse_size("2M", false), 2000000U);
  EXPECT_EQ(parse_size("64K", true), 65536U);
  EXPECT_EQ(parse_size("262144", true), 262144U);
  for (const char* bad :
       {"", "k", "-1", "1.5M", "12x", "99999999999999999999", "18446744073709551615G"}) {
    EXPECT_FALSE(parse_size(bad, true)) << bad;
  }
}

TEST(ParseClock, FormsAndRefusals) {
  EXPECT_EQ(parse_clock("00:00:10"), 10000U);
  EXPECT_EQ(parse_clock("1:02:03"), 3723000U);
  EXPECT_EQ(parse_clock("90"), 90000U);
  for (const char* bad : {"", "1:60", "a", "1:2:3:4", "-1", "1:", ":1"}) {
    EXPECT_FALSE(parse_clock(bad)) << bad;
  }
}

TEST(Format, ClockAndSize) {
  EXPECT_EQ(format_clock(59999), "0:59");
  EXPECT_EQ(format_clock(3723000), "1:02:03");
  EXPECT_EQ(format_size(999), "999 B");
  EXPECT_EQ(format_size(1500), "1.5 kB");
  EXPECT_EQ(format_size(60000000), "60 MB");
  EXPECT_EQ(format_size(999999), "1.0 MB");
}

}  // namespace
}  // namespace freshet
