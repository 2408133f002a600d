// SPDX-License-Identifier: GPL-3.0-or-later
// A whole live node against one peer that says anything: u16 length and message, again and again.
#include "freshet/base/cursor.hpp"
#include "freshet/live/node.hpp"
#include "freshet/wire/messages.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/vectors/vector_show.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace freshet;
  static const vectors::VectorShow show(ledger::FinalKind::V1, 300'000);
  ledger::Ledger ledger(show.ledger.descriptor(), ledger::system_crypto());
  live::Node node(ledger, {});
  Instant now{1'000'000};
  node.peer_connected(1, {}, now);
  node.peer_connected(2, {}, now);
  Reader in({data, size});
  // Half of the runs begin with a true head.
  if (in.u8() % 2 == 1) {
    node.receive(2, wire::encode(wire::HeadMessage{show.updates[0]}), now);
  }
  while (in.left() > 2) {
    std::size_t length = in.u16();
    View message = in.take(std::min(length, in.left()));
    now += std::chrono::milliseconds(50);
    node.receive(1, message, now);
    node.tick(now);
    for (const live::Action& action : node.take_actions()) {
      if (auto* store = std::get_if<live::Store>(&action)) {
        // Nothing but the publisher's bytes is ever stored.
        std::size_t at = std::size_t{store->block} * kBlockSize + store->offset;
        FRESHET_ASSERT(at + store->bytes.size() <= show.bytes.size());
        View bytes = store->bytes.view();
        FRESHET_ASSERT(std::equal(bytes.begin(), bytes.end(),
                                  show.bytes.begin() + static_cast<std::ptrdiff_t>(at)));
        if (store->offset + store->bytes.size() == kBlockSize) node.stored(store->block, 1, now);
      }
    }
  }
  return 0;
}
