// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>

#include "cli/commands.hpp"
#include "cli/output_writer.hpp"
#include "cli/show_run.hpp"
#include "freshet/client/viewing.hpp"

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
      if (item) status = take(*item);
      if (!status) status = on_time();
    }
    writer_.reset();
    viewing_->close();
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
    auto viewing = client::Viewing::open(*client_, *link, args_.start, args_.torrent_file, events_,
                                         writer_ ? &writer_->chain() : nullptr);
    if (!viewing) return tl::make_unexpected(viewing.error());
    viewing_ = std::move(*viewing);
    report_.text("Watching \"" + link->descriptor.name +
                 "\". The recording: " + viewing_->show(0).file().string());
    if (writer_) writer_->start(events_);
    last_contact_ = Clock::now();
    return {};
  }

  std::optional<int> take(const client::EventQueue::Item& item) {
    about(item.show);
    auto status = std::visit([&](const auto& event) { return on(event); }, item.event);
    if (status) return status;
    if (auto handled = viewing_->handle(item.event, item.show); !handled) {
      return failed(handled.error());
    }
    return std::nullopt;
  }

  [[nodiscard]] bool done() const { return viewing_->is_complete() && (!writer_ || written_); }

  std::optional<int> on_time() {
    Clock::time_point now = Clock::now();
    if (!done()) leave_at_.reset();
    if (done() && !leave_at_) {
      leave_at_ = now + std::chrono::duration_cast<Clock::duration>(
                            std::chrono::duration<double>(args_.linger));
    }
    // Without --linger the ordinary torrent is still put in order, so that "seed" finds it whole.
    bool in_order = viewing_->is_in_order() || (leave_at_ && now > *leave_at_ + 10s);
    if (leave_at_ && now >= *leave_at_ && in_order) return 0;
    if (args_.common.timeout > 0 && !viewing_->is_complete() &&
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

  std::optional<int> on(const client::InterruptEvent&) { return done() ? 0 : kExitInterrupted; }
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
    return std::nullopt;
  }
  std::optional<int> on(const client::CompleteEvent&) {
    report_.json("complete");
    report_.text("Complete: every byte is here and verified.");
    return std::nullopt;
  }
  std::optional<int> on(const client::SeedingEvent& event) {
    report_.text("The torrent file: " + event.torrent_file);
    return std::nullopt;
  }
  std::optional<int> on(const client::Snapshot& snapshot) {
    if (snapshot.peers > 0) last_contact_ = Clock::now();
    // While two are open, the newer one says what the screen shows.
    bool newest = show_number_ + 1 == viewing_->show_count();
    if (newest) last_ = snapshot;
    if (newest || report_.is_json()) report_.show(snapshot);
    return std::nullopt;
  }
  std::optional<int> on(const client::ReopenedEvent& event) {
    report_.show(event);
    if (writer_ && std::exchange(written_, false)) writer_->start(events_);
    return std::nullopt;
  }
  std::optional<int> on(const client::SourceEndedEvent&) { return std::nullopt; }
  std::optional<int> on(const client::LineEvent&) { return std::nullopt; }

  const WatchArguments& args_;
  std::unique_ptr<client::Client> client_;
  std::unique_ptr<OutputWriter> writer_;
  std::unique_ptr<client::Viewing> viewing_;
  client::Snapshot last_;
  Clock::time_point last_contact_;
  std::optional<Clock::time_point> leave_at_;
  bool written_ = false;
};

}  // namespace

int run_watch(const WatchArguments& args) {
  return WatchRun(args).run();
}

}  // namespace freshet::cli
