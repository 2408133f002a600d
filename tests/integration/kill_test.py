# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments: while a show grows, rolls over, ends and becomes an ordinary torrent.
FRESHET_TEST_SEED repeats a run."""

import json
import os
import pathlib
import random
import subprocess
import threading

import harness
from harness import Case, Feeder, random_bytes, sha256

PIECES = ["--capacity", "64", "--piece-length", "64k"]
FULL = 63 * 64 * 1024
KILLS = 20
SEED = int(os.environ.get("FRESHET_TEST_SEED", random.randrange(1 << 30)))


class KillTest(Case):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        print("seed", SEED, end=" ", flush=True)

    def pause(self, low, high):
        threading.Event().wait(self.random.uniform(low, high))

    def run_publisher(self, data, port, *extra):
        publisher = self.publish("--name", "x.bin", *PIECES, "--linger", "600", *extra, port=port)
        told = publisher.wait("link", timeout=40)
        return publisher, told

    def test_publisher(self):
        """Three viewers stay; every byte that was announced before a kill is there after it."""
        port = harness.free_port()
        data = random_bytes(24_000_000, SEED)
        viewers, link, kills, told_sizes = [], None, 0, []
        while True:
            publisher, told = self.run_publisher(data, port)
            self.assertIn(link, (None, told["link"]))
            if link is None:
                link = told["link"]
                viewers = [self.watch(link, data_dir=f"v{i}", peers=[port]) for i in range(3)]
            resume_at = told["resume_at"]
            self.assertGreaterEqual(resume_at, max(told_sizes, default=0),
                                    (kills, publisher.events, publisher.stderr))
            feeder = Feeder(publisher.proc.stdin, data[resume_at:], 1_500_000)
            if kills >= KILLS and resume_at < len(data):
                break
            if kills < 6:
                self.pause(0.05, 0.6)  # growth
            else:
                self.pause(0.2, 1.2)  # with roll-overs, and at last the end
            self.assertIsNone(publisher.proc.poll(), publisher.stderr)
            publisher.kill()
            kills += 1
            feeder.stop()
            # What any viewer has a head for was announced, so it must not be lost.
            parts = {}
            for v in viewers:
                for e in v.all("head"):
                    show = e.get("show", 1)
                    parts[show] = max(parts.get(show, 0), e["size"])
            told_sizes.append(sum(parts.values()))
            kept = self.kept("pub")
            if all(show["state"] == "complete" for show in kept):
                # All of it is published: the same command would begin another broadcast.
                self.assertEqual(sum(show["size"] for show in kept), len(data))
                links = [self.link_of_show(show) for show in kept]
                harness.Process(self, "seed", *links, "--data-dir", self.dir / "pub", "--listen",
                                f"127.0.0.1:{port}", *harness.OFFLINE)
                break
        for v in viewers:
            try:
                code = v.exit(90)
            except AssertionError:
                print("publisher:", publisher.proc.poll(), publisher.stderr[-30:],
                      [e for e in publisher.events if e["event"] != "progress"][-8:])
                raise
            self.assertEqual(code, 0, v.stderr)
            self.assertEqual(sha256(v.out.read_bytes()), sha256(data))
            self.assertEqual(v.all("rejected"), [])
        self.assertGreaterEqual(kills, 12)
        print("kills:", kills)

    def test_publisher_at_the_end(self):
        """Killed within a second after its source ended: before, during or after the end head."""
        for i in range(6):
            data = random_bytes(self.random.randrange(1, 400_000), SEED + i)
            port = harness.free_port()
            pub = f"p{i}"
            publisher = self.publish("--name", "x.bin", "--linger", "600", port=port, data_dir=pub)
            link = self.link_of(publisher)
            viewers = [self.watch(link, data_dir=f"e{i}{n}", peers=[port]) for n in range(3)]
            for v in viewers:
                v.wait("progress", lambda e: e["peers"] > 0)
            publisher.proc.stdin.write(data)
            publisher.proc.stdin.close()
            self.pause(0, 1)
            publisher.kill()
            # Whoever broadcasts runs the same command again; after the end there is `seed` for that.
            if self.has_ended(pub):
                harness.Process(self, "seed", link, "--data-dir", self.dir / pub, "--listen",
                                f"127.0.0.1:{port}", *harness.OFFLINE)
            else:
                again = self.publish("--name", "x.bin", "--linger", "600", port=port, data_dir=pub)
                at = again.wait("link")["resume_at"]
                again.proc.stdin.write(data[at:])
                again.proc.stdin.close()
            for v in viewers:
                self.assertEqual(v.exit(40), 0, v.stderr)
                self.assertEqual(v.out.read_bytes(), data)
                self.assertEqual(v.last("ended")["sha256"], sha256(data))

    def kept(self, data_dir):
        told = subprocess.run([harness.CLI, "list", "--data-dir", self.dir / data_dir, "--json"],
                              capture_output=True, text=True, check=True)
        return [json.loads(line) for line in told.stdout.splitlines()]

    @staticmethod
    def link_of_show(show):
        return next(pathlib.Path(show["directory"]).glob("*.torrent"))

    def has_ended(self, data_dir):
        folder = next((self.dir / data_dir / "shows").iterdir())
        told = subprocess.run([harness.CLI, "info", folder, "--json"], capture_output=True, text=True)
        return '"state":"complete"' in told.stdout

    def test_viewer(self):
        """It is killed in the backlog, at the edge, at roll-overs and at the end."""
        data = random_bytes(14_000_000, SEED)
        publisher, told = self.run_publisher(data, harness.free_port())
        feeder = Feeder(publisher.proc.stdin, data, 1_000_000)
        kills = 0
        while kills < KILLS:
            viewer = self.watch(told["link"], "--linger", "600", peers=[publisher.port])
            self.pause(0.3, 1.2)
            self.assertIsNone(viewer.proc.poll(), viewer.stderr)
            viewer.kill()
            kills += 1
            self.assertEqual(viewer.all("rejected"), [])
        viewer = self.watch(told["link"], peers=[publisher.port])
        self.assertEqual(viewer.exit(90), 0, viewer.stderr)
        feeder.join()
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
        print("kills:", kills)


if __name__ == "__main__":
    harness.main()
