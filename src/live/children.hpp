// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets which sub-stream from us: as many places as the uplink was seen to carry, for those
// first who can pass on most (docs/adr/0008).
#pragma once

#include "live/edge.hpp"

namespace freshet::live {

class Children {
 public:
  explicit Children(Context& context);
  void subscribe(PeerId peer, const wire::Subscribe& message, Instant now);
  // These sub-streams come another way now: whoever gets them from us has to know.
  void way_changed(wire::Substreams which);
  // Once in a while: how much we take on, and telling others of it.
  void pump(Instant now);
  // What the uplink carries is known all at once.
  void line_known();
  void tell_load(PeerId peer, Instant now);

  // Those that get any of these from us.
  [[nodiscard]] std::ptrdiff_t count(wire::Substreams which) const;
  // Sub-streams that we send, that the uplink carries, and that may be asked for without need.
  [[nodiscard]] unsigned used() const;
  [[nodiscard]] std::uint16_t places() const;
  [[nodiscard]] std::uint16_t free() const;

 private:
  [[nodiscard]] bool admit(PeerId peer, wire::Substreams which, std::uint64_t mark, Instant now);
  [[nodiscard]] bool evenly(wire::Substreams which) const;
  [[nodiscard]] int most_of_one() const;
  [[nodiscard]] bool goes_nowhere(wire::Substreams which, Instant now) const;
  void leave_barren(Instant now);
  [[nodiscard]] bool is_new(const Peer& peer, Instant now) const;
  [[nodiscard]] bool another_stays(PeerId but, wire::Substreams which, Instant now) const;
  [[nodiscard]] bool granted_within(wire::Substreams which, Duration time, Instant now) const;
  [[nodiscard]] bool make_room(PeerId for_peer, wire::Substreams which, Instant now);
  [[nodiscard]] bool give_up_deeper(PeerId for_peer, wire::Substreams which, Instant now);
  [[nodiscard]] PeerId weakest(wire::Substreams which, PeerId but, Instant now) const;
  [[nodiscard]] std::uint16_t weakest_places(Instant now) const;
  [[nodiscard]] std::uint8_t deepest(Instant now) const;
  void give_up(PeerId peer, wire::Substreams which, Instant now);
  [[nodiscard]] bool may_stay(const Peer& peer, Instant now) const;
  void let_go(Instant now);
  void shed(unsigned until, Instant now);
  [[nodiscard]] double carried() const;
  void adapt(Instant now);
  void tell(PeerId peer, wire::Substreams wanted, std::uint16_t places);
  [[nodiscard]] wire::Load load(Instant now) const;
  void even_out(wire::Load& load) const;
  [[nodiscard]] bool is_news(const wire::Load& fresh) const;
  [[nodiscard]] bool is_urgent(const wire::Load& fresh) const;

  Context& c_;
  double places_;
  int overloads_ = 0;  // in a row
  bool gave_up_ = false;
  bool at_once_ = false;  // places_ follow the uplink in one step
  Instant next_give_up_{}, next_adapt_{}, next_barren_{}, next_load_{}, told_at_{};
  wire::Load told_;
};

}  // namespace freshet::live
