# SPDX-License-Identifier: GPL-3.0-or-later
"""A peer that says what it likes: raw BitTorrent (BEP 3, BEP 10), written without our code."""

import os
import socket
import struct
import threading
import time

EXTENDED = 20
OURS = 77  # our number for the growing extension; the other side uses the same


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    return b"d" + b"".join(bencode(k) + bencode(v) for k, v in sorted(value.items())) + b"e"


def bdecode(data, at=0):
    if data[at:at + 1] == b"i":
        end = data.index(b"e", at)
        return int(data[at + 1:end]), end + 1
    if data[at:at + 1] == b"d":
        result, at = {}, at + 1
        while data[at:at + 1] != b"e":
            key, at = bdecode(data, at)
            result[key], at = bdecode(data, at)
        return result, at + 1
    if data[at:at + 1] == b"l":
        result, at = [], at + 1
        while data[at:at + 1] != b"e":
            item, at = bdecode(data, at)
            result.append(item)
        return result, at + 1
    colon = data.index(b":", at)
    end = colon + 1 + int(data[at:colon])
    return data[colon + 1:end], end


def read_exactly(sock, size):
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise ConnectionError("closed by the other side")
        data += part
    return data


def handshake_bytes(info_hash, extensions=True):
    reserved = bytes([0, 0, 0, 0, 0, 0x10 if extensions else 0, 0, 0])
    return b"\x13BitTorrent protocol" + reserved + info_hash + b"-XX0001-" + os.urandom(12)


def greet(port, info_hash, extensions, timeout=10):
    """A connection after the handshake. A program that just started does not listen yet, and a torrent
    that was just added hangs up at first."""
    deadline = time.monotonic() + timeout
    pause = threading.Event()
    while True:
        sock = None
        try:
            sock = socket.create_connection(("127.0.0.1", port), timeout=15)
            sock.sendall(handshake_bytes(bytes.fromhex(info_hash), extensions))
            read_exactly(sock, 68)
            return sock
        except OSError:
            if sock:
                sock.close()
            if time.monotonic() > deadline:
                raise
            pause.wait(0.05)


class FakePeer:
    """Connects to a real node. `handshake`: what the extension handshake carries besides m."""

    def __init__(self, case, port, info_hash, extensions=True, speaks=True, handshake=None):
        self.sock = greet(port, info_hash, extensions)
        case.addCleanup(self.sock.close)
        if extensions:
            m = {b"fr_grow": OURS} if speaks else {b"ut_pex": 1}
            fields = {b"m": m, b"p": 1, **(handshake or {})}
            self.send(EXTENDED, b"\0" + bencode(fields))

    def send(self, kind, payload=b""):
        self.sock.sendall(struct.pack(">IB", len(payload) + 1, kind) + payload)

    def send_ours(self, kind, payload=b""):
        self.send(EXTENDED, bytes([OURS, kind]) + payload)

    def receive(self, test, timeout=10):
        """The next message (kind, payload) that passes `test`."""
        deadline = time.monotonic() + timeout
        while True:
            self.sock.settimeout(max(0.01, deadline - time.monotonic()))
            size = struct.unpack(">I", read_exactly(self.sock, 4))[0]
            if size == 0:
                continue
            body = read_exactly(self.sock, size)
            if test(body[0], body[1:]):
                return body[0], body[1:]

    def receive_ours(self, kind, timeout=10):
        _, payload = self.receive(
            lambda k, p: k == EXTENDED and len(p) > 1 and p[0] == OURS and p[1] == kind, timeout)
        return payload[2:]

    def extension_handshake(self):
        _, payload = self.receive(lambda k, p: k == EXTENDED and p[0] == 0)
        return bdecode(payload, 1)[0]

    def closed_within(self, timeout):
        """Whether the other side hangs up; what it still sends is read and dropped."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            self.sock.settimeout(left)
            try:
                if not self.sock.recv(65536):
                    return True
            except TimeoutError:
                return False
            except OSError:
                return True
        return False


class Relay:
    """Stands between two real nodes, connecting to both, and passes each message through `change`,
    a function of (from_first, kind, payload) that returns the payload to pass on, or None."""

    def __init__(self, case, first_port, second_port, info_hash, change):
        self.socks = [greet(p, info_hash, True) for p in (first_port, second_port)]
        for sock in self.socks:
            case.addCleanup(sock.close)
            sock.settimeout(None)
        self.change = change
        self.threads = [threading.Thread(target=self.pump, args=(i,), daemon=True) for i in (0, 1)]
        for thread in self.threads:
            thread.start()

    def pump(self, i):
        source, target = self.socks[i], self.socks[1 - i]
        try:
            while True:
                size = struct.unpack(">I", read_exactly(source, 4))[0]
                body = read_exactly(source, size)
                if size:
                    payload = self.change(i == 0, body[0], body[1:])
                    if payload is None:
                        continue
                    body = body[:1] + payload
                target.sendall(struct.pack(">I", len(body)) + body)
        except (OSError, ValueError):
            for sock in self.socks:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
