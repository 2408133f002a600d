// SPDX-License-Identifier: GPL-3.0-or-later
// The publisher's half of a show: decides when a head is made, and makes it durable before it
// leaves. Engine thread, but for the commit job, which runs on the show's worker.
#pragma once

#include <deque>
#include <functional>

#include "engine/show_files.hpp"
#include "engine/worker.hpp"
#include "freshet/engine/inlet.hpp"
#include "freshet/ledger/author.hpp"
#include "freshet/ledger/aux_record.hpp"

namespace freshet::engine {

class Publisher {
 public:
  struct Hooks {
    // The head may leave now; `bytes` are what it adds.
    std::function<void(const ledger::HeadUpdate&, View bytes)> published;
    std::function<void(Error)> failed;
  };

  Publisher(const ledger::Ledger& ledger, ledger::Author author, ShowFiles& files, Worker& worker,
            std::shared_ptr<Inlet> inlet, Hooks hooks);

  // At least every 20 ms and whenever the inlet has something.
  void pump(Instant now);
  // The next head says where the show goes on when this one is full.
  void set_channel(const ledger::Channel& channel) {
    (void)author_.add_record(ledger::encode(channel));
  }
  void add_earlier(const ledger::Descriptor& descriptor) {
    (void)author_.add_record(ledger::encode_show(ledger::kAuxEarlier, descriptor));
  }
  void set_follow_up(const ledger::Descriptor& descriptor) { follow_up_ = descriptor; }
  // Nothing is cut any more; what was taken but not announced is lost.
  void stop() { stopped_ = true; }
  // Announces all that was taken, to the last byte; then calls `done`. The inlet is closed already.
  void drain(std::function<void()> done, Instant now);

 private:
  void take(Instant now);
  void cut(Instant now);
  void commit(ledger::HeadUpdate update, Instant now);
  void add_marks(std::uint64_t covered, WallMs wall, Instant now);
  [[nodiscard]] Duration interval() const;

  struct Mark {
    std::uint64_t size = 0;
    WallMs came_ms = 0;
  };

  const ledger::Ledger& ledger_;
  ledger::Author author_;
  ShowFiles& files_;
  Worker& worker_;
  std::shared_ptr<Inlet> inlet_;
  Hooks hooks_;
  std::deque<Chunk> waiting_;       // taken, not appended yet
  std::size_t waiting_offset_ = 0;  // of the first chunk that is appended already
  Bytes unannounced_;               // appended, in no head yet
  std::deque<Mark> marks_;
  std::optional<ledger::Descriptor> follow_up_;  // not announced yet
  Instant last_head_{};
  Instant last_mark_{};
  WallMs began_ms_ = 0;      // when the show's first byte came
  Instant partial_since_{};  // when the incomplete block got its first byte
  double rate_ = 0;          // bytes/s, smoothed
  std::function<void()> drained_;
  bool committing_ = false;
  bool ended_ = false;
  bool stopped_ = false;
};

}  // namespace freshet::engine
