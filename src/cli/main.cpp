// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/report.hpp"

namespace freshet::cli {
namespace {

int run(int argc, char** argv) {
  CLI::App app("Live video over BitTorrent: a torrent that grows while it is shared.");
  app.name("freshet-cli");
  app.set_version_flag("--version", "freshet-cli " FRESHET_VERSION);
  app.require_subcommand(1);
  PublishArguments publish;
  WatchArguments watch;
  SeedArguments seed;
  InfoArguments info;
  KeyArguments key;
  CommonOptions list;
  RemoveArguments remove;
  auto* publish_app = app.add_subcommand("publish", "Broadcast; prints the link");
  auto* watch_app = app.add_subcommand("watch", "Follow a show or download a recording");
  auto* seed_app = app.add_subcommand("seed", "Keep recordings and live shows available");
  auto* info_app = app.add_subcommand("info", "What is this? Works offline");
  auto* key_app = app.add_subcommand("key", "The identity of a broadcaster");
  auto* list_app = app.add_subcommand("list", "What is kept here");
  auto* remove_app = app.add_subcommand("rm", "Remove a recording and all that is known of it");
  add_options(*publish_app, publish);
  add_options(*watch_app, watch);
  add_options(*seed_app, seed);
  add_options(*info_app, info);
  add_options(*key_app, key);
  add_local_options(*list_app, list);
  add_options(*remove_app, remove);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "freshet-cli: %s (see freshet-cli --help)\n", error.what());
    return exit_status(ErrorCode::Usage);
  }
  if (*publish_app) return run_publish(std::move(publish));
  bool channel = ledger::is_channel_link(watch.link);
  if (*watch_app && channel && !watch.play) return run_follow(std::move(watch));
  if (*watch_app) return watch.play ? run_play(watch) : run_watch(watch);
  if (*seed_app) return run_seed(seed);
  if (*info_app) return run_info(info);
  if (*key_app) return run_key(key);
  if (*list_app) return run_list(list);
  return run_remove(remove);
}

}  // namespace
}  // namespace freshet::cli

int main(int argc, char** argv) {
  return freshet::cli::run(argc, argv);
}
