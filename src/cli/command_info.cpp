// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "freshet/base/text.hpp"

namespace freshet::cli {
namespace {

namespace fs = std::filesystem;

const char* state_of(const engine::ShowSummary& show) {
  if (show.ended) return show.have == show.size ? "complete" : "ended, incomplete";
  return show.publisher ? "unfinished, ours" : "unfinished";
}

Json describe(const ledger::Descriptor& d) {
  return {{"name", d.name},
          {"key", to_hex(d.channel_key.view())},
          {"piece_length", d.piece_length},
          {"capacity", d.capacity},
          {"final", d.final_kind == ledger::FinalKind::V1 ? "v1" : "hybrid"},
          {"media_type", d.media_type},
          {"start", d.planned_start}};
}

Json describe(const engine::ShowSummary& show) {
  Json fields = describe(show.descriptor);
  fields["info_hash"] = to_hex(show.info_hash.view());
  fields["directory"] = show.folder.string();
  fields["role"] = show.publisher ? "publisher" : "viewer";
  fields["state"] = state_of(show);
  fields["size"] = show.size;
  fields["have"] = show.have;
  fields["root"] = to_hex(show.root.view());
  fields["final_info_hash"] = show.final_info_hash;
  fields["sha256"] = show.sha256;
  return fields;
}

void print_fields(Report& report, const Json& fields) {
  for (const auto& [key, value] : fields.items()) {
    std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (text.empty() || (key == "start" && text == "0")) continue;
    if (key == "size" || key == "have") text += " bytes";
    report.text(fmt::format("{:<16} {}", key, text));
  }
}

}  // namespace

int run_info(const InfoArguments& args) {
  Report report(args.common.json, false);
  auto give_up = [&](const Error& error) {
    report.error(error);
    return exit_status(error.code);
  };
  Json fields;
  if (args.what.starts_with("magnet:")) {
    auto link = client::parse_link(args.what);
    if (!link) return give_up(link.error());
    fields = describe(link->descriptor);
    fields["info_hash"] = to_hex(link->info_hash.view());
    auto kept =
        engine::inspect(engine::show_folder(args.common.network.data_dir, link->descriptor));
    fields["state"] = kept ? state_of(*kept) : "not kept here";
    if (kept) fields["size"] = kept->size, fields["have"] = kept->have;
  } else if (fs::is_directory(args.what)) {
    auto show = engine::inspect(args.what);
    if (!show) return give_up({ErrorCode::Link, show.error().message});
    fields = describe(*show);
    auto good = engine::verify(args.what);
    if (!good) return give_up(good.error());
    fields["verified"] = *good;
  } else {
    auto torrent = client::read_torrent(args.what);
    if (!torrent) return give_up(torrent.error());
    fields = {{"name", torrent->name},
              {"size", torrent->size},
              {"piece_length", torrent->piece_length},
              {"final_info_hash", torrent->info_hash},
              {"final_info_hash_v2", torrent->info_hash_v2}};
    fields["state"] = "not kept here";
    for (const auto& show : engine::list_shows(args.common.network.data_dir)) {
      if (show.final_info_hash != torrent->info_hash) continue;
      fields["state"] = state_of(show);
      fields["directory"] = show.folder.string();
      fields["have"] = show.have;
    }
  }
  report.json("info", fields);
  print_fields(report, fields);
  return 0;
}

int run_list(const CommonOptions& common) {
  Report report(common.json, false);
  auto shows = engine::list_shows(common.network.data_dir);
  for (const auto& show : shows) {
    report.json("show", describe(show));
    report.text(fmt::format("{:.8}  {:>9}  {:<18} {}", to_hex(show.info_hash.view()),
                            format_size(show.size), state_of(show), show.descriptor.name));
  }
  if (shows.empty()) report.text("Nothing is kept in " + common.network.data_dir.string());
  return 0;
}

int run_remove(const RemoveArguments& args) {
  Report report(args.common.json, false);
  auto give_up = [&](ErrorCode code, std::string message) {
    report.error({code, std::move(message)});
    return exit_status(code);
  };
  std::vector<engine::ShowSummary> matches;
  for (auto& show : engine::list_shows(args.common.network.data_dir)) {
    bool hash = args.show.size() >= 6 && to_hex(show.info_hash.view()).starts_with(args.show);
    std::error_code ignored;
    bool folder = fs::equivalent(show.folder, args.show, ignored);
    if (hash || folder || show.descriptor.name == args.show) matches.push_back(std::move(show));
  }
  if (matches.empty()) {
    return give_up(ErrorCode::Usage, "no show \"" + args.show + "\" is kept in " +
                                         args.common.network.data_dir.string() +
                                         "; see freshet-cli list");
  }
  if (matches.size() > 1) {
    return give_up(ErrorCode::Usage, "\"" + args.show + "\" fits several shows; name one by the " +
                                         "digits that freshet-cli list shows");
  }
  const engine::ShowSummary& show = matches.front();
  if (!args.yes) {
    if (!::isatty(STDIN_FILENO)) {
      return give_up(ErrorCode::Usage, "nobody can be asked here; say --yes to remove it");
    }
    std::cerr << fmt::format("Remove \"{}\" ({}, {})? [y/N] ", show.descriptor.name,
                             format_size(show.have), state_of(show));
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "y" && answer != "Y" && answer != "yes") return 0;
  }
  if (auto removed = engine::remove_show(show.folder); !removed) {
    return give_up(removed.error().code, removed.error().message);
  }
  report.json("removed", {{"name", show.descriptor.name}, {"directory", show.folder.string()}});
  report.text("Removed \"" + show.descriptor.name + "\".");
  return 0;
}

}  // namespace freshet::cli
