// SPDX-License-Identifier: GPL-3.0-or-later
// Watching a channel: its key is all that is known, the DHT says what is on.
#include <fmt/format.h>

#include <chrono>
#include <mutex>

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/signals.hpp"

namespace freshet::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class FollowRun {
 public:
  explicit FollowRun(WatchArguments args) : args_(std::move(args)) {}

  int run() {
    auto channel = ledger::parse_channel_link(args_.link);
    if (!channel) return failed(channel.error());
    std::int64_t after = 0;
    Hash32 last{};
    for (;;) {
      auto item = next(channel->key, after);
      if (!item) return failed(item.error());
      if (!*item) return kExitInterrupted;
      after = (*item)->seq;
      // The end of a show that was watched to its end is no news.
      Hash32 id = ledger::show_id((*item)->descriptor, ledger::system_crypto());
      if (id == last) continue;
      last = id;
      WatchArguments one = args_;
      one.link = ledger::to_text(client::bare_link((*item)->descriptor));
      int status = run_watch(one);
      if (!args_.follow || status == kExitInterrupted) return status;
    }
  }

 private:
  int failed(const Error& error) {
    Report(args_.common.json, args_.out == "-").error(error);
    return exit_status(error.code);
  }

  // What the channel says that is newer; nothing when interrupted.
  Expected<std::optional<ledger::ChannelItem>> next(const PublicKey& channel, std::int64_t after) {
    client::EventQueue events;
    Report report(args_.common.json, args_.out == "-");
    Signals signals(events);
    std::mutex mutex;
    std::optional<ledger::ChannelItem> found;
    auto client = client::Client::start(args_.common.network, args_.common.network.data_dir);
    if (!client) return tl::make_unexpected(client.error());
    report.text(after == 0 ? "Looking for the channel ..." : "Waiting for the next show ...");
    (*client)->follow(channel, after, [&](ledger::ChannelItem item) {
      std::lock_guard lock(mutex);
      found = std::move(item);
    });
    auto started = Clock::now();
    for (;;) {
      auto event = events.pop(50ms);
      if (event && std::holds_alternative<client::InterruptEvent>(event->event)) {
        (*client)->forget(channel);
        return std::optional<ledger::ChannelItem>();
      }
      std::lock_guard lock(mutex);
      if (found) break;
      double timeout = args_.common.timeout;
      if (timeout > 0 && Clock::now() - started > std::chrono::duration<double>(timeout)) {
        return fail(ErrorCode::Unreachable,
                    "nobody knows this channel; is its broadcaster on the air, and the DHT "
                    "reachable?");
      }
    }
    (*client)->forget(channel);
    client->reset();
    report.json(
        "on_channel",
        {{"name", found->name}, {"show", found->descriptor.name}, {"on_air", found->on_air}});
    report.text(fmt::format("{}: \"{}\"{}", found->name.empty() ? "The channel" : found->name,
                            found->descriptor.name, found->on_air ? ", on air" : ""));
    return found;
  }

  WatchArguments args_;
};

}  // namespace

int run_follow(WatchArguments args) {
  return FollowRun(std::move(args)).run();
}

}  // namespace freshet::cli
