#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command with a display of its own, Xvfb; without Xvfb Qt's "offscreen" has to do.

Usage: under_display.py COMMAND...
"""

import os
import select
import shutil
import subprocess
import sys


class Display:
    """Xvfb for a while; its name, such as ":3"."""

    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        if not select.select([read], [], [], 20)[0]:
            self.__exit__()
            sys.exit("under_display: Xvfb did not start within 20 s")
        return ":" + os.read(read, 16).decode().strip()

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()


def main():
    if not shutil.which("Xvfb"):
        print("under_display: no Xvfb here, so there is no real window", file=sys.stderr)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.pop("DISPLAY", None)
        return subprocess.call(sys.argv[1:])
    with Display() as display:
        return subprocess.call(
            sys.argv[1:], env=dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb"))


if __name__ == "__main__":
    sys.exit(main())
