// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/report.hpp"

namespace freshet::cli {
namespace {

// What is exported is locked with it, and what is locked is opened.
std::string passphrase() {
  const char* text = std::getenv("FRESHET_PASSPHRASE");
  return text ? text : "";
}

void show_key(Report& report, const ledger::KeyPair& key, const std::filesystem::path& file) {
  std::string text = to_hex(key.public_key().view());
  report.json("key", {{"key", text}, {"file", file.string()}});
  report.text(text);
}

}  // namespace

int run_key(const KeyArguments& args) {
  Report report(args.json, false);
  auto give_up = [&](const Error& error) {
    report.error(error);
    return exit_status(error.code);
  };
  bool writes = args.action == "new" || args.action == "import";
  if (writes && std::filesystem::exists(args.file)) {
    return give_up(
        {ErrorCode::Usage,
         args.file.string() + " exists; a key is never overwritten, move it away first"});
  }
  if (args.action == "import") {
    std::string text;
    std::getline(std::cin, text);
    auto key = ledger::KeyPair::from_text(text, passphrase());
    if (!key)
      return give_up({ErrorCode::Usage, "standard input is not a key: " + key.error().message});
    if (auto saved = client::save_key(args.file, *key); !saved) return give_up(saved.error());
    show_key(report, *key, args.file);
    return 0;
  }
  auto key = client::load_key(args.file, args.action == "new");
  if (!key) return give_up(key.error());
  if (args.action == "export") {
    std::string secret = passphrase().empty() ? key->to_text() : key->to_locked_text(passphrase());
    secret.pop_back();  // the line's end
    report.json("key", {{"secret", secret}});
    report.text(secret);
    return 0;
  }
  show_key(report, *key, args.file);
  return 0;
}

}  // namespace freshet::cli
