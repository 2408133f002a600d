# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs real freshet-cli processes and waits on what they say. Nothing here sleeps to be safe: every
wait is for an event, with a deadline."""

import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

CLI = os.environ["FRESHET_CLI"]
# Under a sanitizer everything takes this many times longer; only limits on speed are stretched.
SLOW = float(os.environ.get("FRESHET_TEST_SLOW", 1))
OFFLINE = ["--no-dht", "--no-lsd", "--no-upnp"]


def without_peers(link):
    """The link without the addresses that it names: whoever follows it has to find others itself."""
    return re.sub(r"&x\.pe=[^&]*", "", link)


def random_bytes(size, seed=1):
    return random.Random(seed).randbytes(size)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def free_port():
    # Not from the range of outgoing connections, which could take it again before it is used.
    while True:
        port = random.SystemRandom().randrange(10000, 16000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Process:
    """One freshet-cli with --json; its events are kept in order."""

    def __init__(self, case, *args, stdin=None, prefix=(), json_on_stderr=False, binary_stdout=None):
        self.events = []
        self._new = threading.Condition()
        stdout = binary_stdout if json_on_stderr else subprocess.PIPE
        self.proc = subprocess.Popen(
            [*prefix, CLI, *map(str, args), "--json"], stdin=stdin or subprocess.DEVNULL,
            stdout=stdout, stderr=subprocess.PIPE, start_new_session=True)
        self.started = time.monotonic()
        self.stderr = []
        case.addCleanup(self.kill)
        self._threads = [threading.Thread(target=self._read, args=(p,), daemon=True)
                         for p in (self.proc.stdout, self.proc.stderr) if p and p is not binary_stdout]
        for thread in self._threads:
            thread.start()

    def _read(self, pipe):
        for line in pipe:
            text = line.decode("utf-8", "replace").rstrip("\n")
            with self._new:
                try:
                    event = json.loads(text)
                    event["_at"] = time.monotonic()
                    self.events.append(event)
                except ValueError:
                    self.stderr.append(text)
                self._new.notify_all()

    def wait(self, name, test=lambda e: True, timeout=20, after=0):
        """The first event of that name, from index `after` on, that passes `test`."""
        deadline = time.monotonic() + timeout
        seen = after
        with self._new:
            while True:
                while seen < len(self.events):
                    event = self.events[seen]
                    seen += 1
                    if event["event"] == name and test(event):
                        return event
                left = deadline - time.monotonic()
                if left <= 0 or (self.proc.poll() is not None and not self._alive()):
                    raise AssertionError(
                        f"no {name} within {timeout} s; rejected: "
                        f"{[e for e in self.events if e['event'] == 'rejected'][-6:]}; last events: "
                        f"{self.events[-6:]} stderr: {self.stderr[-5:]}")
                self._new.wait(min(left, 0.2))

    def _alive(self):
        return any(t.is_alive() for t in self._threads)

    def all(self, name):
        with self._new:
            return [e for e in self.events if e["event"] == name]

    def last(self, name):
        found = self.all(name)
        return found[-1] if found else None

    def index(self):
        with self._new:
            return len(self.events)

    def signal(self, number):
        self.proc.send_signal(number)

    def kill(self):
        if self.proc.poll() is None:
            self.proc.kill()
        self.proc.wait()
        for thread in self._threads:
            thread.join(5)
        for pipe in (self.proc.stdin, self.proc.stdout, self.proc.stderr):
            if pipe and not pipe.closed:
                try:
                    pipe.close()
                except OSError:
                    pass

    def exit(self, timeout=30):
        """Waits for the end and returns the exit status."""
        try:
            code = self.proc.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s; last events: {self.events[-6:]} "
                                 f"stderr: {self.stderr[-5:]}") from None
        for thread in self._threads:
            thread.join(5)
        return code


class Feeder:
    """Writes bytes into a pipe at a steady rate, on a thread."""

    def __init__(self, pipe, data, rate=None, step=50_000):
        self.sent = 0
        self.broken = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(pipe, data, rate, step), daemon=True)
        self._thread.start()

    def _run(self, pipe, data, rate, step):
        begun = time.monotonic()
        try:
            while self.sent < len(data) and not self._stop.is_set():
                pipe.write(data[self.sent:self.sent + step])
                pipe.flush()
                self.sent = min(self.sent + step, len(data))
                if rate:
                    self._stop.wait(max(0, begun + self.sent / rate - time.monotonic()))
            if not self._stop.is_set():
                pipe.close()
        except (BrokenPipeError, ValueError):
            self.broken = True

    def stop(self):
        self._stop.set()
        self._thread.join()

    def join(self, timeout=120):
        self._thread.join(timeout)


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="freshet-test-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self._ports = {}

    def publish(self, *args, data_dir="pub", stdin=subprocess.PIPE, source="-", port=None, **kw):
        port = port or free_port()
        process = Process(self, "publish", source, "--data-dir", self.dir / data_dir, "--listen",
                          f"127.0.0.1:{port}", *OFFLINE, *args, stdin=stdin, **kw)
        process.port = port
        return process

    def watch(self, link, *args, data_dir="view", peers=(), out=None, **kw):
        port = free_port()
        out = self.dir / (out or f"{data_dir}.out")
        extra = [a for p in peers for a in ("--peer", f"127.0.0.1:{p}")]
        process = Process(self, "watch", link, "--data-dir", self.dir / data_dir, "--listen",
                          f"127.0.0.1:{port}", *OFFLINE, "--out", out, *extra, *args, **kw)
        process.port = port
        process.out = out
        return process

    def link_of(self, publisher):
        return publisher.wait("link")["link"]

    def recording(self, data_dir):
        """The one recording in a data directory."""
        files = [p for p in (self.dir / data_dir / "shows").glob("*/*")
                 if p.is_file() and p.suffix != ".torrent"]
        self.assertEqual(len(files), 1, files)
        return files[0]


def interrupt(process):
    process.signal(signal.SIGINT)


def wait_until(test, timeout=20, what="condition"):
    deadline = time.monotonic() + timeout
    tick = threading.Event()
    while not test():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} not met within {timeout} s")
        tick.wait(0.02)


def main():
    unittest.main(verbosity=2)
