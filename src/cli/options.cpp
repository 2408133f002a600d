// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options.hpp"

#include <bit>
#include <charconv>
#include <ctime>

#include "freshet/base/text.hpp"
#include "freshet/client/pictures.hpp"

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
  app.add_option("--channel-name", publish.channel_name, "Who broadcasts; signed into the show")
      ->type_name("NAME")
      ->check([](const std::string& name) {
        return name.size() <= ledger::kChannelNameMax && is_utf8(name)
                   ? std::string()
                   : "--channel-name takes at most 200 bytes of UTF-8";
      });
  app.add_option_function<std::string>(
         "--channel-picture",
         [&publish](const std::string& file) {
           auto picture = client::channel_picture(file);
           if (!picture) throw CLI::ValidationError("--channel-picture", picture.error().message);
           publish.channel_picture = std::move(*picture);
         },
         "Of who broadcasts; made small, and signed into the show")
      ->type_name("FILE");
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

void add_bit_rate(CLI::App& app, const char* name, int& target, const char* help) {
  app.add_option_function<std::string>(
         name,
         [&target](const std::string& text) {
           constexpr std::uint64_t kMost = 200'000'000;
           auto rate = parse_size(text, false);
           if (!rate || *rate < 8000 || *rate > kMost) {
             throw CLI::ValidationError("\"" + text + "\" is not a bit rate; 800k or 3M (bits/s)");
           }
           target = static_cast<int>(*rate);
         },
         help)
      ->type_name("RATE");
}

void set_size(media::SourceOptions& media, const std::string& text) {
  int width = 0, height = 0;
  auto [middle, first] = std::from_chars(text.data(), text.data() + text.size(), width);
  const char* end = text.data() + text.size();
  bool whole = first == std::errc{} && middle < end && *middle == 'x';
  if (whole) {
    auto [rest, second] = std::from_chars(middle + 1, end, height);
    whole = second == std::errc{} && rest == end;
  }
  constexpr int kLeast = 64, kMost = 7680;
  if (!whole || width < kLeast || height < kLeast || width > kMost || height > kMost) {
    throw CLI::ValidationError("\"" + text + "\" is not a size; 1280x720, from 64x64 to 7680x7680");
  }
  media.width = width / 2 * 2;
  media.height = height / 2 * 2;
}

void add_media_options(CLI::App& app, media::SourceOptions& media) {
  app.add_option_function<std::string>(
         "--preset",
         [&media](const std::string& name) {
           if (name == "auto") return;
           set_size(media, name == "480p" ? "854x480" : name == "720p" ? "1280x720" : "1920x1080");
         },
         "Size of the picture, with the bit rate that suits it (auto: fitting 720p)")
      ->check(CLI::IsMember({"auto", "480p", "720p", "1080p"}))
      ->type_name("auto|480p|720p|1080p");
  app.add_option_function<std::string>(
         "--size", [&media](const std::string& text) { set_size(media, text); },
         "Of the picture, at most")
      ->type_name("WxH");
  app.add_option("--fps", media.fps, "Pictures a second (30)")
      ->check(CLI::Range(1, 60))
      ->type_name("N");
  add_bit_rate(app, "--video-bitrate", media.video_bit_rate, "Bits/s of the picture");
  add_bit_rate(app, "--audio-bitrate", media.audio_bit_rate, "Bits/s of the sound (128k)");
  app.add_option("--video-codec", media.video_codec, "h264, hevc, or an encoder of FFmpeg (h264)")
      ->type_name("NAME");
  app.add_option("--audio-codec", media.audio_codec, "aac, opus, or an encoder of FFmpeg (aac)")
      ->type_name("NAME");
  app.add_option("--audio", media.audio,
                 "Sound of camera: and screen: (see --list-devices), or none")
      ->type_name("DEVICE");
  app.add_flag("--copy", media.copy, "Never encode; refuse what cannot be passed on as it is");
}

}  // namespace

void add_local_options(CLI::App& app, CommonOptions& common) {
  common.network.data_dir = client::default_data_dir();
  app.add_option("--data-dir", common.network.data_dir, "Where recordings and state are kept")
      ->type_name("DIR");
  app.add_flag("--json", common.json, "One JSON object a line instead of text");
}

void add_options(CLI::App& app, PublishArguments& args) {
  auto* source = app.add_option("SOURCE", args.source,
                                "A path, - (standard input), camera:, screen:, test:, or a URL");
  app.add_flag("--list-devices", args.list_devices, "Name what there is to broadcast from");
  // Told here: a required SOURCE would have to be there for --list-devices, too.
  app.final_callback([source, &args] {
    if (source->empty() && !args.list_devices) throw CLI::RequiredError("SOURCE");
  });
  add_network_options(app, args.common);
  add_show_options(app, args.publish);
  add_media_options(app, args.media);
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
  app.add_option("LINK", args.link, "The show's link, or a channel's")->required();
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
  app.add_flag("--follow", args.follow,
               "LINK is a channel's: watch this show, and each that follows, until interrupted");
  add_torrent_file(app, args.torrent_file);
  app.add_option("--linger", args.linger, "Keep seeding after completion (0)")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber);
  app.add_flag("--json-blocks", args.common.network.block_events,
               "With --json: an event for each block that arrives at the edge");
  app.add_flag("!--no-live-edge", args.common.network.live_edge,
               "Fetch everything in bulk, as any torrent: for comparison");
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
