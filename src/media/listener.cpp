// SPDX-License-Identifier: GPL-3.0-or-later
// An encoder such as OBS pushes to us, by RTMP or SRT. When it goes we listen again: the show goes
// on when it is back. Who pushes has to know a secret key.
#include <sys/random.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "freshet/base/text.hpp"
#include "media/aired_file.hpp"
#include "media/sources.hpp"

namespace freshet::media {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kKeyBytes = 12;
constexpr std::size_t kSrtKeyMin = 10;  // libsrt's own rule

std::string random_key() {
  std::array<std::uint8_t, kKeyBytes> bytes{};
  // So few bytes come whole, and without waiting once the system is up.
  if (::getrandom(bytes.data(), bytes.size(), 0) != ssize_t{kKeyBytes}) std::abort();
  return to_hex(bytes);
}

// "a=1&b=2" after the question mark.
std::map<std::string, std::string> query_of(const std::string& url) {
  std::map<std::string, std::string> query;
  std::size_t at = url.find('?');
  while (at != std::string::npos) {
    std::size_t end = url.find('&', at + 1);
    std::string part = url.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    std::size_t sign = part.find('=');
    query[part.substr(0, sign)] = sign == std::string::npos ? "" : part.substr(sign + 1);
    at = end;
  }
  return query;
}

// FFmpeg's RTMP server takes any stream, and only logs when it is not the one that was named. It
// does so on the thread that opens it.
thread_local bool wrong_key = false;

void watch_log(void* object, int level, const char* format, va_list arguments) {
  if (std::strstr(format, "Unexpected stream") || std::strstr(format, "App field don't match")) {
    wrong_key = true;
  }
  av_log_default_callback(object, level, format, arguments);
}

class Listener final : public Source {
 public:
  Listener(AiredInput input, std::string address, SourceOptions options)
      : input_(std::move(input)), options_(std::move(options)) {
    info_.extension = ".ts";
    info_.media_type = "video/mp2t";
    info_.address = std::move(address);
    if (!options_.monitor.said) options_.monitor.said = [](const std::string&) {};
  }
  [[nodiscard]] const SourceInfo& info() const override { return info_; }
  void stop() override { *stopped_ = true; }
  [[nodiscard]] SourceState state() const override {
    std::lock_guard lock(mutex_);
    return state_;
  }

  Expected<void> run(const ResumePoint& resume, const Sink& sink) override {
    auto started = Clock::now();
    ResumePoint now = resume;
    std::uint64_t aired_to = 0;
    Sink count = [&](Bytes bytes, bool keyframe) {
      now.bytes += bytes.size();
      return sink(std::move(bytes), keyframe) || (*stopped_ = true, false);
    };
    while (!*stopped_) {
      options_.monitor.said("Waiting for an encoder to push to " + info_.address);
      AiredFile encoder(input_, options_, stopped_);
      wrong_key = false;
      auto known = encoder.open();
      if (*stopped_) break;
      if (!known && encoder.code() == AVERROR(EADDRINUSE)) {
        return fail(ErrorCode::Source,
                    "cannot listen at " + input_.url + ": another program does; name another port");
      }
      if (!known && encoder.code() == AVERROR(EADDRNOTAVAIL)) {
        return fail(ErrorCode::Source,
                    "cannot listen at " + input_.url + ": this machine has no such address");
      }
      if (wrong_key) {
        options_.monitor.said("An encoder came with a wrong key and was sent away");
        continue;
      }
      if (!known || !*known) {
        options_.monitor.said("What the encoder sends cannot be read");
        wait_a_moment();
        continue;
      }
      // By the clock, but never before what the one before sent: its last second may have come at
      // once.
      constexpr std::uint64_t kApart = 40;
      auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
      now.elapsed_ms = std::max(resume.elapsed_ms + static_cast<std::uint64_t>(passed.count()),
                                aired_to > 0 ? aired_to + kApart : 0);
      {
        std::lock_guard lock(mutex_);
        state_ = encoder.state();
      }
      options_.monitor.said("The encoder is connected");
      // How a connection ends is no concern of the show.
      (void)encoder.run(now, count);
      aired_to = std::max(aired_to, encoder.end_ms());
      if (!*stopped_) options_.monitor.said("The encoder is gone; the show waits for it");
    }
    return {};
  }

 private:
  // Who connects again and again with nonsense is not served as fast as it can.
  void wait_a_moment() {
    Pacer pacer;
    pacer.start(0);
    (void)pacer.wait_until(200'000);
  }

  AiredInput input_;
  SourceOptions options_;
  SourceInfo info_;
  std::shared_ptr<std::atomic<bool>> stopped_ = std::make_shared<std::atomic<bool>>();
  mutable std::mutex mutex_;  // guards state_
  SourceState state_;
};

}  // namespace

bool is_listening(const std::string& spec) {
  bool pushed_to = spec.starts_with("rtmp://") || spec.starts_with("srt://");
  return pushed_to && query_of(spec).contains("listen");
}

Expected<std::unique_ptr<Source>> open_listener(const std::string& spec,
                                                const SourceOptions& options) {
  auto query = query_of(spec);
  std::string base = spec.substr(0, spec.find('?'));
  AiredInput input{.url = {}, .options = {}, .live = true};
  // A second is looked at before the show begins; it is aired, too.
  input.options = {{"analyzeduration", "1000000"}};
  std::string address;
  if (spec.starts_with("srt://")) {
    std::string key = query.contains("passphrase") ? query["passphrase"] : random_key();
    if (key.size() < kSrtKeyMin) {
      return fail(ErrorCode::Usage, "the passphrase of " + spec + " needs at least 10 characters");
    }
    input.url = base;
    input.options.insert({{"mode", "listener"}, {"passphrase", key}, {"pbkeylen", "16"}});
    address = base + "?passphrase=" + key + "&pbkeylen=16";
  } else {
    // rtmp://HOST:PORT/APP/KEY; what is not named is made up.
    std::size_t path = base.find('/', std::strlen("rtmp://"));
    std::string rest = path == std::string::npos ? "" : base.substr(path + 1);
    if (path == std::string::npos) base += "/";
    if (rest.empty()) base += "live";
    if (rest.find('/') == std::string::npos)
      base += "/" + random_key();
    else if (rest.ends_with('/'))
      base += random_key();
    input.url = base;
    input.options["listen"] = "1";
    address = base;
  }
  av_log_set_callback(&watch_log);
  return std::make_unique<Listener>(std::move(input), std::move(address), options);
}

}  // namespace freshet::media
