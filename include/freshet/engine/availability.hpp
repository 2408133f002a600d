// SPDX-License-Identifier: GPL-3.0-or-later
// What of a show's file can be read now. Written by the engine thread, waited on by reader threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "freshet/base/error.hpp"
#include "freshet/ledger/aux_record.hpp"
#include "freshet/live/block_set.hpp"

namespace freshet::engine {

class Availability {
 public:
  // Engine thread.
  void add_blocks(std::uint32_t first, std::uint32_t count);
  void set_tail(std::uint32_t block, std::uint32_t length);
  void add_mark(const ledger::TimeMark& mark);
  void set_start(std::uint64_t offset);
  // `continues`: another show goes on from there.
  void set_end(std::uint64_t size, bool continues);
  // The end was none: readers wait again.
  void clear_end();
  // Nothing more will come: readers get what is there, then the error.
  void fail(Error error);
  // Nothing more will come and nobody wants it: readers return at once. Any thread.
  void cancel();

  enum class Outcome { Data, End, Failed, Cancelled, TimedOut };
  struct Answer {
    Outcome outcome = Outcome::TimedOut;
    std::uint64_t end = 0;   // for Data: bytes [offset, end) can be read
    bool continues = false;  // for End: in another show
  };
  // Any thread. Waits until there is a byte at `offset`, the stream ends, or `timeout` is over.
  [[nodiscard]] Answer wait(std::uint64_t offset, std::chrono::milliseconds timeout);
  // Where the in-order output begins; none when the wait ends in another way.
  [[nodiscard]] std::optional<std::uint64_t> wait_start(std::chrono::milliseconds timeout);
  // How much of each range [bounds[i], bounds[i + 1]) can be read, from 0 to 1. Bounds ascend.
  [[nodiscard]] std::vector<float> held(std::span<const std::uint64_t> bounds);
  // Whether there are `size` readable bytes at `offset`, or all up to the end.
  [[nodiscard]] bool has(std::uint64_t offset, std::uint64_t size);
  // The show's time marks, as far as they are known without a gap, from number `from` on.
  [[nodiscard]] std::vector<ledger::TimeMark> marks(std::size_t from);
  [[nodiscard]] bool starts_at_end();
  [[nodiscard]] std::optional<Error> error();

 private:
  [[nodiscard]] std::uint64_t bytes_of(std::uint64_t from, std::uint64_t to) const;  // so too
  [[nodiscard]] Answer look(std::uint64_t offset) const;  // with the lock held

  std::mutex mutex_;
  std::condition_variable changed_;
  live::BlockSet blocks_;
  std::uint32_t tail_block_ = 0;
  std::uint32_t tail_length_ = 0;
  std::vector<ledger::TimeMark> marks_;
  std::optional<std::uint64_t> start_;
  std::optional<std::uint64_t> size_;
  bool continues_ = false;
  std::optional<Error> error_;
  bool cancelled_ = false;
};

}  // namespace freshet::engine
