// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "freshet/media/ts_scanner.hpp"
#include "media/sources.hpp"

namespace freshet::media {
namespace {

constexpr std::size_t kReadSize = 64 * 1024;

class RawSource final : public Source {
 public:
  RawSource(int fd, std::string what, SourceInfo info)
      : fd_(fd), wake_(::eventfd(0, EFD_CLOEXEC)), what_(std::move(what)), info_(std::move(info)) {}
  ~RawSource() override {
    if (fd_ != STDIN_FILENO) ::close(fd_);
    ::close(wake_);
  }
  const SourceInfo& info() const override { return info_; }

  Expected<void> run(const ResumePoint& resume, const Sink& sink) override {
    // Whoever pipes into us goes on at resume_at; in a file we find the place ourselves.
    if (fd_ != STDIN_FILENO && resume.bytes > 0 &&
        ::lseek(fd_, static_cast<off_t>(resume.bytes), SEEK_SET) < 0) {
      return fail(ErrorCode::Source, "cannot seek in " + what_ + ": " + std::strerror(errno));
    }
    Bytes buffer(kReadSize);
    while (wait_readable()) {
      ssize_t size = ::read(fd_, buffer.data(), buffer.size());
      if (size < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (size < 0) {
        return fail(ErrorCode::Source, "cannot read " + what_ + ": " + std::strerror(errno));
      }
      if (size == 0) return {};
      if (!hand_over(View(buffer).first(static_cast<std::size_t>(size)), sink)) return {};
    }
    return {};
  }

  void stop() override {
    std::uint64_t one = 1;
    (void)!::write(wake_, &one, sizeof one);
  }

 private:
  // False when stop() was called.
  bool wait_readable() {
    pollfd fds[2] = {{wake_, POLLIN, 0}, {fd_, POLLIN, 0}};
    while (::poll(fds, 2, -1) < 0 && errno == EINTR) {
    }
    return (fds[0].revents & POLLIN) == 0;
  }

  // Cut so that each keyframe begins a run of its own.
  bool hand_over(View bytes, const Sink& sink) {
    std::uint64_t end = handed_ + bytes.size();
    bool keyframe = false;
    for (std::uint64_t at : scanner_.feed(bytes)) {
      if (at < handed_ || at >= end) continue;  // began in bytes that are gone already
      View before = bytes.first(static_cast<std::size_t>(at - handed_));
      if (!before.empty() && !sink(Bytes(before.begin(), before.end()), keyframe)) return false;
      bytes = bytes.subspan(before.size());
      handed_ = at;
      keyframe = true;
    }
    handed_ = end;
    return bytes.empty() || sink(Bytes(bytes.begin(), bytes.end()), keyframe);
  }

  int fd_;
  int wake_;
  std::string what_;
  SourceInfo info_;
  TsScanner scanner_;
  std::uint64_t handed_ = 0;
};

}  // namespace

Expected<std::unique_ptr<Source>> open_raw(const std::string& spec) {
  if (spec == "-" && ::isatty(STDIN_FILENO) == 1) {
    return fail(ErrorCode::Usage,
                "standard input is a terminal; pipe the show in, for instance: tar -c folder | "
                "freshet-cli publish -");
  }
  if (spec == "-") return std::make_unique<RawSource>(STDIN_FILENO, "standard input", SourceInfo{});
  int fd = ::open(spec.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return fail(ErrorCode::Source, "cannot open " + spec + ": " + std::strerror(errno));
  }
  SourceInfo info;
  info.name = std::filesystem::path(spec).filename().string();
  return std::make_unique<RawSource>(fd, spec, std::move(info));
}

}  // namespace freshet::media
