#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A broadcaster whose line carries less than was chosen: less is made until the audience is back at
the edge, and it is said so."""

import signal
import subprocess

import lab

if __name__ == "__main__":
    lab.enter()

import harness  # noqa: E402
from harness import Case  # noqa: E402


class LineTest(Case):
    def on_air(self, *args, source="test:", **kw):
        self.net = lab.Lab(self, "pub,up=110k,down=1M,delay=20", "view,up=1M,down=1M,delay=20")
        publisher = self.net.start("pub", "publish", source, *args, "--linger", "0", "--no-dht",
                                   "--no-lsd", "--no-upnp", stdin=None, **kw)
        link = publisher.wait("link")["link"]
        publisher.wait("head", lambda e: e["size"] > 500_000)
        self.net.start("view", "watch", link, "--from", "live", "--out", "/dev/null", "--no-dht",
                       "--no-lsd", "--no-upnp", "--peer", publisher.address)
        return publisher

    def test_a_show_is_made_as_small_as_the_line_demands(self):
        publisher = self.on_air("--video-bitrate", "1500k")
        said = publisher.wait("warning", lambda e: e["code"] == "line", timeout=60)
        self.assertRegex(said["message"], r"made with 0\.[2-8]\d Mbit/s")
        back = publisher.wait("progress", lambda e: e["t"] > said["t"] and e.get("audience", 0) > 0
                              and e["audience_p50_ms"] <= 1000, timeout=60)
        print(f"less was made {said['t']:.0f} s after the start, the audience was back at the edge "
              f"{back['t'] - said['t']:.0f} s later: {said['message']}", flush=True)
        publisher.signal(signal.SIGINT)

    def test_what_is_passed_on_as_it_is_cannot_be_made_smaller(self):
        film = self.dir / "film.ts"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30",
                        "-t", "90", "-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-b:v", "1500k",
                        "-maxrate", "1500k", "-bufsize", "750k", film], check=True)
        publisher = self.on_air(source=film)
        said = publisher.wait("warning", lambda e: e["code"] == "line", timeout=60)
        self.assertIn("let the encoder make less", said["message"])
        publisher.wait("progress", lambda e: e["t"] > said["t"] + 18, timeout=30)
        self.assertEqual(len([e for e in publisher.all("warning") if e["code"] == "line"]), 1)


if __name__ == "__main__":
    harness.main()
