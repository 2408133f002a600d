// SPDX-License-Identifier: GPL-3.0-or-later
// Errors that a user can act on. `Expected` carries them; exceptions stay inside third-party
// borders.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace freshet {

// What kind of thing went wrong; the command line maps each to an exit status.
enum class ErrorCode {
  Internal,       // anything not listed below
  Usage,          // the request itself makes no sense
  Source,         // what is broadcast cannot be read
  Output,         // what is written cannot be written
  Storage,        // the data directory cannot be used
  Link,           // the link or torrent is invalid
  Contradiction,  // the publisher signed two things that exclude each other
  Unreachable,    // nobody was reached in time
  PortTaken,      // the listen address is in use
  Locked,         // another process has this show open
  Stale,          // others know more of our own show than we do, and cannot tell us
  Protocol,       // bytes from a peer that break a rule of docs/protocol
};

// `message` is one line: what failed, on what, what to do.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
};

template <class T>
using Expected = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::make_unexpected(Error{code, std::move(message)});
}

// A short stable name for logs and JSON.
[[nodiscard]] const char* name_of(ErrorCode code);

}  // namespace freshet
