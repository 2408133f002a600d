// SPDX-License-Identifier: GPL-3.0-or-later
// What a show tells about itself once a second.
#include <libtorrent/peer_info.hpp>
#include <libtorrent/torrent_status.hpp>

#include "engine/show.hpp"
#include "freshet/base/log.hpp"
#include "freshet/ledger/aux_record.hpp"

namespace freshet::engine {
namespace {

constexpr std::uint64_t kLiveWithin = 3000;  // ms behind that still count as live

// The upper limit of the bucket that this share of the reported viewers lies in.
std::uint32_t reported_delay(const wire::Audience& audience, double share) {
  std::uint64_t all = 0, seen = 0;
  for (std::uint32_t count : audience.delays) all += count;
  for (std::size_t i = 0; i < live::kAudienceLimitsMs.size(); ++i) {
    seen += audience.delays[i];
    if (seen > 0 && static_cast<double>(seen) >= share * static_cast<double>(all)) {
      return static_cast<std::uint32_t>(live::kAudienceLimitsMs[i]);
    }
  }
  return all == 0 ? 0 : UINT32_MAX;
}

constexpr int kTraffic = 500;  // bytes/s; less is only talk

void count_traffic(const lt::torrent_handle& torrent, Snapshot& s) {
  std::vector<lt::peer_info> peers;
  torrent.get_peer_info(peers);
  for (const lt::peer_info& peer : peers) {
    s.senders += peer.down_speed > kTraffic ? 1 : 0;
    s.receivers += peer.up_speed > kTraffic ? 1 : 0;
    bool outside = !peer.ip.address().is_loopback();
    s.far += outside ? 1 : 0;
    s.reached = s.reached || (outside && !(peer.flags & lt::peer_info::local_connection));
  }
}

}  // namespace

std::uint64_t Show::behind_ms() const {
  const ledger::Ledger& ledger = *recovered_.ledger;
  if (!ledger.head()) return 0;
  std::uint64_t reached = node_->readable_end(node_->output_start().value_or(0));
  if (reached >= ledger.size()) return 0;
  const ledger::Log& aux = ledger.log(ledger::LogKind::Aux);
  // The newest mark that is still within reach says how old the reached byte is.
  for (std::uint32_t i = aux.count(); i-- > 0;) {
    auto mark = ledger::decode_time_mark(aux.item(i));
    if (!mark || mark->size > reached) continue;
    return ledger.head()->published_ms - std::min(ledger.head()->published_ms, mark->published_ms);
  }
  return kLiveWithin + 1;
}

State Show::state() const {
  const ledger::Ledger& ledger = *recovered_.ledger;
  if (seeding_said_) return State::Seeding;
  if (ledger.ended() || node_->provisional()) return State::Ended;
  if (publisher_) return ledger.head() ? State::Live : State::Waiting;
  if (!ledger.head()) return node_->peer_count() > 0 ? State::Waiting : State::Connecting;
  if (node_->peer_count() == 0) return State::Connecting;
  return behind_ms() <= kLiveWithin ? State::Live : State::CatchingUp;
}

void Show::take_snapshot() {
  if (!callbacks_.snapshot || phase_ == Phase::Closed) return;
  const ledger::Ledger& ledger = *recovered_.ledger;
  Snapshot s;
  s.state = state();
  s.have = publisher_ ? ledger.size() : std::min(node_->stored_bytes(), ledger.size());
  s.size = ledger.size();
  if (ledger.head()) {
    s.seq = ledger.head()->seq;
    s.published_ms = ledger.head()->published_ms;
  }
  s.first_published_ms = ledger.first_published_ms();
  s.behind_ms = publisher_ ? 0 : behind_ms();
  std::uint64_t down = gone_down_, up = gone_up_;
  s.payload_down = gone_payload_down_ + node_->stats().payload_in;
  s.payload_up = gone_payload_up_ + node_->stats().payload_out;
  s.duplicate = gone_redundant_ + node_->stats().duplicate;
  for (const lt::torrent_handle& torrent : {live_torrent_, final_torrent_, signpost_}) {
    if (!torrent.is_valid()) continue;
    lt::torrent_status status = torrent.status(lt::status_flags_t{});
    down += static_cast<std::uint64_t>(status.total_download);
    up += static_cast<std::uint64_t>(status.total_upload);
    s.payload_down += static_cast<std::uint64_t>(status.total_payload_download);
    s.payload_up += static_cast<std::uint64_t>(status.total_payload_upload);
    s.duplicate += static_cast<std::uint64_t>(status.total_redundant_bytes);
    s.down_rate += status.download_rate;
    s.up_rate += status.upload_rate;
    s.peers += static_cast<unsigned>(status.num_peers);
    int listed = std::max(status.list_peers, status.num_complete + status.num_incomplete);
    s.people = std::max(s.people, static_cast<unsigned>(std::max(listed, status.num_peers)));
    count_traffic(torrent, s);
  }
  s.overhead_down = down - std::min(down, s.payload_down);
  s.overhead_up = up - std::min(up, s.payload_up);
  if (publisher_) {
    wire::Audience audience = node_->audience();
    s.audience = audience.viewers;
    s.audience_p50_ms = reported_delay(audience, 0.5);
    s.audience_p95_ms = reported_delay(audience, 0.95);
  }
  s.disk_reads = session_.disk().reads();
  s.disk_hashes = session_.disk().hashes();
  callbacks_.snapshot(s);
}

void Show::log_edge() const {
  const live::NodeStats& n = node_->stats();
  log::debug(
      "edge: {} fed, {} of {} fed to others; waited {} ms, uplink {} kB/s, standing {} ms; by name "
      "{} "
      "(late {}), refused {}, lost {}, left {}, dropped {}; duplicates {} kB",
      n.fed, n.feeding, n.places, n.waited_ms, n.uplink / 1000, n.standing_ms, n.pulls,
      n.pulls_late, n.refused, n.lost, n.left, n.cut_short, n.duplicate / 1000);
}

}  // namespace freshet::engine
