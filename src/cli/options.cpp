// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.hpp"

#include <bit>
#include <ctime>

#include "freshet/base/text.hpp"

namespace freshet::cli {
namespace {

void add_rate(CLI::App& app, const char* name, std::int64_t& target, const char* help) {
  app.add_option_function<std::string>(
         name,
         [&target](const std::string& text) {
           auto rate = parse_size(text, false);
           if (!rate || *rate == 0 || *rate > INT32_MAX) {
             throw CLI::ValidationError("\"" + text + "\" is not a rate; 500k or 2M (bytes/s)");
           }
           target = static_cast<std::int64_t>(*rate);
         },
         help)
      ->type_name("RATE");
}

void add_network_options(CLI::App& app, CommonOptions& common) {
  client::NetworkOptions& net = common.network;
  add_local_options(app, common);
  app.add_option("--listen", net.listen, "BitTorrent listen address; port 0: any, then kept")
      ->type_name("ADDR:PORT")
      ->capture_default_str();
  app.add_option("--interface", net.interface, "All peer traffic through this interface only")
      ->type_name("NAME");
  app.add_option("--peer", net.peers, "Connect to this peer (repeatable)")->type_name("ADDR:PORT");
  app.add_option("--tracker", net.trackers, "Announce to this tracker (repeatable)")
      ->type_name("URL");
  app.add_option("--dht-bootstrap", net.dht_bootstrap, "A DHT node to begin with (repeatable)")
      ->type_name("HOST:PORT");
  app.add_flag("!--no-dht", net.dht, "Do not use the DHT");
  app.add_flag("!--no-lsd", net.lsd, "Do not look for peers on the local network");
  app.add_flag("!--no-upnp", net.upnp, "Do not ask the router to open the port");
  add_rate(app, "--upload-limit", net.upload_limit, "At most so many bytes/s up");
  add_rate(app, "--download-limit", net.download_limit, "At most so many bytes/s down");
}

void add_torrent_file(CLI::App& app, std::filesystem::path& torrent_file) {
  app.add_option("--torrent-file", torrent_file,
                 "Write the ordinary .torrent there once the show has ended")
      ->type_name("FILE");
}

void add_timeout(CLI::App& app, CommonOptions& common) {
  app.add_option("--timeout", common.timeout, "Give up when nobody was reached for so long")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber);
}

std::uint64_t parse_time(const std::string& text) {
  std::tm parts{};
  const char* end = strptime(text.c_str(), "%Y-%m-%d %H:%M", &parts);
  if (!end) end = strptime(text.c_str(), "%Y-%m-%dT%H:%M", &parts);
  parts.tm_isdst = -1;
  std::time_t time = end && *end == '\0' ? std::mktime(&parts) : -1;
  if (time <= 0) {
    throw CLI::ValidationError("\"" + text + "\" is not a time; \"2027-01-31 20:15\" (local time)");
  }
  return static_cast<std::uint64_t>(time);
}

live::StartPoint parse_from(const std::string& text) {
  using Kind = live::StartPoint::Kind;
  if (text == "start") return {Kind::Beginning, 0};
  if (text == "live") return {Kind::Edge, 0};
  auto time = parse_clock(text);
  if (!time)
    throw CLI::ValidationError("--from takes start, live or HH:MM:SS; not \"" + text + "\"");
  return {Kind::Time, *time};
}

void add_show_options(CLI::App& app, client::PublishOptions& publish) {
  app.add_option("--name", publish.name, "The show's name (default: the source's)");
  app.add_option("--key", publish.key_file, "Identity; made on first use")->type_name("FILE");
  app.add_flag("--new", publish.fresh, "A new show even if an unfinished one is here");
  app.add_option_function<std::string>(
         "--start", [&publish](const std::string& t) { publish.planned_start = parse_time(t); },
         "Planned start: the link can be shared and joined before it")
      ->type_name("TIME");
  app.add_option("--capacity", publish.capacity, "Pieces at most")
      ->check(CLI::Range(ledger::kCapacityMin, ledger::kCapacityMax))
      ->type_name("PIECES");
  app.add_option("--finalise-after", publish.finalise_after,
                 "Silence after which viewers may finish the show")
      ->type_name("SECONDS");
  app.add_option_function<std::string>(
         "--piece-length",
         [&publish](const std::string& text) {
           auto size = parse_size(text, true);
           if (!size || !std::has_single_bit(*size) || *size < ledger::kPieceLengthMin ||
               *size > ledger::kPieceLengthMax) {
             throw CLI::ValidationError("--piece-length is a power of two from 16k to 16M");
           }
           publish.piece_length = static_cast<std::uint32_t>(*size);
         },
         "Power of two, 16k..16M (default: from the bit rate)")
      ->type_name("SIZE");
  app.add_option_function<std::string>(
         "--final",
         [&publish](const std::string& kind) {
           publish.final_kind =
               kind == "hybrid" ? ledger::FinalKind::Hybrid : ledger::FinalKind::V1;
         },
         "Kind of ordinary torrent that it ends as (v1)")
      ->check(CLI::IsMember({"v1", "hybrid"}))
      ->type_name("v1|hybrid");
}

}  // namespace

void add_local_options(CLI::App& app, CommonOptions& common) {
  common.network.data_dir = client::default_data_dir();
  app.add_option("--data-dir", common.network.data_dir, "Where recordings and state are kept")
      ->type_name("DIR");
  app.add_flag("--json", common.json, "One JSON object a line instead of text");
}

void add_options(CLI::App& app, PublishArguments& args) {
  app.add_option("SOURCE", args.source, "A path, - (standard input), test:, or a URL")->required();
  add_network_options(app, args.common);
  add_show_options(app, args.publish);
  app.add_flag("--raw", args.raw, "Pass the bytes of SOURCE through untouched");
  auto* fast = app.add_flag("--as-fast-as-possible", args.as_fast_as_possible,
                            "Air a media file as fast as it can be read");
  app.add_flag("--pace", args.pace, "Air a media file at its own speed (default)")->excludes(fast);
  app.add_option("--link-file", args.link_file, "Write the link there once peers can join")
      ->type_name("FILE");
  add_torrent_file(app, args.publish.torrent_file);
  app.add_option("--linger", args.linger, "Keep seeding after the end (until interrupted)")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber);
}

void add_options(CLI::App& app, WatchArguments& args) {
  app.add_option("LINK", args.link, "The show's link")->required();
  add_network_options(app, args.common);
  app.add_option_function<std::string>(
         "--from", [&args](const std::string& text) { args.start = parse_from(text); },
         "Where the output begins (start)")
      ->type_name("start|live|HH:MM:SS");
  auto* out = app.add_option("--out", args.out, "Write the byte stream in order as it arrives")
                  ->type_name("FILE|-");
  app.add_flag("--play", args.play, "Hand the show to the desktop program")
      ->excludes(out)
      ->excludes("--json");
  add_torrent_file(app, args.torrent_file);
  app.add_option("--linger", args.linger, "Keep seeding after completion (0)")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber);
  app.add_flag("--json-blocks", args.common.network.block_events,
               "With --json: an event for each block that arrives at the edge");
  add_timeout(app, args.common);
}

void add_options(CLI::App& app, SeedArguments& args) {
  app.add_option("WHAT", args.what, "Links or .torrent files of what is kept here")->required();
  add_network_options(app, args.common);
  add_torrent_file(app, args.torrent_file);
  add_timeout(app, args.common);
}

void add_options(CLI::App& app, InfoArguments& args) {
  app.add_option("WHAT", args.what, "A link, a .torrent file or a show's directory")->required();
  add_local_options(app, args.common);
}

void add_options(CLI::App& app, KeyArguments& args) {
  app.add_option("ACTION", args.action,
                 "new, show, export (secret, to stdout), import (from stdin)")
      ->required()
      ->check(CLI::IsMember({"new", "show", "export", "import"}));
  app.add_option("FILE", args.file, "The key file")->required();
  app.add_flag("--json", args.json, "One JSON object instead of text");
}

void add_options(CLI::App& app, RemoveArguments& args) {
  app.add_option("SHOW", args.show, "Its name, directory or the first digits of its info-hash")
      ->required();
  add_local_options(app, args.common);
  app.add_flag("--yes", args.yes, "Do not ask");
}

}  // namespace freshet::cli
