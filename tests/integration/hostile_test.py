#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lies, garbage and strangers: each gets the reaction that the protocol names, and no byte that the
publisher did not sign reaches the file or the output."""

import struct

import harness
from fake_peer import EXTENDED, OURS, FakePeer, Relay
from harness import Case, Feeder, random_bytes, sha256

HEAD, NUMBER, FOLLOW, FRONTIER_REQUEST, FRONTIER, BLOCK = 0, 1, 2, 3, 4, 9


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


class HostileTest(Case):
    SIZE = 3_000_000

    def setUp(self):
        super().setUp()
        self.data = random_bytes(self.SIZE, 11)
        self.publisher = self.publish("--name", "x.bin", "--piece-length", "64k", "--linger", "60")
        self.link = self.link_of(self.publisher)
        # Without the publisher's address: a viewer meets first whom the test wants it to meet.
        self.nobodys_link = harness.without_peers(self.link)
        self.hash = self.publisher.wait("link")["info_hash"]

    def feed_all(self, keep_open=True):
        self.publisher.proc.stdin.write(self.data)
        self.publisher.proc.stdin.flush()
        if not keep_open:
            self.publisher.proc.stdin.close()
        self.publisher.wait("head", lambda e: e["size"] == self.SIZE)

    def end(self):
        self.publisher.proc.stdin.close()

    def true_head(self):
        """A truly signed head without items, as the publisher's handshake carries it."""
        return FakePeer(self, self.publisher.port, self.hash).extension_handshake()[b"fr_head"]

    def finish_cleanly(self, viewer):
        """The viewer meets the real publisher, and ends with the real bytes."""
        Relay(self, self.publisher.port, viewer.port, self.hash,
              lambda first, kind, payload: payload)
        self.end()
        self.assertEqual(viewer.exit(40), 0, viewer.stderr)
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(self.data))
        self.assertEqual(sha256(self.recording("view").read_bytes()), sha256(self.data))

    def test_a_forged_head(self):
        self.feed_all()
        forged = flip(self.true_head(), 40)  # inside the root: the signature does not fit any more
        viewer = self.watch(self.nobodys_link)
        viewer.wait("progress")
        peer = FakePeer(self, viewer.port, self.hash, handshake={b"fr_head": forged})
        rejected = viewer.wait("rejected")
        self.assertTrue(rejected["banned"])
        self.assertIn("forged", rejected["reason"])
        self.assertTrue(peer.closed_within(5))
        self.assertEqual(viewer.all("head"), [])
        self.finish_cleanly(viewer)

    def test_a_head_that_its_items_do_not_make(self):
        self.feed_all()
        viewer = self.watch(self.nobodys_link)
        viewer.wait("progress")
        honest = FakePeer(self, self.publisher.port, self.hash)
        honest.extension_handshake()
        honest.send_ours(FRONTIER_REQUEST, struct.pack(">III", 0, 0, 0))
        frontier = honest.receive_ours(FRONTIER)
        peer = FakePeer(self, viewer.port, self.hash)
        peer.send_ours(FRONTIER, flip(frontier, len(frontier) - 20))
        rejected = viewer.wait("rejected")
        self.assertTrue(rejected["banned"])
        self.assertTrue(peer.closed_within(5))
        self.assertEqual(viewer.all("head"), [])
        self.finish_cleanly(viewer)

    def test_a_replayed_old_head(self):
        self.publisher.proc.stdin.write(self.data[:100])
        self.publisher.proc.stdin.flush()
        self.publisher.wait("head", lambda e: e["size"] == 100)
        old = self.true_head()
        viewer = self.watch(self.link, peers=[self.publisher.port])
        Feeder(self.publisher.proc.stdin, self.data[100:], rate=1_000_000)
        newest = viewer.wait("head", lambda e: e["size"] > 1_000_000)
        peer = FakePeer(self, viewer.port, self.hash, handshake={b"fr_head": old})
        peer.send_ours(HEAD, old)
        self.assertEqual(viewer.exit(40), 0)
        sizes = [e["size"] for e in viewer.all("head")]
        self.assertEqual(sizes, sorted(sizes))
        self.assertGreater(sizes[-1], newest["size"])
        self.assertEqual(viewer.all("rejected"), [])
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(self.data))

    def test_truncated_and_unknown_messages(self):
        self.feed_all()
        viewer = self.watch(self.link)
        viewer.wait("progress")
        head = self.true_head()
        for kind, payload in ((HEAD, head[:-5]), (FRONTIER, b"\x01"), (BLOCK, b"\0\0\0\0\0"),
                              (0x7f, b""), (FOLLOW, b"\1\1\1")):
            with self.subTest(kind=kind):
                before = viewer.index()
                peer = FakePeer(self, viewer.port, self.hash)
                peer.send_ours(kind, payload)
                rejected = viewer.wait("rejected", after=before)
                self.assertFalse(rejected["banned"])
                self.assertIn("malformed", rejected["reason"])
                self.assertTrue(peer.closed_within(5))
        tolerated = FakePeer(self, viewer.port, self.hash)
        tolerated.send_ours(0xff, b"something of the future")
        self.assertFalse(tolerated.closed_within(1))
        self.finish_cleanly(viewer)

    def flipping_relay(self, viewer, wanted):
        """Between publisher and viewer; flips one bit of the first `wanted` message."""
        done = []

        def change(from_publisher, kind, payload):
            if from_publisher and kind == EXTENDED and payload[0] == 0:
                # The liar must not be taken for the publisher that it copies.
                return payload.replace(b"1:pi%de" % self.publisher.port, b"1:pi%de" % 9)
            if from_publisher and not done and wanted(kind, payload):
                done.append(True)
                return flip(payload, len(payload) // 2)
            return payload

        return Relay(self, self.publisher.port, viewer.port, self.hash, change)

    def test_a_flipped_bit_in_the_backlog(self):
        self.feed_all()
        viewer = self.watch(self.link)
        viewer.wait("progress")
        self.flipping_relay(viewer, lambda kind, payload: kind == 7)
        rejected = viewer.wait("rejected")
        self.assertTrue(rejected["banned"])
        self.assertIn("not what the publisher signed", rejected["reason"])
        self.finish_cleanly(viewer)

    def test_a_flipped_bit_at_the_edge(self):
        self.publisher.proc.stdin.write(self.data[:10_000])
        self.publisher.proc.stdin.flush()
        viewer = self.watch(self.nobodys_link)
        viewer.wait("progress")
        self.flipping_relay(
            viewer, lambda kind, payload: kind == EXTENDED and payload[:2] == bytes([OURS, BLOCK]))
        self.publisher.proc.stdin.write(self.data[10_000:50_000])
        self.publisher.proc.stdin.flush()
        rejected = viewer.wait("rejected")
        self.assertTrue(rejected["banned"])
        self.publisher.proc.stdin.write(self.data[50_000:])
        self.publisher.proc.stdin.flush()
        self.finish_cleanly(viewer)

    def test_a_have_for_what_no_head_covers(self):
        self.feed_all()
        viewer = self.watch(self.link)
        viewer.wait("progress")
        head = self.true_head()
        peer = FakePeer(self, viewer.port, self.hash, handshake={b"fr_head": head})
        for piece in (200, 5000, 65535):
            peer.send(4, struct.pack(">I", piece))
        peer.send(1)  # unchoke
        asked = []
        try:
            peer.receive(lambda k, p: asked.append((k, p)) or False, timeout=2)
        except (TimeoutError, ConnectionError) as error:
            self.assertIsInstance(error, TimeoutError, "it was cut off; it should be ignored")
        self.assertEqual([p for k, p in asked if k == 6], [], "a request for what does not exist")
        self.assertEqual(viewer.all("rejected"), [])
        self.finish_cleanly(viewer)

    def test_ordinary_clients_are_refused(self):
        self.feed_all()
        stranger = FakePeer(self, self.publisher.port, self.hash, speaks=False)
        self.assertTrue(stranger.closed_within(5))
        rejected = self.publisher.wait("rejected")
        self.assertFalse(rejected["banned"])
        self.assertIn("does not speak", rejected["reason"])
        mute = FakePeer(self, self.publisher.port, self.hash, extensions=False)
        self.assertFalse(mute.closed_within(5))
        self.assertTrue(mute.closed_within(8))
        viewer = self.watch(self.link, peers=[self.publisher.port])
        self.end()
        self.assertEqual(viewer.exit(40), 0)


if __name__ == "__main__":
    harness.main()
