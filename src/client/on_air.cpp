// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/client/on_air.hpp"

#include <fmt/chrono.h>

#include <ctime>
#include <utility>

namespace freshet::client {

OnAir::OnAir(std::unique_ptr<media::Source> source, bool preview, EventQueue& events)
    : source_(std::move(source)), preview_(preview && source_->previews()), events_(events) {
  if (preview_) run({});
}

OnAir::~OnAir() {
  close();
}

void OnAir::complete(PublishOptions& options) const {
  const media::SourceInfo& info = source_->info();
  if (options.name.empty()) options.name = info.name;
  if (options.name.empty()) {
    options.name = fmt::format("{:%Y-%m-%d %H-%M-%S}", fmt::localtime(std::time(nullptr)));
  }
  if (!info.extension.empty() && !options.name.ends_with(info.extension)) {
    options.name += info.extension;
  }
  options.media_type = info.media_type;
  options.bytes_per_second = info.bytes_per_second;
}

Expected<void> OnAir::go(Client& client, const NetworkOptions& network, PublishOptions options,
                         PublishPlan plan) {
  auto prepared = prepare(client, network, std::move(options), std::move(plan));
  if (prepared) air();
  return prepared;
}

Expected<void> OnAir::prepare(Client& client, const NetworkOptions& network, PublishOptions options,
                              PublishPlan plan) {
  auto broadcast = Broadcast::open(client, network, std::move(options), std::move(plan), events_);
  if (!broadcast) return tl::make_unexpected(broadcast.error());
  broadcast_ = std::move(*broadcast);
  return {};
}

void OnAir::air() {
  if (on_air_.exchange(true)) return;
  media::ResumePoint resume{broadcast_->resume_at(), broadcast_->elapsed_ms()};
  if (preview_) {
    source_->air(resume);
  } else {
    run(resume);
  }
}

void OnAir::follow(const Snapshot& snapshot) {
  auto limit = keeper_.take(snapshot, std::chrono::steady_clock::now());
  if (!limit) return;
  LineEvent event{*limit, source_->limit_bit_rate(*limit)};
  bool known = std::exchange(too_much_, !event.followed && event.limit > 0);
  if (known && too_much_) return;
  events_.push(event);
}

void OnAir::run(media::ResumePoint resume) {
  thread_ = std::thread([this, resume] {
    auto done = source_->run(resume, [this](Bytes bytes, bool keyframe) {
      return on_air_ && broadcast_->write(std::move(bytes), keyframe);
    });
    events_.push(done ? SourceEndedEvent{} : SourceEndedEvent{done.error()});
  });
}

void OnAir::close() {
  source_->stop();
  if (broadcast_) broadcast_->stop();
  if (thread_.joinable()) thread_.join();
  if (!broadcast_) return;
  broadcast_->close();
  broadcast_.reset();
}

}  // namespace freshet::client
