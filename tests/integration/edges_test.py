#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd sizes and bad input: a clear message, the right exit status, nothing lost."""

import os
import pathlib
import signal
import subprocess

import harness
from harness import CLI, Case, Process, free_port, interrupt, random_bytes, sha256

PIECE = 65536


def run(*args, **kw):
    return subprocess.run([CLI, *map(str, args)], capture_output=True, text=True, timeout=60, **kw)


class SizesTest(Case):
    def test_shows_of_odd_sizes(self):
        for size in (0, 1, 16384, PIECE, PIECE + 1, 3 * PIECE + 16384 + 5):
            for final in ("v1", "hybrid"):
                with self.subTest(size=size, final=final):
                    data = random_bytes(size, size)
                    folder = f"{final}{size}"
                    publisher = self.publish("--name", "x.bin", "--piece-length", "64k", "--final",
                                             final, "--linger", "30", data_dir=f"p{folder}")
                    viewer = self.watch(self.link_of(publisher), data_dir=f"v{folder}",
                                        peers=[publisher.port])
                    viewer.wait("progress", lambda e: e["peers"] > 0)
                    publisher.proc.stdin.write(data)
                    publisher.proc.stdin.close()
                    self.assertEqual(viewer.exit(20), 0, viewer.stderr)
                    self.assertEqual(viewer.out.read_bytes(), data)
                    self.assertEqual(self.recording(f"v{folder}").read_bytes(), data)
                    ended = viewer.last("ended")
                    self.assertEqual((ended["size"], ended["sha256"]), (size, sha256(data)))
                    self.assertEqual(ended["magnet"] == "", size == 0)
                    self.assertTrue(viewer.last("complete"))
                    publisher.wait("ended")
                    if size == 0:  # there is nothing to seed: it does not stay
                        self.assertEqual(publisher.exit(10), 0)
                    else:
                        publisher.wait("progress", lambda e: e["state"] == "seeding")


class BadInputTest(Case):
    def check(self, done, status, *words):
        self.assertEqual(done.returncode, status, done)
        self.assertEqual(len(done.stderr.strip().split("\n")), 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def local(self, *args, listen="127.0.0.1:0"):
        return run(*args, "--data-dir", self.dir / "d", *harness.OFFLINE, "--listen", listen,
                   stdin=subprocess.DEVNULL)

    def test_usage(self):
        self.check(run("publish"), 2, "SOURCE")
        self.check(run("frobnicate"), 2)
        self.check(self.local("publish", "-", "--piece-length", "100k"), 2, "power of two")
        self.check(self.local("publish", "-", listen="nowhere"), 2, "--listen")
        self.check(self.local("watch", "x", "--from", "tomorrow"), 2, "HH:MM:SS")
        self.assertEqual(run("--help").returncode, 0)
        for command in ("publish", "watch", "seed", "info", "key", "list", "rm"):
            self.assertEqual(run(command, "--help").returncode, 0)
        self.assertRegex(run("--version").stdout, r"^freshet-cli \d+\.\d+\.\d+\n$")

    def test_links(self):
        publisher = self.publish("--name", "x.bin")
        link = self.link_of(publisher)
        at = link.index("btih:") + 5
        wrong = link[:at] + ("1" if link[at] == "0" else "0") + link[at + 1:]
        self.check(self.local("watch", wrong), 4, "info-hash")
        self.check(self.local("watch", link[:-30]), 4)
        self.check(self.local("watch", "http://example.org/"), 4, "magnet:?")
        self.check(run("info", wrong), 4)
        self.check(run("info", self.dir / "no.torrent"), 4)
        told = run("info", link, "--json")
        self.assertEqual(told.returncode, 0)
        self.assertIn('"name":"x.bin"', told.stdout)

    def test_keys(self):
        key = self.dir / "k" / "my.key"
        made = run("key", "new", key)
        self.assertEqual(made.returncode, 0, made)
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertEqual(run("key", "show", key).stdout, made.stdout)
        self.check(run("key", "new", key), 2, "never overwritten")
        secret = run("key", "export", key).stdout
        copy = self.dir / "copy.key"
        self.assertEqual(run("key", "import", copy, input=secret).stdout, made.stdout)
        bad = self.dir / "bad.key"
        for content in ("", "x" * 17, "freshet-key-1:AAAA\n", secret + "more"):
            bad.write_text(content)
            self.check(run("key", "show", bad), 2, str(bad))
            self.check(self.local("publish", "-", "--key", bad), 2, str(bad))
        self.check(run("key", "import", self.dir / "n.key", input="nonsense"), 2)

    def test_sources(self):
        self.check(self.local("publish", self.dir / "missing.mkv"), 3, "no such file")
        self.check(self.local("publish", self.dir), 3, "directory")
        self.check(self.local("publish", "camera:/dev/null"), 3, "not a camera")
        self.check(self.local("publish"), 2, "SOURCE")

    def test_a_source_that_fails_in_the_middle(self):
        # Reading a directory's descriptor fails like a disk that breaks: after it was opened.
        broken = os.open(self.dir, os.O_RDONLY)
        self.addCleanup(os.close, broken)
        publisher = self.publish("--name", "x.bin", stdin=broken)
        self.assertEqual(publisher.exit(), 3)
        self.assertIn("goes on with this show", "\n".join(publisher.stderr))
        # The show is left unfinished, and the same command takes it up again.
        again = self.publish("--name", "x.bin", "--linger", "0")
        self.assertEqual(self.link_of(again).split("&")[0], self.link_of(publisher).split("&")[0])
        again.proc.stdin.write(b"now it works")
        again.proc.stdin.close()
        self.assertEqual(again.exit(), 0)

    def test_a_taken_port(self):
        publisher = self.publish("--name", "x.bin")
        link = self.link_of(publisher)
        self.check(self.local("watch", link, listen=f"127.0.0.1:{publisher.port}"), 1,
                   str(publisher.port), "--listen")

    def test_a_show_that_is_open_already(self):
        publisher = self.publish("--name", "x.bin")
        self.link_of(publisher)
        second = self.publish("--name", "x.bin")
        self.assertEqual(second.exit(), 1)
        self.assertIn("another Freshet", "\n".join(second.stderr))

    def test_nobody_there(self):
        publisher = self.publish("--name", "x.bin")
        link = self.link_of(publisher)
        publisher.kill()
        viewer = self.watch(link, "--timeout", "2", peers=[publisher.port])
        self.assertEqual(viewer.exit(15), 6)
        self.assertIn("--peer", "\n".join(viewer.stderr))


class OutputTest(Case):
    def show(self, size=2_000_000):
        self.data = random_bytes(size)
        publisher = self.publish("--name", "x.bin", "--linger", "30")
        publisher.proc.stdin.write(self.data)
        publisher.proc.stdin.flush()
        return publisher, self.link_of(publisher)

    def test_an_output_that_cannot_be_opened(self):
        publisher, link = self.show()
        viewer = self.watch(link, peers=[publisher.port], out="no/such/folder")
        self.assertEqual(viewer.exit(), 3)
        self.assertIn("no/such/folder", "\n".join(viewer.stderr))

    def test_an_output_that_is_full(self):
        publisher, link = self.show()
        viewer = Process(self, "watch", link, "--data-dir", self.dir / "v", "--listen",
                         f"127.0.0.1:{free_port()}", *harness.OFFLINE, "--peer",
                         f"127.0.0.1:{publisher.port}", "--out", "/dev/full")
        self.assertEqual(viewer.exit(), 3)
        self.assertIn("/dev/full", "\n".join(viewer.stderr))
        # What was received is kept.
        publisher.proc.stdin.close()
        again = self.watch(link, data_dir="v", peers=[publisher.port])
        self.assertEqual(again.exit(), 0)
        self.assertEqual(sha256(again.out.read_bytes()), sha256(self.data))

    def test_a_full_disk_for_recordings(self):
        publisher, link = self.show(8_000_000)
        limit = 3_000_000  # as a disk with so little room: writes beyond it fail

        viewer = Process(self, "watch", link, "--data-dir", self.dir / "v", "--listen",
                         f"127.0.0.1:{free_port()}", *harness.OFFLINE, "--peer",
                         f"127.0.0.1:{publisher.port}",
                         prefix=["prlimit", f"--fsize={limit}:{limit}"])
        self.assertIn(viewer.exit(30), (1, 3))
        self.assertTrue(any("too large" in line or "space" in line for line in viewer.stderr),
                        viewer.stderr)
        publisher.proc.stdin.close()
        again = self.watch(link, data_dir="v", peers=[publisher.port])
        self.assertEqual(again.exit(), 0)
        self.assertEqual(sha256(again.out.read_bytes()), sha256(self.data))

    def test_a_recording_that_was_cut_is_fetched_again(self):
        publisher, link = self.show()
        publisher.proc.stdin.close()
        viewer = self.watch(link, peers=[publisher.port])
        self.assertEqual(viewer.exit(), 0)
        recording = self.recording("view")
        os.truncate(recording, 500_000)
        told = run("info", recording.parent, "--json")
        self.assertIn('"verified":491520', told.stdout)
        again = self.watch(link, peers=[publisher.port])
        self.assertEqual(again.exit(30), 0, again.stderr)
        self.assertEqual(sha256(recording.read_bytes()), sha256(self.data))
        self.assertEqual(sha256(again.out.read_bytes()), sha256(self.data))
        self.assertEqual(run("seed", link, "--data-dir", self.dir / "nothing", "--timeout", "1",
                             *harness.OFFLINE).returncode, 6)

    def test_a_published_recording_that_was_cut_is_fetched_or_a_new_show_begins(self):
        publisher, link = self.show()
        viewer = self.watch(link, "--linger", "60", peers=[publisher.port])
        viewer.wait("progress", lambda e: e["have"] == len(self.data))
        publisher.kill()
        recording = self.recording("pub")
        os.truncate(recording, 1000)
        again = self.publish("--name", "x.bin", "--peer", f"127.0.0.1:{viewer.port}",
                             port=publisher.port)
        self.assertEqual(again.wait("link", timeout=30)["resume_at"], len(self.data))
        with open(recording, "rb") as file:  # sparse while it grows: as long as it may become
            self.assertEqual(sha256(file.read(len(self.data))), sha256(self.data))
        again.kill()
        viewer.kill()
        os.truncate(recording, 1000)
        alone = self.publish("--name", "x.bin")
        told = alone.wait("link", timeout=30)
        self.assertEqual(told["resume_at"], 0)
        self.assertNotEqual(told["link"].split("&")[0], link.split("&")[0])
        warning = alone.wait("warning")
        self.assertEqual(warning["code"], "stale")
        self.assertIn(str(len(self.data)), warning["message"])

    def test_a_read_only_data_directory(self):
        target = pathlib.Path("/proc/freshet-cannot-write-here")
        done = run("publish", "-", "--data-dir", target, *harness.OFFLINE, stdin=subprocess.DEVNULL)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(str(target), done.stderr)

    def test_interrupts(self):
        publisher, link = self.show()
        viewer = self.watch(link, peers=[publisher.port])
        viewer.wait("first_byte")
        interrupt(viewer)
        self.assertEqual(viewer.exit(10), 130)
        publisher.signal(signal.SIGTERM)
        self.assertEqual(publisher.exit(10), 130)
        again = self.publish("--name", "x.bin", "--linger", "0", data_dir="pub")
        self.assertEqual(again.wait("link")["resume_at"], len(self.data))
        interrupt(again)
        self.assertEqual(again.exit(20), 0)
        self.assertEqual(again.last("ended")["size"], len(self.data))

    def test_list_and_rm(self):
        publisher, _ = self.show()
        publisher.proc.stdin.close()
        publisher.wait("progress", lambda e: e["state"] == "seeding")
        at = ["--data-dir", self.dir / "pub"]
        self.assertIn("complete", run("list", *at).stdout)
        self.assertEqual(run("rm", "x.bin", "--yes", *at).returncode, 1)  # it is open
        interrupt(publisher)
        self.assertEqual(publisher.exit(), 0)
        self.assertEqual(run("rm", "x.bin", *at, stdin=subprocess.DEVNULL).returncode, 2)
        self.assertEqual(run("rm", "nothing", "--yes", *at).returncode, 2)
        self.assertEqual(run("rm", "x.bin", "--yes", *at).returncode, 0)
        self.assertIn("Nothing", run("list", *at).stdout)


if __name__ == "__main__":
    harness.main()
