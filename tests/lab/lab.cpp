// SPDX-License-Identifier: GPL-3.0-or-later
// A network in one process: hosts (network namespaces) around one router, each behind an access
// link with rate, queue, delay, jitter and loss, and behind a firewall if wanted.
//   freshet-lab NAME[,key=value]... ...
//     up, down    bytes a second: 500k, 2M (no limit)      delay   ms each way (0)
//     queue       bytes that wait for the link (64k)       jitter  ms (0)
//     loss        percent of packets each way (0)          nat     1: drops unsolicited packets
// Prints "host NAME PID ADDRESS" for each, then "ready". Run a program on a host with
//   nsenter -t PID -n PROGRAM
// Commands on standard input: "cut NAME", "heal NAME", "set NAME key=value...". Ends, and takes the
// hosts with it, when standard input does.
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <deque>
#include <iostream>
#include <memory>
#include <queue>
#include <sstream>
#include <vector>

#include "tests/lab/host.hpp"

namespace freshet::lab {
namespace {

constexpr std::size_t kFrameMax = 2048;

struct Frame {
  std::size_t size = 0;
  unsigned char bytes[kFrameMax];
};

struct Arrival {
  Nanoseconds at = 0;
  std::uint64_t order = 0;
  std::shared_ptr<Frame> frame;
  std::size_t host = 0;
  bool at_access = false;  // it has crossed the core and now takes the receiver's own link
  bool operator>(const Arrival& other) const {
    return at != other.at ? at > other.at : order > other.order;
  }
};

Nanoseconds now() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * Nanoseconds{1'000'000'000} + t.tv_nsec;
}

double number(const std::string& text) {
  double value = std::stod(text);
  if (text.ends_with('k')) value *= 1e3;
  if (text.ends_with('M')) value *= 1e6;
  return value;
}

bool apply(Host& host, const std::string& key, const std::string& text) {
  double value = number(text);
  auto both = [&](auto change) {
    change(host.up.shape);
    change(host.down.shape);
  };
  if (key == "up") {
    host.up.shape.rate = value;
  } else if (key == "down") {
    host.down.shape.rate = value;
  } else if (key == "queue") {
    both([&](LinkShape& s) { s.queue = static_cast<std::int64_t>(value); });
  } else if (key == "delay") {
    both([&](LinkShape& s) { s.delay = static_cast<Nanoseconds>(value * 1e6 / 2); });
  } else if (key == "jitter") {
    both([&](LinkShape& s) { s.jitter = static_cast<Nanoseconds>(value * 1e6 / 2); });
  } else if (key == "loss") {
    both([&](LinkShape& s) { s.loss = value / 200; });
  } else if (key == "nat") {
    host.firewall.on = value != 0;
  } else {
    return false;
  }
  return true;
}

class Lab {
 public:
  bool add(const std::string& spec) {
    std::stringstream items(spec);
    Host host;
    std::getline(items, host.name, ',');
    host.index = static_cast<int>(hosts_.size());
    host.address = address_of(host.index);
    for (std::string item; std::getline(items, item, ',');) {
      auto equals = item.find('=');
      if (equals == std::string::npos ||
          !apply(host, item.substr(0, equals), item.substr(equals + 1))) {
        std::fprintf(stderr, "lab: \"%s\" is no property of a host\n", item.c_str());
        return false;
      }
    }
    if (!make_namespace(host)) return false;
    hosts_.push_back(std::move(host));
    return true;
  }

  void run() {
    int poll = epoll_create1(EPOLL_CLOEXEC);
    auto watch = [&](int fd, std::uint32_t id) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = id;
      epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    };
    for (std::uint32_t i = 0; i < hosts_.size(); ++i) watch(hosts_[i].fd, i);
    watch(STDIN_FILENO, kInput);
    for (const Host& host : hosts_) {
      std::printf("host %s %d %s\n", host.name.c_str(), host.holder, host.address.c_str());
    }
    std::puts("ready");
    std::fflush(stdout);
    while (true) {
      deliver();
      Nanoseconds wait = arrivals_.empty() ? 100'000'000 : arrivals_.top().at - now();
      timespec limit{0, std::clamp<Nanoseconds>(wait, 0, 100'000'000)};
      epoll_event events[64];
      int count = epoll_pwait2(poll, events, 64, &limit, nullptr);
      for (int i = 0; i < count; ++i) {
        if (events[i].data.u32 != kInput) {
          take(events[i].data.u32);
        } else if (!command()) {
          return;
        }
      }
    }
  }

  void end() {
    for (const Host& host : hosts_) {
      std::printf(
          "stats %s up_bytes=%llu up_full=%llu up_lost=%llu down_bytes=%llu down_full=%llu "
          "down_lost=%llu filtered=%llu\n",
          host.name.c_str(), static_cast<unsigned long long>(host.up.bytes),
          static_cast<unsigned long long>(host.up.dropped_full),
          static_cast<unsigned long long>(host.up.dropped_loss),
          static_cast<unsigned long long>(host.down.bytes),
          static_cast<unsigned long long>(host.down.dropped_full),
          static_cast<unsigned long long>(host.down.dropped_loss),
          static_cast<unsigned long long>(host.firewall.dropped));
      kill(host.holder, SIGKILL);
      waitpid(host.holder, nullptr, 0);
    }
  }

 private:
  static constexpr std::uint32_t kInput = UINT32_MAX;

  void send(std::shared_ptr<Frame> frame, std::size_t host, Nanoseconds at, bool at_access) {
    arrivals_.push({at, ++order_, std::move(frame), host, at_access});
  }

  // Frames that a host sent, onto its uplink.
  void take(std::size_t from) {
    Host& host = hosts_[from];
    for (int burst = 0; burst < 64; ++burst) {
      auto frame = std::make_shared<Frame>();
      ssize_t size = ::read(host.fd, frame->bytes, kFrameMax);
      if (size < 14) return;
      frame->size = static_cast<std::size_t>(size);
      Nanoseconds time = now();
      Nanoseconds arrives = host.up.send(time, size, random_);
      if (arrives < 0) continue;
      host.firewall.sent(Flow::of(frame->bytes, frame->size), time);
      bool to_all = (frame->bytes[0] & 1) != 0;
      std::size_t to = to_all ? 0 : route(*frame);
      for (std::size_t i = 0; i < hosts_.size(); ++i) {
        if (i != from && (to_all || i == to)) send(frame, i, arrives, false);
      }
    }
  }

  // To whom the router hands a frame: 10.88.N.1 has index N - 1.
  static std::size_t route(Frame& frame) {
    constexpr std::size_t kAddress = 14 + 16;  // of an IPv4 packet's destination
    if (frame.size < kAddress + 4) return SIZE_MAX;
    std::size_t to = frame.bytes[kAddress + 2] - std::size_t{1};
    frame.bytes[4] = static_cast<std::uint8_t>(to >> 8);
    frame.bytes[5] = static_cast<std::uint8_t>(to);
    return to;
  }

  void deliver() {
    Nanoseconds time = now();
    while (!arrivals_.empty() && arrivals_.top().at <= time) {
      Arrival arrival = arrivals_.top();
      arrivals_.pop();
      Host& host = hosts_[arrival.host];
      const Frame& frame = *arrival.frame;
      if (arrival.at_access) {
        if (host.firewall.admits(Flow::of(frame.bytes, frame.size), time)) {
          (void)!::write(host.fd, frame.bytes, frame.size);
        }
        continue;
      }
      Nanoseconds at = host.down.send(time, static_cast<std::int64_t>(frame.size), random_);
      if (at >= 0) send(arrival.frame, arrival.host, at, true);
    }
  }

  bool command() {
    char buffer[4096];
    ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (size <= 0) return false;
    std::stringstream lines(std::string(buffer, static_cast<std::size_t>(size)));
    for (std::string line; std::getline(lines, line);) {
      std::stringstream words(line);
      std::string verb, name;
      words >> verb >> name;
      for (Host& host : hosts_) {
        if (host.name != name) continue;
        if (verb == "cut" || verb == "heal") host.up.cut = host.down.cut = verb == "cut";
        for (std::string item; verb == "set" && words >> item;) {
          auto equals = item.find('=');
          if (equals != std::string::npos) {
            (void)apply(host, item.substr(0, equals), item.substr(equals + 1));
          }
        }
      }
    }
    return true;
  }

  std::deque<Host> hosts_;
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals_;
  std::uint64_t order_ = 0;
  std::mt19937_64 random_{1};
};

}  // namespace
}  // namespace freshet::lab

int main(int argc, char** argv) {
  freshet::lab::Lab lab;
  signal(SIGINT, SIG_IGN);
  if (argc < 2) {
    std::fprintf(stderr, "usage: freshet-lab NAME[,key=value]... ...  (see the top of lab.cpp)\n");
    return 2;
  }
  bool made = true;
  for (int i = 1; made && i < argc; ++i) made = lab.add(argv[i]);
  if (made) lab.run();
  lab.end();
  return made ? 0 : 1;
}
