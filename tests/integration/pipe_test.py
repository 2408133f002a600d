#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pipe fed at 2 MB/s: joined at half-time, at the live edge and at a time; byte-identical ends."""

import harness
from harness import Case, Feeder, random_bytes, sha256

RATE = 2_000_000


class PipeTest(Case):
    SIZE = 60_000_000

    def test_join_at_half_time_live_and_at_a_time(self):
        data = random_bytes(self.SIZE)
        publisher = self.publish("--name", "pipe.bin", "--linger", "60")
        link = self.link_of(publisher)
        feeder = Feeder(publisher.proc.stdin, data, RATE)
        publisher.wait("head", lambda e: e["size"] >= self.SIZE // 2, timeout=60)

        start = self.watch(link, data_dir="start", peers=[publisher.port])
        live = self.watch(link, "--from", "live", data_dir="live", peers=[publisher.port])
        at10 = self.watch(link, "--from", "00:00:10", data_dir="at10", peers=[publisher.port])

        first = start.wait("first_byte")
        self.assertEqual(first["offset"], 0)
        self.assertLess(first["t"], 1.0 * harness.SLOW)

        edge = live.wait("first_byte")
        joined = next(e for e in live.events if e["event"] == "head")
        self.assertGreaterEqual(edge["offset"], joined["size"] - 2 * RATE)
        self.assertLess(edge["t"], 1.5 * harness.SLOW)
        # Its lag in signed publisher time, once it plays: about what the edge is behind by.
        lag = live.wait("progress", lambda e: e["state"] == "live" and e["have"] > 0)
        self.assertLessEqual(lag["behind_ms"], 2000)

        ten = at10.wait("first_byte")
        # 2 MB/s: ten seconds are about 20 MB; the mark before is at most a second earlier.
        self.assertTrue(10 * RATE - 2 * RATE <= ten["offset"] <= 10 * RATE + RATE // 2, ten)

        # Caught up: less than a second of signed publisher time behind, long before the end.
        start.wait("progress", lambda e: e["state"] == "live" and e["behind_ms"] < 1500, timeout=20)
        self.assertLess(feeder.sent, self.SIZE)
        feeder.join()
        ended = publisher.wait("ended")
        self.assertEqual(ended["sha256"], sha256(data))
        for viewer, offset in ((start, 0), (live, edge["offset"]), (at10, ten["offset"])):
            self.assertEqual(viewer.exit(60), 0)
            self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data[offset:]))
            self.assertEqual(viewer.last("ended")["sha256"], ended["sha256"])
        for folder in ("start", "live", "at10"):
            self.assertEqual(sha256(self.recording(folder).read_bytes()), sha256(data), folder)
        print("first_byte t:", first["t"], "live offset lag bytes:", joined["size"] - edge["offset"],
              "behind_ms:", lag["behind_ms"], "at10 offset:", ten["offset"], "t:", ten["t"])


class BlockEventTest(Case):
    def test_blocks_at_the_edge_are_told_with_their_delay(self):
        publisher = self.publish("--name", "x.bin", "--linger", "60")
        viewer = self.watch(self.link_of(publisher), "--json-blocks", peers=[publisher.port])
        feeder = Feeder(publisher.proc.stdin, random_bytes(4_000_000), 1_000_000)
        self.assertEqual(viewer.exit(40), 0, viewer.stderr)
        feeder.join()
        blocks = viewer.all("block")
        self.assertGreater(len(blocks), 150)
        self.assertEqual(len({e["index"] for e in blocks}), len(blocks))
        self.assertEqual({e["via"] for e in blocks} - {"pull"}, {"push"})
        delays = sorted(e["delay_ms"] for e in blocks)
        self.assertGreaterEqual(delays[0], 0)
        self.assertLess(delays[len(delays) // 2], 200 * harness.SLOW)
        print("median delay:", delays[len(delays) // 2], "ms of", len(blocks), "blocks")


class LinkTest(Case):
    def test_one_can_watch_what_one_broadcasts_from_the_same_data_directory(self):
        publisher = self.publish("--name", "x.bin", "--linger", "30", data_dir="both")
        link = self.link_of(publisher)
        viewer = self.watch(link, data_dir="both")  # the link's own hint is enough
        viewer.wait("progress", lambda e: e["peers"] > 0)
        publisher.proc.stdin.write(b"x" * 100_000)
        publisher.proc.stdin.close()
        self.assertEqual(viewer.exit(), 0)
        self.assertEqual(viewer.out.read_bytes(), b"x" * 100_000)

    def test_nagle_is_off(self):
        """libtorrent has no setting for it; ours reaches the socket through inline code only."""
        publisher = self.publish("--name", "x.bin", prefix=["env", "FRESHET_LOG=debug"])
        self.watch(self.link_of(publisher))
        harness.wait_until(lambda: any("no-delay" in line for line in publisher.stderr))
        said = [line for line in publisher.stderr if "no-delay" in line]
        self.assertTrue(all(line.endswith("no-delay true") for line in said), said)

    def test_out_to_stdout_keeps_it_clean(self):
        data = random_bytes(3_000_000)
        publisher = self.publish("--name", "x.bin", "--linger", "30")
        link = self.link_of(publisher)
        Feeder(publisher.proc.stdin, data)
        target = open(self.dir / "stdout", "wb")
        self.addCleanup(target.close)
        viewer = harness.Process(self, "watch", link, "--data-dir", self.dir / "v", "--listen",
                                 "127.0.0.1:0", *harness.OFFLINE, "--out", "-", "--peer",
                                 f"127.0.0.1:{publisher.port}", json_on_stderr=True,
                                 binary_stdout=target)
        self.assertEqual(viewer.exit(), 0)
        self.assertEqual(sha256((self.dir / "stdout").read_bytes()), sha256(data))
        self.assertTrue(viewer.last("complete"))


if __name__ == "__main__":
    harness.main()
