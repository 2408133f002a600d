#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 in the middle: nothing that was verified is fetched twice, nothing announced is lost."""


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
        on_air = second.wait("link")["t"]  # after it has asked the swarm for what is newer
        second.wait("head", lambda e: e["t"] > on_air + 3)
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
        viewer = self.watch(link, data_dir="view", peers=[first.port])
        harness.wait_until(lambda: viewer.out.exists() and viewer.out.stat().st_size == 100_000)
        harness.shutil.copytree(self.dir / "pub", self.dir / "twin")
        # Alone it cannot know; had it reached anybody, it would have refused.
        twin = self.publish("--name", "x.bin", data_dir="twin")
        self.assertEqual(twin.wait("link")["info_hash"], first.wait("link")["info_hash"])
        other = self.watch(link, data_dir="other", peers=[viewer.port, twin.port])
        for v in (viewer, other):
            self.assertEqual(v.exit(20), 5, v.stderr)
            self.assertIn("contradict", "\n".join(v.stderr))
        self.assertEqual(viewer.out.read_bytes(), b"a" * 100_000)
        # The publisher hears of it too, and can be told from no other.
        self.assertEqual(first.exit(20), 5, first.stderr)

    def test_a_twin_that_reaches_the_swarm_refuses(self):
        first = self.publish("--name", "x.bin")
        link = self.link_of(first)
        feeder = Feeder(first.proc.stdin, random_bytes(40_000_000), 1_000_000)
        viewer = self.watch(link, peers=[first.port])
        viewer.wait("head", lambda e: e["size"] > 1_000_000)
        locked = self.publish("--name", "x.bin")
        self.assertEqual(locked.exit(), 1)
        self.assertIn("another Freshet has this show open", "\n".join(locked.stderr))
        harness.shutil.copytree(self.dir / "pub", self.dir / "twin")
        twin = self.publish("--name", "x.bin", "--peer", f"127.0.0.1:{viewer.port}",
                            data_dir="twin")
        self.assertEqual(twin.exit(30), 1, twin.stderr)
        self.assertIn("another program is broadcasting this very show", "\n".join(twin.stderr))
        self.assertEqual(viewer.proc.poll(), None)
        feeder.stop()


class StaleJournalTest(Case):
    """A publisher comes back with less than the swarm knows."""

    def show(self):
        """A show of which the copy "old" is behind; its publisher is gone, a viewer has it all."""
        data = random_bytes(9_000_000 + 77, 8)
        first = self.publish("--name", "x.bin", "--piece-length", "256k")
        link = self.link_of(first)
        feeder = Feeder(first.proc.stdin, data, RATE)
        viewer = self.watch(link, peers=[first.port])
        first.wait("head", lambda e: e["size"] > 2_000_000)
        # As a backup would: the journal first, so that the recording is not behind it.
        journal = next((self.dir / "pub/shows").glob("*/.freshet/journal")).read_bytes()
        harness.shutil.copytree(self.dir / "pub", self.dir / "old")
        next((self.dir / "old/shows").glob("*/.freshet/journal")).write_bytes(journal)
        viewer.wait("progress", lambda e: e["have"] > 5_000_000)
        feeder.stop()
        # Blocks follow their head: what is on its way when a publisher is killed is gone.
        viewer.wait("progress", lambda e: e["have"] == viewer.last("head")["size"])
        first.kill()
        return data, link, viewer, viewer.last("head")

    def go_on(self, data, viewer, **kw):
        back = self.publish("--name", "x.bin", "--piece-length", "256k", "--linger", "60", "--peer",
                            f"127.0.0.1:{viewer.port}", **kw)
        told = back.wait("link", timeout=40)
        Feeder(back.proc.stdin, data[told["resume_at"]:])
        return back, told

    def test_what_the_swarm_knows_is_adopted(self):
        data, link, viewer, head = self.show()
        back, told = self.go_on(data, viewer, data_dir="old")
        self.assertEqual(told["link"].split("&x.pe")[0], link.split("&x.pe")[0])
        self.assertEqual(told["resume_at"], head["size"])
        self.assertEqual(viewer.exit(40), 0, viewer.stderr)
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
        print("adopted", head["size"], "in", round(told["t"], 1), "s")

    def test_a_lost_journal_is_adopted_too(self):
        data, link, viewer, head = self.show()
        next((self.dir / "pub/shows").glob("*/.freshet/journal")).unlink()
        back, told = self.go_on(data, viewer)
        self.assertEqual(told["resume_at"], head["size"])
        self.assertEqual(viewer.exit(40), 0, viewer.stderr)
        self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))

    def test_without_a_journal_and_alone_a_new_show_begins(self):
        data, link, viewer, head = self.show()
        viewer.kill()
        next((self.dir / "pub/shows").glob("*/.freshet/journal")).unlink()
        back = self.publish("--name", "x.bin")
        told = back.wait("link")
        self.assertNotEqual(told["link"].split("&")[0], link.split("&")[0])
        self.assertEqual(told["resume_at"], 0)
        self.assertEqual(back.wait("warning")["code"], "stale")


if __name__ == "__main__":
    harness.main()
