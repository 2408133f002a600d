#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two windows started at once are one, and a link given to a second program opens in the first.

Usage: instance_test.py FRESHET FRESHET_CLI, with a display or QT_QPA_PLATFORM=offscreen.
"""

import os
import pathlib
import select
import subprocess
import sys
import tempfile
import time

NETWORK = ["--listen", "127.0.0.1:0", "--no-dht", "--no-lsd", "--no-upnp"]
DEADLINE = 20


def wait(what, done):
    deadline = time.monotonic() + DEADLINE
    while not done():
        if time.monotonic() > deadline:
            sys.exit(f"instance_test: {what}: not within {DEADLINE} s")
        select.select([], [], [], 0.05)


def main():
    freshet, cli = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        env = dict(os.environ, XDG_CONFIG_HOME=str(home), XDG_RUNTIME_DIR=str(home),
                   FRESHET_LOG="info", FRESHET_NULL_AUDIO="1",
                   DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
        log = home / "log"
        processes = []

        def start(*what):
            with open(log, "a") as out:
                processes.append(subprocess.Popen(
                    [freshet, "--data-dir", home / "viewer", *NETWORK, *what], env=env, stderr=out))
            return processes[-1]

        try:
            publisher = subprocess.Popen(
                [cli, "publish", "test:", "--data-dir", home / "publisher", "--link-file",
                 home / "link", *NETWORK], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            processes.append(publisher)
            wait("a link", (home / "link").exists)
            two = [start(), start()]
            wait("one of two gives way", lambda: any(p.poll() is not None for p in two))
            left = [p for p in two if p.poll() is None]
            gone = [p for p in two if p.poll() is not None]
            assert len(left) == 1 and gone[0].returncode == 0, [p.poll() for p in two]
            third = start((home / "link").read_text().strip())
            wait("the third hands its link over", lambda: third.poll() == 0)
            wait("the first plays it", lambda: "player: picture" in log.read_text())
            assert left[0].poll() is None
            left[0].terminate()
            wait("it ends when it is asked to", lambda: left[0].poll() is not None)
            assert left[0].returncode == 0, left[0].returncode
            # What a crash leaves behind does not keep the next one from starting.
            crashed = start()
            wait("a window", lambda: log.read_text().count("window: shown") >= 2)
            crashed.kill()
            crashed.wait()
            again = start()
            wait("a window after a crash", lambda: log.read_text().count("window: shown") >= 3)
            assert again.poll() is None
        finally:
            for process in processes:
                if process.poll() is None:
                    process.terminate()
                process.wait()
    print("one window, whoever starts it")


if __name__ == "__main__":
    main()
