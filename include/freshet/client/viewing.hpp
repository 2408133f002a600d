// SPDX-License-Identifier: GPL-3.0-or-later
// Watching a broadcast: its show, and the shows that follow when that one is full.
#pragma once

#include <deque>

#include "freshet/client/client.hpp"

namespace freshet::client {

class Viewing {
 public:
  // Joins the show of `link`; events carry the number of their show, 0 for this one. `output` gets
  // the streams, and may be null.
  [[nodiscard]] static Expected<std::unique_ptr<Viewing>> open(
      Client& client, const ledger::Link& link, live::StartPoint start,
      const std::filesystem::path& torrent_file, EventQueue& events, StreamChain* output);

  // To be called for each event of any of its shows. Joins the follow-up when one is known.
  [[nodiscard]] Expected<void> handle(const AnyEvent& event, std::size_t show);

  [[nodiscard]] const OpenShow& show(std::size_t number) const { return shows_.at(number); }
  // Of its last show.
  void connect(const std::string& peer) { shows_.back().connect(peer); }
  [[nodiscard]] std::size_t show_count() const { return shows_.size(); }
  // Every byte of every show is here, and no other follows.
  [[nodiscard]] bool is_complete() const;
  // The ordinary torrents of all of them are up and whole.
  [[nodiscard]] bool is_in_order() const;
  void close();

 private:
  struct Progress {
    bool follow_up = false;
    bool complete = false;
    bool seeding = false;
  };
  Viewing(Client& client, live::StartPoint start, std::filesystem::path torrent_file,
          EventQueue& events, StreamChain* output);
  [[nodiscard]] Expected<void> join(const ledger::Link& link, live::StartPoint start);

  Client& client_;
  live::StartPoint start_;
  std::filesystem::path torrent_file_;
  EventQueue& events_;
  StreamChain* output_;
  std::deque<OpenShow> shows_;
  std::vector<Progress> progress_;
};

}  // namespace freshet::client
