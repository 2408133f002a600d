// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"
#include "live/holdings.hpp"
#include "live/parts.hpp"

namespace freshet::live {
namespace {

constexpr unsigned kOpenPerPeer = 8;
constexpr std::size_t kOpenMax = 8;
constexpr double kOld = 2'000'000;  // µs
constexpr Duration kBusy = 200ms;
constexpr Duration kAnswerIn = 1300ms;  // besides the round trip
constexpr Duration kFirstIn = 150ms;    // what somebody waits for in front of nothing
constexpr Duration kAlone = 700ms;      // nobody sends this sub-stream
constexpr Duration kGap = 400ms;        // it may be on its way from who sent it until now
constexpr Duration kPatience = 1800ms;  // far more than what a lost segment costs
constexpr Duration kPassed = 800ms;
constexpr Duration kLast = 600ms;    // of a show that has ended
constexpr std::uint32_t kTail = 16;  // blocks of it that come before all others
constexpr int kInVainMax = 16;
constexpr std::size_t kOldMax = 2;
constexpr Duration kTailPatience = 300ms;
constexpr Duration kTailIn = 250ms;  // besides the round trip: who is asked may wait for it too
constexpr double kTailUnknown = 3'000'000;  // µs
constexpr double kSoon = 100'000;           // µs; who has it already is asked rather
constexpr Duration kOldParent = 400ms;      // what it was to send of before the new one's first
constexpr Duration kOldAgain = 400ms;       // it was refused: others are busy with what is new
constexpr Duration kCatchUp = 5s;           // who has just come waits for what it begins with

// It gets this block's sub-stream.
bool brings(const Peer& peer, std::uint32_t block) {
  return peer.load && peer.load->lag[substream_of(block)] != wire::Load::kLagUnknown;
}

}  // namespace

void Puller::begin(std::uint32_t first_block, std::uint32_t focus) {
  begun_ = true;
  first_block_ = first_block;
  focus_ = focus;
}

void Puller::focus(std::uint32_t block) {
  if (begun_) focus_ = std::max(first_block_, block);
}

void Puller::stop() {
  while (!open_.empty()) close(open_.begin()->first, true);
}

bool Puller::has_request(std::uint32_t first, std::uint32_t count) const {
  auto open = open_.lower_bound(first);
  return open != open_.end() && open->first < first + count;
}

bool Puller::asked(PeerId peer, std::uint32_t block) const {
  auto open = open_.find(block);
  return open != open_.end() && open->second.peer == peer;
}

void Puller::ask(PeerId id, std::uint32_t block, std::uint16_t offset, Instant now) {
  open_[block] = {id, now};
  ++c_.stats.pulls;
  ++c_.peers.at(id).block_requests;
  c_.send(id, wire::BlockRequest{block, offset});
}

void Puller::close(std::uint32_t block, bool cancel) {
  auto open = open_.find(block);
  if (open == open_.end()) return;
  if (Peer* peer = c_.find(open->second.peer)) {
    --peer->block_requests;
    if (cancel) {
      c_.send(open->second.peer, wire::BlockCancel{block});
      ++peer->late_blocks;
    }
  }
  open_.erase(open);
}

void Puller::rejected(PeerId id, std::uint32_t block, Instant now) {
  if (!asked(id, block)) {
    given_up_[block % given_up_.size()] = {block, id};
    return;
  }
  c_.peers.at(id).pull_pause = now + kBusy;
  bool old = block < c_.heads->newest_within(kFresh, now) && !is_first(block);
  if (old && !c_.ledger.ended()) old_pause_ = now + kOldAgain;
  close(block, false);
}

void Puller::peer_gone(PeerId id) {
  std::erase_if(open_, [&](const auto& entry) { return entry.second.peer == id; });
}

void Puller::advanced() {
  if (!c_.ledger.ended()) return;
  std::vector<std::uint32_t> beyond;
  for (const auto& [block, open] : open_) {
    if (block >= c_.blocks_total()) beyond.push_back(block);
  }
  for (std::uint32_t block : beyond) close(block, true);
}

// What the output begins with. Not what is read next: at the edge that is on its way.
bool Puller::is_first(std::uint32_t block) const {
  return c_.output_start && *c_.output_start / kBlockSize == block;
}

// The incomplete last block.
bool Puller::is_tail(std::uint32_t block) const {
  return block == c_.ledger.head()->complete_blocks();
}

bool Puller::is_due(std::uint32_t block, Instant now) const {
  if (is_tail(block) && c_.parents->has_parent(block)) {
    // It comes unasked too, and the next head mostly has more of it.
    return now - c_.heads->heard() > kTailPatience;
  }
  const HeadLine::Covered* head = c_.heads->covered(block);
  // Somebody looks at nothing until it is here: it is not left to who may become its sender.
  if (is_first(block)) return true;
  PeerId parent = c_.parents->sender_of(block);
  Instant seen = c_.holdings->seen(block);
  bool told = seen != Instant::max();
  if (told && (has(given_up_, block, parent) || has(cancelled_, block, parent))) return true;
  // Of before what its new parent was asked for, which the old one did not send.
  bool before = c_.parents->parent_of(block) != parent;
  if (told && before && parent_has(block) && (parent == kNobody || now - seen > kOldParent)) {
    return true;
  }
  if (c_.parents->comes(block, now)) return false;
  // Of before our time: nobody sends it unasked.
  if (!head && c_.parents->before_us(block)) return true;
  Instant heard = head ? head->heard : c_.heads->jumped();
  // Between two parents, or without one: as soon as a neighbour has it.
  if (parent == kNobody) return now - heard > kAlone || now - kGap > seen;
  // Its parent does not have it either, but others do; or it takes far too long.
  if (seen == Instant::max()) return now - heard > kPatience;
  // Nothing is sent after it that could be delayed by it.
  if (c_.ledger.ended() && now - seen > kLast) return true;
  const Peer& sender = c_.peers.at(parent);
  if (sender.have.has(block)) return now - seen > kPatience;
  return sender.have_at > seen + kPassed || now - seen > kPatience;
}

// Who sends this sub-stream now has it, as far as it said, or sent what came after it.
bool Puller::parent_has(std::uint32_t block) const {
  PeerId parent = c_.parents->parent_of(block);
  return parent != kNobody && (c_.peers.at(parent).have.has(block) || c_.parents->passed(block));
}

bool Puller::complete() const {
  if (!begun_ || !c_.ledger.head()) return true;
  const ledger::Head& head = *c_.ledger.head();
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  for (std::uint32_t block = c_.held.first_missing(first_block_); block < head.complete_blocks();
       block = c_.held.first_missing(block + 1)) {
    if (!c_.backlog->owns(block / bpp)) return false;
  }
  return c_.partial_size(head.complete_blocks()) >= head.tail_bytes();
}

// Whoever says that it has come so far, and is close to the publisher.
std::optional<PeerId> Puller::source(std::uint32_t block, PeerId not_this, Instant now) const {
  std::optional<PeerId> best;
  double least = 1e18;
  bool tail = is_tail(block);
  const HeadLine::Covered* head = c_.heads->covered(block);
  // How old the block is by the publisher's clock: who is less behind than that has it.
  auto show = head ? c_.clock->show_us(now) : std::nullopt;
  double age =
      show ? static_cast<double>(*show) - static_cast<double>(head->published_ms) * 1000 : 1e18;
  for (const auto& [id, peer] : c_.peers) {
    if (id == not_this || peer.cut_off || peer.block_requests >= kOpenPerPeer) continue;
    if (peer.pull_pause > now) continue;
    // Of the tail it is only known who has its head.
    bool has = tail ? peer.size > std::uint64_t{block} * kBlockSize : peer.have.has(block);
    bool maybe = block < peer.have.begin && age > kOld;
    // What it said last is of before we came to where we begin: it answers when it has it.
    bool soon = is_first(block) && brings(peer, block);
    if (!has && !maybe && !soon) continue;
    auto lag = [&peer = peer, block] { return peer.load->lag[substream_of(block)] * 10'000.0; };
    double cost = has ? 0 : soon ? kSoon + lag() : 1e6;
    cost += static_cast<double>(peer.rtt.count()) + peer.block_requests * 40'000.0 +
            peer.failures * 400'000 + static_cast<double>(c_.random() % 65536);
    // Who is less behind has it sooner.
    if (tail) cost += brings(peer, block) ? lag() : kTailUnknown;
    // An uplink without a free place is busy with what others wait for.
    if (peer.load && peer.load->free == 0) cost += 500'000;
    if (cost < least) best = id, least = cost;
  }
  return best;
}

// Its parent, which answers before it answers others; or somebody near who has it.
std::optional<PeerId> Puller::whom(std::uint32_t block, Instant now) const {
  auto free = [&](PeerId id) { return c_.peers.at(id).block_requests < kOpenPerPeer; };
  PeerId parent = c_.parents->parent_of(block);
  if (parent_has(block) && free(parent) && c_.peers.at(parent).pull_pause <= now) return parent;
  PeerId sender = c_.parents->sender_of(block);
  auto peer = source(block, sender, now);
  // Nobody else can help, and it may be that it never sent it.
  bool only = !peer && sender != kNobody && c_.peers.at(sender).have.has(block) && free(sender);
  return only ? sender : peer;
}

Duration Puller::answers_in(std::uint32_t block) const {
  if (is_first(block)) return kFirstIn;
  return c_.ledger.ended() && is_tail(block) ? kTailIn : kAnswerIn;
}

void Puller::expire(Instant now) {
  std::vector<std::uint32_t> late;
  for (const auto& [block, open] : open_) {
    if (now - open.since > answers_in(block) + c_.peers.at(open.peer).rtt) late.push_back(block);
  }
  for (std::uint32_t block : late) {
    PeerId was = open_.at(block).peer;
    c_.peers.at(was).failures += 0.3;
    ++c_.stats.pulls_late;
    close(block, true);
    if (auto other = source(block, was, now)) {
      ask(*other, block, static_cast<std::uint16_t>(c_.partial_size(block)), now);
    }
  }
}

void Puller::look(std::uint32_t from, std::uint32_t until, std::size_t most, Instant now) {
  std::uint32_t bpp = c_.ledger.blocks_per_piece();
  const ledger::Head& head = *c_.ledger.head();
  std::uint32_t complete = head.complete_blocks();
  int in_vain = 0;
  for (std::uint32_t block = c_.held.first_missing(from); block < until;
       block = c_.held.first_missing(block + 1)) {
    if (open_.size() >= most) return;
    if (open_.contains(block) || c_.backlog->owns(block / bpp)) continue;
    if (block < complete && !c_.leaf_known(block)) continue;
    if (block == complete && c_.partial_size(block) >= head.tail_bytes()) continue;
    if (!is_due(block, now) || c_.intake->waits_for_head(block)) continue;
    if (block < complete && !c_.parents->passed(block)) c_.parents->failed(block, now);
    auto peer = whom(block, now);
    if (!peer) {
      // Nobody near has it yet; others may be to be had.
      if (++in_vain >= kInVainMax) return;
      continue;
    }
    PeerId sender = c_.parents->sender_of(block);
    if (sender != kNobody && sender != *peer) {
      c_.send(sender, wire::BlockCancel{block});
      cancelled_[block % cancelled_.size()] = {block, sender};
    }
    ask(*peer, block, static_cast<std::uint16_t>(c_.partial_size(block)), now);
  }
}

void Puller::pump(Instant now) {
  if (!begun_ || !c_.ledger.head() || c_.config.publisher) return;
  if (!c_.config.edge && !c_.ledger.ended()) return;
  expire(now);
  std::uint32_t end = c_.blocks_total();
  std::uint32_t fresh =
      std::clamp(c_.heads->newest_within(kFresh, now), focus_, std::max(end, focus_));
  bool ended = c_.ledger.ended();
  if (ended) fresh = std::max(focus_, std::min(fresh, end - std::min(end, kTail)));
  std::size_t old = ended ? kOpenMax : kOldMax;
  std::size_t open = static_cast<std::size_t>(std::distance(open_.lower_bound(fresh), open_.end()));
  if (open < kOpenMax) look(fresh, end, kOpenMax + (open_.size() - open), now);
  open = static_cast<std::size_t>(std::distance(open_.lower_bound(fresh), open_.end()));
  // From a keyframe on, which was seconds ago: nothing can be seen before these are here.
  if (!begun_at_) begun_at_ = now, begun_with_ = end;
  bool begins = now - *begun_at_ < kCatchUp;
  if (begins) look(focus_, std::min(fresh, begun_with_), kOpenMax + open, now);
  bool pause = now < old_pause_;
  auto first = static_cast<std::uint32_t>(*c_.output_start / kBlockSize);
  // But for what somebody looks at, or begins with.
  if (!pause || c_.reading_at) {
    look(focus_, std::min(fresh, end), old + open, now);
  } else {
    look(first, std::min(first + 1, end), old + open, now);
  }
  if (!pause) look(first_block_, std::min(focus_, end), old + open, now);
}

}  // namespace freshet::live
