// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/listen.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>

namespace freshet::client {
namespace {

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

std::string bare_host(const std::string& host) {
  bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return bracketed ? host.substr(1, host.size() - 2) : host;
}

std::optional<Address> parse(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Address address{std::string(text.substr(0, colon)), 0};
  std::string_view digits = text.substr(colon + 1);
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  std::string bare = bare_host(address.host);
  in6_addr binary;
  if (inet_pton(AF_INET, bare.c_str(), &binary) != 1 &&
      inet_pton(AF_INET6, bare.c_str(), &binary) != 1) {
    return std::nullopt;
  }
  return address;
}

bool can_bind(int type, std::uint16_t port) {
  int fd = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  address.sin_port = htons(port);
  bool ok = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return ok;
}

// A port that is free for TCP and UDP right now. Below the range that the kernel takes ports for
// outgoing connections from: one of those would make the port that a show keeps a taken one.
std::uint16_t free_port() {
  std::random_device random;
  std::uniform_int_distribution<int> ports(16384, 32767);
  for (int attempt = 0; attempt < 200; ++attempt) {
    auto port = static_cast<std::uint16_t>(ports(random));
    if (can_bind(SOCK_STREAM, port) && can_bind(SOCK_DGRAM, port)) return port;
  }
  return 0;
}

bool has_ipv6() {
  int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  bool ok = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return ok;
}

}  // namespace

Expected<ListenPlan> plan_listen(const std::string& listen, const std::string& interface,
                                 std::uint16_t kept) {
  ListenPlan plan;
  std::uint16_t chosen = kept;
  bool anywhere = false;
  std::string_view rest = listen;
  while (!rest.empty()) {
    auto comma = std::min(rest.find(','), rest.size());
    auto address = parse(rest.substr(0, comma));
    if (!address) {
      return fail(ErrorCode::Usage, "--listen takes ADDR:PORT, for instance 0.0.0.0:6881; \"" +
                                        std::string(rest.substr(0, comma)) + "\" is none");
    }
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (address->port == 0) {
      if (chosen == 0) chosen = free_port();
      if (chosen == 0) return fail(ErrorCode::PortTaken, "no free port was found; name one");
      address->port = chosen;
    }
    if (plan.port == 0) plan.port = address->port;
    if (address->host == "[::]" && !has_ipv6()) continue;  // a machine without IPv6 is fine
    std::string host = interface.empty() ? address->host : interface;
    std::string item = host + ":" + std::to_string(address->port);
    if (plan.interfaces.find(item) != std::string::npos) continue;
    plan.interfaces += (plan.interfaces.empty() ? "" : ",") + item;
    if (address->host == "0.0.0.0" || address->host == "[::]") {
      anywhere = true;
      continue;
    }
    plan.hints.push_back(address->host + ":" + std::to_string(address->port));
    std::string bare = bare_host(address->host);
    plan.outgoing += (plan.outgoing.empty() ? "" : ",") + bare;
  }
  // Who listens on certain addresses only is also seen under these only.
  if (anywhere) plan.outgoing.clear();
  if (!interface.empty()) plan.outgoing = interface;
  if (plan.interfaces.empty()) return fail(ErrorCode::Usage, "--listen names no usable address");
  return plan;
}

}  // namespace freshet::client
