// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/show_run.hpp"
#include "freshet/base/text.hpp"
#include "freshet/client/on_air.hpp"

namespace freshet::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class PublishRun : private ShowRun {
 public:
  explicit PublishRun(PublishArguments args)
      : ShowRun(args.common.json, false), args_(std::move(args)) {}

  int run() {
    if (auto begun = begin(); !begun) return failed(begun.error());
    std::optional<int> status;
    while (!status) {
      auto item = events_.pop(100ms);
      if (item) {
        about(item->show);
        status = std::visit([&](const auto& event) { return on(event); }, item->event);
      }
      if (!status && leave_at_ && Clock::now() >= *leave_at_) status = 0;
    }
    on_air_->close();
    return *status;
  }

 private:
  Expected<void> begin() {
    args_.media.raw = args_.raw;
    args_.media.pace = !args_.as_fast_as_possible;
    args_.media.monitor.said = [this](const std::string& text) {
      events_.push(client::WarningEvent{"source", text});
    };
    auto source = client::open_source(args_.source, args_.media);
    if (!source) return tl::make_unexpected(source.error());
    on_air_ = std::make_unique<client::OnAir>(std::move(*source), false, events_);
    client::PublishOptions& options = args_.publish;
    on_air_->complete(options);
    auto plan = client::plan_publish(args_.common.network, options);
    if (!plan) return tl::make_unexpected(plan.error());
    auto client = client::Client::start(args_.common.network, plan->folder);
    if (!client) return tl::make_unexpected(client.error());
    client_ = std::move(*client);
    auto gone = on_air_->go(*client_, args_.common.network, options, std::move(*plan));
    if (!gone) return gone;
    broadcast_ = on_air_->broadcast();
    return announce();
  }

  Expected<void> announce() {
    const ledger::Link& link = broadcast_->link();
    std::string text = ledger::to_text(link);
    std::string channel = ledger::to_text(
        ledger::ChannelLink{link.descriptor.channel_key, args_.publish.channel_name});
    report_.json("link", {{"link", text},
                          {"info_hash", to_hex(link.info_hash.view())},
                          {"key", to_hex(link.descriptor.channel_key.view())},
                          {"channel", channel},
                          {"resume_at", broadcast_->resume_at()}});
    report_.text(text);
    report_.text("The channel, for this show and all that follow: " + channel);
    if (broadcast_->goes_on()) {
      report_.warning("resumed", fmt::format("the unfinished show \"{}\" goes on at byte {} (--new "
                                             "starts another one)",
                                             link.descriptor.name, broadcast_->resume_at()));
    }
    if (!args_.link_file.empty()) {
      auto written = client::write_file(args_.link_file, text + "\n");
      if (!written) return written;
    }
    if (std::string address = on_air_->source().info().address; !address.empty()) {
      report_.json("listening", {{"address", address}});
      report_.text("Let the encoder push to " + address);
    }
    return {};
  }

  void linger() {
    if (leave_at_) return;
    if (!args_.linger && !empty_) return;
    // Of an empty show there is nothing to seed.
    std::chrono::duration<double> stay(empty_ ? 0 : args_.linger.value_or(0));
    leave_at_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(stay);
  }

  using ShowRun::on;

  // Each returns the exit status once there is one.
  std::optional<int> on(const client::SourceEndedEvent& event) {
    if (event.error) {
      Error error = *event.error;
      error.message += "; what was read is published, the same command goes on with this show";
      return failed(error);
    }
    source_done_ = true;
    if (!terminated_) on_air_->finish();
    return std::nullopt;
  }
  std::optional<int> on(const client::LineEvent& event) {
    std::string text = "the line carries the show as it was chosen again";
    if (!event.followed && event.limit > 0) {
      text =
          "the line carries less than this show needs, the audience falls behind; let the encoder "
          "make less, or publish with a lower --video-bitrate and without --copy";
    } else if (event.limit > 0) {
      text = fmt::format(
          "the line carries less than was chosen; the show is made with {:.2f} Mbit/s from here on",
          event.limit / 1e6);
    }
    report_.warning("line", text);
    return std::nullopt;
  }
  std::optional<int> on(const client::InterruptEvent& event) {
    if (ended_) return 0;
    if (event.terminate || interrupted_) {
      terminated_ = true;
      return kExitInterrupted;
    }
    interrupted_ = true;
    report_.text("Ending the show ... (again to leave it unfinished)");
    on_air_->end();
    return std::nullopt;
  }
  std::optional<int> on(const client::EndedEvent& event) {
    report_.show(event);
    ended_ = source_done_;
    empty_ = event.size == 0 && show_number_ == 0;
    return std::nullopt;
  }
  std::optional<int> on(const client::CompleteEvent&) {
    report_.json("complete");
    return std::nullopt;
  }
  std::optional<int> on(const client::SeedingEvent& event) {
    if (!event.torrent_file.empty()) {
      report_.text("Seeding. The torrent file: " + event.torrent_file);
    }
    // One more show is in order; after the last one the waiting begins.
    ++put_away_;
    if (source_done_ && put_away_ == broadcast_->show_count()) linger();
    return std::nullopt;
  }
  std::optional<int> on(const client::Snapshot& snapshot) {
    report_.show(snapshot);
    // A file that is read as fast as it can be fills any line.
    if (!source_done_ && !args_.as_fast_as_possible) on_air_->follow(snapshot);
    return std::nullopt;
  }
  std::optional<int> on(const client::OutputEvent&) { return std::nullopt; }

  PublishArguments args_;
  std::unique_ptr<client::Client> client_;
  std::unique_ptr<client::OnAir> on_air_;
  client::Broadcast* broadcast_ = nullptr;  // of on_air_
  std::size_t put_away_ = 0;
  bool source_done_ = false;
  std::optional<Clock::time_point> leave_at_;
  bool interrupted_ = false;
  bool terminated_ = false;
  bool ended_ = false;
  bool empty_ = false;
};

int list_devices(bool json) {
  Report report(json, false);
  using Kind = media::DeviceEntry::Kind;
  auto entries = client::list_devices();
  for (const auto& entry : entries) {
    const char* kind = entry.kind == Kind::Camera   ? "camera"
                       : entry.kind == Kind::Screen ? "screen"
                                                    : "sound";
    report.json("device", {{"kind", kind}, {"source", entry.source}, {"name", entry.name}});
    report.text(fmt::format("{:7} {:40} {}", kind, entry.source, entry.name));
  }
  report.json("device", {{"kind", "test"}, {"source", "test:"}, {"name", "Test picture"}});
  report.text(fmt::format("{:7} {:40} {}", "test", "test:", "Test picture"));
  return 0;
}

}  // namespace

int run_publish(PublishArguments args) {
  if (args.list_devices) return list_devices(args.common.json);
  return PublishRun(std::move(args)).run();
}

}  // namespace freshet::cli
