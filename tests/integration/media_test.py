#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real media: MKV, MP4 and TS with B-frames, variable frame rate, a 33-bit timestamp wrap and two
audio tracks are re-muxed to an MPEG-TS that decodes without an error; a tar stream stays what it is."""

import json
import pathlib
import subprocess
import tarfile
import time

import harness
from harness import Case, Feeder, random_bytes, sha256


def ffmpeg(*args):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, args)], check=True)


def decode(path):
    """Decodes every packet; returns what ffmpeg complained about."""
    done = subprocess.run(["ffmpeg", "-v", "warning", "-xerror", "-i", str(path), "-map", "0", "-f",
                           "null", "-"], capture_output=True, text=True)
    return done.returncode, done.stderr.strip()


def probe(path, entries, select=None):
    args = ["ffprobe", "-v", "error", "-of", "json", "-show_entries", entries]
    if select:
        args += ["-select_streams", select]
    return json.loads(subprocess.run([*args, str(path)], capture_output=True, check=True).stdout)


def frames(path):
    counted = subprocess.run(["ffprobe", "-v", "error", "-count_packets", "-show_entries",
                              "stream=codec_type,nb_read_packets", "-of", "json", str(path)],
                             capture_output=True, check=True).stdout
    return sorted((s["codec_type"], int(s["nb_read_packets"]))
                  for s in json.loads(counted)["streams"])


class MediaTest(Case):
    def make(self, name, *extra, video="testsrc2=size=320x180:rate=30"):
        path = self.dir / name
        ffmpeg("-f", "lavfi", "-i", video, "-f", "lavfi", "-i", "sine=440", "-f", "lavfi", "-i",
               "sine=880", "-t", "12", "-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "libx264",
               "-preset", "ultrafast", "-bf", "3", "-b_strategy", "0", "-g", "30", "-c:a", "aac",
               *extra, path)
        return path

    def air(self, path, *args, at=None):
        """Publishes, watches from the start, and returns (publisher, viewer, output path)."""
        name = path.stem
        publisher = self.publish("--linger", "30", *args, source=str(path), data_dir=f"p-{name}",
                                 stdin=None)
        link = self.link_of(publisher)
        extra = ["--from", at] if at else []
        viewer = self.watch(link, *extra, data_dir=f"v-{name}", peers=[publisher.port])
        self.assertEqual(viewer.exit(60), 0, viewer.stderr)
        self.assertEqual(viewer.last("ended")["sha256"],
                         sha256(self.recording(f"v-{name}").read_bytes()))
        return publisher, viewer, viewer.out

    def check_remux(self, source, out):
        code, complaints = decode(out)
        self.assertEqual((code, complaints), (0, ""), source)
        self.assertEqual(frames(out), frames(source))

    def test_containers_survive_the_remux(self):
        wrap = str((2**33 - 4 * 90000) / 90000)  # wraps four seconds in
        sources = [
            self.make("bframes.mkv"),
            self.make("variable.mp4", "-vsync", "vfr", "-movflags", "+faststart",
                      video="testsrc2=size=320x180:rate=30,select='not(mod(n\\,7))+gt(mod(n\\,11)\\,5)'"),
            self.make("plain.ts", "-f", "mpegts"),
            self.make("wrap.ts", "-f", "mpegts", "-output_ts_offset", wrap),
        ]
        for source in sources:
            with self.subTest(source.name):
                _, _, out = self.air(source, "--as-fast-as-possible")
                self.check_remux(source, out)

    def test_a_file_airs_at_its_own_speed_and_is_joined_at_a_keyframe(self):
        source = self.make("paced.mkv")
        publisher = self.publish("--linger", "30", source=str(source), stdin=None)
        link = self.link_of(publisher)
        late = None
        publisher.wait("head", lambda e: e["t"] > 8, timeout=20)
        late = self.watch(link, "--from", "00:00:05", data_dir="late", peers=[publisher.port])
        edge = self.watch(link, "--from", "live", data_dir="edge", peers=[publisher.port])
        whole = self.watch(link, data_dir="whole", peers=[publisher.port])
        ended = publisher.wait("ended", timeout=20)
        self.assertTrue(11 < ended["t"] < 14.5, ended["t"])  # 12 s of media
        for viewer in (late, edge, whole):
            self.assertEqual(viewer.exit(30), 0, viewer.stderr)
        self.check_remux(source, whole.out)
        for viewer, least, most in ((late, 3.9, 5.1), (edge, 6.5, 9.5)):
            # The output begins with the tables and a keyframe: it decodes from its first packet.
            code, complaints = decode(viewer.out)
            self.assertEqual((code, complaints), (0, ""))
            packets = probe(viewer.out, "packet=pts_time,flags", "v:0")["packets"]
            self.assertIn("K", packets[0]["flags"])
            began = float(packets[0]["pts_time"]) - 1.0  # the re-mux starts at one second
            self.assertTrue(least <= began <= most, began)
        print("at 5 s: offset", late.wait("first_byte")["offset"])

    def test_the_test_picture(self):
        publisher = self.publish("--linger", "30", source="test:", stdin=None)
        link = self.link_of(publisher)
        viewer = self.watch(link, peers=[publisher.port])
        publisher.wait("head", lambda e: e["t"] > 5, timeout=20)
        harness.interrupt(publisher)
        ended = publisher.wait("ended", timeout=6)
        self.assertEqual(viewer.exit(30), 0, viewer.stderr)
        self.assertEqual(decode(viewer.out), (0, ""))
        kinds = {s["codec_name"] for s in probe(viewer.out, "stream=codec_name")["streams"]}
        self.assertEqual(kinds, {"h264", "aac"})
        seconds = float(probe(viewer.out, "format=duration")["format"]["duration"])
        self.assertTrue(4 < seconds < ended["t"] + 1, seconds)

    def test_raw_passes_a_media_file_untouched(self):
        source = self.make("raw.mkv")
        _, _, out = self.air(source, "--raw")
        self.assertEqual(sha256(out.read_bytes()), sha256(source.read_bytes()))

    def test_a_piped_transport_stream_is_joined_at_a_keyframe(self):
        source = self.make("piped.ts", "-f", "mpegts")
        data = source.read_bytes()
        publisher = self.publish("--name", "piped.ts", "--linger", "30")
        link = self.link_of(publisher)
        feeder = Feeder(publisher.proc.stdin, data, rate=len(data) / 6, step=2000)
        publisher.wait("head", lambda e: e["size"] > len(data) * 0.6, timeout=20)
        edge = self.watch(link, "--from", "live", data_dir="edge", peers=[publisher.port])
        feeder.join()
        self.assertEqual(edge.exit(30), 0)
        offset = edge.wait("first_byte")["offset"]
        self.assertEqual(offset % 188, 0)
        packets = probe(edge.out, "packet=flags", "v:0")["packets"]
        self.assertIn("K", packets[0]["flags"])

    def test_a_tar_stream(self):
        tree = self.dir / "tree"
        tree.mkdir()
        for i in range(20):
            (tree / f"f{i}").write_bytes(random_bytes(100_000 + i, i))
        tar = subprocess.Popen(["tar", "-C", str(self.dir), "-c", "tree"], stdout=subprocess.PIPE)
        self.addCleanup(tar.wait)
        self.addCleanup(tar.stdout.close)
        publisher = self.publish("--name", "tree.tar", "--linger", "30", stdin=tar.stdout)
        viewer = self.watch(self.link_of(publisher), peers=[publisher.port])
        self.assertEqual(viewer.exit(30), 0)
        with tarfile.open(viewer.out) as archive:
            self.assertEqual(len(archive.getmembers()), 21)
            self.assertEqual(archive.extractfile("tree/f7").read(), random_bytes(100_007, 7))

    def test_what_a_transport_stream_cannot_carry_is_encoded_anew_or_said(self):
        path = self.dir / "sound.flac"
        ffmpeg("-f", "lavfi", "-i", "sine=440", "-t", "1", path)
        publisher = self.publish("--copy", source=str(path), stdin=None)
        self.assertEqual(publisher.exit(), 3)
        self.assertIn("flac", "\n".join(publisher.stderr))
        self.assertIn("--raw", "\n".join(publisher.stderr))
        publisher = self.publish("--linger", "0", source=str(path), stdin=None, data_dir="anew")
        self.assertEqual(publisher.exit(), 0)
        recording = self.recording("anew")
        self.assertEqual(decode(recording), (0, ""))
        stream = probe(recording, "stream=codec_name")["streams"][0]
        self.assertEqual(stream["codec_name"], "aac")


if __name__ == "__main__":
    harness.main()
