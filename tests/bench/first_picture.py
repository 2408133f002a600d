#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a link on the command line to the window and to the first picture, on loopback.

Usage: first_picture.py BUILD_DIRECTORY [--starts N]. Starts the desktop program N times (20), each
time with an empty data directory, into a show that has been on the air for a while; it plays from
0:00. Needs Xvfb. Prints the median and the 95th percentile of both times, in seconds.
"""

import argparse
import os
import pathlib
import select
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "ui"))
from under_display import Display  # noqa: E402

NETWORK = ["--listen", "127.0.0.1:0", "--no-dht", "--no-lsd", "--no-upnp"]
DEADLINE = 20


def lines_until(process, wanted):
    """Yields (seconds since start, line) of its stderr until all of `wanted` were seen."""
    wanted = set(wanted)
    deadline = time.monotonic() + DEADLINE
    text = b""
    while wanted and time.monotonic() < deadline:
        if not select.select([process.stderr], [], [], 0.1)[0]:
            continue
        chunk = os.read(process.stderr.fileno(), 65536)
        if not chunk:
            return
        *whole, text = (text + chunk).split(b"\n")
        for line in whole:
            for key in [key for key in wanted if key in line.decode(errors="replace")]:
                wanted.discard(key)
                yield key, time.monotonic()


def start(build, home, display, name, *what):
    """The desktop program, saying on stderr what happens."""
    env = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", FRESHET_LOG="info",
               FRESHET_NULL_AUDIO="1", XDG_CONFIG_HOME=str(home / "config"),
               XDG_RUNTIME_DIR=str(home))
    env.pop("DBUS_SESSION_BUS_ADDRESS", None)
    return subprocess.Popen([build / "ui/freshet", "--data-dir", home / name, *NETWORK, *what],
                            env=env, stderr=subprocess.PIPE)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, round(share * (len(values) - 1)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--starts", type=int, default=20)
    args = parser.parse_args()
    build = args.build.resolve()
    with tempfile.TemporaryDirectory() as home, Display() as display:
        home = pathlib.Path(home)
        link = home / "link"
        publisher = subprocess.Popen(
            [build / "src/cli/freshet-cli", "publish", "test:", "--data-dir", home / "publisher",
             "--link-file", link, *NETWORK], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + DEADLINE
            recording = None
            while not (recording and recording.stat().st_blocks * 512 > 3_000_000):
                if time.monotonic() > deadline + 30:
                    sys.exit("the publisher did not begin")
                select.select([], [], [], 0.1)
                recording = next((home / "publisher/shows").glob("*/*.ts"), None)
            shown, pictures = [], []
            for number in range(args.starts):
                begun = time.monotonic()
                app = start(build, home, display, f"viewer-{number}", link.read_text().strip())
                seen = dict(lines_until(app, ["window: shown", "player: picture"]))
                app.terminate()
                app.wait()
                if len(seen) < 2:
                    sys.exit(f"start {number}: saw only {sorted(seen)} within {DEADLINE} s")
                shown.append(seen["window: shown"] - begun)
                pictures.append(seen["player: picture"] - begun)
        finally:
            publisher.terminate()
            publisher.wait()
    for name, values in (("window", shown), ("first picture", pictures)):
        print(f"{name}: median {statistics.median(values):.2f} s, "
              f"p95 {percentile(values, 0.95):.2f} s, worst {max(values):.2f} s")


if __name__ == "__main__":
    main()
