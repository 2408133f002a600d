// SPDX-License-Identifier: GPL-3.0-or-later
// What a home router does to unsolicited packets: it drops them. Addresses are not translated, so
// ports are preserved; filtering is by address and port, the strictest kind that hole punching gets
// through.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "tests/lab/link.hpp"

namespace freshet::lab {

// Protocol, near address and port, far address and port; of an Ethernet frame with IPv4 in it.
struct Flow {
  std::uint8_t protocol = 0;
  std::uint32_t near = 0, far = 0;
  std::uint16_t near_port = 0, far_port = 0;
  friend auto operator<=>(const Flow&, const Flow&) = default;

  [[nodiscard]] Flow reversed() const { return {protocol, far, near, far_port, near_port}; }

  static std::optional<Flow> of(const unsigned char* frame, std::size_t size) {
    constexpr std::size_t kEthernet = 14;
    if (size < kEthernet + 20 || frame[12] != 8 || frame[13] != 0) return std::nullopt;
    const unsigned char* ip = frame + kEthernet;
    std::size_t header = (ip[0] & 15U) * 4U;
    if (size < kEthernet + header + 4) return std::nullopt;
    auto word = [](const unsigned char* p) {
      return std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 |
             p[3];
    };
    auto half = [](const unsigned char* p) { return static_cast<std::uint16_t>(p[0] << 8 | p[1]); };
    Flow flow;
    flow.protocol = ip[9];
    flow.near = word(ip + 12);
    flow.far = word(ip + 16);
    if (flow.protocol == 6 || flow.protocol == 17) {
      flow.near_port = half(ip + header);
      flow.far_port = half(ip + header + 2);
    }
    return flow;
  }
};

class Firewall {
 public:
  bool on = false;
  std::uint64_t dropped = 0;

  void sent(const std::optional<Flow>& flow, Nanoseconds now) {
    if (on && flow) seen_[*flow] = now;
  }
  // Whether a packet from outside may come in. What is not IPv4 (ARP) always may.
  bool admits(const std::optional<Flow>& flow, Nanoseconds now) {
    if (!on || !flow) return true;
    bool multicast = flow->far >> 28 == 14;
    auto known = seen_.find(flow->reversed());
    bool open = known != seen_.end() && now - known->second < kForget;
    if (!open || multicast) ++dropped;
    return open && !multicast;
  }

 private:
  static constexpr Nanoseconds kForget = 60'000'000'000;
  std::map<Flow, Nanoseconds> seen_;
};

}  // namespace freshet::lab
