#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 in the middle: nothing that was verified is fetched twice, nothing announced is lost."""

import threading

import harness
from harness import Case, Feeder, free_port, random_bytes, sha256

RATE = 3_000_000
BLOCK = 16384


class ViewerCrashTest(Case):
    def crash(self, when, *args, limit=()):
        """Kills a viewer when `when` holds of its progress, restarts it, returns the bytes."""
        data = random_bytes(15_000_000 + 777, 3)
        publisher = self.publish("--name", "x.bin", "--piece-length", "256k", "--linger", "60")
        link = self.link_of(publisher)
        feeder = Feeder(publisher.proc.stdin, data, RATE)
        publisher.wait("head", lambda e: e["size"] > 4_000_000)
        first = self.watch(link, *args, *limit, peers=[publisher.port])
        first.wait("progress", when, timeout=20)
        first.kill()
        last_known = first.last("progress")["have"]
        second = self.watch(link, *args, peers=[publisher.port])
        again = second.wait("progress")
        self.assertGreaterEqual(again["have"], last_known)
        feeder.join()
        self.assertEqual(second.exit(40), 0)
        done = second.last("progress")
        # Every byte that was verified and stored is counted once: in `have` at the restart, or in
        # what came after it.
        fetched = done["payload_down"] - again["payload_down"]
        missing = len(data) - again["have"]
        self.assertLessEqual(fetched, missing + again["payload_down"])
        self.assertGreaterEqual(again["have"] + done["payload_down"], len(data))
        self.assertEqual(done["duplicate"], 0)
        self.assertEqual(sha256(self.recording("view").read_bytes()), sha256(data))
        self.assertEqual(sha256(second.out.read_bytes()), sha256(data))
        print("had at restart:", again["have"], "fetched after:", done["payload_down"], "of",
              len(data), "twice:", again["have"] + done["payload_down"] - len(data))
        # What was in flight inside the disk queue at the kill may come again; nothing else.
        return again["have"] + done["payload_down"] - len(data)

    def test_in_the_backlog(self):
        # Slower than the stream: at the kill it is in the midst of complete pieces.
        twice = self.crash(lambda e: e["have"] > 1_000_000 and e["have"] < e["size"] / 2,
                           limit=("--download-limit", "1500k"))
        self.assertEqual(twice, 0)

    def test_at_the_edge(self):
        twice = self.crash(lambda e: e["state"] == "live" and e["have"] > 6_000_000)
        self.assertEqual(twice, 0)


class PublisherCrashTest(Case):
    def test_a_piped_show_goes_on(self):
        data = random_bytes(18_000_000 + 99, 5)
        port = free_port()
        first = self.publish("--name", "x.bin", "--piece-length", "256k", port=port)
        link = self.link_of(first)
        feeder = Feeder(first.proc.stdin, data, RATE)
        viewer = self.watch(link, peers=[port])
        first.wait("head", lambda e: e["size"] > 6_000_000)
        first.kill()
        feeder.stop()
        # What the viewer holds a head for must still be true after the restart.
        seen = viewer.last("head")
        mark = viewer.index()
        second = self.publish("--name", "x.bin", "--linger", "60", port=port)
        told = second.wait("link")
        self.assertEqual(told["link"], link)
        self.assertGreaterEqual(told["resume_at"], seen["size"])
        self.assertGreaterEqual(told["resume_at"], 6_000_000)
        Feeder(second.proc.stdin, data[told["resume_at"]:], RATE)
        went_on = viewer.wait("head", lambda e: e["size"] > told["resume_at"], after=mark)
        self.assertGreater(went_on["seq"], seen["seq"])
        self.assertEqual(viewer.exit(40), 0, viewer.stderr)
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
        self.assertEqual(viewer.last("ended")["sha256"], sha256(data))
        print("resume_at:", told["resume_at"], "viewer had seen:", seen["size"],
              "gap s:", round(went_on["_at"] - seen["_at"], 2))

    def test_the_port_is_kept_without_being_named(self):
        first = harness.Process(self, "publish", "-", "--name", "x.bin", "--data-dir",
                                self.dir / "pub", "--listen", "127.0.0.1:0", *harness.OFFLINE,
                                stdin=harness.subprocess.PIPE)
        link = self.link_of(first)
        first.proc.stdin.write(b"x" * 50_000)
        first.proc.stdin.flush()
        first.wait("head", lambda e: e["size"] == 50_000)
        first.kill()
        second = harness.Process(self, "publish", "-", "--name", "x.bin", "--data-dir",
                                 self.dir / "pub", "--listen", "127.0.0.1:0", *harness.OFFLINE,
                                 "--linger", "30", stdin=harness.subprocess.PIPE)
        # The port is part of the link's hint: same link, same port.
        self.assertEqual(self.link_of(second), link)
        viewer = harness.Process(self, "watch", link, "--data-dir", self.dir / "v", "--listen",
                                 "127.0.0.1:0", *harness.OFFLINE, "--out", self.dir / "out")
        viewer.wait("head", lambda e: e["size"] == 50_000)
        second.proc.stdin.write(b"y")
        second.proc.stdin.close()
        self.assertEqual(viewer.exit(), 0)
        self.assertEqual((self.dir / "out").read_bytes(), b"x" * 50_000 + b"y")

    def test_an_interrupted_test_picture_goes_on(self):
        first = self.publish(source="test:", stdin=None)
        link = self.link_of(first)
        first.wait("head", lambda e: e["t"] > 3)
        first.kill()
        second = self.publish("--linger", "60", source="test:", stdin=None, port=first.port)
        self.assertEqual(self.link_of(second), link)
        viewer = self.watch(link, peers=[second.port])
        second.wait("head", lambda e: e["t"] > 3)
        harness.interrupt(second)
        self.assertEqual(viewer.exit(), 0)
        done = harness.subprocess.run(
            ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0",
             str(viewer.out)], capture_output=True, text=True)
        self.assertGreater(float(done.stdout), 5.5)


class MediaCrashTest(Case):
    def test_a_media_file_goes_on_as_if_nothing_had_happened(self):
        source = self.dir / "film.mkv"
        harness.subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30", "-f",
             "lavfi", "-i", "sine=440", "-t", "9", "-c:v", "libx264", "-preset", "ultrafast", "-bf",
             "2", "-g", "30", "-c:a", "aac", str(source)], check=True)
        whole = self.publish("--linger", "0", "--as-fast-as-possible", "--name", "whole",
                             source=str(source), stdin=None, data_dir="whole")
        self.assertEqual(whole.exit(), 0)
        first = self.publish("--linger", "60", source=str(source), stdin=None)
        link = self.link_of(first)
        viewer = self.watch(link, peers=[first.port])
        first.wait("head", lambda e: e["t"] > 4)
        first.kill()
        second = self.publish("--linger", "60", source=str(source), stdin=None, port=first.port)
        self.assertGreater(second.wait("link")["resume_at"], 0)
        self.assertEqual(viewer.exit(30), 0, viewer.stderr)
        # Byte for byte what it would have been: no packet is lost, doubled or broken.
        self.assertEqual(sha256(viewer.out.read_bytes()),
                         sha256(self.recording("whole").read_bytes()))


class EquivocationTest(Case):
    def test_two_programs_with_one_key(self):
        """A copied data directory is a twin: evidence freezes the show, exit 5, the prefix stays."""
        first = self.publish("--name", "x.bin")
        link = self.link_of(first)
        first.proc.stdin.write(b"a" * 100_000)
        first.proc.stdin.flush()
        first.wait("head", lambda e: e["size"] == 100_000)
        harness.shutil.copytree(self.dir / "pub", self.dir / "twin")
        twin = self.publish("--name", "x.bin", data_dir="twin")
        self.assertEqual(twin.wait("link")["info_hash"], first.wait("link")["info_hash"])
        viewer = self.watch(link, data_dir="view", peers=[first.port, twin.port])
        other = self.watch(link, data_dir="other", peers=[viewer.port, first.port])
        for v in (viewer, other):
            v.wait("head", lambda e: e["size"] == 100_000)
            harness.wait_until(lambda v=v: v.out.exists() and v.out.stat().st_size == 100_000)
        threads = [threading.Thread(target=self.feed, args=(p, b)) for p, b in
                   ((first, b"b" * 50_000), (twin, b"c" * 50_000))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for v in (viewer, other):
            self.assertEqual(v.exit(20), 5, v.stderr)
            self.assertIn("contradict", "\n".join(v.stderr))
            self.assertEqual(v.out.read_bytes()[:100_000], b"a" * 100_000)

    @staticmethod
    def feed(process, data):
        process.proc.stdin.write(data)
        process.proc.stdin.flush()


if __name__ == "__main__":
    harness.main()
