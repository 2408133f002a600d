// SPDX-License-Identifier: GPL-3.0-or-later
// What our uplink carries, measured by what we send anyway.
//
// Blocks that leave back to back are a train: the time between the first and the last of them at
// the far end is what the narrowest link took, and that is mostly our uplink. As in BBR (Cardwell
// et al. 2016) a train that was limited by our own pace says only "at least that", so the pace is
// set above the estimate and the estimate follows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "freshet/base/time.hpp"

namespace freshet::live {

class Uplink {
 public:
  // `start`: bytes/s, until something is measured.
  explicit Uplink(double start) : rate_(start) {}

  // A block leaves. `train`: it waited for nothing but the pace behind the one before it, or room.
  // What it returns names the block to arrived() and lost().
  std::uint64_t sent(std::size_t bytes, bool train, Instant now);
  // The name of the next block that leaves.
  [[nodiscard]] std::uint64_t next() const { return first_ + blocks_.size(); }
  // Its receipt is here; `usual` is what a block there and its receipt back take when nothing
  // waits.
  void arrived(std::uint64_t block, Duration usual, Instant now);
  // Nobody will say when it arrived.
  void lost(std::uint64_t block);

  // Until something is measured: it carries this much, or the show could not go on.
  void assume(double rate) {
    if (!measured()) rate_ = std::max(rate_, rate);
  }

  // It was found out in another way; bytes/s.
  void learned(double rate);

  // Bytes of blocks a second.
  [[nodiscard]] double rate() const { return rate_; }
  // At which blocks may leave, bytes/s: above the rate, but not while a queue stands.
  [[nodiscard]] double pace() const;
  // What even the fastest of the newest blocks waited in queues beyond ours.
  [[nodiscard]] Duration standing() const;
  // Whether another block may leave while so many bytes are under way: no more than the way itself
  // holds, and a short queue.
  [[nodiscard]] bool has_room(std::size_t under_way, bool new_blocks) const;
  [[nodiscard]] bool measured() const { return proven_; }
  // The estimate still grows by leaps, or there is none.
  [[nodiscard]] bool starting() const { return starting_; }

 private:
  struct Block {
    Instant sent;
    double bytes;
    bool train;
    enum class State : std::uint8_t { UnderWay, Arrived, Lost } state;
    Instant departed;  // when it would have been sent, had nothing waited
  };
  void delivered(double bytes, Instant now);
  void take(const Block& block);
  void end_train();
  void sample(double rate);

  static constexpr std::size_t kSamples = 21;
  static constexpr std::size_t kSamplesMin = 3;

  double rate_;
  double usual_ = 300'000;    // µs, of the newest blocks' ways, mean
  std::deque<Block> blocks_;  // sent, not looked at; in the order they left
  std::uint64_t first_ = 0;   // the number of blocks_.front()
  std::vector<Block> train_;  // at hand
  std::array<double, kSamples> rates_{};
  std::size_t samples_ = 0;
  bool starting_ = true;
  double rate_before_ = 0;
  bool proven_ = false;  // rate_ is more than an assumption
  // What arrived in each of the newest slots of time, and the most that ever did in all of them:
  // receipts may come in lumps, but not of seconds.
  std::array<double, 8> slots_{};
  std::int64_t slot_ = 0;
  double at_least_ = 0;  // bytes/s; forgotten slowly
  std::array<Duration, 6> waits_{};
  std::size_t next_wait_ = 0;
};

}  // namespace freshet::live
