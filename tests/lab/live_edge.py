#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How late a show is at real viewers behind real access links: freshet-cli in freshet-lab.
   tests/lab/live_edge.py [--viewers 20] [--seconds 40] [--rate 250k] [--source 1.25M]
                          [--up 500k] [--down 2.5M] [--delay 20] [--jitter 0] [--loss 0.2]
                          [--mixed] [--nat 0.6] [--joins 20] [--from-start] [--old-world]

Rates in bytes a second, delay in ms each way, loss in percent. --mixed draws the viewers' uplinks
(0.5x to 5x of the stream), --nat hides that share of the viewers from connections from outside,
--joins lets so many more come one by one at the live edge, --from-start one more that watches from
0:00, --old-world has all pieces come in bulk. Prints the delay from the publisher's
clock to the verified block at the viewer (all run on one machine, so on one clock), how much of the
show arrived, and what the publisher sent."""

import argparse
import collections
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("FRESHET_BUILD", ROOT / "build/dev"))
os.environ.setdefault("FRESHET_CLI", str(BUILD / "src/cli/freshet-cli"))
os.environ.setdefault("FRESHET_LAB", str(BUILD / "tests/lab/freshet-lab"))
sys.path.insert(0, str(ROOT / "tests/integration"))

import lab

if __name__ == "__main__":
    lab.enter()

import harness

BLOCK = 16384
OFFLINE = ["--no-dht", "--no-lsd", "--no-upnp"]


def bytes_of(text):
    return float(text[:-1]) * {"k": 1e3, "M": 1e6}[text[-1]] if text[-1] in "kM" else float(text)


def percentile(values, share):
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


class Measurement(unittest.TestCase):
    """Only for its addCleanup: everything that is started ends with it."""

    def runTest(self):
        a = self.args
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="freshet-edge-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        path = f"delay={a.delay},jitter={a.jitter},loss={a.loss}"
        names = [f"v{i}" for i in range(a.viewers)]
        late = [f"j{i}" for i in range(a.joins)] + ["whole"] * a.from_start
        net = lab.Lab(self, f"pub,up={a.source},down={a.source},{path}",
                      *[f"{n},{self.access(i)},{path}" for i, n in enumerate(names)],
                      *[f"{n},up={a.up},down={a.down},{path}" for n in late], "tracker")
        tracker = net.python("tracker", ROOT / "tests/integration/tracker.py",
                             net.address["tracker"], 8080)
        tracker.stdout.readline()
        publisher = net.start("pub", "publish", "-", "--name", "edge.bin", "--piece-length", "64k",
                              "--tracker", f"http://{net.address['tracker']}:8080/announce",
                              *OFFLINE, stdin=subprocess.PIPE)
        link = harness.without_peers(publisher.wait("link")["link"])
        world = ["--no-live-edge"] if a.old_world else []
        viewers = [net.start(n, "watch", link, "--json-blocks", *world, *OFFLINE) for n in names]
        for viewer in viewers:
            viewer.wait("progress", lambda e: e["peers"] > 0, timeout=60)
        rate = bytes_of(a.rate)
        data = harness.random_bytes(int(rate * a.seconds), 1)
        feeder = harness.Feeder(publisher.proc.stdin, data, rate, step=int(rate / 20))
        if a.joins:
            self.join_one_by_one(net, viewers[0], link)
        if a.from_start:
            self.watch_the_whole(net, viewers[0], link, a.seconds / 2)
        feeder.join(a.seconds + 30)
        threading.Event().wait(5)  # what is late may still come; it counts as late
        if os.environ.get("FRESHET_LOG"):
            for process in (publisher, *viewers):
                print("\n".join([l for l in process.stderr if "edge:" in l][8:22:4]))
        self.report(net, viewers, len(data))

    def access(self, index):
        """The viewer's link. Mixed: a fifth has 0.5x, two fifths 1x, three tenths 2x, a tenth 5x."""
        a = self.args
        up = bytes_of(a.up)
        if a.mixed:
            up = bytes_of(a.rate) * (0.5, 0.5, 1, 1, 1, 1, 2, 2, 2, 5)[index * 7 % 10]
        hidden = (index * 3 % 10) / 10 < a.nat
        return f"up={up:.0f},down={a.down}" + (",nat=1" if hidden else "")

    def join_one_by_one(self, net, viewer, link):
        """Each from the start of its process to the first byte of its output."""
        viewer.wait("head", lambda e: e["size"] > 10 * bytes_of(self.args.rate), timeout=60)
        took = []
        for i in range(self.args.joins):
            late = net.start(f"j{i}", "watch", link, "--from", "live", "--out", self.dir / f"j{i}.ts",
                             *OFFLINE)
            took.append(late.wait("first_byte")["_at"] - late.started)
            late.kill()
        took.sort()
        print(f"{len(took)} joins at the edge, first byte after p50/max s: "
              f"{percentile(took, .5):.2f}/{took[-1]:.2f}")

    def watch_the_whole(self, net, viewer, link, after):
        at = after * bytes_of(self.args.rate)
        head = viewer.wait("head", lambda e: e["size"] > at, timeout=after + 60)
        self.whole_from = head["published_ms"]
        net.start("whole", "watch", link, "--out", self.dir / "whole.ts", *OFFLINE)

    def report_the_whole(self, seen, end):
        def p95(first, last):
            return percentile(sorted(e["delay_ms"] for mine in seen for e in mine.values()
                                     if first <= e["published_ms"] < last), .95)
        begin = min(e["published_ms"] for mine in seen for e in mine.values()) + 10_000
        before, since = p95(begin, self.whole_from), p95(self.whole_from, end)
        print(f"a viewer from 0:00 comes: the others' p95 was {before} ms and is {since} ms")

    def report(self, net, viewers, size):
        """Each viewer counts from 5 s after its first block; the last 3 s are left out."""
        seen = [{e["index"]: e for e in v.all("block")} for v in viewers]
        published = {i: e["published_ms"] for mine in seen for i, e in mine.items()}
        end = max(published.values()) - 3000
        ways = collections.Counter(e["via"] for mine in seen for e in mine.values())
        delays, shares, duplicates, overhead, payload = [], [], 0, 0, 0
        for viewer, mine in zip(viewers, seen):
            if not mine:
                shares.append(0)
                continue
            start = min(e["published_ms"] for e in mine.values()) + 5000
            due = [i for i, at in published.items() if start <= at <= end]
            got = [mine[i]["delay_ms"] for i in due if i in mine]
            delays += got
            shares.append(sum(1 for d in got if d <= 3000) / max(1, len(due)))
            last = viewer.all("progress")[-1]
            duplicates += last["duplicate"]
            overhead += last["overhead_up"]
            payload += last["payload_down"]
        delays.sort()
        if self.args.from_start:
            self.report_the_whole(seen, end)
        sent = {}
        net.proc.stdin.close()
        for line in net.proc.stdout:
            words = line.split()
            sent[words[1]] = dict(w.split("=") for w in words[2:])
        up = {name: int(s["up_bytes"]) for name, s in sent.items()}
        total = len(viewers) * size
        print(f"{len(viewers)} viewers, {size // BLOCK} blocks of 16 KiB, came by {dict(ways)}")
        print(f"  within 3 s: {sum(shares) / len(shares):.3%} (worst viewer {min(shares):.3%}); "
              f"duplicates {duplicates / payload:.2%}; overhead {overhead / payload:.2%}")
        print("  delay ms p50/p95/p99/max: " +
              "/".join(f"{percentile(delays, q):.0f}" for q in (.5, .95, .99, 1)))
        print(f"  publisher sent {up['pub'] / size:.1f} copies; offload {1 - up['pub'] / total:.1%}; "
              f"viewers' uplinks carried {sum(v for n, v in up.items() if n[0] == 'v') / total:.2f} "
              "of what was delivered")
        print("  packets that full queues dropped: " + ", ".join(
            f"{name} {stats['up_full']}" for name, stats in sent.items() if int(stats.get("up_full", 0))))


def main():
    parser = argparse.ArgumentParser()
    for name, default in (("viewers", 20), ("seconds", 40), ("delay", 20.0), ("jitter", 0.0),
                          ("loss", 0.2)):
        parser.add_argument(f"--{name}", type=type(default), default=default)
    for name, default in (("rate", "250k"), ("source", "1.25M"), ("up", "500k"), ("down", "2.5M")):
        parser.add_argument(f"--{name}", default=default)
    parser.add_argument("--nat", type=float, default=0)
    parser.add_argument("--joins", type=int, default=0)
    for name in ("mixed", "from-start", "old-world"):
        parser.add_argument(f"--{name}", action="store_true")
    Measurement.args = parser.parse_args()
    # Stopped from outside, it takes along what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    result = unittest.TextTestRunner(verbosity=0).run(Measurement())
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
