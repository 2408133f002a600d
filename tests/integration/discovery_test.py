#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare link, and nothing else: how a viewer finds the show. Real processes on hosts of their own."""

import pathlib
import subprocess
import sys

import lab

if __name__ == "__main__":
    lab.enter()

import harness
from harness import Case, Feeder, random_bytes, sha256
from lab import Lab

HERE = pathlib.Path(__file__).parent
NOTHING = ["--no-dht", "--no-lsd", "--no-upnp"]


def without(*kinds):
    return [option for option in NOTHING if option[5:] not in kinds]


class DiscoveryTest(Case):
    DATA = random_bytes(600_000, 3)

    def publish(self, net, *args, host="pub"):
        publisher = net.start(host, "publish", "-", "--name", "x.bin", "--linger", "60", *args,
                              stdin=subprocess.PIPE)
        link = publisher.wait("link")["link"]
        publisher.proc.stdin.write(self.DATA)
        publisher.proc.stdin.flush()
        publisher.wait("head", lambda e: e["size"] == len(self.DATA))
        # No hint of any address is left in it.
        return publisher, harness.without_peers(link)

    def watch(self, net, host, link, *args):
        viewer = net.start(host, "watch", link, "--out", self.dir / f"{host}.out", *args)
        viewer.out = self.dir / f"{host}.out"
        return viewer

    def tracker(self, net, script, scheme, path):
        """Starts one on the host of that name; its announce URL."""
        tracker = net.python("tracker", HERE / script, net.address["tracker"], 8080)
        self.assertEqual(tracker.stdout.readline(), "up\n")
        return f"{scheme}://{net.address['tracker']}:8080{path}"

    def found(self, viewer, how, timeout=40):
        first = viewer.wait("first_byte", timeout=timeout)
        harness.wait_until(lambda: viewer.out.stat().st_size == len(self.DATA))
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(self.DATA))
        print(f"{how}: first byte after {first['t']} s", flush=True)

    def test_local_service_discovery(self):
        net = Lab(self, "pub,delay=2", "view,delay=2")
        publisher, link = self.publish(net, *without("lsd"))
        self.found(self.watch(net, "view", link, *without("lsd")), "LSD")

    def test_http_tracker(self):
        net = Lab(self, "pub,delay=20", "view,delay=20", "tracker")
        url = self.tracker(net, "tracker.py", "http", "/announce")
        publisher, link = self.publish(net, *NOTHING, "--tracker", url)
        self.assertIn("&tr=", link)
        self.found(self.watch(net, "view", link, *NOTHING), "HTTP tracker")

    def test_udp_tracker(self):
        net = Lab(self, "pub,delay=20", "view,delay=20", "tracker")
        url = self.tracker(net, "udp_tracker.py", "udp", "")
        publisher, link = self.publish(net, *NOTHING, "--tracker", url)
        self.found(self.watch(net, "view", link, *NOTHING), "UDP tracker")

    def test_private_dht_of_eight_nodes(self):
        names = [f"n{i}" for i in range(8)]
        net = Lab(self, "pub,delay=20", "view,delay=20", *[f"{n},delay=20" for n in names])
        first = f"{net.address['n0']}:6881"
        for i, name in enumerate(names):
            node = net.python(name, HERE / "dht_node.py", f"{net.address[name]}:6881",
                              *([first] if i else []))
            self.assertEqual(node.stdout.readline(), "up\n")
        dht = [*without("dht"), "--dht-bootstrap", f"{net.address['n3']}:6881"]
        publisher, link = self.publish(net, *dht)
        self.found(self.watch(net, "view", link, *dht), "DHT of 8 nodes", timeout=60)

    def test_peer_exchange(self):
        """One who knows a single viewer learns of the publisher and of the others from it."""
        net = Lab(self, "pub,delay=20", "a,delay=20", "b,delay=20", "c,delay=20")
        publisher, link = self.publish(net, *NOTHING)
        a = self.watch(net, "a", link, *NOTHING, "--peer", publisher.address)
        b = self.watch(net, "b", link, *NOTHING, "--peer", publisher.address)
        for viewer in (a, b):
            viewer.wait("first_byte")
        c = self.watch(net, "c", link, *NOTHING, "--peer", a.address)
        self.found(c, "one viewer")
        # BEP 11 sends at most once a minute.
        told = c.wait("progress", lambda e: e["peers"] >= 2, timeout=100)
        print(f"PEX: {told['peers']} peers after {told['t']} s")

    def test_publisher_behind_nat(self):
        """Nobody can connect to it; it connects to the viewers that it hears of."""
        net = Lab(self, "pub,delay=20,nat=1", "view,delay=20", "tracker")
        url = self.tracker(net, "tracker.py", "http", "/announce")
        publisher, link = self.publish(net, *NOTHING, "--tracker", url)
        viewer = self.watch(net, "view", link, *NOTHING)
        self.found(viewer, "publisher behind NAT", timeout=60)

    def test_viewers_behind_nat(self):
        """Viewers that nobody can connect to are served, and brought together by the publisher."""
        net = Lab(self, "pub,delay=20", "a,delay=20,nat=1", "b,delay=20,nat=1", "tracker")
        url = self.tracker(net, "tracker.py", "http", "/announce")
        publisher, link = self.publish(net, *NOTHING, "--tracker", url)
        a = self.watch(net, "a", link, *NOTHING)
        b = self.watch(net, "b", link, *NOTHING)
        self.found(a, "viewer behind NAT")
        self.found(b, "another one")
        for viewer in (a, b):
            met = viewer.wait("progress", lambda e: e["peers"] == 2, timeout=60)
            print(f"behind NAT: connected with another one behind NAT after {met['t']} s")


if __name__ == "__main__":
    harness.main()
