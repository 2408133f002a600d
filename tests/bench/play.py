#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches a live show for a while and says what it cost.

Usage: play.py BUILD_DIRECTORY [--minutes M] [--source SOURCE]. A 720p30 test picture from a second process, watched
from 0:00 in a window of 1280x800 under Xvfb, drawn in software. Prints dropped frames, how far
sound and picture drift apart, processor time and memory of the desktop program; then the processor
time of the window when it shows Home, and nothing happens.
"""

import argparse
import os
import pathlib
import re
import select
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from first_picture import DEADLINE, NETWORK, Display, start  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
FIGURES = re.compile(r"at ([\d.]+) s; dropped (\d+) by the decoder, (\d+) too late; sound (-?\d+) ms")


def cpu(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", text).group(1)) / 1024


def watch(build, home, display, link, minutes):
    app = start(build, home, display, "viewer", link)
    lines = []
    threading.Thread(target=lambda: lines.extend(line.decode(errors="replace") for line in app.stderr), daemon=True).start()
    begun = time.monotonic()
    used, samples = cpu(app.pid), []
    while time.monotonic() - begun < minutes * 60:
        select.select([], [], [], 5)
        if app.poll() is not None:
            sys.exit(f"the program ended with {app.returncode}: {lines[-1:]}")
        samples.append((time.monotonic() - begun, memory(app.pid)))
    seconds = time.monotonic() - begun
    share = (cpu(app.pid) - used) / seconds
    app.terminate()
    app.wait()
    figures = [m for m in (FIGURES.search(line) for line in lines) if m]
    if not figures:
        sys.exit("the program said nothing of what it plays")
    last = figures[-1]
    print(f"played {last[1]} s in {seconds:.0f} s; dropped by the decoder {last[2]}, shown too "
          f"late {last[3]}; sound and picture apart by at most "
          f"{max(abs(int(m[4])) for m in figures)} ms")
    early = [m for t, m in samples if 170 < t < 200] or [samples[len(samples) // 2][1]]
    print(f"processor: {100 * share:.0f} % of a core; memory: {early[0]:.0f} MiB after 3 minutes, "
          f"{samples[-1][1]:.0f} MiB at the end, {max(m for _, m in samples):.0f} MiB at most")
    print("memory, MiB, each 15 s: " + " ".join(f"{m:.0f}" for _, m in samples[::3]))


def idle(build, home, display):
    app = start(build, home, display, "empty")
    select.select([], [], [], 5)
    used = cpu(app.pid)
    select.select([], [], [], 20)
    print(f"idle window: {100 * (cpu(app.pid) - used) / 20:.1f} % of a core")
    app.terminate()
    app.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--source", default="test:", help="what is aired; a file of a high rate "
                        "fills the player's buffers sooner")
    args = parser.parse_args()
    build = args.build.resolve()
    with tempfile.TemporaryDirectory() as home, Display() as display:
        home = pathlib.Path(home)
        idle(build, home, display)
        link = home / "link"
        publisher = subprocess.Popen(
            [build / "src/cli/freshet-cli", "publish", args.source, "--data-dir", home / "publisher",
             "--link-file", link, *NETWORK], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + DEADLINE
            while not link.exists():
                if time.monotonic() > deadline:
                    sys.exit("the publisher made no link")
                select.select([], [], [], 0.1)
            watch(build, home, display, link.read_text().strip(), args.minutes)
        finally:
            publisher.terminate()
            publisher.wait()


if __name__ == "__main__":
    main()
