// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/meetings.hpp"

#include <algorithm>
#include <libtorrent/peer_info.hpp>
#include <libtorrent/pex_flags.hpp>

#include "engine/ban_list.hpp"
#include "freshet/base/log.hpp"

namespace freshet::engine {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMeetingsMax = 16;
// libtorrent makes one attempt at a time, and none within a second of the last one.
constexpr Duration kOpenAfter = 1100ms;
// Who opens steps back once its packet has left: two attempts at once are taken for doubles of each
// other on both sides, and both are closed.
constexpr Duration kPacketLeaves = 200ms;
constexpr Duration kTriesFor = 3s;
constexpr Duration kExpected = 20s;
constexpr int kForgive = 3;  // failed attempts that no longer count against the peer

}  // namespace

wire::Meet meet_at(const lt::tcp::endpoint& where, bool calls) {
  wire::Meet meet{.calls = calls, .port = where.port()};
  lt::address address = where.address();
  auto v6 = address.is_v6()
                ? address.to_v6()
                : boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped, address.to_v4());
  std::ranges::copy(v6.to_bytes(), meet.address.begin());
  return meet;
}

lt::tcp::endpoint endpoint_of(const wire::Meet& meet) {
  boost::asio::ip::address_v6::bytes_type bytes;
  std::ranges::copy(meet.address, bytes.begin());
  boost::asio::ip::address_v6 v6(bytes);
  if (!v6.is_v4_mapped()) return {v6, meet.port};
  return {boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6), meet.port};
}

Meetings::~Meetings() {
  let_utp(false);
}

void Meetings::begin(const wire::Meet& where, Instant now) {
  lt::tcp::endpoint peer = endpoint_of(where);
  bool strange = peer.address().is_unspecified() || peer.address().is_multicast();
  bool known = std::ranges::any_of(meetings_, [&](const Meeting& m) { return m.where == peer; });
  if (strange || known || meetings_.size() >= kMeetingsMax) return;
  log::debug("{} {} after an introduction", where.calls ? "calls" : "opens for", to_text(peer));
  Instant due = now + (where.calls ? wire::Meet::kCallAfter : kOpenAfter);
  meetings_.push_back({peer, where.calls, due, due + kTriesFor, {}});
  std::erase_if(expected_, [&](const auto& entry) { return entry.second <= now; });
  expected_[peer] = now + kExpected;
}

bool Meetings::expects(const lt::tcp::endpoint& peer, Instant now) const {
  auto found = expected_.find(peer);
  return found != expected_.end() && found->second > now;
}

void Meetings::tick(const lt::torrent_handle& torrent, Instant now) {
  if (meetings_.empty()) return;
  std::erase_if(meetings_, [&](Meeting& m) { return proceed(m, torrent, now); });
  let_utp(std::ranges::any_of(meetings_, [&](const Meeting& m) { return now >= m.due; }));
}

bool Meetings::proceed(Meeting& meeting, const lt::torrent_handle& torrent, Instant now) {
  bool here = std::ranges::any_of(*connections_, [&](const auto& weak) {
    auto peer = weak.lock();
    return peer && peer->id() != 0 && peer->listen_endpoint() == meeting.where;
  });
  if (here) return true;
  auto attempt = find_attempt(*connections_, meeting.where);
  bool over_utp = attempt && attempt->is_utp();
  if (over_utp && meeting.tries_since == Instant{}) meeting.tries_since = now;
  bool stepped_back = !meeting.calls && over_utp && now - meeting.tries_since >= kPacketLeaves;
  // By TCP nobody gets through.
  if (attempt && (!over_utp || stepped_back)) attempt->give_up();
  if (stepped_back || now >= meeting.until || !torrent.is_valid()) return true;
  if (attempt || now < meeting.due) return false;
  let_utp(true);
  for (int i = 0; i < kForgive; ++i) {
    torrent.connect_peer(meeting.where, lt::peer_info::tracker, lt::pex_utp);
  }
  return false;
}

bool Meetings::calls(const lt::tcp::endpoint& peer) const {
  return std::ranges::any_of(meetings_,
                             [&](const Meeting& m) { return m.calls && m.where == peer; });
}

void Meetings::let_utp(bool on) {
  if (std::exchange(utp_, on) != on) session_.let_utp(on);
}

}  // namespace freshet::engine
