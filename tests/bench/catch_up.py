#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Catching up with a growing show against plain libtorrent, TCP on loopback, runs interleaved.
   tests/bench/catch_up.py [MIB] [RUNS]      (1024 7; the first run of each kind is dropped)

Prints the medians of seconds and CPU seconds of the fetching process, and the ratios that matter:
speed against a v1 torrent (at least 0.9) and CPU against a hybrid one (at most 1.2). Then ends the
show and reports how long the hand-over took, and what a publisher costs at 8 Mbit/s."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import libtorrent as lt

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLI = ROOT / "build/dev/src/cli/freshet-cli"
HERE = pathlib.Path(__file__).parent
OFFLINE = ["--no-dht", "--no-lsd", "--no-upnp", "--json"]
PIECE = 1 << 20
TICK = threading.Event()


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_whole(path, size, deadline=300):
    """Until every block of a sparse file is there."""
    until = time.monotonic() + deadline
    while time.monotonic() < until:
        try:
            if path.stat().st_blocks * 512 >= size:
                return
        except FileNotFoundError:
            pass
        TICK.wait(0.005)
    raise SystemExit(f"{path} was not whole within {deadline} s")


def wait_event(process, name, test=lambda e: True):
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == name and test(event):
            return event
    raise SystemExit(f"no {name}")


def make_torrent(data, folder, flags):
    files = lt.file_storage()
    lt.add_files(files, str(data))
    torrent = lt.create_torrent(files, PIECE, flags)
    lt.set_piece_hashes(torrent, str(data.parent))
    path = folder / f"{int(flags)}.torrent"
    path.write_bytes(lt.bencode(torrent.generate()))
    return path


class Runs:
    def __init__(self, folder, size):
        self.folder, self.size, self.count = folder, size, 0
        self.children = []

    def spawn(self, command, **kw):
        child = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, text=True, **kw)
        self.children.append(child)
        return child

    def fetch(self, command, path):
        begun = time.monotonic()
        child = self.spawn(command, stdin=subprocess.PIPE)
        wait_whole(path, self.size)
        took, cpu = time.monotonic() - begun, cpu_seconds(child.pid)
        child.kill()
        child.wait()
        return took, cpu

    def plain(self, torrent, name, port):
        self.count += 1
        target = self.folder / f"plain{self.count}"
        target.mkdir()
        result = self.fetch([sys.executable, HERE / "plain.py", torrent, target, 0, port],
                            target / name)
        shutil.rmtree(target)
        return result

    def growing(self, link, name):
        self.count += 1
        target = self.folder / f"grow{self.count}"
        shows = target / "shows"
        command = [CLI, "watch", link, "--data-dir", target, "--listen", "127.0.0.1:0", *OFFLINE]
        # The folder's name follows from the link; there is only this one.
        path = shows / f"{pathlib.Path(name).stem}-{link.split('btih:')[1][:8]}" / name
        result = self.fetch(command, path)
        shutil.rmtree(target)
        return result


def measure(folder, mib, runs):
    size = mib << 20
    data = folder / "data.bin"
    with open(data, "wb") as file:
        for _ in range(mib):
            file.write(os.urandom(1 << 20))
    r = Runs(folder, size)
    kinds = {"v1": lt.create_torrent.v1_only, "hybrid": 0}
    seeds = {}
    for i, (kind, flags) in enumerate(kinds.items()):
        torrent = make_torrent(data, folder, flags)
        seeds[kind] = (torrent, 7001 + i)
        r.spawn([sys.executable, HERE / "plain.py", torrent, folder, 7001 + i],
                stdin=subprocess.PIPE).stdout.readline()
    publisher = r.spawn([CLI, "publish", "-", "--name", "data.bin", "--piece-length", "1M",
                         "--data-dir", folder / "pub", "--listen", "127.0.0.1:0", "--linger", "600",
                         *OFFLINE], stdin=subprocess.PIPE)
    link = wait_event(publisher, "link")["link"]
    with open(data, "rb") as file:
        shutil.copyfileobj(file, publisher.stdin.buffer, 1 << 20)
    publisher.stdin.flush()
    wait_event(publisher, "head", lambda e: e["size"] == size)
    drain = threading.Thread(target=lambda: [None for _ in publisher.stdout], daemon=True)
    table = {"v1": [], "hybrid": [], "growing": []}
    stop_draining = drain  # heads of life fill the pipe otherwise
    stop_draining.start()
    for turn in range(runs):
        for kind in table:
            if kind == "growing":
                result = r.growing(link, "data.bin")
            else:
                result = r.plain(seeds[kind][0], "data.bin", seeds[kind][1])
            print(f"  run {turn}: {kind:8} {result[0]:6.2f} s  {result[1]:6.2f} s of CPU", flush=True)
            if turn > 0:
                table[kind].append(result)
    medians = {kind: tuple(statistics.median(column) for column in zip(*results))
               for kind, results in table.items()}
    for kind, (took, cpu) in medians.items():
        print(f"{kind:8} {took:6.2f} s = {size / took / 1e6:6.0f} MB/s, {cpu:6.2f} s of CPU")
    print(f"speed against v1: {medians['v1'][0] / medians['growing'][0]:.2f} (at least 0.9)")
    print(f"CPU against hybrid: {medians['growing'][1] / medians['hybrid'][1]:.2f} (at most 1.2)")
    hand_over(r, publisher, link, size)
    for child in r.children:
        child.kill()
        child.wait()


def hand_over(r, publisher, link, size):
    """How long from the end head to the whole ordinary torrent, and what is read for it."""
    viewer = r.spawn([CLI, "watch", link, "--data-dir", r.folder / "end", "--listen", "127.0.0.1:0",
                      "--linger", "600", *OFFLINE], stdin=subprocess.DEVNULL)
    before = wait_event(viewer, "progress", lambda e: e["have"] == size)
    publisher.stdin.close()
    ended = wait_event(viewer, "ended")
    seeding = wait_event(viewer, "progress", lambda e: e["state"] == "seeding")
    print(f"hand-over of {size >> 20} MiB: {1000 * (seeding['t'] - ended['t']):.0f} ms, "
          f"{seeding['disk_reads'] - before['disk_reads']} reads, "
          f"{seeding['disk_hashes'] - before['disk_hashes']} hashes")


def publisher_cost(folder, seconds=20):
    """8 Mbit/s raw through a pipe: share of one core."""
    publisher = subprocess.Popen(
        [CLI, "publish", "-", "--name", "rate", "--data-dir", folder / "rate", "--listen",
         "127.0.0.1:0", *OFFLINE], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    begun, sent, step = time.monotonic(), 0, os.urandom(25_000)
    at_start = None
    while (now := time.monotonic() - begun) < seconds:
        if at_start is None and now > 2:
            at_start = (time.monotonic(), cpu_seconds(publisher.pid))
        publisher.stdin.write(step)
        publisher.stdin.flush()
        sent += len(step)
        TICK.wait(max(0, sent / 1e6 - (time.monotonic() - begun)))
    used = cpu_seconds(publisher.pid) - at_start[1]
    share = used / (time.monotonic() - at_start[0])
    publisher.kill()
    publisher.wait()
    print(f"publisher at 8 Mbit/s: {100 * share:.1f} % of a core (less than 3)")


def main():
    mib, runs = (int(a) for a in (sys.argv[1:] + ["1024", "7"][len(sys.argv) - 1:]))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="freshet-bench-"))
    try:
        measure(folder, mib, runs)
        publisher_cost(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
