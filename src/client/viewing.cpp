// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/viewing.hpp"

#include <algorithm>

#include "freshet/client/broadcast.hpp"

namespace freshet::client {

Viewing::Viewing(Client& client, live::StartPoint start, std::filesystem::path torrent_file,
                 EventQueue& events, StreamChain* output)
    : client_(client),
      start_(start),
      torrent_file_(std::move(torrent_file)),
      events_(events),
      output_(output) {}

Expected<std::unique_ptr<Viewing>> Viewing::open(Client& client, const ledger::Link& link,
                                                 live::StartPoint start,
                                                 const std::filesystem::path& torrent_file,
                                                 EventQueue& events, StreamChain* output) {
  std::unique_ptr<Viewing> viewing(new Viewing(client, start, torrent_file, events, output));
  if (auto joined = viewing->join(link, start); !joined) {
    return tl::make_unexpected(joined.error());
  }
  return viewing;
}

Expected<void> Viewing::join(const ledger::Link& link, live::StartPoint start) {
  auto torrent = part_path(torrent_file_, static_cast<unsigned>(shows_.size() + 1));
  auto show = client_.watch(link, start, torrent, events_, shows_.size());
  if (!show) return tl::make_unexpected(show.error());
  shows_.push_back(std::move(*show));
  progress_.emplace_back();
  if (output_) output_->add(shows_.back().stream());
  return {};
}

Expected<void> Viewing::handle(const AnyEvent& event, std::size_t number) {
  Progress& progress = progress_.at(number);
  if (auto* ended = std::get_if<EndedEvent>(&event)) {
    progress.follow_up = ended->follow_up;
    if (ended->size == 0) progress.complete = progress.seeding = true;  // there is no torrent
  } else if (std::holds_alternative<ReopenedEvent>(event)) {
    progress = {};
  } else if (std::holds_alternative<CompleteEvent>(event)) {
    progress.complete = true;
  } else if (std::holds_alternative<SeedingEvent>(event)) {
    progress.seeding = true;
  } else if (auto* next = std::get_if<FollowUpEvent>(&event)) {
    if (number + 1 != shows_.size()) return {};  // joined already
    const OpenShow& before = shows_.back();
    ledger::Link link = bare_link(next->descriptor);
    link.trackers = before.link().trackers;
    link.peers = before.known_peers();
    // Who wants the live edge and comes to a show that is over wants the edge of the next one.
    return join(link, before.starts_at_end() ? start_ : live::StartPoint{});
  }
  return {};
}

bool Viewing::is_complete() const {
  return !progress_.back().follow_up &&
         std::ranges::all_of(progress_, [](const Progress& p) { return p.complete; });
}

bool Viewing::is_in_order() const {
  return is_complete() &&
         std::ranges::all_of(progress_, [](const Progress& p) { return p.seeding; });
}

void Viewing::close() {
  for (OpenShow& show : shows_) show.close();
}

}  // namespace freshet::client
