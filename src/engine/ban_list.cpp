// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ban_list.hpp"

#include <algorithm>

namespace freshet::engine {

namespace ip = boost::asio::ip;

std::string to_text(const ip::tcp::endpoint& endpoint) {
  std::string host = endpoint.address().to_string();
  if (endpoint.address().is_v6()) host = "[" + host + "]";
  return host + ":" + std::to_string(endpoint.port());
}

ip::address BanList::network_of(const ip::address& address) {
  if (address.is_v4()) return address;
  if (address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return ip::address_v6(bytes);
}

void BanList::expire(Instant now) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.until <= now; });
  if (entries_.size() < kAddressesMax) return;
  entries_.erase(
      std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.until; }));
}

void BanList::add(const ip::tcp::endpoint& peer, Instant now) {
  expire(now);
  Entry& entry = entries_[network_of(peer.address())];
  entry.ports.insert(peer.port());
  entry.until = now + kFor;
}

bool BanList::has(const ip::tcp::endpoint& peer, Instant now) {
  auto entry = entries_.find(network_of(peer.address()));
  if (entry == entries_.end() || entry->second.until <= now) return false;
  return entry->second.ports.size() >= kPortsMax || entry->second.ports.contains(peer.port());
}

}  // namespace freshet::engine
