# SPDX-License-Identifier: GPL-3.0-or-later
"""A power cut: of every file only what was synced is left (record_syncs.c notes what that is).
Nothing that was announced may be lost or contradicted, and nothing false may be kept."""

import os
import random
import struct
import threading

import harness
from harness import Case, Feeder, random_bytes, sha256

RECORDER = os.environ["FRESHET_RECORD_SYNCS"]
SEED = int(os.environ.get("FRESHET_TEST_SEED", random.randrange(1 << 30)))


def read_log(path):
    data, at = path.read_bytes(), 0
    while at < len(data):
        kind, size = struct.unpack_from("=cH", data, at)
        name = data[at + 3:at + 3 + size].decode()
        at += 3 + size
        offset, length = struct.unpack_from("=QQ", data, at)
        at += 16
        body = b""
        if kind in b"WR":
            body = data[at:at + length]
            at += length
        yield kind, name, offset, body


def after_power_cut(log, root, target, keep_unsynced_journal):
    """Writes to `target` what a disk that held `root` has after the cut."""
    operations = list(read_log(log))
    last_sync, begun = {}, {}
    for i, (kind, name, _, _) in enumerate(operations):
        if kind == b"s":
            begun[name] = i
        elif kind == b"S":
            last_sync[name] = begun[name]
    files = {}  # path -> open file in target

    def place(name):
        path = target / os.path.relpath(name, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    lost = 0
    for i, (kind, name, offset, body) in enumerate(operations):
        survives = i < last_sync.get(name, -1)
        survives = survives or (keep_unsynced_journal and name.endswith("/journal"))
        if kind == b"W":
            if not survives:
                lost += len(body)
                continue
            if name not in files:
                files[name] = open(place(name), "w+b")
            files[name].seek(offset)
            files[name].write(body)
        elif kind == b"T" and survives:
            if name not in files:
                files[name] = open(place(name), "w+b")
            files[name].truncate(offset)
        elif kind == b"R":
            to = body.decode()
            # A name is safe when its folder was synced after it was given.
            if i < last_sync.get(os.path.dirname(to), -1) and name in files:
                files.pop(name).close()
                os.replace(place(name), place(to))
    for file in files.values():
        file.close()
    return lost


class PowerCutTest(Case):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        print("seed", SEED, end=" ", flush=True)

    def recorded(self, data_dir, start):
        """Runs `start` with the recorder on."""
        log = self.dir / f"{data_dir}.log"
        env = {"LD_PRELOAD": RECORDER, "RECORD_ROOT": str(self.dir / data_dir),
               "RECORD_LOG": str(log), "RECORD_SYNC_MS": "40",
               "ASAN_OPTIONS": "verify_asan_link_order=0"}
        os.environ.update(env)
        try:
            return start(), log
        finally:
            for key in env:
                del os.environ[key]

    def pause(self, low, high):
        threading.Event().wait(self.random.uniform(low, high))

    def test_publisher(self):
        data = random_bytes(8_000_000, SEED)
        lost_bytes = []
        for turn in range(6):
            pub, view = f"pub{turn}", f"view{turn}"
            publisher, log = self.recorded(
                pub, lambda: self.publish("--name", "x.bin", "--piece-length", "64k", data_dir=pub))
            link = self.link_of(publisher)
            viewer = self.watch(link, data_dir=view, peers=[publisher.port])
            feeder = Feeder(publisher.proc.stdin, data, 3_000_000)
            viewer.wait("head")
            self.pause(0, 1.5)
            publisher.kill()
            feeder.stop()
            viewer.kill()  # so that nobody helps
            told = viewer.last("head")
            left = self.dir / f"{pub}-left"
            lost_bytes.append(after_power_cut(log, self.dir / pub, left, turn % 2 == 1))
            back = self.publish("--name", "x.bin", "--linger", "60", data_dir=left.name,
                                port=publisher.port)
            again = back.wait("link")
            self.assertEqual(again["link"], link)
            self.assertGreaterEqual(again["resume_at"], told["size"])
            Feeder(back.proc.stdin, data[again["resume_at"]:])
            viewer = self.watch(link, data_dir=view, peers=[publisher.port])
            self.assertEqual(viewer.exit(60), 0, viewer.stderr)
            self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
            back.kill()
        print("unsynced bytes that were dropped:", lost_bytes)

    def test_viewer(self):
        data = random_bytes(8_000_000, SEED)
        refetched = []
        for turn in range(4):
            publisher = self.publish("--name", "x.bin", "--piece-length", "64k", "--linger", "60",
                                     data_dir=f"p{turn}")
            link = self.link_of(publisher)
            feeder = Feeder(publisher.proc.stdin, data, 2_500_000)
            view = f"w{turn}"
            viewer, log = self.recorded(
                view, lambda: self.watch(link, data_dir=view, peers=[publisher.port]))
            viewer.wait("head", lambda e: e["size"] > 1_000_000)
            self.pause(0, 1.5)
            viewer.kill()
            left = self.dir / f"{view}-left"
            # Every other time the journal survives and speaks of blocks that the file lost.
            after_power_cut(log, self.dir / view, left, turn % 2 == 0)
            for boot in left.glob("shows/*/.freshet/boot"):
                boot.write_text("another boot")
            viewer = self.watch(link, data_dir=left.name, peers=[publisher.port])
            self.assertEqual(viewer.exit(60), 0, viewer.stderr)
            feeder.join()
            self.assertEqual(viewer.all("rejected"), [])
            self.assertEqual(sha256(viewer.out.read_bytes()), sha256(data))
            self.assertEqual(sha256(self.recording(left.name).read_bytes()), sha256(data))
            refetched.append(viewer.last("progress")["payload_down"])
            publisher.kill()
        print("fetched after the cut:", refetched)


if __name__ == "__main__":
    harness.main()
