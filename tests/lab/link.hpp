// SPDX-License-Identifier: GPL-3.0-or-later
// One direction of an access link: rate, bounded drop-tail queue, delay, jitter, loss.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

namespace freshet::lab {

using Nanoseconds = std::int64_t;

struct LinkShape {
  double rate = 0;              // bytes a second; 0: no limit
  std::int64_t queue = 64'000;  // bytes that may wait
  Nanoseconds delay = 0;
  Nanoseconds jitter = 0;  // uniform, plus or minus; packets stay in order
  double loss = 0;         // of packets, 0 to 1
};

class Link {
 public:
  LinkShape shape;
  bool cut = false;
  std::uint64_t packets = 0, bytes = 0, dropped_full = 0, dropped_loss = 0;

  // When a packet that is sent at `now` arrives; negative: never.
  Nanoseconds send(Nanoseconds now, std::int64_t size, std::mt19937_64& random) {
    std::uniform_real_distribution<double> unit(0, 1);
    if (cut || (shape.loss > 0 && unit(random) < shape.loss)) {
      ++dropped_loss;
      return -1;
    }
    Nanoseconds leaves = now;
    if (shape.rate > 0) {
      Nanoseconds start = std::max(now, free_at_);
      double waiting = static_cast<double>(start - now) * shape.rate / 1e9;
      if (waiting + static_cast<double>(size) > static_cast<double>(shape.queue)) {
        ++dropped_full;
        return -1;
      }
      leaves = start + static_cast<Nanoseconds>(static_cast<double>(size) / shape.rate * 1e9);
      free_at_ = leaves;
    }
    ++packets;
    bytes += static_cast<std::uint64_t>(size);
    Nanoseconds arrives = leaves + shape.delay;
    if (shape.jitter > 0) {
      double swing = (unit(random) * 2 - 1) * static_cast<double>(shape.jitter);
      arrives = std::max(leaves, arrives + static_cast<Nanoseconds>(swing));
    }
    last_arrival_ = std::max(last_arrival_, arrives);
    return last_arrival_;
  }

 private:
  Nanoseconds free_at_ = 0;
  Nanoseconds last_arrival_ = 0;
};

}  // namespace freshet::lab
