// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/final_torrent.hpp"

#include <gtest/gtest.h>

#include "freshet/ledger/bencode.hpp"
#include "tests/unit/ledger/show_fixture.hpp"

namespace freshet::ledger {
namespace {

using test::TestAuthor;

std::string slow_pieces(View bytes, std::size_t piece_length) {
  std::string pieces;
  for (std::size_t i = 0; i < bytes.size(); i += piece_length) {
    View piece = bytes.subspan(i, std::min(piece_length, bytes.size() - i));
    pieces += as_text(system_crypto().sha1(piece).view());
  }
  return pieces;
}

class FinalTorrentTest : public testing::TestWithParam<std::tuple<std::size_t, FinalKind>> {};

TEST_P(FinalTorrentTest, IsTheTorrentOfTheBytes) {
  auto [size, kind] = GetParam();
  TestAuthor pub({.piece_length = 65536, .capacity = 64, .final_kind = kind});
  pub.publish(test::random_bytes(size, 4));
  HeadUpdate end = pub.end();
  auto torrent = final_torrent(pub.ledger);
  ASSERT_TRUE(torrent) << torrent.error().message;
  EXPECT_EQ(end.head.ending->final_v1, torrent->v1);
  EXPECT_EQ(end.head.ending->file_sha256, system_crypto().sha256(pub.bytes));
  auto info = bencode::decode(torrent->info);
  ASSERT_TRUE(info && info->dict());
  EXPECT_EQ(*bencode::find_string(*info->dict(), "pieces"), slow_pieces(pub.bytes, 65536));
  EXPECT_EQ(*bencode::find_integer(*info->dict(), "length"), static_cast<std::int64_t>(size));
  EXPECT_EQ(torrent->v1, system_crypto().sha1(as_view(torrent->info)));
  auto file = bencode::decode(torrent_file(*torrent, {"http://a/announce"}));
  ASSERT_TRUE(file && file->dict());
  if (kind == FinalKind::V1) {
    EXPECT_TRUE(torrent->v2.is_zero());
    EXPECT_EQ(file->dict()->count("piece layers"), 0U);
    return;
  }
  const auto* layers = bencode::find_dict(*file->dict(), "piece layers");
  ASSERT_TRUE(layers);
  ASSERT_EQ(layers->size(), size > 65536 ? 1U : 0U);
  if (layers->empty()) return;
  // The layer's nodes, padded, make the root that the head signed.
  const std::string& layer = *layers->begin()->second.string();
  std::vector<Hash32> nodes;
  for (std::size_t i = 0; i < layer.size(); i += 32) {
    nodes.push_back(*Hash32::from(as_view(layer).subspan(i, 32)));
  }
  nodes.resize(std::bit_ceil(nodes.size()), pub.ledger.merkle().pad(2));
  while (nodes.size() > 1) {
    for (std::size_t i = 0; i < nodes.size() / 2; ++i) {
      nodes[i] = pub.ledger.merkle().parent(nodes[2 * i], nodes[2 * i + 1]);
    }
    nodes.resize(nodes.size() / 2);
  }
  EXPECT_EQ(nodes[0], end.head.root);
  EXPECT_EQ(layers->begin()->first, as_text(end.head.root.view()));
}

INSTANTIATE_TEST_SUITE_P(Sizes, FinalTorrentTest,
                         testing::Combine(testing::Values(1, 16384, 16385, 65536, 65537, 131072,
                                                          300'000, 700'001),
                                          testing::Values(FinalKind::V1, FinalKind::Hybrid)));

TEST(FinalTorrent, AnEmptyShowEndsWithoutOne) {
  TestAuthor pub;
  HeadUpdate end = pub.end();
  EXPECT_TRUE(end.head.ending->final_v1.is_zero());
  EXPECT_EQ(end.head.ending->file_sha256, system_crypto().sha256({}));
  EXPECT_FALSE(final_torrent(pub.ledger));
}

TEST(FinalTorrent, AViewerWithoutTheHashesWaits) {
  TestAuthor pub;
  pub.publish(test::random_bytes(300'000, 4));
  pub.end();
  Ledger viewer(test::make_descriptor(), system_crypto());
  ASSERT_EQ(viewer.accept(*pub.ledger.frontier_since({0, 0, 0})), Verdict::New);
  EXPECT_FALSE(final_torrent(viewer));
}

TEST(FinalTorrent, AnEndThatNamesAnotherTorrentIsAContradiction) {
  TestAuthor pub;
  pub.publish(test::random_bytes(300'000, 4));
  HeadUpdate end = pub.author.end(pub.now + 1);
  end.head.ending->final_v1.bytes[0] ^= 1;
  sign(end.head, pub.ledger.id(), test::key_of(2));
  pub.apply(end);
  auto torrent = final_torrent(pub.ledger);
  ASSERT_FALSE(torrent);
  EXPECT_EQ(torrent.error().code, ErrorCode::Contradiction);
}

}  // namespace
}  // namespace freshet::ledger
