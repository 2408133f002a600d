#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A channel in a private DHT of eight nodes: who knows only its link sees each of its shows."""

import pathlib
import re
import subprocess
import sys

import lab

if __name__ == "__main__":
    lab.enter()

import harness
from harness import Case, random_bytes
from lab import Lab

HERE = pathlib.Path(__file__).parent


class ChannelTest(Case):
    def dht(self, *hosts):
        names = [f"n{i}" for i in range(8)]
        self.net = Lab(self, *hosts, *[f"{n},delay=20" for n in names])
        first = f"{self.net.address['n0']}:6881"
        for i, name in enumerate(names):
            node = self.net.python(name, HERE / "dht_node.py", f"{self.net.address[name]}:6881",
                                   *([first] if i else []))
            self.assertEqual(node.stdout.readline(), "up\n")
        self.bootstrap = f"{self.net.address['n3']}:6881"
        self.options = ["--no-lsd", "--no-upnp", "--dht-bootstrap", self.bootstrap]

    def air(self, name, data, linger=5):
        """A show that stays on the air until its `proc.stdin` is closed."""
        publisher = self.net.start("pub", "publish", "-", "--name", name, "--channel-name",
                                   "River radio", "--linger", str(linger), *self.options,
                                   stdin=subprocess.PIPE)
        link = publisher.wait("link")
        publisher.proc.stdin.write(data)
        publisher.proc.stdin.flush()
        publisher.wait("head", lambda e: e["size"] == len(data))
        return publisher, link

    def test_a_follower_is_told_of_each_show_and_fooled_by_nobody(self):
        self.dht("pub,delay=20", "view,delay=20", "late,delay=20", "liar,delay=20")
        publisher, said = self.air("one.bin", random_bytes(500_000, 1))
        channel = said["channel"]
        self.assertTrue(channel.startswith("magnet:?xs=urn:btpk:" + said["key"]))
        liar = self.net.python("liar", HERE / "dht_forger.py",
                               f"{self.net.address['liar']}:6881", self.bootstrap, said["key"])
        self.assertEqual(liar.stdout.readline(), "up\n")
        viewer = self.net.start("view", "watch", channel, "--follow", *self.options)
        first = viewer.wait("on_channel", timeout=60)
        self.assertEqual((first["name"], first["show"], first["on_air"]),
                         ("River radio", "one.bin", True))
        print(f"told of the first show after {first['t']} s", flush=True)
        by = viewer.wait("channel", timeout=30)
        self.assertEqual(by["name"], "River radio")
        publisher.proc.stdin.close()
        viewer.wait("complete", timeout=40)
        self.assertEqual(publisher.exit(timeout=60), 0)
        publisher, again = self.air("two.bin", random_bytes(700_000, 2), linger=90)
        self.assertEqual(again["channel"], channel)
        self.assertNotEqual(again["info_hash"], said["info_hash"])
        second = viewer.wait("on_channel", lambda e: e["show"] == "two.bin", timeout=60)
        self.assertTrue(second["on_air"])
        # The second show names the first one, which plays from there.
        before = viewer.wait("earlier", timeout=30)
        self.assertEqual(before["name"], "one.bin")
        self.assertIn(said["info_hash"], before["link"])
        publisher.proc.stdin.close()
        viewer.wait("complete", timeout=40)
        over = viewer.wait("on_channel", lambda e: not e["on_air"] and e["show"] == "two.bin",
                           timeout=40)
        self.assertEqual(over["name"], "River radio")
        # Another one who comes after the end finds the last recording.
        late = self.net.start("late", "watch", channel, *self.options)
        last = late.wait("on_channel", timeout=60)
        self.assertEqual((last["show"], last["on_air"]), ("two.bin", False))
        late.wait("complete", timeout=40)

    def test_a_channel_that_nobody_knows(self):
        self.dht("view,delay=20")
        viewer = self.net.start("view", "watch", "magnet:?xs=urn:btpk:" + "ab" * 32 +
                                "&s=66726573686574", "--timeout", "4", *self.options)
        self.assertEqual(viewer.exit(timeout=30), 6)

    def test_what_is_not_the_link_of_a_channel(self):
        for link in ("magnet:?xs=urn:btpk:12", "magnet:?xs=urn:btpk:" + "ab" * 32):
            done = subprocess.run([harness.CLI, "watch", link, "--data-dir", self.dir / "x"],
                                  capture_output=True, text=True, timeout=20)
            self.assertEqual(done.returncode, 4)
            self.assertRegex(done.stderr, "not a link to a channel")


if __name__ == "__main__":
    harness.main()
