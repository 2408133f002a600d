// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses and ports a session listens on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "freshet/base/error.hpp"

namespace freshet::client {

struct ListenPlan {
  std::string interfaces;          // every port definite; what libtorrent takes
  std::string outgoing;            // what connections are made from; empty: any address
  std::uint16_t port = 0;          // of the first address
  std::vector<std::string> hints;  // "address:port" of those that others can connect to as they are
};

// `listen` as on the command line; port 0 becomes `kept`, or a free one when that is 0.
[[nodiscard]] Expected<ListenPlan> plan_listen(const std::string& listen,
                                               const std::string& interface, std::uint16_t kept);

}  // namespace freshet::client
