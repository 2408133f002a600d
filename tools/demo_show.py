#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, step by step, between real processes on the loopback interface. See tools/demo."""

import hashlib
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

import libtorrent as lt

AIR_SECONDS = 30   # at most
JOIN_AFTER = 8     # seconds on air when the viewers come
OFFLINE = ["--no-dht", "--no-lsd", "--no-upnp"]
BOLD, DIM, PLAIN = ("\033[1m", "\033[2m", "\033[0m") if sys.stdout.isatty() else ("", "", "")


def mb(size):
    return f"{size / 1e6:.1f} MB"


class Node:
    """One freshet-cli; `next` hands out its events as they come."""

    def __init__(self, cli, *args):
        self.proc = subprocess.Popen([cli, *map(str, args), *OFFLINE, "--json"],
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True)
        self.events = queue.Queue()
        self.head = None
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.proc.stdout:
            event = json.loads(line)
            if event["event"] == "head":
                self.head = event
            self.events.put(event)
        self.events.put(None)

    def wait(self, name, test=lambda e: True, timeout=60):
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise SystemExit(f"demo: no '{name}' within {timeout} s; something is wrong") from None
            if event is None:
                raise SystemExit("demo: freshet-cli ended early: " + self.proc.stderr.read().strip())
            if event["event"] == name and test(event):
                return event

    def stop(self, number=signal.SIGTERM):
        if self.proc.poll() is None:
            self.proc.send_signal(number)
        try:
            self.proc.wait(10)
        except subprocess.TimeoutExpired:
            self.proc.kill()
            self.proc.wait()


class Demo:
    def __init__(self, cli, folder, source):
        self.cli = cli
        self.out = pathlib.Path(folder)
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)
        self.source = source or "test:"
        self.nodes = []
        self.window = None
        self.started = time.monotonic()
        self.step_number = 0

    def node(self, *args):
        node = Node(self.cli, *args)
        self.nodes.append(node)
        return node

    def step(self, text):
        self.step_number += 1
        print(f"\n{BOLD}{self.step_number}. {text}{PLAIN}", flush=True)

    def say(self, text):
        print(f"   {DIM}{time.monotonic() - self.started:5.1f} s{PLAIN}  {text}", flush=True)

    def watch(self, name, link, *args):
        return self.node("watch", link, "--data-dir", self.out / name, "--listen", "127.0.0.1:0",
                         "--out", self.out / f"{name}.ts", "--linger", "600", "--torrent-file",
                         self.out / "recording.torrent", *args)

    def open_window(self, link):
        app = pathlib.Path(self.cli).parents[2] / "ui/freshet"
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or not app.exists():
            self.say("(there is no display here, so the window stays closed)")
            return
        self.step("The window opens: the show from its beginning, while it is on the air")
        begun = time.monotonic()
        self.window = subprocess.Popen(
            [app, link, "--data-dir", self.out / "window", "--listen", "127.0.0.1:0", *OFFLINE],
            env=dict(os.environ, FRESHET_LOG="info"), stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        for line in self.window.stderr:
            if "player: picture" in line:
                self.say(f"first picture {time.monotonic() - begun:.2f} s after the start of the "
                         "program")
                break
        threading.Thread(target=self.window.stderr.read, daemon=True).start()

    def run(self):
        try:
            self.air()
            if self.window and self.window.poll() is None and sys.stdout.isatty():
                print("\n   The recording is in the window. Close it to end the demo.", flush=True)
                self.window.wait()
        finally:
            if self.window and self.window.poll() is None:
                self.window.terminate()
                self.window.wait()
            for node in self.nodes:
                node.stop()

    def air(self):
        what = "a test picture with a clock and a tone" if self.source == "test:" else self.source
        self.step(f"Going live with {what}")
        publisher = self.node("publish", self.source, "--data-dir", self.out / "broadcaster",
                              "--listen", "127.0.0.1:0", "--linger", "600")
        told = publisher.wait("link")
        link = told["link"]
        self.say(f"on air; one link serves the show for its whole life ({len(link)} characters):")
        self.say(link[:88] + " ...")
        publisher.wait("head", lambda e: e["t"] >= JOIN_AFTER)
        aired = publisher.head
        self.say(f"{mb(aired['size'])} aired in {aired['t']:.0f} s, signed in {aired['seq']} heads")

        self.step(f"A viewer joins {JOIN_AFTER} s late and watches from 0:00")
        late = self.watch("late-viewer", link)
        first = late.wait("first_byte")
        self.say(f"first byte after {first['t']:.2f} s, at offset {first['offset']}")
        caught = late.wait("progress", lambda e: e["state"] == "live" and e["behind_ms"] < 1500)
        self.say(f"caught up: has {mb(caught['have'])} of {mb(caught['size'])}, "
                 f"{caught['behind_ms'] / 1000:.1f} s behind the newest signed byte")

        self.open_window(link)
        self.step("Another one jumps to the live edge")
        edge = self.watch("edge-viewer", link, "--from", "live")
        first = edge.wait("first_byte")
        self.say(f"first byte after {first['t']:.2f} s, at offset {first['offset']}: a keyframe "
                 f"{(edge.head['size'] - first['offset']) / 1000:.0f} kB before the edge")
        edge.wait("progress", lambda e: e["have"] >= first["offset"])
        self.say("it fetches what lies before meanwhile: its recording will be whole as well")

        left = AIR_SECONDS - publisher.head["t"]
        self.step(f"The show ends (in {max(left, 0):.0f} s, or when the file does)")
        deadline = time.monotonic() + max(left, 0)
        ended = None
        while ended is None and time.monotonic() < deadline:
            try:
                event = publisher.events.get(timeout=0.2)
                ended = event if event and event["event"] == "ended" else None
            except queue.Empty:
                pass
        if ended is None:
            publisher.proc.send_signal(signal.SIGINT)
            ended = publisher.wait("ended")
        self.say(f"signed: {ended['size']} bytes, SHA-256 {ended['sha256'][:16]}...")
        for name, viewer in (("late viewer", late), ("edge viewer", edge)):
            end = viewer.wait("ended")
            before = viewer.wait("progress")
            done = before if before["state"] == "seeding" else viewer.wait(
                "progress", lambda e: e["state"] == "seeding")
            again = done["disk_hashes"] - before["disk_hashes"]
            self.say(f"{name}: seeding the ordinary torrent {1000 * (done['t'] - end['t']):.0f} ms "
                     f"after it heard; {again} pieces hashed again, {done['duplicate']} bytes "
                     "received twice")
        up = publisher.wait("progress", lambda e: e["state"] == "seeding")["payload_up"]
        viewers = 3 if self.window else 2
        self.say(f"the broadcaster sent {mb(up)} for {viewers} viewers of {mb(ended['size'])} each")

        self.step("The broadcaster is killed; an ordinary BitTorrent client comes")
        publisher.stop(signal.SIGKILL)
        self.fetch(ended)
        recording = self.out / ("recording" + pathlib.Path(self.name).suffix)
        shutil.copy(self.out / "ordinary-client" / self.name, recording)
        self.check(ended)
        print(f"\nA playable recording: {recording}   (try: mpv {recording})")
        print(f"Its torrent, for any client: {self.out / 'recording.torrent'}")

    def fetch(self, ended):
        info = lt.torrent_info(str(self.out / "recording.torrent"))
        self.name = info.name()
        session = lt.session({"listen_interfaces": "127.0.0.1:0", "enable_dht": False,
                              "enable_lsd": False, "enable_upnp": False, "enable_natpmp": False})
        begun = time.monotonic()
        handle = session.add_torrent({"ti": info, "save_path": str(self.out / "ordinary-client")})
        for viewer in self.nodes[1:]:
            port = next((self.out / name for name in ("late-viewer", "edge-viewer")
                         if str(self.out / name) in viewer.proc.args), None)
            port = int(next((port / "shows").glob("*/.freshet/port")).read_text())
            handle.connect_peer(("127.0.0.1", port))
        pause = threading.Event()
        while not handle.status().is_seeding:
            if time.monotonic() - begun > 60:
                raise SystemExit("demo: the ordinary client did not finish within 60 s")
            pause.wait(0.02)
        self.say(f"{lt.__name__} {lt.__version__} fetched {mb(ended['size'])} from the two viewers "
                 f"in {time.monotonic() - begun:.2f} s")

    def check(self, ended):
        self.step("Everybody has the same bytes")
        files = {"signed by the publisher": ended["sha256"]}
        for name in ("late-viewer", "edge-viewer"):
            path = next((self.out / name / "shows").glob(f"*/{self.name}"))
            files[name.replace("-", " ") + "'s recording"] = hash_of(path)
        files["late viewer's output"] = hash_of(self.out / "late-viewer.ts")
        files["ordinary client's file"] = hash_of(self.out / "ordinary-client" / self.name)
        for name, digest in files.items():
            self.say(f"{digest[:32]}...  {name}")
        if len(set(files.values())) != 1:
            raise SystemExit("demo: they differ; this is a bug")


def hash_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    Demo(sys.argv[1], sys.argv[2], sys.argv[3]).run()
