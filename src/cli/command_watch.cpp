// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>

#include "cli/commands.hpp"
#include "cli/output_writer.hpp"
#include "cli/show_run.hpp"

namespace freshet::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Kind = client::OutputEvent::Kind;

class WatchRun : private ShowRun {
 public:
  explicit WatchRun(const WatchArguments& args)
      : ShowRun(args.common.json, args.out == "-"), args_(args) {}

  int run() {
    if (auto begun = begin(); !begun) return failed(begun.error());
    std::optional<int> status;
    while (!status) {
      auto item = events_.pop(100ms);
      if (item) status = std::visit([&](const auto& event) { return on(event); }, item->event);
      if (!status) status = on_time();
    }
    writer_.reset();
    show_->close();
    return *status;
  }

 private:
  Expected<void> begin() {
    auto link = client::parse_link(args_.link);
    if (!link) return tl::make_unexpected(link.error());
    if (!args_.out.empty()) {
      auto writer = OutputWriter::open(args_.out);
      if (!writer) return tl::make_unexpected(writer.error());
      writer_ = std::move(*writer);
    }
    auto folder = engine::viewer_folder(args_.common.network.data_dir, link->descriptor);
    auto client = client::Client::start(args_.common.network, folder);
    if (!client) return tl::make_unexpected(client.error());
    client_ = std::move(*client);
    auto show = client_->watch(*link, args_.start, args_.torrent_file, events_);
    if (!show) return tl::make_unexpected(show.error());
    show_.emplace(std::move(*show));
    report_.text("Watching \"" + link->descriptor.name +
                 "\". The recording: " + show_->file().string());
    if (writer_) writer_->start(show_->stream(), events_);
    last_contact_ = Clock::now();
    return {};
  }

  std::optional<int> on_time() {
    Clock::time_point now = Clock::now();
    bool done = complete_ && (!writer_ || written_);
    if (done && !leave_at_) {
      leave_at_ = now + std::chrono::duration_cast<Clock::duration>(
                            std::chrono::duration<double>(args_.linger));
    }
    // Without --linger the ordinary torrent is still put in order, so that "seed" finds it whole.
    bool in_order = seeding_ || empty_ || (leave_at_ && now > *leave_at_ + 10s);
    if (leave_at_ && now >= *leave_at_ && in_order) return 0;
    if (args_.common.timeout > 0 && !complete_ &&
        now - last_contact_ > std::chrono::duration<double>(args_.common.timeout)) {
      return failed({ErrorCode::Unreachable,
                     "nobody who has this show was reached; check the link and the network, or "
                     "name a peer with --peer"});
    }
    return std::nullopt;
  }

  using ShowRun::on;

  const char* waiting_for(std::uint64_t offset) const {
    if (last_.peers == 0) return "peers";
    return offset >= last_.size ? "source" : "data";
  }

  std::optional<int> on(const client::InterruptEvent&) {
    return complete_ && (!writer_ || written_) ? 0 : kExitInterrupted;
  }
  std::optional<int> on(const client::OutputEvent& event) {
    switch (event.kind) {
      case Kind::FirstByte:
        report_.json("first_byte", {{"offset", event.offset}});
        break;
      case Kind::Stall:
        report_.json("stall",
                     {{"offset", event.offset}, {"waiting_for", waiting_for(event.offset)}});
        break;
      case Kind::Resume:
        report_.json("resume", {{"offset", event.offset}});
        break;
      case Kind::Done:
        written_ = true;
        break;
      case Kind::Failed:
        return failed(*event.error);
    }
    return std::nullopt;
  }
  std::optional<int> on(const client::EndedEvent& event) {
    report_.show(event);
    empty_ = event.size == 0;
    return std::nullopt;
  }
  std::optional<int> on(const client::CompleteEvent&) {
    complete_ = true;
    report_.json("complete");
    report_.text("Complete: every byte is here and verified.");
    return std::nullopt;
  }
  std::optional<int> on(const client::SeedingEvent& event) {
    seeding_ = true;
    report_.text("The torrent file: " + event.torrent_file);
    return std::nullopt;
  }
  std::optional<int> on(const client::Snapshot& snapshot) {
    last_ = snapshot;
    if (snapshot.peers > 0) last_contact_ = Clock::now();
    report_.show(snapshot);
    return std::nullopt;
  }
  std::optional<int> on(const client::SourceEndedEvent&) { return std::nullopt; }

  const WatchArguments& args_;
  std::unique_ptr<client::Client> client_;
  std::optional<client::OpenShow> show_;
  std::unique_ptr<OutputWriter> writer_;
  client::Snapshot last_;
  Clock::time_point last_contact_;
  std::optional<Clock::time_point> leave_at_;
  bool complete_ = false;
  bool written_ = false;
  bool seeding_ = false;
  bool empty_ = false;
};

}  // namespace

int run_watch(const WatchArguments& args) {
  return WatchRun(args).run();
}

}  // namespace freshet::cli
