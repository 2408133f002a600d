# SPDX-License-Identifier: GPL-3.0-or-later
"""A publisher that goes silent for good, comes back, or seems to because a clock jumps."""

import os
import pathlib
import struct
import subprocess
import time
import unittest

import harness
from fake_peer import FakePeer
from harness import Case, random_bytes, sha256

FAKETIME = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


class FinaliseTest(Case):
    def silent_show(self, after):
        """Two viewers that have all of a show whose publisher was killed."""
        data = random_bytes(3_000_000 + 17, 4)
        publisher = self.publish("--name", "x.bin", "--piece-length", "256k", "--finalise-after",
                                 after)
        link = self.link_of(publisher)
        a = self.watch(link, "--linger", "600", data_dir="a", peers=[publisher.port])
        b = self.watch(link, "--linger", "600", data_dir="b", peers=[publisher.port, a.port])
        publisher.proc.stdin.write(data)
        publisher.proc.stdin.flush()
        for v in (a, b):
            v.wait("progress", lambda e: e["have"] == len(data))
        publisher.kill()
        return data, publisher, a, b

    def test_the_show_is_taken_for_ended_and_then_ends_signed(self):
        data, publisher, a, b = self.silent_show("3")
        hashes = set()
        for v in (a, b):
            ended = v.wait("ended", timeout=30)
            self.assertTrue(ended["provisional"])
            self.assertEqual(ended["sha256"], "")
            self.assertEqual(ended["size"], len(data))
            v.wait("progress", lambda e: e["state"] == "seeding")
            hashes.add(ended["info_hash"])
            self.assertEqual(sha256(v.out.read_bytes()), sha256(data))
        self.assertEqual(len(hashes), 1)
        # The publisher comes back: it signs the end at that very size, and begins another show.
        mark = a.index()
        back = self.publish("--name", "x.bin", "--linger", "60", "--peer", f"127.0.0.1:{a.port}",
                            port=publisher.port)
        new = back.wait("link", timeout=30)
        self.assertEqual(new["resume_at"], 0)
        signed = a.wait("ended", lambda e: not e["provisional"], after=mark, timeout=30)
        self.assertEqual({signed["info_hash"]}, hashes)
        self.assertEqual(signed["sha256"], sha256(data))
        a.wait("progress", lambda e: e["state"] == "seeding", after=mark, timeout=30)
        self.assertEqual(sha256(a.out.read_bytes()), sha256(data))

    def test_a_liar_cannot_end_a_show(self):
        """It tells a publisher that comes back that everybody took the show for ended long ago."""
        publisher = self.publish("--name", "x.bin", "--finalise-after", "3600")
        info_hash = publisher.wait("link")["info_hash"]
        publisher.proc.stdin.write(b"x" * 50_000)
        publisher.proc.stdin.flush()
        head = publisher.wait("head", lambda e: e["size"] == 50_000)
        publisher.kill()
        back = self.publish("--name", "x.bin", port=publisher.port)
        liar = FakePeer(self, publisher.port, info_hash)
        liar.extension_handshake()
        liar.send_ours(1, struct.pack(">QQB", head["seq"] + 100, 50_000, 3))
        self.assertEqual(back.wait("link")["resume_at"], 50_000)
        back.proc.stdin.write(b"y" * 10_000)
        back.proc.stdin.flush()
        back.wait("head", lambda e: e["size"] == 60_000)
        self.assertEqual(back.all("ended"), [])

    def test_alone_nothing_is_finalised(self):
        data, _, a, b = self.silent_show("3")
        b.kill()
        mark = a.index()
        self.assertEqual([e for e in a.all("ended")], [])
        first = a.wait("progress", after=mark)
        a.wait("progress", lambda e: e["t"] > first["t"] + 10, after=mark)
        self.assertEqual(a.all("ended"), [])

    @unittest.skipUnless(FAKETIME, "SKIPPED: libfaketime is not installed")
    def test_a_clock_that_jumps_a_day_finalises_nothing(self):
        clock = self.dir / "clock"
        clock.write_text("+0\n")
        env = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock),
               "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1",
               "ASAN_OPTIONS": "verify_asan_link_order=0"}
        old = {k: os.environ.get(k) for k in env}
        os.environ.update(env)
        try:
            data, _, a, b = self.silent_show("3600")
        finally:
            for key, value in old.items():
                os.environ.pop(key) if value is None else os.environ.update({key: value})
        clock.write_text("+1d\n")
        shifted = subprocess.run(["date", "+%s"], env={**os.environ, **env}, capture_output=True,
                                 text=True, check=True)
        self.assertGreater(int(shifted.stdout), time.time() + 80_000)  # it works at all
        mark = a.index()
        first = a.wait("progress", after=mark)
        for v in (a, b):
            v.wait("progress", lambda e: e["t"] > first["t"] + 5, after=mark)
            self.assertEqual(v.all("ended"), [])
            self.assertEqual(v.all("warning"), [])


if __name__ == "__main__":
    harness.main()
