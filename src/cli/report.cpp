// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

#include "freshet/base/text.hpp"
#include "freshet/client/client.hpp"

namespace freshet::cli {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return 2;
    case ErrorCode::Source:
    case ErrorCode::Output:
      return 3;
    case ErrorCode::Link:
      return 4;
    case ErrorCode::Contradiction:
      return 5;
    case ErrorCode::Unreachable:
      return 6;
    case ErrorCode::Internal:
    case ErrorCode::Storage:
    case ErrorCode::PortTaken:
    case ErrorCode::Locked:
    case ErrorCode::Stale:
    case ErrorCode::Protocol:
      break;
  }
  return 1;
}

const char* name_of(client::State state) {
  switch (state) {
    case client::State::Connecting:
      return "connecting";
    case client::State::Waiting:
      return "waiting";
    case client::State::Live:
      return "live";
    case client::State::CatchingUp:
      return "catching_up";
    case client::State::Ended:
      return "ended";
    case client::State::Seeding:
      return "seeding";
  }
  return "connecting";
}

Report::Report(bool json, bool busy_stdout)
    : json_(json), out_(busy_stdout ? stderr : stdout), terminal_(::isatty(STDERR_FILENO) == 1) {}

Report::~Report() {
  clear_progress();
}

void Report::clear_progress() {
  if (!std::exchange(line_open_, false)) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
}

void Report::json(const char* event, Json fields) {
  if (!json_) return;
  std::chrono::duration<double> t = std::chrono::steady_clock::now() - started_;
  Json object = {{"event", event}, {"t", std::round(t.count() * 1000) / 1000}};
  object.update(fields);
  if (about_ > 0) object["show"] = about_;
  std::string line = object.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::fprintf(out_, "%s\n", line.c_str());
  std::fflush(out_);
}

void Report::text(const std::string& line) {
  if (json_) return;
  clear_progress();
  std::fprintf(out_, "%s\n", line.c_str());
  std::fflush(out_);
}

void Report::progress(const std::string& line) {
  if (json_ || !terminal_) return;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  line_open_ = true;
}

void Report::error(const Error& error) {
  clear_progress();
  json("error", {{"code", freshet::name_of(error.code)}, {"message", error.message}});
  std::fprintf(stderr, "freshet-cli: %s\n", error.message.c_str());
}

void Report::warning(const std::string& code, const std::string& message) {
  clear_progress();
  json("warning", {{"code", code}, {"message", message}});
  if (!json_) std::fprintf(stderr, "freshet-cli: note: %s\n", message.c_str());
}

void Report::show(const client::HeadEvent& e) {
  json("head",
       {{"size", e.size}, {"seq", e.seq}, {"published_ms", e.published_ms}, {"age_ms", e.age_ms}});
}

void Report::show(const client::BlockEvent& e) {
  static constexpr const char* kVia[] = {"push", "pull", "backlog"};
  json("block", {{"index", e.index},
                 {"published_ms", e.published_ms},
                 {"delay_ms", e.delay_ms},
                 {"clock_error_ms", e.clock_error_ms},
                 {"via", kVia[static_cast<int>(e.via)]}});
}

void Report::show(const client::RejectedEvent& e) {
  json("rejected", {{"peer", e.peer}, {"reason", e.reason}, {"banned", e.banned}});
  if (!json_ && e.banned) warning("rejected", e.peer + " was cut off: " + e.reason);
}

void Report::show(const client::EndedEvent& e) {
  json("ended", {{"size", e.size},
                 {"info_hash", e.info_hash},
                 {"magnet", e.magnet},
                 {"sha256", e.sha256},
                 {"provisional", e.provisional},
                 {"follow_up", e.follow_up}});
  if (e.size == 0) return text("The show has ended: nothing was sent, so there is no torrent.");
  text(fmt::format("The show has ended: {}. It is an ordinary torrent now:\n{}",
                   format_size(e.size), e.magnet));
}

void Report::show(const client::FollowUpEvent& e) {
  ledger::Link link = client::bare_link(e.descriptor);
  json("follow_up",
       {{"link", ledger::to_text(link)}, {"info_hash", to_hex(link.info_hash.view())}});
  text("The show goes on in a second recording, \"" + e.descriptor.name + "\".");
}

void Report::show(const client::ChannelEvent& event) {
  json("channel", {{"name", event.name}, {"picture", event.picture.size()}});
  if (!event.name.empty()) text("By " + event.name + ".");
}

void Report::show(const client::EarlierEvent& event) {
  std::string link = ledger::to_text(client::bare_link(event.descriptor));
  json("earlier", {{"name", event.descriptor.name}, {"link", link}});
  text("Aired before: \"" + event.descriptor.name + "\"\n" + link);
}

void Report::show(const client::ReopenedEvent&) {
  json("reopened");
  text("The publisher is back: the show goes on.");
}

void Report::show(const client::Snapshot& s) {
  Json fields = {{"state", name_of(s.state)},
                 {"have", s.have},
                 {"size", s.size},
                 {"behind_ms", s.behind_ms},
                 {"peers", s.peers},
                 {"down_rate", std::llround(s.down_rate)},
                 {"up_rate", std::llround(s.up_rate)},
                 {"payload_down", s.payload_down},
                 {"payload_up", s.payload_up},
                 {"overhead_down", s.overhead_down},
                 {"overhead_up", s.overhead_up},
                 {"duplicate", s.duplicate},
                 {"disk_reads", s.disk_reads},
                 {"disk_hashes", s.disk_hashes}};
  if (s.audience > 0) {
    double delivered = static_cast<double>(s.audience) * static_cast<double>(s.size);
    fields["audience"] = s.audience;
    fields["audience_p50_ms"] = s.audience_p50_ms;
    fields["audience_p95_ms"] = s.audience_p95_ms;
    fields["copies"] =
        static_cast<double>(s.payload_up) / std::max(1.0, static_cast<double>(s.size));
    fields["offload"] =
        std::max(0.0, 1 - static_cast<double>(s.payload_up) / std::max(1.0, delivered));
  }
  json("progress", std::move(fields));
  static constexpr const char* kWords[] = {
      "connecting", "waiting for the show", "live", "catching up", "ended", "seeding"};
  const char* word = kWords[static_cast<int>(s.state)];
  std::string behind =
      s.behind_ms > 1000 ? fmt::format(", {} behind", format_clock(s.behind_ms)) : "";
  if (s.audience > 0) {
    behind = fmt::format("  |  {} watching (reported)", s.audience);
  }
  progress(fmt::format("{}: {} of {}{}  |  {} peer{}  |  down {}/s  up {}/s", word,
                       format_size(s.have), format_size(s.size), behind, s.peers,
                       s.peers == 1 ? "" : "s",
                       format_size(static_cast<std::uint64_t>(s.down_rate)),
                       format_size(static_cast<std::uint64_t>(s.up_rate))));
  if (!terminal_ && last_state_ != word) text(fmt::format("{} ...", word));
  last_state_ = word;
}

}  // namespace freshet::cli
