# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of the fuzzers from docs/protocol/test-vectors.json: make_corpus.py VECTORS DIR"""

import json
import pathlib
import struct
import subprocess
import sys

vectors = json.load(open(sys.argv[1]))
root = pathlib.Path(sys.argv[2])


def write(target, number, data):
    folder = root / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed-{number:03}").write_bytes(data)


def encodings(*groups):
    return [bytes.fromhex(e["encoding"]) for g in groups for e in g]


descriptors = encodings(vectors["descriptors"]["accept"], vectors["descriptors"]["refuse"])
records = encodings(vectors["aux_records"])
messages = encodings(vectors["messages"]["accept"], vectors["messages"]["refuse"])
updates = [bytes.fromhex(e["update"]) for e in vectors["show"]["accept"]]
infos = [bytes.fromhex(e["info"]) for e in vectors["final_torrents"]]
evidence = [b"\x0c" + e for e in encodings(vectors["evidence"]["accept"])]

for i, data in enumerate(descriptors + records):
    write("descriptor", i, data)
for i, data in enumerate(descriptors + infos + [b"li1e1:ae", b"d1:ai-1ee"]):
    write("bencode", i, data)
for i, e in enumerate(vectors["links"]["accept"] + vectors["links"]["refuse"]):
    write("link", i, e["text"].encode())
shows = [(bytes.fromhex(e["encoding"]), bytes.fromhex(e["info_hash"]))
         for e in vectors["descriptors"]["accept"]]
for i, (show, info_hash) in enumerate(shows):
    write("channel", i, b"d4:grow%d:%b2:ih20:%b4:livei%de1:n5:Radioe" % (len(show), show, info_hash,
                                                                        i % 2))
key = vectors["descriptors"]["accept"][0]["encoding"].split("6b657933323a")[1][:64]
write("channel", len(shows), f"magnet:?xs=urn:btpk:{key}&s=66726573686574&dn=Radio".encode())
for i, data in enumerate([m for m in messages if m] + evidence):
    write("message", i, data)
for i, data in enumerate(updates + [m[1:] for m in messages if m[:1] in (b"\x04", b"\x06")]):
    write("journal", i, data)
sequence = b"\1" + b"".join(struct.pack(">H", len(u) + 1) + b"\0" + u for u in updates)
write("node", 0, sequence)
for i, m in enumerate(m for m in messages if m and m[0] != 12):
    write("node", i + 1, bytes([i % 2]) + struct.pack(">H", len(m)) + m)
ts = subprocess.run(
    ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=32x32:rate=5", "-t", "1", "-c:v",
     "libx264", "-preset", "ultrafast", "-g", "2", "-f", "mpegts", "-"], check=True,
    capture_output=True).stdout
write("ts", 0, b"\x20" + ts[:188 * 24])
write("ts", 1, b"\xff" + ts[100:188 * 10])
