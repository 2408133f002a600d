// SPDX-License-Identifier: GPL-3.0-or-later
// What the live core asks its host (engine or simulator) to do. The core itself does no I/O.
#pragma once

#include <string>
#include <variant>

#include "freshet/base/bytes.hpp"
#include "freshet/ledger/journal.hpp"
#include "freshet/wire/messages.hpp"

namespace freshet::live {

using PeerId = std::uint32_t;

// Send this extension message on the peer's connection, in order. Shared, because many peers are
// sent the same head.
struct Send {
  PeerId peer = 0;
  std::shared_ptr<const wire::Message> message;
};
// Read this block (complete, stored) from `offset` on and send it as a wire::BlockMessage.
struct SendFromDisk {
  PeerId peer = 0;
  std::uint32_t block = 0;
  std::uint32_t offset = 0;
  std::uint8_t hops = 0;
};
struct Disconnect {
  PeerId peer = 0;
  std::string reason;
  bool ban = false;  // refuse this address and port for an hour
};
// Verified bytes: write them, then call Node::stored (or stored_tail for an incomplete block).
struct Store {
  std::uint32_t block = 0;
  std::uint32_t offset = 0;
  SharedBytes bytes;
  bool pulled = false;  // it was asked for by name
};
struct Journal {
  ledger::JournalKind kind;
  Bytes payload;
};
// Every leaf of this piece is proven: the bulk engine may fetch it now. Said again when somebody
// begins, or ceases, to wait for it.
struct WantPiece {
  std::uint32_t piece = 0;
  bool urgent = false;  // before all that is not
};
// Every block of this piece is stored without the bulk engine's help: tell it.
struct GivePiece {
  std::uint32_t piece = 0;
};
// Neither can be connected to from outside: send each a wire::Meet with the address of the other,
// `opens` first.
struct BringTogether {
  PeerId opens = 0;
  PeerId calls = 0;
};
// A neighbour brings us together with somebody.
struct GoMeet {
  wire::Meet where;
};
// A newer head is proven; see Ledger::head().
struct HeadAdvanced {};
// The in-order output begins at this byte.
struct OutputStarts {
  std::uint64_t offset = 0;
};
// The end and all that the ordinary torrent needs are known. `provisional`: nobody signed an end,
// but the publisher was silent for the show's time-out.
struct FinalKnown {
  bool provisional = false;
};
// A provisional end was wrong: a newer head came. The live swarm is needed again.
struct Reopened {};
// The show that goes on when this one is full.
struct FollowUpKnown {
  ledger::Descriptor descriptor;
};
// What a publisher that came back found out, once (NodeConfig::rejoin).
struct Rejoined {
  enum class Outcome {
    GoOn,   // what is here is the newest, or it is now: the next head may be made
    End,    // the others took the show for ended: sign the end at this very size
    Stale,  // somebody has a newer head, or bytes are missing here, and it could not be fetched
    Twin,   // another program is publishing this show right now
  };
  Outcome outcome = Outcome::GoOn;
};
// The publisher contradicted itself: nothing newer is believed. See Ledger::evidence().
struct Frozen {};

using Action = std::variant<Send, SendFromDisk, Disconnect, Store, Journal, WantPiece, GivePiece,
                            BringTogether, GoMeet, HeadAdvanced, OutputStarts, FinalKnown, Reopened,
                            FollowUpKnown, Rejoined, Frozen>;

}  // namespace freshet::live
