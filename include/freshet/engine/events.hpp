// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine tells about a show. All of it is handed over as values.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "freshet/base/error.hpp"
#include "freshet/base/time.hpp"
#include "freshet/ledger/descriptor.hpp"

namespace freshet::engine {

enum class State { Connecting, Waiting, Live, CatchingUp, Ended, Seeding };

struct Snapshot {
  State state = State::Connecting;
  std::uint64_t have = 0;  // verified bytes in the file
  std::uint64_t size = 0;  // of the newest head
  std::uint64_t seq = 0;
  WallMs published_ms = 0;        // of the newest head
  WallMs first_published_ms = 0;  // of the first time mark; 0: unknown
  // Signed publisher time between the newest head and the last byte that can be read in order.
  std::uint64_t behind_ms = 0;
  unsigned peers = 0;
  unsigned people = 0;     // who have or fetch this show, as far as is known, without us
  unsigned senders = 0;    // peers that we get bytes from right now
  unsigned receivers = 0;  // and that we send bytes to
  bool reached = false;    // somebody connected to us: we can be reached from outside
  unsigned far = 0;        // peers that are not on this machine
  double down_rate = 0;    // bytes/s, all traffic
  double up_rate = 0;
  std::uint64_t payload_down = 0;  // bytes since the start of this process
  std::uint64_t payload_up = 0;
  std::uint64_t overhead_down = 0;
  std::uint64_t overhead_up = 0;
  std::uint64_t duplicate = 0;
  // Publisher: who watches and how late, as the viewers report it (not proven).
  std::uint32_t audience = 0;
  std::uint32_t audience_p50_ms = 0;  // upper limits of the buckets that these lie in
  std::uint32_t audience_p95_ms = 0;
  std::uint64_t disk_reads = 0;  // calls that went to the disk, for all shows
  std::uint64_t disk_hashes = 0;
};

struct HeadEvent {
  std::uint64_t size = 0;
  std::uint64_t seq = 0;
  WallMs published_ms = 0;
  std::int64_t age_ms = 0;  // now minus published_ms; by this machine's clock until a neighbour has
                            // told the publisher's
};
// A block that came while it was new (ShowConfig::block_events).
struct BlockEvent {
  enum class Via { Push, Pull, Backlog } via = Via::Pull;
  std::uint32_t index = 0;
  WallMs published_ms = 0;     // of the head that first covered all of it
  std::int64_t delay_ms = 0;   // from then to now, by the publisher's clock; never negative
  double clock_error_ms = -1;  // at most so much off; negative: this machine's own clock was used
};
struct RejectedEvent {
  std::string peer;
  std::string reason;
  bool banned = false;
};
struct EndedEvent {
  std::uint64_t size = 0;
  std::string info_hash;  // v1, hex; empty for an empty show
  std::string magnet;
  std::string sha256;  // of the file, signed by the publisher; empty when the end is provisional
  // Nobody signed this end: the publisher was silent for the show's time-out. It may go on.
  bool provisional = false;
  bool follow_up = false;  // another show goes on from here: see FollowUpEvent
};
// The end was provisional and wrong: the show is on the air again.
struct ReopenedEvent {};
// The show that goes on when this one is full. It can be joined now.
struct FollowUpEvent {
  ledger::Descriptor descriptor;
};
// Who broadcasts, as signed into the show.
struct ChannelEvent {
  std::string name;
  Bytes picture;  // PNG or JPEG; empty: none
};
// A show that the same channel aired before, as it says.
struct EarlierEvent {
  ledger::Descriptor descriptor;
};
struct CompleteEvent {};
// The ordinary torrent is up and whole; of an empty show: everybody knows that it has ended.
struct SeedingEvent {
  std::string torrent_file;  // empty for an empty show
};
struct WarningEvent {
  std::string code;
  std::string message;
};
// The show cannot go on here.
struct FailedEvent {
  Error error;
};

using Event = std::variant<HeadEvent, BlockEvent, RejectedEvent, EndedEvent, ReopenedEvent,
                           FollowUpEvent, ChannelEvent, EarlierEvent, CompleteEvent, SeedingEvent,
                           WarningEvent, FailedEvent>;

}  // namespace freshet::engine
