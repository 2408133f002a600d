#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""After the end the publisher is killed; ordinary clients fetch the whole file from viewers only."""

import hashlib
import json
import subprocess
import sys

import netns

if __name__ == "__main__":
    netns.enter()

import harness
import libtorrent as lt
from harness import CLI, Case, Feeder, Process, random_bytes, sha256, wait_until
from tracker import Tracker

SIZE = 9_000_000 + 12_345
PORT = 6881


def bep52_root(data):
    """The pieces root by the definition, written without our code."""
    leaves = [hashlib.sha256(data[i:i + 16384]).digest() for i in range(0, len(data), 16384)]
    while len(leaves) & (len(leaves) - 1):
        leaves.append(bytes(32))
    while len(leaves) > 1:
        leaves = [hashlib.sha256(leaves[i] + leaves[i + 1]).digest()
                  for i in range(0, len(leaves), 2)]
    return leaves[0]


class HandOverTest(Case):
    def node(self, command, what, address, folder, *args, **kw):
        return Process(self, command, what, "--data-dir", self.dir / folder, "--listen",
                       f"{address}:{PORT}", *harness.OFFLINE, "--tracker", self.tracker.url, *args,
                       **kw)

    def air(self, *publish_args):
        """A show with two viewers from its first second; all of it seeding, the publisher gone."""
        self.tracker = Tracker(self, "10.77.0.9")
        self.data = random_bytes(SIZE, 7)
        publisher = self.node("publish", "-", "10.77.0.1", "pub", "--name", "show.bin",
                              "--piece-length", "256k", *publish_args, stdin=subprocess.PIPE)
        link = publisher.wait("link")["link"]
        # Slow enough that the viewers are at the edge when it ends: who is behind fetches from the
        # others, and they read.
        feeder = Feeder(publisher.proc.stdin, self.data, rate=1_200_000)
        self.viewers = []
        for i in (2, 3):
            self.viewers.append(self.node(
                "watch", link, f"10.77.0.{i}", f"view{i}", "--linger", "120", "--torrent-file",
                self.dir / "final.torrent", "--out", self.dir / f"out{i}"))
        # Found by the tracker alone: no --peer, no link hint is needed for this.
        for viewer in self.viewers:
            viewer.wait("first_byte", timeout=30)
        feeder.join()
        return publisher, link

    def finish(self, publisher):
        for viewer in self.viewers:
            viewer.wait("progress", lambda e: e["state"] == "seeding", timeout=30)
        publisher.kill()
        for viewer in self.viewers:
            ended = next(i for i, e in enumerate(viewer.events) if e["event"] == "ended")
            at_end = next(e for e in viewer.events[ended:] if e["event"] == "progress")
            seeding = next(e for e in viewer.events[ended:]
                           if e["event"] == "progress" and e["state"] == "seeding")
            # From the end to seeding nothing is read and nothing is hashed.
            self.assertEqual(at_end["disk_reads"], seeding["disk_reads"])
            self.assertEqual(at_end["disk_hashes"], seeding["disk_hashes"])
            print("ended -> seeding s:", round(seeding["t"] - viewer.events[ended]["t"], 3),
                  "reads:", seeding["disk_reads"] - at_end["disk_reads"], "hashes:",
                  seeding["disk_hashes"] - at_end["disk_hashes"])
            self.assertEqual(sha256(self.recording(f"view{viewer is self.viewers[1] and 3 or 2}")
                                    .read_bytes()), sha256(self.data))

    def fetch_with_libtorrent(self, torrent):
        session = lt.session({"listen_interfaces": "10.77.0.20:6881", "enable_dht": False,
                              "enable_lsd": False, "enable_upnp": False, "enable_natpmp": False})
        info = lt.torrent_info(str(torrent))
        folder = self.dir / "libtorrent"
        handle = session.add_torrent({"ti": info, "save_path": str(folder)})
        for i in (2, 3):
            handle.connect_peer((f"10.77.0.{i}", PORT))
        wait_until(lambda: handle.status().is_seeding, 60, "libtorrent's download")
        self.assertEqual(sha256((folder / "show.bin").read_bytes()), sha256(self.data))
        return info

    def fetch_with_transmission(self, torrent):
        config = self.dir / "transmission"
        config.mkdir()
        (config / "settings.json").write_text(json.dumps({
            "dht-enabled": False, "lpd-enabled": False, "pex-enabled": False,
            "bind-address-ipv4": "10.77.0.21", "port-forwarding-enabled": False}))
        done = self.dir / "transmission-out" / "show.bin"
        done.parent.mkdir()
        client = subprocess.Popen(
            ["transmission-cli", "-g", str(config), "-w", str(done.parent), "-M", "-p", "51413",
             str(torrent)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL)
        try:
            wait_until(done.exists, 120, "transmission's download")
            wait_until(lambda: sha256(done.read_bytes()) == sha256(self.data), 20,
                       "transmission's file")
        finally:
            client.kill()
            client.wait()

    def test_v1(self):
        publisher, link = self.air()
        self.finish(publisher)
        torrent = self.dir / "final.torrent"  # both write the same bytes to the same place
        beside = self.recording("view2").with_name("show.bin.torrent")
        self.assertEqual(torrent.read_bytes(), beside.read_bytes())
        self.assertEqual(list(self.dir.glob("*.part")), [])
        info = self.fetch_with_libtorrent(torrent)
        self.assertEqual(str(info.info_hash()), self.viewers[0].last("ended")["info_hash"])
        self.fetch_with_transmission(torrent)
        # Whoever opens the live link now learns from the signpost how it ended.
        late = self.node("watch", link, "10.77.0.4", "view4", "--peer", "10.77.0.2:6881", "--out",
                         self.dir / "out4")
        self.assertEqual(late.exit(40), 0, late.stderr)
        self.assertEqual(sha256((self.dir / "out4").read_bytes()), sha256(self.data))
        # A finished show is seeded again after a restart, by link and by torrent file.
        for viewer in self.viewers:
            harness.interrupt(viewer)
            self.assertEqual(viewer.exit(), 0)
        for i, what in ((2, link), (3, self.dir / "final.torrent")):
            seeder = self.node("seed", what, f"10.77.0.{i}", f"view{i}")
            state = seeder.wait("progress", lambda e: e["state"] == "seeding")
            self.assertEqual((state["disk_reads"], state["disk_hashes"]), (0, 0))

    def test_hybrid(self):
        publisher, _ = self.air("--final", "hybrid")
        self.finish(publisher)
        info = self.fetch_with_libtorrent(self.dir / "final.torrent")
        self.assertTrue(info.info_hashes().has_v1() and info.info_hashes().has_v2())
        content = lt.bdecode((self.dir / "final.torrent").read_bytes())
        root = content[b"info"][b"file tree"][b"show.bin"][b""][b"pieces root"]
        self.assertEqual(root, bep52_root(self.data))
        folder = self.recording("view2").parent
        told = json.loads(subprocess.run([CLI, "info", str(folder), "--json"], check=True,
                                         capture_output=True).stdout)
        self.assertEqual(told["root"], root.hex())
        self.assertEqual((told["state"], told["verified"]), ("complete", len(self.data)))


if __name__ == "__main__":
    sys.exit(harness.main())
