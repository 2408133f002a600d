// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/host.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace freshet::lab {
namespace {

constexpr int kSocketBuffer = 4 << 20;
constexpr const char* kRouter = "10.88.255.254";

int open_tap() {
  int fd = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return -1;
  ifreq request{};
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  std::strcpy(request.ifr_name, "t0");
  if (ioctl(fd, TUNSETIFF, &request) == 0) return fd;
  ::close(fd);
  return -1;
}

// Checksums and segments must be real on a cable that is a program.
void turn_off_offloads(const char* interface) {
  int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  for (std::uint32_t command :
       {ETHTOOL_STXCSUM, ETHTOOL_SSG, ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO}) {
    ethtool_value value{command, 0};
    ifreq request{};
    std::strcpy(request.ifr_name, interface);
    request.ifr_data = reinterpret_cast<char*>(&value);
    (void)ioctl(fd, SIOCETHTOOL, &request);
  }
  ::close(fd);
}

int open_veth() {
  if (std::system("ip link add t0 type veth peer name x0 && "
                  "ip link set x0 arp off multicast off promisc on up") != 0) {
    return -1;
  }
  turn_off_offloads("t0");
  turn_off_offloads("x0");
  int fd = ::socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_ALL));
  ifreq request{};
  std::strcpy(request.ifr_name, "x0");
  if (fd < 0 || ioctl(fd, SIOCGIFINDEX, &request) != 0) return -1;
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = request.ifr_ifindex;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return -1;
  int one = 1;
  (void)setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one);
  (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &kSocketBuffer, sizeof kSocketBuffer);
  (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kSocketBuffer, sizeof kSocketBuffer);
  return fd;
}

// A message of one byte with room for a descriptor beside it.
struct DescriptorMessage {
  DescriptorMessage() {
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
  }
  char byte = 'x';
  iovec part{&byte, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))]{};
  msghdr header{};
};

void send_descriptor(int socket, int fd) {
  DescriptorMessage message;
  cmsghdr* header = CMSG_FIRSTHDR(&message.header);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
  (void)sendmsg(socket, &message.header, 0);
}

int receive_descriptor(int socket) {
  DescriptorMessage message;
  if (recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC) <= 0) return -1;
  cmsghdr* header = CMSG_FIRSTHDR(&message.header);
  int fd = -1;
  if (header) std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return fd;
}

// In the child: makes the namespace, hands over the cable's end, and holds on until killed.
[[noreturn]] void hold(const Host& host, int socket) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (unshare(CLONE_NEWNET) != 0) {
    std::perror("lab: a network namespace");
    _exit(1);
  }
  int fd = open_tap();
  if (fd < 0) fd = open_veth();
  if (fd < 0) {
    std::fprintf(stderr, "lab: neither a TAP device nor a veth pair can be made here\n");
    _exit(1);
  }
  // All of them are neighbours of a router only: the kernel's table of neighbours is one for all
  // namespaces, and has room for a thousand.
  char command[768];
  std::snprintf(command, sizeof command,
                "ip link set lo up && ip link set t0 address 02:00:00:00:%02x:%02x && "
                "ip link set t0 up && ip addr add %s/16 brd + noprefixroute dev t0 && "
                "ip neigh add %s lladdr 02:00:00:00:ff:ff nud permanent dev t0 && "
                "ip route add %s dev t0 && ip route add default via %s",
                host.index >> 8, host.index & 255, host.address.c_str(), kRouter, kRouter, kRouter);
  if (std::system(command) != 0) _exit(1);
  send_descriptor(socket, fd);
  while (true) pause();
}

}  // namespace

std::string address_of(int index) {
  return "10.88." + std::to_string(index + 1) + ".1";
}

bool make_namespace(Host& host) {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return false;
  host.holder = fork();
  if (host.holder == 0) hold(host, sockets[1]);
  ::close(sockets[1]);
  host.fd = receive_descriptor(sockets[0]);
  ::close(sockets[0]);
  return host.fd >= 0;
}

}  // namespace freshet::lab
