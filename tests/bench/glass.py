#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Glass to glass: from the picture at the broadcaster to the picture in a viewer's window.
   tests/bench/glass.py [--seconds 30] [--delay 20] [--up 1.25M]

A test picture with a clock, and the desktop program at the live edge, on two hosts of the lab with
`delay` ms each way. The viewer's screen (Xvfb) is read ten times a second; the clock that is seen is
compared with the time. Goal: p50 < 1.0 s, p95 < 1.5 s."""

import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("FRESHET_BUILD", ROOT / "build/dev"))
os.environ.setdefault("FRESHET_CLI", str(BUILD / "src/cli/freshet-cli"))
os.environ.setdefault("FRESHET_LAB", str(BUILD / "tests/lab/freshet-lab"))
sys.path.insert(0, str(ROOT / "tests/integration"))

import lab

if __name__ == "__main__":
    lab.enter()

import harness  # noqa: E402

WIDTH, HEIGHT, CELLS = 1280, 800, 32
# The picture is 1280x720 in the middle; its lowest 16 rows hold the clock.
ROW = (HEIGHT - 720) // 2 + 720 - 8
PATIENCE = 40


def percentile(values, share):
    return values[min(len(values) - 1, int(share * len(values)))]


class Measurement(unittest.TestCase):
    """Only for its addCleanup: everything that is started ends with it."""

    def ended(self, process):
        def end():
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.addCleanup(end)
        return process

    def screen(self):
        read, write = os.pipe()
        self.ended(subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0",
                                     f"{WIDTH}x{HEIGHT}x24"], pass_fds=[write],
                                    stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as numbers:
            return f":{numbers.readline().strip()}"

    def delays(self, display, seconds):
        """Seconds that each picture seen is old."""
        grab = self.ended(subprocess.Popen(
            ["ffmpeg", "-v", "error", "-f", "x11grab", "-framerate", "10", "-video_size",
             f"{WIDTH}x2", "-i", f"{display}+0,{ROW}", "-pix_fmt", "gray", "-f", "rawvideo", "-"],
            stdout=subprocess.PIPE))
        found = []
        began = time.monotonic()
        settled = None
        while time.monotonic() - began < seconds + PATIENCE:
            line = grab.stdout.read(WIDTH * 2)[:WIDTH]
            now = int(time.time() * 1000) & 0xFFFFFFFF
            cell = WIDTH // CELLS
            value = 0
            for i in range(CELLS):
                value = value << 1 | (line[i * cell + cell // 2] > 128)
            age = (now - value) & 0xFFFFFFFF
            if age > 60_000:
                continue  # no picture yet
            settled = settled or time.monotonic() + 8  # the window comes to the edge
            if time.monotonic() > settled:
                found.append(age / 1000)
            if time.monotonic() > settled + seconds:
                break
        return found

    def runTest(self):
        a = self.args
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="freshet-glass-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        net = lab.Lab(self, f"pub,up={a.up},down={a.up},delay={a.delay}",
                      f"view,up={a.up},down={a.up},delay={a.delay}")
        publisher = net.start("pub", "publish", "test:", "--no-dht", "--no-lsd", "--no-upnp",
                              stdin=None)
        link = publisher.wait("link")["link"]
        publisher.wait("head", lambda e: e["size"] > 500_000)
        display = self.screen()
        run = self.dir / "run"
        run.mkdir(mode=0o700)
        log = (self.dir / "log").open("w+")
        self.addCleanup(log.close)
        environment = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", FRESHET_NULL_AUDIO="1", FRESHET_LOG="info",
                           XDG_RUNTIME_DIR=str(run), XDG_CONFIG_HOME=str(self.dir / "config"))
        self.ended(subprocess.Popen(
            [*net.prefix("view"), BUILD / "ui/freshet", "--data-dir", self.dir / "viewer", "--listen",
             f"{net.address['view']}:6881", "--no-dht", "--no-lsd", "--no-upnp", "--peer",
             publisher.address, "--from", "live", link], env=environment,
            stdout=subprocess.DEVNULL, stderr=log))
        found = sorted(self.delays(display, a.seconds))
        self.assertTrue(found, "no picture was seen")
        p50, p95 = percentile(found, 0.5), percentile(found, 0.95)
        print(f"glass to glass, {len(found)} looks: p50 {p50:.2f} s, p95 {p95:.2f} s, "
              f"worst {found[-1]:.2f} s", flush=True)
        log.seek(0)
        said = [float(ms) / 1000 for ms in re.findall(r"(\d+) ms behind the camera", log.read())]
        said = sorted(said[-max(3, int(a.seconds) - 2):])
        print(f"the window says: p50 {percentile(said, 0.5):.2f} s, p95 {percentile(said, 0.95):.2f} s",
              flush=True)
        publisher.signal(signal.SIGINT)
        self.assertLess(abs(percentile(said, 0.5) - p50), 0.15)
        self.assertLess(p50, 1.0)
        self.assertLess(p95, 1.5)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--delay", type=float, default=20)
    parser.add_argument("--up", default="1.25M")
    Measurement.args = parser.parse_args()
    unittest.main(argv=sys.argv[:1])
