// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/chrono.h>

#include <ctime>
#include <thread>

#include "cli/commands.hpp"
#include "cli/show_run.hpp"
#include "freshet/base/text.hpp"
#include "freshet/client/source.hpp"

namespace freshet::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kEmptyShowStays = 5s;  // long enough to tell everybody that it has ended

class PublishRun : private ShowRun {
 public:
  explicit PublishRun(PublishArguments args)
      : ShowRun(args.common.json, false), args_(std::move(args)) {}

  int run() {
    if (auto begun = begin(); !begun) return failed(begun.error());
    std::optional<int> status;
    while (!status) {
      auto item = events_.pop(100ms);
      if (item) status = std::visit([&](const auto& event) { return on(event); }, item->event);
      if (!status && leave_at_ && Clock::now() >= *leave_at_) status = 0;
    }
    finish_source();
    show_->close();
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
    auto show = plan->unfinished
                    ? client_->resume(*plan->unfinished, options.torrent_file, events_)
                    : client_->publish(plan->descriptor, *plan->show_key, options, events_);
    if (!show) return tl::make_unexpected(show.error());
    show_.emplace(std::move(*show));
    return announce(plan->unfinished.has_value());
  }

  Expected<void> announce(bool goes_on) {
    const ledger::Link& link = show_->link();
    report_.json("link", {{"link", show_->link_text()},
                          {"info_hash", to_hex(link.info_hash.view())},
                          {"key", to_hex(link.descriptor.channel_key.view())},
                          {"resume_at", show_->resume_at()}});
    report_.text(show_->link_text());
    if (goes_on) {
      report_.warning("resumed", fmt::format("the unfinished show \"{}\" goes on at byte {} (--new "
                                             "starts another one)",
                                             link.descriptor.name, show_->resume_at()));
    }
    if (!args_.link_file.empty()) {
      auto written = client::write_file(args_.link_file, show_->link_text() + "\n");
      if (!written) return written;
    }
    media::ResumePoint resume{show_->resume_at(), show_->elapsed_ms()};
    auto inlet = show_->inlet();
    thread_ = std::thread([this, inlet, resume] {
      auto done = source_->run(resume, [&](Bytes bytes, bool keyframe) {
        return inlet->write({std::move(bytes), keyframe});
      });
      events_.push(done ? client::SourceEndedEvent{} : client::SourceEndedEvent{done.error()});
    });
    return {};
  }

  void finish_source() {
    if (source_) source_->stop();
    if (auto inlet = show_->inlet()) inlet->close();
    if (thread_.joinable()) thread_.join();
  }

  void linger() {
    if (leave_at_) return;
    if (!args_.linger && !empty_) return;
    std::chrono::duration<double> stay(args_.linger.value_or(0));
    if (empty_) stay = std::min<std::chrono::duration<double>>(kEmptyShowStays, stay);
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
    if (!terminated_) show_->inlet()->finish();
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
    ended_ = true;
    report_.show(event);
    empty_ = event.size == 0;
    if (empty_) linger();
    return std::nullopt;
  }
  std::optional<int> on(const client::CompleteEvent&) {
    report_.json("complete");
    return std::nullopt;
  }
  std::optional<int> on(const client::SeedingEvent& event) {
    report_.text("Seeding. The torrent file: " + event.torrent_file);
    linger();
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
  std::optional<client::OpenShow> show_;
  std::thread thread_;
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
