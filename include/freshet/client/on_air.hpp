// SPDX-License-Identifier: GPL-3.0-or-later
// A source and the broadcast that it is for: what is seen before it goes live, on the air, and its
// end. Events come through the queue; the source's end as a SourceEndedEvent.
#pragma once

#include <atomic>
#include <thread>

#include "freshet/client/broadcast.hpp"
#include "freshet/client/rate_keeper.hpp"
#include "freshet/client/source.hpp"

namespace freshet::client {

class OnAir {
 public:
  // With `preview` (and wait_for_air in its options) a source that can be previewed runs at once.
  OnAir(std::unique_ptr<media::Source> source, bool preview, EventQueue& events);
  ~OnAir();

  // What the source says of the recording: its name, if it was not chosen, media type and rate.
  void complete(PublishOptions& options) const;
  // Opens the broadcast, and hands it what comes from the source. Not the source's thread.
  [[nodiscard]] Expected<void> go(Client& client, const NetworkOptions& network,
                                  PublishOptions options, PublishPlan plan);
  // As go(), but nothing is aired before air(): the link can be given away.
  [[nodiscard]] Expected<void> prepare(Client& client, const NetworkOptions& network,
                                       PublishOptions options, PublishPlan plan);
  void air();
  // Null before go().
  [[nodiscard]] Broadcast* broadcast() const { return broadcast_.get(); }
  [[nodiscard]] media::Source& source() const { return *source_; }

  // Each snapshot of the show, so that no more is made than the line carries. Changes of that come
  // as a LineEvent.
  void follow(const Snapshot& snapshot);

  // The source ends, and with it the show, when all of it is published.
  void end() { source_->stop(); }
  // The source has told of its end: no bytes come any more, and the show ends.
  void finish() {
    if (broadcast_) broadcast_->finish();
  }
  // Leaves the show as it is, and waits until all that was written is durable.
  void close();

 private:
  void run(media::ResumePoint resume);

  std::unique_ptr<media::Source> source_;
  bool preview_;
  EventQueue& events_;
  std::unique_ptr<Broadcast> broadcast_;
  RateKeeper keeper_;
  bool too_much_ = false;  // and it was said so: the source cannot make less
  std::atomic<bool> on_air_ = false;
  std::thread thread_;
};

}  // namespace freshet::client
