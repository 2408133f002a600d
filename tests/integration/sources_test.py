#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be broadcast: the test picture, a screen, files that have to be encoded anew, encoders
that push by RTMP and SRT; how soon, how regular and how large what comes out of it is."""

import http.server
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import threading
import unittest

import harness
from harness import Case

FLASH = "color=black:size=640x360:rate=30,drawbox=t=fill:c=white:enable='lt(mod(t,1),0.2)'"
BEEP = "aevalsrc='if(lt(mod(t,1),0.2),0.5*sin(2*PI*1000*t),0)':s=48000"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def probe(path, entries, *args):
    done = subprocess.run(["ffprobe", "-v", "error", "-of", "json", "-show_entries", entries, *args,
                           str(path)], capture_output=True, check=True)
    return json.loads(done.stdout)


def packets(path, kind):
    found = probe(path, "packet=pts_time,dts_time,size,flags", "-select_streams", f"{kind}:0")["packets"]
    return [(float(p["dts_time"]), int(p["size"]), "K" in p["flags"]) for p in found]


def flashes(path):
    """When the picture turns white."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-an", "-vf",
                           "signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-", "-f",
                           "null", "-"], capture_output=True, text=True, check=True).stdout
    values = re.findall(r"pts_time:([\d.]+)\s+lavfi.signalstats.YAVG=([\d.]+)", done)
    times = [(float(t), float(y) > 100) for t, y in values]
    return [t for (_, before), (t, now) in zip(times, times[1:]) if now and not before]


def beeps(path):
    done = subprocess.run(["ffmpeg", "-hide_banner", "-i", str(path), "-vn", "-af",
                           "silencedetect=noise=-30dB:d=0.3", "-f", "null", "-"],
                          capture_output=True, text=True, check=True).stderr
    return [float(t) for t in re.findall(r"silence_end: ([\d.]+)", done)]


class SourcesTest(Case):
    def show(self, source, *args, name="show", **kw):
        return self.publish("--name", f"{name}.ts", "--linger", "0", *args, source=source, stdin=None,
                            data_dir=name, **kw)

    def ended(self, publisher, name="show"):
        publisher.signal(signal.SIGINT)
        self.assertEqual(publisher.exit(20), 0, publisher.stderr)
        return self.recording(name)

    def rising(self, path, kinds="va"):
        for kind in kinds:
            times = [t for t, _, _ in packets(path, kind)]
            self.assertGreater(len(times), 30)
            steps = [b - a for a, b in zip(times, times[1:])]
            self.assertGreater(min(steps), 0, kind)

    def regular(self, path, kinds="va"):
        """Times rise, and it can be decoded without a complaint."""
        self.rising(path, kinds)
        # In the stream's own clock: two pictures that a busy screen gave closely after each other
        # would have one time in a clock that ticks once a frame.
        done = subprocess.run(["ffmpeg", "-v", "warning", "-xerror", "-i", str(path),
                               "-enc_time_base", "1:90000", "-f", "null", "-"],
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr.strip()), (0, ""))

    def in_step(self, path, least=3):
        lit, heard = flashes(path), beeps(path)
        self.assertGreaterEqual(len(lit), least)
        offsets = [min((t - b for b in heard), key=abs) for t in lit]
        self.assertLess(max(map(abs, offsets)), 0.040, offsets)

    def test_the_test_picture(self):
        publisher = self.show("test:")
        publisher.wait("head", lambda e: e["size"] > 1_000_000, timeout=30)
        path = self.ended(publisher)
        self.regular(path)
        keys = [t for t, _, key in packets(path, "v") if key]
        self.assertLess(max(abs(b - a - 1) for a, b in zip(keys, keys[1:])), 0.05)
        first = [packets(path, kind)[0][0] for kind in "va"]
        self.assertLess(abs(first[0] - first[1]), 0.040)

    def test_what_a_transport_stream_costs(self):
        """500 kbit/s of picture and 64 of sound: at most 8 % more than what is in it."""
        publisher = self.show("test:", "--size", "640x360", "--video-bitrate", "500k",
                              "--audio-bitrate", "64k")
        publisher.wait("head", lambda e: e["size"] > 500_000, timeout=40)
        path = self.ended(publisher)
        held = sum(size for kind in "va" for _, size, _ in packets(path, kind))
        cost = path.stat().st_size / held - 1
        print(f"500 kbit/s: TS costs {100 * cost:.1f} %", flush=True)
        self.assertLess(cost, 0.08)

    def test_sound_alone(self):
        """32 kbit/s leave within half a second, in at most 1.5 times as many bytes."""
        source = self.dir / "speech.wav"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anoisesrc=r=48000:a=0.2", "-t",
                        "15", source], check=True)
        publisher = self.show(str(source), "--audio-bitrate", "32k")
        viewer = self.watch(self.link_of(publisher), peers=[publisher.port])
        harness.wait_until(lambda: len(viewer.all("head")) > 20, timeout=30)
        heads = viewer.all("head")
        gaps = [b["t"] - a["t"] for a, b in zip(heads[3:], heads[4:])]
        self.assertEqual(publisher.exit(30), 0)
        viewer.wait("complete", timeout=20)
        path = self.recording("show")
        self.regular(path, "a")
        held = sum(size for _, size, _ in packets(path, "a"))
        last = viewer.last("progress")
        cost = path.stat().st_size / held
        print(f"sound of 32 kbit/s: TS {cost:.2f} times, new heads each {statistics.median(gaps):.2f} s, "
              f"protocol {100 * last['overhead_down'] / max(1, last['payload_down']):.0f} %", flush=True)
        self.assertLess(cost, 1.5)
        self.assertLess(statistics.median(gaps), 0.5)

    def test_files_that_have_to_be_encoded_anew(self):
        webm, turned = self.dir / "a.webm", self.dir / "phone.mp4"
        make = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", FLASH, "-f", "lavfi", "-i", BEEP,
                "-t", "5"]
        subprocess.run([*make, "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis", webm],
                       check=True)
        subprocess.run([*make, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
                        self.dir / "flat.mp4"], check=True)
        subprocess.run(["ffmpeg", "-v", "error", "-i", self.dir / "flat.mp4", "-c", "copy",
                        "-metadata:s:v", "rotate=90", turned], check=True)
        for source, size in ((webm, (640, 360)), (turned, (360, 640))):
            publisher = self.show(str(source), name=source.stem)
            self.assertEqual(publisher.exit(30), 0, publisher.stderr)
            path = self.recording(source.stem)
            self.regular(path)
            self.in_step(path)
            stream = probe(path, "stream=width,height,codec_name", "-select_streams", "v:0")["streams"][0]
            self.assertEqual((stream["width"], stream["height"], stream["codec_name"]), (*size, "h264"))

    def push(self, url, form, seconds):
        return subprocess.run(["ffmpeg", "-v", "quiet", "-re", "-f", "lavfi", "-i", FLASH, "-f",
                               "lavfi", "-i", BEEP, "-t", str(seconds), "-c:v", "libx264", "-preset",
                               "ultrafast", "-tune", "zerolatency", "-g", "30", "-pix_fmt", "yuv420p",
                               "-c:a", "aac", "-f", form, url], timeout=60).returncode

    def test_an_encoder_pushes_breaks_off_and_comes_back(self):
        port = free_port()
        publisher = self.show(f"rtmp://127.0.0.1:{port}/live?listen=1", name="rtmp")
        address = publisher.wait("listening")["address"]
        self.assertRegex(address, rf"^rtmp://127.0.0.1:{port}/live/[0-9a-f]{{24}}$")
        self.push(f"rtmp://127.0.0.1:{port}/live/guess", "flv", 2)
        publisher.wait("warning", lambda e: "wrong key" in e["message"], timeout=20)
        self.assertEqual(self.push(address, "flv", 4), 0)
        publisher.wait("warning", lambda e: "is gone" in e["message"], timeout=20)
        self.assertEqual(self.push(address, "flv", 3), 0)
        path = self.ended(publisher, "rtmp")
        self.regular(path)
        self.in_step(path, least=5)
        times = [t for t, _, _ in packets(path, "v")]
        self.assertGreater(len(times), 6.5 * 30)
        self.assertGreater(times[-1] - times[0], 7.5, "the break is missing in the times")

    def test_srt_with_a_passphrase(self):
        port = free_port()
        publisher = self.show(f"srt://127.0.0.1:{port}?listen=1", name="srt")
        address = publisher.wait("listening")["address"]
        wrong = f"srt://127.0.0.1:{port}?passphrase=guess-guess-guess&pbkeylen=16"
        self.assertNotEqual(self.push(wrong, "mpegts", 2), 0)
        self.assertEqual(self.push(address, "mpegts", 5), 0)
        path = self.ended(publisher, "srt")
        self.regular(path)
        self.in_step(path)

    def runs(self, *command, **kw):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **kw)
        self.addCleanup(lambda: (process.kill(), process.wait()))
        return process

    def screen(self, *display):
        """A screen of 800x600, and its name; the one that is asked for, or any."""
        read, write = os.pipe()
        process = self.runs("Xvfb", *display, "-displayfd", str(write), "-screen", "0", "800x600x24",
                            pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as numbers:
            return process, f":{numbers.readline().strip()}"

    def sound_server(self):
        """A sound server of our own, whose usual microphone hears what it plays: nothing."""
        process = self.runs("pulseaudio", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
                            "-n", "--load=module-null-sink",
                            f"--load=module-native-protocol-unix socket={self.dir}/sound "
                            "auth-anonymous=1",
                            env={**os.environ, "XDG_RUNTIME_DIR": str(self.dir),
                                 "HOME": str(self.dir)})
        harness.wait_until((self.dir / "sound").exists, 10, "the sound server's start")
        return process

    @unittest.skipUnless(shutil.which("Xvfb"), "there is no Xvfb")
    def test_a_screen_and_a_microphone_go_and_come_back(self):
        """The show goes on: black and silent meanwhile, and its times without a gap."""
        screen, display = self.screen()
        sound = ["--audio", "none"]
        if shutil.which("pulseaudio"):
            server = self.sound_server()
            sound = ["--audio", "pulse:default"]
        else:
            print("sound is left out: there is no pulseaudio", flush=True)
        publisher = self.show(f"screen:{display}", *sound, "--size", "400x300",
                              prefix=("env", f"PULSE_SERVER=unix:{self.dir}/sound"))
        publisher.wait("progress", lambda e: e["t"] > 3, timeout=20)
        said = lambda what: lambda e: what in e["message"]
        screen.kill()
        publisher.wait("warning", said(f"It went away: the screen {display}"))
        if sound[1] != "none":
            server.kill()
            server.wait()
            publisher.wait("warning", said("It went away: the usual microphone"))
        gone = publisher.last("progress")["t"]
        publisher.wait("progress", lambda e: e["t"] > gone + 2, timeout=20)
        self.screen(display)
        publisher.wait("warning", said(f"It is back: the screen {display}"))
        if sound[1] != "none":
            (self.dir / "sound").unlink(missing_ok=True)
            self.sound_server()
            publisher.wait("warning", said("It is back: the usual microphone"))
        back = publisher.last("progress")["t"]
        publisher.wait("progress", lambda e: e["t"] > back + 2, timeout=20)
        path = self.ended(publisher)
        kinds = "va" if sound[1] != "none" else "v"
        self.regular(path, kinds)
        for kind in kinds:
            times = [t for t, _, _ in packets(path, kind)]
            self.assertLess(max(b - a for a, b in zip(times, times[1:])), 0.8, kind)
            self.assertGreater(times[-1] - times[0], 6)

    @unittest.skipUnless(shutil.which("Xvfb"), "there is no Xvfb")
    def test_a_screen_that_hangs(self):
        """After two seconds the show is black, not stopped."""
        screen, display = self.screen()
        publisher = self.show(f"screen:{display}", "--audio", "none", "--size", "400x300")
        publisher.wait("progress", lambda e: e["t"] > 3, timeout=20)
        before = publisher.last("progress")["size"]
        screen.send_signal(signal.SIGSTOP)
        stopped = publisher.last("progress")["t"]
        publisher.wait("progress", lambda e: e["t"] > stopped + 5, timeout=20)
        screen.send_signal(signal.SIGCONT)
        publisher.wait("progress", lambda e: e["t"] > stopped + 7, timeout=20)
        path = self.ended(publisher)
        self.assertGreater(path.stat().st_size, before)
        self.regular(path, "v")
        times = [t for t, _, _ in packets(path, "v")]
        steps = [b - a for a, b in zip(times, times[1:])]
        self.assertEqual(len([s for s in steps if s > 1]), 1)
        self.assertLess(max(steps), 2.4)

    @unittest.skipUnless(shutil.which("Xvfb"), "there is no Xvfb")
    def test_a_screen(self):
        _, display = self.screen()
        publisher = self.show(f"screen:{display}", "--audio", "none", "--size", "400x300")
        publisher.wait("progress", lambda e: e["t"] > 4, timeout=20)
        path = self.ended(publisher)
        self.regular(path, "v")
        stream = probe(path, "stream=width,height", "-select_streams", "v:0")["streams"][0]
        self.assertEqual((stream["width"], stream["height"]), (400, 300))
        self.assertGreater(len(packets(path, "v")), 60)

    def test_a_file_that_cannot_be_read_on(self):
        """What was read is published; the same command goes on with this show."""
        film = self.dir / "film.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", FLASH, "-f", "lavfi", "-i", BEEP,
                        "-t", "10", "-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt",
                        "yuv420p", "-c:a", "aac", film], check=True)
        whole = film.read_bytes()

        class Server(http.server.BaseHTTPRequestHandler):
            upto = len(whole) // 2

            def do_GET(self):
                first = int(re.match(r"bytes=(\d+)-", self.headers.get("Range", "bytes=0-"))[1])
                if first >= self.upto:
                    return self.send_error(503)
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {first}-{len(whole) - 1}/{len(whole)}")
                self.send_header("Content-Length", str(len(whole) - first))
                self.end_headers()
                try:
                    self.wfile.write(whole[first:self.upto])
                except ConnectionError:
                    pass

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/film.mkv"
        publisher = self.show(url)
        self.assertEqual(publisher.exit(30), 3)
        said = publisher.last("error")["message"]
        self.assertIn("cannot read on", said)
        self.assertIn("the same command goes on", said)
        path = self.recording("show")
        half = [t for t, _, _ in packets(path, "v")]
        self.assertAlmostEqual(half[-1] - half[0], 5, delta=1)
        Server.upto = len(whole)
        self.assertEqual(self.show(url).exit(30), 0)
        self.regular(path)
        self.in_step(path, least=8)
        times = [t for t, _, _ in packets(path, "v")]
        self.assertAlmostEqual(times[-1] - times[0], 10, delta=0.2)

    def test_a_full_disk(self):
        """It is said what to do, and when that is done, the same command goes on with the show."""
        disk = self.dir / "disk"
        disk.mkdir()
        inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
        mount = f"mount -t tmpfs -o size=6m none {disk}"
        if subprocess.run([*inside, mount], capture_output=True).returncode != 0:
            self.skipTest("this system lets nobody mount a small disk of their own")
        script = (f"{mount} && \"$@\"; echo first: $?; mount -o remount,size=100m {disk}; "
                  f"timeout --foreground --preserve-status -s INT 6 \"$@\"; echo second: $?; "
                  f"cp {disk}/shows/*/*.ts {self.dir}/all.ts")
        done = subprocess.run(
            [*inside, script, "sh", harness.CLI, "publish", "test:", "--name", "show.ts", "--data-dir",
             disk, "--listen", "127.0.0.1:0", *harness.OFFLINE, "--linger", "0"],
            capture_output=True, text=True, timeout=90)
        self.assertIn("No space left on device; free some space and start again", done.stderr)
        self.assertIn("first: 3", done.stdout)
        self.assertIn("second: 0", done.stdout, done.stderr)
        self.rising(self.dir / "all.ts")  # the picture in which it broke off cannot be decoded
        times = [t for t, _, _ in packets(self.dir / "all.ts", "v")]
        self.assertGreater(times[-1] - times[0], 8)

    def test_what_cannot_be_broadcast(self):
        cases = {"camera:/dev/null": "not a camera", "camera:/dev/video99": "is it plugged in",
                 "screen::97": "no X11 display", "rtmp://192.0.2.1:1935/x?listen=1": "no such address",
                 "srt://127.0.0.1:9?listen=1&passphrase=short": "at least 10"}
        for source, why in cases.items():
            done = subprocess.run([harness.CLI, "publish", source, "--data-dir", self.dir / "x",
                                   "--listen", "127.0.0.1:0", "--no-dht", "--no-lsd", "--no-upnp"],
                                  capture_output=True, text=True, timeout=30)
            self.assertIn(done.returncode, (2, 3), source)
            self.assertIn(why, done.stderr, source)
        for codec in ("av1", "libsvtav1", "vp9"):
            done = subprocess.run([harness.CLI, "publish", "test:", "--video-codec", codec,
                                   "--data-dir", self.dir / "x", "--listen", "127.0.0.1:0", "--no-dht",
                                   "--no-lsd", "--no-upnp"], capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertRegex(done.stderr, "MPEG-TS does not carry .* choose h264 or hevc")


if __name__ == "__main__":
    harness.main()
