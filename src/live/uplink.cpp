// SPDX-License-Identifier: GPL-3.0-or-later
#include "live/uplink.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "freshet/base/bytes.hpp"

namespace freshet::live {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTrainLeast = 3;  // after the first: shorter says too little
constexpr std::size_t kTrainStart = 2;  // the same as long as any hint is welcome
constexpr std::size_t kTrainMost = 8;
constexpr double kPaceGain = 1.15;   // over the estimate, so that it can grow
constexpr double kDrainGain = 0.75;  // while a queue stands
constexpr Duration kStands = 60ms;
constexpr Duration kSurelyStands = 150ms;  // more than closed windows and late receipts cost
constexpr double kGrowStart = 1.6;         // as a slow start does
constexpr double kStillGrows = 1.1;
constexpr std::size_t kStartStep = 4;  // samples
constexpr double kGrowMax = 1.3;       // at once
constexpr double kOurPace = 1.25;
constexpr double kQueueMost = 60'000;                // µs
constexpr double kLeastUnderWay = 3.0 * kBlockSize;  // bytes
constexpr double kLeast = 20'000;                    // bytes/s
constexpr double kMost = 50e6;
constexpr std::size_t kUnderWayMax = 256;
constexpr Duration kSlot = 250ms;
constexpr double kForgets = 0.99;  // of the least, each slot

double seconds(Duration d) {
  return static_cast<double>(d.count()) / 1e6;
}

}  // namespace

std::uint64_t Uplink::sent(std::size_t bytes, bool train, Instant now) {
  blocks_.push_back({now, static_cast<double>(bytes), train, Block::State::UnderWay, {}});
  if (blocks_.size() > kUnderWayMax) lost(first_);
  return first_ + blocks_.size() - 1;
}

void Uplink::arrived(std::uint64_t block, Duration usual, Instant now) {
  if (block < first_ || block - first_ >= blocks_.size()) return;
  usual_ += 0.1 * (static_cast<double>(usual.count()) - usual_);
  Block& b = blocks_[block - first_];
  delivered(b.bytes, now);
  b.state = Block::State::Arrived;
  b.departed = std::max(b.sent, now - usual);
  // In the order in which they left, or a slow connection would hide what a fast one shows.
  while (!blocks_.empty() && blocks_.front().state != Block::State::UnderWay) {
    if (blocks_.front().state == Block::State::Arrived) {
      take(blocks_.front());
    } else {
      end_train();
    }
    blocks_.pop_front();
    ++first_;
  }
}

void Uplink::lost(std::uint64_t block) {
  if (block < first_ || block - first_ >= blocks_.size()) return;
  blocks_[block - first_].state = Block::State::Lost;
  while (!blocks_.empty() && blocks_.front().state == Block::State::Lost) {
    end_train();
    blocks_.pop_front();
    ++first_;
  }
}

void Uplink::delivered(double bytes, Instant now) {
  std::int64_t slot = now / kSlot;
  if (slot - slot_ > std::ssize(slots_)) slot_ = slot - std::ssize(slots_);
  while (slot_ < slot) {
    double all = std::accumulate(slots_.begin(), slots_.end(), 0.0);
    at_least_ = std::max(at_least_ * kForgets, all / seconds(kSlot * std::ssize(slots_)));
    slots_[static_cast<std::size_t>(++slot_) % slots_.size()] = 0;
  }
  slots_[static_cast<std::size_t>(slot_) % slots_.size()] += bytes;
  rate_ = std::max(rate_, at_least_);
}

void Uplink::take(const Block& block) {
  waits_[next_wait_++ % waits_.size()] = block.departed - block.sent;
  std::size_t most = starting_ ? kTrainLeast : kTrainMost;
  if (!block.train || train_.size() > most) end_train();
  train_.push_back(block);
}

// From the block that was delayed least of the first half to that of the second: a segment that was
// lost, or a connection that had gone idle, delays some of them by round trips.
void Uplink::end_train() {
  auto train = std::exchange(train_, {});
  if (train.size() <= (starting_ ? kTrainStart : kTrainLeast)) return;
  auto delayed = [](const Block& block) { return block.departed - block.sent; };
  auto half = train.begin() + static_cast<std::ptrdiff_t>(train.size() / 2);
  auto first = std::ranges::min_element(train.begin(), half, {}, delayed);
  auto last = std::ranges::min_element(half, train.end(), {}, delayed);
  Duration ours = last->sent - first->sent, theirs = last->departed - first->departed;
  // Receipts that come faster than the blocks left had been held up, all of them together.
  if (theirs < ours / 8) return;
  Duration took = std::max(ours, theirs);
  double bytes = 0;
  for (auto block = first + 1; block <= last; ++block) bytes += block->bytes;
  if (took <= Duration{}) return;
  double rate = bytes / seconds(took);
  // It came as slowly as we sent it: the link may carry any amount more, unless we sent it as
  // slowly as room came up behind a queue.
  bool ours_alone = seconds(theirs) < kOurPace * seconds(ours) && standing() < kSurelyStands;
  if (rate < rate_ && ours_alone) return;
  sample(rate);
}

void Uplink::sample(double rate) {
  rates_[samples_++ % kSamples] = rate;
  std::size_t window = starting_ ? kSamplesMin : kSamples;
  std::size_t count = std::min(samples_, window);
  if (count < kSamplesMin) return;
  proven_ = true;
  std::array<double, kSamples> newest{};
  for (std::size_t i = 0; i < count; ++i) newest[i] = rates_[(samples_ - 1 - i) % kSamples];
  auto at = newest.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(newest.begin(), at, newest.begin() + static_cast<std::ptrdiff_t>(count));
  double most = (starting_ ? kGrowStart : kGrowMax) * rate_;
  rate_ = std::clamp(std::min(*at, most), std::max(at_least_, kLeast), kMost);
  if (!starting_ || samples_ % kStartStep != 0) return;
  starting_ = rate_ > kStillGrows * rate_before_;
  rate_before_ = rate_;
}

void Uplink::learned(double rate) {
  if (proven_) return;
  rate_ = std::clamp(rate, kLeast, kMost);
  rates_[0] = rate_;  // two trains are enough to correct it
  samples_ = 1;
  proven_ = true;
  starting_ = false;
}

bool Uplink::has_room(std::size_t under_way, bool new_blocks) const {
  double holds = rate_ * (usual_ + (new_blocks ? kQueueMost : 0)) / 1e6;
  return static_cast<double>(under_way) + kBlockSize <= std::max(holds, kLeastUnderWay);
}

Duration Uplink::standing() const {
  return *std::ranges::min_element(waits_);
}

double Uplink::pace() const {
  if (standing() > kStands) return rate_ * kDrainGain;
  return rate_ * (starting_ ? kGrowStart : kPaceGain);
}

}  // namespace freshet::live
