// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as read: one struct a command. The contract is docs/command-line.md.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "freshet/client/client.hpp"
#include "freshet/client/source.hpp"

namespace freshet::cli {

struct CommonOptions {
  client::NetworkOptions network;
  bool json = false;
  double timeout = 0;  // seconds; 0: none
};

struct PublishArguments {
  CommonOptions common;
  client::PublishOptions publish;
  std::string source;
  media::SourceOptions media;
  bool list_devices = false;
  bool raw = false;
  bool pace = false;
  bool as_fast_as_possible = false;
  std::filesystem::path link_file;
  std::optional<double> linger;  // seconds; none: until interrupted
};

struct WatchArguments {
  CommonOptions common;
  std::string link;
  live::StartPoint start;
  std::string out;    // a path or "-"; empty: none
  bool play = false;  // by the desktop program
  bool follow = false;
  std::filesystem::path torrent_file;
  double linger = 0;
};

struct SeedArguments {
  CommonOptions common;
  std::vector<std::string> what;
  std::filesystem::path torrent_file;
};

struct InfoArguments {
  CommonOptions common;
  std::string what;
};

struct KeyArguments {
  bool json = false;
  std::string action;
  std::filesystem::path file;
};

struct RemoveArguments {
  CommonOptions common;
  std::string show;
  bool yes = false;
};

void add_options(CLI::App& app, PublishArguments& args);
void add_options(CLI::App& app, WatchArguments& args);
void add_options(CLI::App& app, SeedArguments& args);
void add_options(CLI::App& app, InfoArguments& args);
void add_options(CLI::App& app, KeyArguments& args);
void add_options(CLI::App& app, RemoveArguments& args);
// Only --data-dir and --json.
void add_local_options(CLI::App& app, CommonOptions& common);

}  // namespace freshet::cli
