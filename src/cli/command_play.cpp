// SPDX-License-Identifier: GPL-3.0-or-later
// watch --play: the desktop program takes over.
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "cli/commands.hpp"
#include "cli/report.hpp"

namespace freshet::cli {
namespace {

namespace fs = std::filesystem;

// Beside this program, as installed, or where it was built; else wherever PATH has it.
std::string find_player() {
  std::error_code error;
  fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& place : {here / "freshet", here / ".." / ".." / "ui" / "freshet"}) {
    if (::access(place.c_str(), X_OK) == 0) return place.string();
  }
  return "freshet";
}

std::vector<std::string> arguments_of(const WatchArguments& args) {
  const client::NetworkOptions& net = args.common.network;
  std::vector<std::string> result = {"freshet", "--data-dir", net.data_dir.string(), "--listen",
                                     net.listen};
  auto add = [&](const char* option, const std::string& value) {
    result.insert(result.end(), {option, value});
  };
  if (!net.interface.empty()) add("--interface", net.interface);
  for (const auto& peer : net.peers) add("--peer", peer);
  for (const auto& tracker : net.trackers) add("--tracker", tracker);
  for (const auto& node : net.dht_bootstrap) add("--dht-bootstrap", node);
  if (!net.dht) result.push_back("--no-dht");
  if (!net.lsd) result.push_back("--no-lsd");
  if (!net.upnp) result.push_back("--no-upnp");
  if (net.upload_limit > 0) add("--upload-limit", std::to_string(net.upload_limit));
  if (net.download_limit > 0) add("--download-limit", std::to_string(net.download_limit));
  if (args.start.kind == live::StartPoint::Kind::Edge) add("--from", "live");
  if (args.start.kind == live::StartPoint::Kind::Time) {
    add("--from", std::to_string(args.start.time_ms / 1000));
  }
  result.push_back(args.link);
  return result;
}

}  // namespace

int run_play(const WatchArguments& args) {
  auto fail = [](const std::string& message, int status) {
    std::fprintf(stderr, "freshet-cli: %s\n", message.c_str());
    return status;
  };
  if (auto link = client::parse_link(args.link); !link) {
    return fail(link.error().message, exit_status(link.error().code));
  }
  if (!std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY") &&
      !std::getenv("QT_QPA_PLATFORM")) {
    return fail("there is no display to play on; use --out - and a player that reads a pipe",
                exit_status(ErrorCode::Output));
  }
  std::vector<std::string> arguments = arguments_of(args);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execvp(find_player().c_str(), pointers.data());
  return fail("cannot start freshet, the desktop program: " + std::string(std::strerror(errno)) +
                  "; is it installed?",
              exit_status(ErrorCode::Output));
}

}  // namespace freshet::cli
