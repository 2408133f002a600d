// SPDX-License-Identifier: GPL-3.0-or-later
// How a publisher comes (back) on the air.
#include <fmt/format.h>

#include "engine/show.hpp"

namespace freshet::engine {
namespace {

using Outcome = live::Rejoined::Outcome;

constexpr std::size_t kRereadStep = 4 * 1024 * 1024;

// Restores the running hashes of a show that goes on.
Expected<void> reread(ledger::Author& author, const std::filesystem::path& path,
                      std::uint64_t size) {
  FileReader file(path);
  for (std::uint64_t at = 0; at < size; at += kRereadStep) {
    auto bytes = file.read(at, std::min<std::uint64_t>(kRereadStep, size - at));
    if (!bytes) return tl::make_unexpected(bytes.error());
    author.resume(*bytes);
  }
  return {};
}

}  // namespace

void Show::set_ready(Expected<void> result) {
  if (std::exchange(ready_said_, true)) return;
  resume_at_ = recovered_.ledger->size();
  WallMs begun = recovered_.ledger->first_published_ms();
  if (begun > 0) elapsed_ms_ = wall_now() - std::min(wall_now(), begun);
  ready_.set_value(std::move(result));
}

void Show::rejoined(Outcome outcome) {
  if (outcome == Outcome::Stale) {
    const ledger::Head* newest = recovered_.ledger->newest_signed();
    std::uint64_t size = newest ? newest->size : 0;
    return fail({ErrorCode::Stale,
                 fmt::format("this show cannot go on from {}: {} bytes of it are here, {} were "
                             "published, and nobody who has them was reached",
                             files_->folder().string(), node_->stored_bytes(), size)});
  }
  if (outcome == Outcome::Twin) {
    return fail({ErrorCode::Locked,
                 "another program is broadcasting this very show right now; stop it first, or "
                 "start another show with --new"});
  }
  if (recovered_.ledger->ended()) {
    over_ = true;
    inlet_->close();
    return set_ready({});
  }
  auto author =
      std::make_shared<ledger::Author>(*recovered_.ledger, ledger::KeyPair::from_seed(*show_key_));
  std::uint64_t size = recovered_.ledger->size();
  // By our own clock too: a peer that lies must not be able to end a show.
  const ledger::Head* newest = recovered_.ledger->newest_signed();
  WallMs silent_until =
      (newest ? newest->published_ms : 0) + WallMs{1000} * descriptor().finalise_after;
  bool end_now = outcome == Outcome::End && wall_now() >= silent_until;
  // What was adopted from others must survive a power cut before the next head builds on it.
  write_job(
      [this, author, size]() -> Expected<void> {
        if (auto safe = files_->checkpoint(); !safe) return safe;
        return reread(*author, files_->file(), size);
      },
      [this, author, size, end_now] {
        if (recovered_.ledger->size() != size) return rejoined(Outcome::Twin);
        start_publishing(std::move(*author), end_now);
      });
}

void Show::start_publishing(ledger::Author author, bool end_now) {
  node_->become_publisher();
  Publisher::Hooks hooks;
  hooks.published = [this](const ledger::HeadUpdate& update, View bytes) {
    node_->publish(update, bytes, monotonic_now());
    schedule_flush();
  };
  hooks.failed = [this](Error error) { fail(std::move(error)); };
  publisher_ = std::make_unique<Publisher>(*recovered_.ledger, std::move(author), *files_, *worker_,
                                           inlet_, std::move(hooks));
  if (end_now) {
    // Everybody has put the recording away at this size; what is new is another show.
    over_ = true;
    inlet_->finish();
    inlet_->close();
    emit(WarningEvent{"finalised",
                      "the show was silent for longer than its time-out and its "
                      "viewers took it for ended; it ends at the size that they have"});
  }
  set_ready({});
}

void Show::announce_channel(const ledger::Channel& channel) {
  if (publisher_) publisher_->set_channel(channel);
}

void Show::announce_earlier(const ledger::Descriptor& descriptor) {
  if (publisher_) publisher_->add_earlier(descriptor);
}

void Show::announce_follow_up(const ledger::Descriptor& descriptor) {
  if (publisher_) publisher_->set_follow_up(descriptor);
}

}  // namespace freshet::engine
