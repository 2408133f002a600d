// SPDX-License-Identifier: GPL-3.0-or-later
// A network namespace with one interface whose far end is a descriptor here. Works as root and in a
// user namespace: TAP where /dev/net/tun may be opened, otherwise veth and AF_PACKET.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "tests/lab/firewall.hpp"
#include "tests/lab/link.hpp"

namespace freshet::lab {

struct Host {
  std::string name;
  std::string address;  // IPv4
  int index = 0;        // also its MAC address
  pid_t holder = 0;     // a process that keeps the namespace; enter it with nsenter
  int fd = -1;          // frames
  Link up, down;
  Firewall firewall;
};

// Makes the namespace. Prints why and returns false when that cannot be.
[[nodiscard]] bool make_namespace(Host& host);
// Each host has a /24 of its own inside 10.88.0.0/16, as hosts of the Internet would.
[[nodiscard]] std::string address_of(int index);

}  // namespace freshet::lab
