#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Anonymous memory of a viewer that has a show of the greatest size, all of it in its journal.
   tests/bench/memory.py [PIECES] [PIECE_LENGTH]      (65535 524288; in build/dev)"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/dev"
LIMIT_MIB = 80


def anonymous_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1])


def main():
    pieces, length = (int(a) for a in (sys.argv[1:] + ["65535", "524288"][len(sys.argv) - 1:]))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="freshet-memory-"))
    try:
        link = subprocess.run([BUILD / "tests/bench/make_big_show", folder, str(pieces), str(length)],
                              check=True, capture_output=True, text=True).stdout.strip()
        viewer = subprocess.Popen(
            [BUILD / "src/cli/freshet-cli", "watch", link, "--data-dir", folder, "--listen",
             "127.0.0.1:0", "--no-dht", "--no-lsd", "--no-upnp", "--json"], stdout=subprocess.PIPE,
            text=True)
        seen = None
        for line in viewer.stdout:
            event = json.loads(line)
            if not seen and event["event"] == "progress" and \
                    event["have"] == pieces * length:
                seen = event
            if seen and event["t"] > seen["t"] + 2:
                break
        used = anonymous_kib(viewer.pid) / 1024
        viewer.kill()
        viewer.wait()
        print(f"{pieces} pieces of {length} bytes ({pieces * length / 1e9:.1f} GB): ready after "
              f"{seen['t']:.1f} s, {used:.0f} MiB of anonymous memory (limit {LIMIT_MIB})")
        return 0 if used < LIMIT_MIB else 1
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
