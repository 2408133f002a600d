// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "live/blocks.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

// Enough to show a picture and go on while the next ones come. More would be fetched in any order,
// and the first of it later.
constexpr std::uint32_t kUrgentBytes = 1 << 20;  // and one piece at least
constexpr Duration kNewest = 1s;                 // may be on its way still
constexpr Duration kEdgeWait = 5s;  // then the edge does not come for want of something else

}  // namespace

void Backlog::begin(std::uint32_t edge_piece, std::uint32_t focus) {
  begun_ = true;
  focus_ = focus;
  next_wanted_ = focus;
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  pieces_.resize(edge_piece, State::Backlog);
  complete_since_.resize(edge_piece);
  for (std::uint32_t piece = 0; piece < edge_piece; ++piece) {
    if (c_.stored.has_all(piece * bpp, bpp)) pieces_[piece] = State::Have;
  }
}

bool Backlog::owns(std::uint32_t piece) const {
  return piece < pieces_.size() && pieces_[piece] != State::Edge;
}

void Backlog::stored(std::uint32_t first, std::uint32_t count) {
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  for (std::uint32_t piece = first / bpp; piece <= (first + count - 1) / bpp; ++piece) {
    if (!c_.stored.has_all(piece * bpp, bpp)) continue;
    if (piece >= pieces_.size()) {
      pieces_.resize(piece + 1, State::Edge);
      complete_since_.resize(piece + 1, Instant::max());
    }
    if (pieces_[piece] == State::Edge) c_.actions.push_back(GivePiece{piece});
    pieces_[piece] = State::Have;
  }
}

bool Backlog::leaves_known(std::uint32_t piece) const {
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  for (std::uint32_t i = 0; i < bpp; ++i) {
    if (!c_.leaf_known(piece * bpp + i)) return false;
  }
  return true;
}

// A piece that was to come block by block, but of which nothing came while it was new, is better
// fetched in bulk. One that came in part is finished block by block: a block is never fetched
// twice.
void Backlog::release_late(Instant now) {
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  Duration window = c_.config.edge ? kEdgeWindow : Duration{};
  first_edge_ = std::max(first_edge_, c_.puller->first_block() / bpp);
  while (first_edge_ < pieces_.size() && pieces_[first_edge_] != State::Edge) ++first_edge_;
  for (std::uint32_t piece = first_edge_; piece < pieces_.size(); ++piece) {
    if (pieces_[piece] != State::Edge) continue;
    if (complete_since_[piece] == Instant::max()) complete_since_[piece] = now;
    if (now - complete_since_[piece] < window) continue;
    if (c_.held.has_any(piece * bpp, bpp) || c_.puller->has_request(piece * bpp, bpp)) continue;
    pieces_[piece] = State::Backlog;
    next_wanted_ = std::min(next_wanted_, piece);
  }
}

// Whoever begins at the live edge has what it shows before anything comes that it may go back to:
// pieces that many send at once fill the downlink.
bool Backlog::edge_came(Instant now) {
  if (!c_.config.edge || c_.ledger.ended()) return true;
  std::uint32_t complete = c_.ledger.head()->complete_blocks();
  if (waits_since_ == Instant{}) waits_since_ = now, waits_for_ = complete;
  std::uint32_t newest = std::min(c_.heads->newest_within(kNewest, now), complete);
  std::uint32_t here = c_.held.first_missing(focus_ * c_.ledger.blocks_per_piece());
  return here >= std::max(waits_for_, newest) || now - waits_since_ > kEdgeWait;
}

void Backlog::want_ready(Instant now) {
  auto advance = [&](std::uint32_t& cursor, std::uint32_t end) {
    for (; cursor < end; ++cursor) {
      if (pieces_[cursor] != State::Backlog) continue;
      if (!leaves_known(cursor)) return;
      pieces_[cursor] = State::Wanted;
      want(cursor);
    }
  };
  std::uint32_t end = static_cast<std::uint32_t>(pieces_.size());
  advance(next_wanted_, end);
  if (forward_done_ || next_wanted_ < end) return;
  // What lies before the output's start waits until all that follows is here.
  for (std::uint32_t piece = focus_; piece < end; ++piece) {
    if (pieces_[piece] == State::Wanted) return;
  }
  if (focus_ > 0 && !edge_came(now)) return;
  if (focus_ > 0) next_wanted_ = 0;
  forward_done_ = true;
  advance(next_wanted_, end);
}

void Backlog::want(std::uint32_t piece) {
  c_.actions.push_back(WantPiece{piece, is_urgent(piece)});
}

void Backlog::focus(std::uint32_t piece) {
  if (!begun_ || (read_ && piece == focus_)) return;
  read_ = true;
  focus_ = piece;
  next_wanted_ = piece;
  forward_done_ = false;
}

void Backlog::move_urgent() {
  if (!read_) return;
  std::uint32_t count = std::max(1U, kUrgentBytes / c_.ledger.descriptor().piece_length);
  std::uint32_t old_first = std::exchange(urgent_first_, focus_);
  std::uint32_t old_end = std::exchange(urgent_end_, focus_ + count);
  if (old_first == urgent_first_ && old_end == urgent_end_) return;
  auto wanted = [&](std::uint32_t piece) {
    return piece < pieces_.size() && pieces_[piece] == State::Wanted;
  };
  for (std::uint32_t piece = old_first; piece < old_end; ++piece) {
    if (wanted(piece) && !is_urgent(piece)) want(piece);
  }
  for (std::uint32_t piece = urgent_first_; piece < urgent_end_; ++piece) {
    if (wanted(piece) && (piece < old_first || piece >= old_end)) want(piece);
  }
}

void Backlog::reopen() {
  for (State& state : pieces_) {
    if (state == State::Wanted) state = State::Backlog;
  }
  next_wanted_ = focus_;
  forward_done_ = false;
}

void Backlog::pump(Instant now) {
  if (!begun_) return;
  if (pieces_.size() < c_.ledger.complete_pieces()) {
    complete_since_.resize(c_.ledger.complete_pieces(), now);
    pieces_.resize(c_.ledger.complete_pieces(), State::Edge);
  }
  release_late(now);
  move_urgent();
  want_ready(now);
}

}  // namespace freshet::live
