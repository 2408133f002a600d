// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "live/blocks.hpp"

namespace freshet::live {
namespace {

constexpr int kQuickEchoes = 3;
constexpr Duration kQuick = 300ms;
constexpr Duration kSlow = 20s;
constexpr Duration kLost = 5s;
constexpr std::size_t kJudges = 3;  // whose median counts

}  // namespace

void ShowClock::published(WallMs at, Instant now) {
  offset_us_ = static_cast<std::int64_t>(at) * 1000 - now.count();
  error_us_ = 0;
}

std::optional<std::int64_t> ShowClock::show_us(Instant now) const {
  if (!offset_us_) return std::nullopt;
  return *offset_us_ + now.count();
}

void ShowClock::tick(Instant now) {
  if (now < next_) return;
  next_ = Instant::max();
  for (auto& [id, peer] : c_.peers) {
    if (peer.cut_off) continue;
    Echo& echo = echoes_[id];
    if (now < echo.next) {
      next_ = std::min(next_, echo.next);
      continue;
    }
    echo.id = ++last_id_;
    echo.sent = now;
    echo.next = now + kLost;
    next_ = std::min(next_, echo.next);
    c_.send(id, wire::Ping{echo.id});
  }
}

void ShowClock::ping(PeerId id, const wire::Ping& message, Instant now) {
  auto show = show_us(now).value_or(0);
  c_.send(id, wire::Pong{message.id, static_cast<std::uint64_t>(show), error_us_});
}

void ShowClock::pong(PeerId id, const wire::Pong& message, Instant now) {
  auto found = echoes_.find(id);
  Peer* peer = c_.find(id);
  bool answers = found != echoes_.end() && message.id != 0 && found->second.id == message.id;
  if (!peer || !answers) return;
  Echo& echo = found->second;
  Duration rtt = std::max(now - echo.sent, Duration(1));
  echo.id = 0;
  echo.next = now + (++echo.answers < kQuickEchoes ? kQuick : kSlow);
  next_ = std::min(next_, echo.next);
  // The fastest echo had the least queueing in it; an older one counts for less.
  Duration best = peer->rtt == Duration{} ? rtt : std::min(rtt, peer->rtt * 9 / 8);
  peer->rtt = best;
  if (c_.config.publisher || message.show_us == 0) return;
  auto half = rtt.count() / 2;
  std::uint64_t error = message.error_us + static_cast<std::uint64_t>(half);
  if (!echo.offset_us || error <= echo.error_us + echo.error_us / 8 + 1000) {
    echo.offset_us = static_cast<std::int64_t>(message.show_us) + half - now.count();
    echo.error_us = static_cast<std::uint32_t>(std::min<std::uint64_t>(error, UINT32_MAX));
  }
  choose();
}

// The median of those three that may be off by least: one liar among them changes nothing.
void ShowClock::choose() {
  std::vector<std::pair<std::uint32_t, std::int64_t>> known;
  for (const auto& [id, echo] : echoes_) {
    if (echo.offset_us) known.emplace_back(echo.error_us, *echo.offset_us);
  }
  if (known.empty()) return;
  auto count = std::min(kJudges, known.size());
  std::ranges::partial_sort(known, known.begin() + static_cast<std::ptrdiff_t>(count));
  known.resize(count);
  std::ranges::sort(known, {}, &std::pair<std::uint32_t, std::int64_t>::second);
  const auto& median = known[count / 2];
  offset_us_ = median.second;
  error_us_ = median.first;
}

}  // namespace freshet::live
