// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/chrono.h>

#include <ctime>
#include <thread>

#include "cli/commands.hpp"
#include "cli/show_run.hpp"
#include "freshet/base/text.hpp"
#include "freshet/client/broadcast.hpp"
#include "freshet/client/source.hpp"

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
    finish_source();
    broadcast_->close();
    return *status;
  }

 private:
  Expected<void> begin() {
    media::SourceOptions source_options;
    source_options.raw = args_.raw;
    source_options.pace = !args_.as_fast_as_possible;
    auto source = client::open_source(args_.source, source_options);
    if (!source) return tl::make_unexpected(source.error());
    source_ = std::move(*source);
    const media::SourceInfo& info = source_->info();
    client::PublishOptions& options = args_.publish;
    if (options.name.empty()) options.name = info.name;
    if (options.name.empty()) {
      options.name = fmt::format("{:%Y-%m-%d %H-%M-%S}", fmt::localtime(std::time(nullptr)));
    }
    if (!info.extension.empty() && !options.name.ends_with(info.extension)) {
      options.name += info.extension;
    }
    options.media_type = info.media_type;
    options.bytes_per_second = info.bytes_per_second;
    auto plan = client::plan_publish(args_.common.network, options);
    if (!plan) return tl::make_unexpected(plan.error());
    auto client = client::Client::start(args_.common.network, plan->folder);
    if (!client) return tl::make_unexpected(client.error());
    client_ = std::move(*client);
    auto broadcast =
        client::Broadcast::open(*client_, args_.common.network, options, std::move(*plan), events_);
    if (!broadcast) return tl::make_unexpected(broadcast.error());
    broadcast_ = std::move(*broadcast);
    return announce();
  }

  Expected<void> announce() {
    const ledger::Link& link = broadcast_->link();
    std::string text = ledger::to_text(link);
    report_.json("link", {{"link", text},
                          {"info_hash", to_hex(link.info_hash.view())},
                          {"key", to_hex(link.descriptor.channel_key.view())},
                          {"resume_at", broadcast_->resume_at()}});
    report_.text(text);
    if (broadcast_->goes_on()) {
      report_.warning("resumed", fmt::format("the unfinished show \"{}\" goes on at byte {} (--new "
                                             "starts another one)",
                                             link.descriptor.name, broadcast_->resume_at()));
    }
    if (!args_.link_file.empty()) {
      auto written = client::write_file(args_.link_file, text + "\n");
      if (!written) return written;
    }
    media::ResumePoint resume{broadcast_->resume_at(), broadcast_->elapsed_ms()};
    thread_ = std::thread([this, resume] {
      auto done = source_->run(resume, [&](Bytes bytes, bool keyframe) {
        return broadcast_->write(std::move(bytes), keyframe);
      });
      events_.push(done ? client::SourceEndedEvent{} : client::SourceEndedEvent{done.error()});
    });
    return {};
  }

  void finish_source() {
    if (source_) source_->stop();
    broadcast_->stop();
    if (thread_.joinable()) thread_.join();
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
    if (!terminated_) broadcast_->finish();
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
    source_->stop();
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
    return std::nullopt;
  }
  std::optional<int> on(const client::OutputEvent&) { return std::nullopt; }

  PublishArguments args_;
  std::unique_ptr<media::Source> source_;
  std::unique_ptr<client::Client> client_;
  std::unique_ptr<client::Broadcast> broadcast_;
  std::thread thread_;
  std::size_t put_away_ = 0;
  bool source_done_ = false;
  std::optional<Clock::time_point> leave_at_;
  bool interrupted_ = false;
  bool terminated_ = false;
  bool ended_ = false;
  bool empty_ = false;
};

}  // namespace

int run_publish(PublishArguments args) {
  return PublishRun(std::move(args)).run();
}

}  // namespace freshet::cli
