# SPDX-License-Identifier: GPL-3.0-or-later
"""A broadcast that is longer than one torrent can be: one show after the other, one stream."""

import harness
from harness import Case, Feeder, random_bytes, sha256

PIECES = ["--capacity", "64", "--piece-length", "128k"]
FULL = 63 * 128 * 1024  # the last piece is the sentinel


class RollOverTest(Case):
    def recordings(self, data_dir):
        files = {p.stem: p for p in (self.dir / data_dir / "shows").glob("*/x*.bin")}
        return [files[name].read_bytes() for name in sorted(files, key=lambda n: (len(n), n))]

    def test_a_40_mb_pipe_through_shows_of_8_mb(self):
        data = random_bytes(40_000_000, 1)
        publisher = self.publish("--name", "x.bin", *PIECES, "--linger", "60")
        link = self.link_of(publisher)
        feeder = Feeder(publisher.proc.stdin, data, 4_000_000)
        viewer = self.watch(link, "--linger", "60", peers=[publisher.port])
        # One that comes with the first link while the third part is on the air.
        publisher.wait("follow_up", lambda e: e.get("show") == 2, timeout=60)
        late = self.watch(link, data_dir="late", peers=[publisher.port])
        # And one that wants only what is new.
        edge = self.watch(link, "--from", "live", data_dir="edge", peers=[publisher.port])
        ended = viewer.wait("ended", lambda e: not e["follow_up"], timeout=60)
        self.assertEqual(ended["show"], 5)
        self.assertEqual(late.exit(60), 0, late.stderr)
        self.assertEqual(edge.exit(60), 0, edge.stderr)
        feeder.join()
        harness.wait_until(lambda: viewer.out.stat().st_size == len(data), what="all of --out")
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
        self.assertEqual(sha256(late.out.read_bytes()), sha256(data))
        tail = edge.out.read_bytes()
        self.assertTrue(data.endswith(tail))
        self.assertLess(len(tail), 3 * FULL)
        for who in ("pub", "view", "late", "edge"):
            parts = self.recordings(who)
            self.assertEqual([len(p) for p in parts], [FULL] * 4 + [40_000_000 - 4 * FULL], who)
            self.assertEqual(sha256(b"".join(parts)), sha256(data), who)
        stalls = [e for e in viewer.all("stall") if e["waiting_for"] != "source"]
        print("parts:", len(parts), "stalls:", len(stalls), "edge bytes:", len(tail))

    def test_a_publisher_killed_around_a_roll_over_goes_on(self):
        data = random_bytes(20_000_000, 2)
        for point in ("announced", "begun"):
            with self.subTest(point):
                pub = f"pub-{point}"
                first = self.publish("--name", "x.bin", *PIECES, data_dir=pub)
                link = self.link_of(first)
                feeder = Feeder(first.proc.stdin, data, 3_000_000)
                viewer = self.watch(link, data_dir=f"view-{point}", peers=[first.port])
                if point == "announced":
                    viewer.wait("follow_up")
                else:
                    viewer.wait("head", lambda e: e.get("show") == 2 and e["size"] > 500_000)
                first.kill()
                feeder.stop()
                back = self.publish("--name", "x.bin", *PIECES, "--linger", "60", port=first.port,
                                    data_dir=pub)
                at = back.wait("link")["resume_at"]
                self.assertGreater(at, 0.9 * FULL)
                rest = Feeder(back.proc.stdin, data[at:])
                self.assertEqual(viewer.exit(60), 0, viewer.stderr)
                self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
                self.assertEqual(len(self.recordings(pub)), 3)
                rest.stop()

    def test_an_end_between_announcement_and_capacity(self):
        """The next show was announced but never needed: it ends empty, and the stream is whole."""
        data = random_bytes(int(FULL * 0.98), 3)
        publisher = self.publish("--name", "x.bin", *PIECES, "--linger", "60")
        link = self.link_of(publisher)
        viewer = self.watch(link, peers=[publisher.port])
        Feeder(publisher.proc.stdin, data, 6_000_000)
        self.assertEqual(viewer.exit(40), 0, viewer.stderr)
        self.assertEqual(viewer.out.read_bytes(), data)
        harness.interrupt(publisher)
        self.assertEqual(publisher.exit(10), 0, publisher.stderr)


if __name__ == "__main__":
    harness.main()
