// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/signals.hpp"

namespace freshet::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// One thing to seed: a show of the data directory, or a link that is not here yet.
struct Target {
  std::optional<engine::ShowSummary> kept;
  std::optional<ledger::Link> link;
  std::filesystem::path folder;
};

Expected<Target> find_target(const std::string& what, const std::filesystem::path& data_dir) {
  Target target;
  if (what.starts_with("magnet:")) {
    auto link = client::parse_link(what);
    if (!link) return tl::make_unexpected(link.error());
    target.folder = engine::show_folder(data_dir, link->descriptor);
    if (auto kept = engine::inspect(target.folder)) {
      target.kept = std::move(*kept);
    } else {
      target.link = std::move(*link);
    }
    return target;
  }
  auto torrent = client::read_torrent(what);
  if (!torrent) return tl::make_unexpected(torrent.error());
  for (auto& show : engine::list_shows(data_dir)) {
    if (show.final_info_hash != torrent->info_hash) continue;
    target.folder = show.folder;
    target.kept = std::move(show);
    return target;
  }
  return fail(ErrorCode::Link, "no recording of " + what + " is kept in " + data_dir.string() +
                                   "; name the right --data-dir, or watch its link first");
}

}  // namespace

int run_seed(const SeedArguments& args) {
  client::EventQueue events;
  Report report(args.common.json, false);
  Signals signals(events);
  auto give_up = [&](const Error& error) {
    report.error(error);
    return exit_status(error.code);
  };
  std::vector<Target> targets;
  for (const std::string& what : args.what) {
    auto target = find_target(what, args.common.network.data_dir);
    if (!target) return give_up(target.error());
    targets.push_back(std::move(*target));
  }
  auto client = client::Client::start(args.common.network, targets.front().folder);
  if (!client) return give_up(client.error());
  std::vector<client::OpenShow> shows;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Target& target = targets[i];
    auto show = target.kept ? (*client)->resume(*target.kept, args.torrent_file, events, i)
                            : (*client)->watch(*target.link, {}, args.torrent_file, events, i);
    if (!show) return give_up(show.error());
    report.json("link", {{"link", show->link_text()},
                         {"info_hash", to_hex(show->link().info_hash.view())},
                         {"key", to_hex(show->link().descriptor.channel_key.view())},
                         {"resume_at", show->resume_at()}});
    report.text("Keeping \"" + show->link().descriptor.name + "\" available.");
    shows.push_back(std::move(*show));
  }
  Clock::time_point last_contact = Clock::now();
  while (true) {
    auto item = events.pop(100ms);
    if (args.common.timeout > 0 &&
        Clock::now() - last_contact > std::chrono::duration<double>(args.common.timeout)) {
      return give_up({ErrorCode::Unreachable, "nobody who wants or has these shows was reached"});
    }
    if (!item) continue;
    report.about(targets.size() > 1 ? item->show + 1 : 0);
    if (std::holds_alternative<client::InterruptEvent>(item->event)) return 0;
    if (auto* failed = std::get_if<client::FailedEvent>(&item->event))
      return give_up(failed->error);
    if (auto* snapshot = std::get_if<client::Snapshot>(&item->event)) {
      if (snapshot->peers > 0) last_contact = Clock::now();
      report.show(*snapshot);
    }
    if (auto* head = std::get_if<client::HeadEvent>(&item->event)) report.show(*head);
    if (auto* rejected = std::get_if<client::RejectedEvent>(&item->event)) report.show(*rejected);
    if (auto* ended = std::get_if<client::EndedEvent>(&item->event)) report.show(*ended);
    if (auto* next = std::get_if<client::FollowUpEvent>(&item->event)) report.show(*next);
    if (auto* back = std::get_if<client::ReopenedEvent>(&item->event)) report.show(*back);
    if (auto* warning = std::get_if<client::WarningEvent>(&item->event)) {
      report.warning(warning->code, warning->message);
    }
    if (std::holds_alternative<client::CompleteEvent>(item->event)) report.json("complete");
  }
}

}  // namespace freshet::cli
