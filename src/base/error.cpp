// SPDX-License-Identifier: GPL-3.0-or-later
#include "freshet/base/error.hpp"

namespace freshet {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::Internal:
      return "internal";
    case ErrorCode::Usage:
      return "usage";
    case ErrorCode::Source:
      return "source";
    case ErrorCode::Output:
      return "output";
    case ErrorCode::Storage:
      return "storage";
    case ErrorCode::Link:
      return "link";
    case ErrorCode::Contradiction:
      return "contradiction";
    case ErrorCode::Unreachable:
      return "unreachable";
    case ErrorCode::PortTaken:
      return "port_taken";
    case ErrorCode::Locked:
      return "locked";
    case ErrorCode::Stale:
      return "stale";
    case ErrorCode::Protocol:
      return "protocol";
  }
  return "internal";
}

}  // namespace freshet
