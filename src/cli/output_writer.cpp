// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace freshet::cli {
namespace {

using client::OutputEvent;
using Kind = OutputEvent::Kind;
using Status = client::StreamStatus;

constexpr std::size_t kReadSize = 256 * 1024;
constexpr std::chrono::milliseconds kPatience{1000};  // without a byte: the output stalls

Error output_error(const std::string& path, int code) {
  std::string advice = code == ENOSPC || code == EDQUOT
                           ? "; free some space and start again, what was received is kept"
                           : "";
  return {ErrorCode::Output, "cannot write " + path + ": " + std::strerror(code) + advice};
}

}  // namespace

Expected<std::unique_ptr<OutputWriter>> OutputWriter::open(const std::string& path) {
  if (path == "-") {
    return std::unique_ptr<OutputWriter>(new OutputWriter(STDOUT_FILENO, "standard output"));
  }
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return tl::make_unexpected(output_error(path, errno));
  return std::unique_ptr<OutputWriter>(new OutputWriter(fd, path));
}

OutputWriter::~OutputWriter() {
  chain_->cancel();
  if (thread_.joinable()) thread_.join();
  if (fd_ != STDOUT_FILENO) ::close(fd_);
}

void OutputWriter::start(client::EventQueue& events) {
  if (thread_.joinable()) thread_.join();
  thread_ = std::thread([this, &events] { run(events); });
}

Expected<void> OutputWriter::write_all(View bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::make_unexpected(output_error(path_, errno));
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return {};
}

void OutputWriter::run(client::EventQueue& events) {
  bool begun = false;
  bool stalled = false;
  Bytes buffer(kReadSize);
  while (true) {
    auto result = chain_->read(buffer, kPatience);
    std::uint64_t offset = chain_->offset() - result.size;
    if (result.status == Status::Stalled) {
      if (begun && !std::exchange(stalled, true)) events.push(OutputEvent{Kind::Stall, offset, {}});
      continue;
    }
    if (result.status != Status::Data) {
      bool end = result.status == Status::End;
      if (end) events.push(OutputEvent{Kind::Done, offset, {}});
      return;
    }
    if (result.size == 0) continue;  // from one show into the next
    if (!std::exchange(begun, true)) events.push(OutputEvent{Kind::FirstByte, offset, {}});
    if (std::exchange(stalled, false)) events.push(OutputEvent{Kind::Resume, offset, {}});
    auto written = write_all(View(buffer).first(result.size));
    if (!written) {
      events.push(OutputEvent{Kind::Failed, offset, written.error()});
      return;
    }
  }
}

}  // namespace freshet::cli
