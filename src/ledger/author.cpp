// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/ledger/author.hpp"

#include <algorithm>

#include "freshet/base/check.hpp"
#include "freshet/ledger/aux_record.hpp"
#include "freshet/ledger/final_torrent.hpp"

namespace freshet::ledger {

Author::Author(const Ledger& ledger, KeyPair show_key)
    : ledger_(ledger),
      show_key_(std::move(show_key)),
      piece_sha1_(ledger.crypto().sha1_stream()),
      file_sha256_(ledger.crypto().sha256_stream()) {
  if (ledger.head()) follow_up_ = ledger.head()->follow_up;
}

void Author::resume(View bytes) {
  while (!bytes.empty()) {
    std::size_t taken = append(bytes);
    // What is re-read stands in the ledger already.
    leaves_.clear();
    sha1s_.clear();
    bytes = bytes.subspan(taken);
  }
}

std::size_t Author::append(View bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && leaves_.size() < kUpdateLeavesMax) {
    std::size_t step = std::min<std::size_t>(kBlockSize - partial_.size(), bytes.size() - taken);
    View part = bytes.subspan(taken, step);
    partial_.insert(partial_.end(), part.begin(), part.end());
    taken += step;
    size_ += step;
    if (partial_.size() == kBlockSize) finish_block();
  }
  return taken;
}

void Author::finish_block() {
  leaves_.push_back(ledger_.crypto().sha256(partial_));
  piece_sha1_->update(partial_);
  file_sha256_->update(partial_);
  partial_.clear();
  if (size_ % ledger_.descriptor().piece_length == 0) {
    sha1s_.push_back(piece_sha1_->digest());
    piece_sha1_ = ledger_.crypto().sha1_stream();
  }
}

bool Author::add_record(Bytes record) {
  if (records_.size() >= kUpdateAuxMax || record.size() > kAuxRecordMax) return false;
  records_.push_back(std::move(record));
  return true;
}

bool Author::set_follow_up(const Descriptor& descriptor) {
  FRESHET_ASSERT(!follow_up_);
  if (!add_record(encode_show(kAuxFollowUp, descriptor))) return false;
  follow_up_ = show_id(descriptor, ledger_.crypto());
  return true;
}

HeadUpdate Author::cut(WallMs now, bool with_tail) {
  HeadUpdate update = make(now, with_tail);
  sign(update.head, ledger_.id(), show_key_);
  return update;
}

HeadUpdate Author::end(WallMs now) {
  HeadUpdate update = make(now, true);
  Head& head = update.head;
  auto sha256 = file_sha256_->clone();
  sha256->update(partial_);
  head.ending.emplace();
  head.ending->file_sha256 = sha256->digest();
  if (head.size > 0) {
    const Log& blocks = ledger_.log(LogKind::Blocks);
    const Log& pieces = ledger_.log(LogKind::Pieces);
    std::vector<Hash20> sha1s;
    for (std::uint32_t i = 0; i < pieces.count(); ++i) {
      sha1s.push_back(*Hash20::from(pieces.item(i)));
    }
    sha1s.insert(sha1s.end(), update.sha1s.begin(), update.sha1s.end());
    std::vector<Hash32> leaves;
    if (ledger_.descriptor().final_kind == FinalKind::Hybrid) {
      for (std::uint32_t i = 0; i < blocks.count(); ++i) leaves.push_back(*blocks.tree().leaf(i));
      leaves.insert(leaves.end(), update.leaves.begin(), update.leaves.end());
    }
    FinalTorrent torrent = final_torrent(ledger_.descriptor(), head, sha1s, leaves,
                                         update.tail_leaf, ledger_.merkle(), ledger_.crypto());
    head.ending->final_v1 = torrent.v1;
    head.ending->final_v2 = torrent.v2;
  }
  sign(head, ledger_.id(), show_key_);
  return update;
}

HeadUpdate Author::make(WallMs now, bool with_tail) {
  const Log& blocks = ledger_.log(LogKind::Blocks);
  const Log& pieces = ledger_.log(LogKind::Pieces);
  const Log& aux = ledger_.log(LogKind::Aux);
  const Crypto& crypto = ledger_.crypto();
  // A tail that was announced stays announced: sizes never shrink.
  with_tail = with_tail || ledger_.size() > complete_size();
  HeadUpdate update;
  Head& head = update.head;
  head.seq = ledger_.head() ? ledger_.head()->seq + 1 : 1;
  head.published_ms = ledger_.head() ? std::max(ledger_.head()->published_ms + 1, now) : now;
  head.size = with_tail ? size_ : complete_size();
  head.follow_up = follow_up_;
  update.first_block = blocks.count();
  update.first_piece = pieces.count();
  update.first_aux = aux.count();
  update.leaves = std::exchange(leaves_, {});
  update.sha1s = std::exchange(sha1s_, {});
  update.aux = std::exchange(records_, {});
  head.aux_count = aux.count() + static_cast<std::uint32_t>(update.aux.size());

  Frontier frontier = blocks.tree().frontier();
  for (const Hash32& leaf : update.leaves) frontier.append(ledger_.merkle(), leaf);
  FRESHET_ASSERT(frontier.count == head.complete_blocks());
  auto tail_sha1 = piece_sha1_->clone();
  if (head.tail_bytes() > 0) {
    update.tail_leaf = crypto.sha256(partial_);
    tail_sha1->update(partial_);
  }
  head.root = frontier.root(ledger_.merkle(), update.tail_leaf);
  head.tail_sha1 = tail_sha1->digest();
  frontier = pieces.tree().frontier();
  for (const Hash20& sha1 : update.sha1s) {
    frontier.append(ledger_.merkle(), pieces.leaf_of(sha1.view()));
  }
  head.v1_root = frontier.root(ledger_.merkle(), std::nullopt);
  frontier = aux.tree().frontier();
  for (const Bytes& record : update.aux) {
    frontier.append(ledger_.merkle(), aux.leaf_of(record));
  }
  head.aux_root = frontier.root(ledger_.merkle(), std::nullopt);
  return update;
}

}  // namespace freshet::ledger
