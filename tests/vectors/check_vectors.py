# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks docs/protocol/test-vectors.json with nothing but docs/protocol/growing-torrents.md and
Python's standard library: an implementation in another language, as small as it can be."""

import base64
import hashlib
import json
import struct
import sys
import urllib.parse

# --- Ed25519 verification (RFC 8032), slow and simple

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * I % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    return P - x if x % 2 != sign else x


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(k, p):
    result = (0, 1, 1, 0)
    while k:
        if k & 1:
            result = add(result, p)
        p = add(p, p)
        k >>= 1
    return result


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = recover_x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def ed25519_ok(key, message, signature):
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return ((left[0] * right[2] - right[0] * left[2]) % P == 0
            and (left[1] * right[2] - right[1] * left[2]) % P == 0)


# --- small things

sha1 = lambda data: hashlib.sha1(data).digest()
sha256 = lambda data: hashlib.sha256(data).digest()
unhex = bytes.fromhex
BLOCK = 16384
ZERO = bytes(32)


def content(size):
    data = b"".join(sha256(b"freshet content" + struct.pack(">Q", i)) for i in range(size // 32 + 1))
    return data[:size]


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    items = sorted(value.items())
    return b"d" + b"".join(bencode(k) + bencode(v) for k, v in items) + b"e"


class Bad(Exception):
    pass


def need(test, why):
    if not test:
        raise Bad(why)


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        need(self.at + size <= len(self.data), "too short")
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "big")

    def rest(self):
        return self.take(len(self.data) - self.at)

    def done(self):
        need(self.at == len(self.data), "bytes left over")


# --- trees

def parent(left, right):
    return sha256(left + right)


def pad(level):
    return ZERO if level == 0 else parent(pad(level - 1), pad(level - 1))


def slow_root(leaves):
    if not leaves:
        return ZERO
    row, level = list(leaves), 0
    while len(row) > 1:
        if len(row) % 2:
            row.append(pad(level))
        row = [parent(row[i], row[i + 1]) for i in range(0, len(row), 2)]
        level += 1
    return row[0]


def peak_ranges(count):
    """(first leaf, level) of each peak, largest first."""
    ranges, first = [], 0
    for level in reversed(range(32)):
        if count >> level & 1:
            ranges.append((first, level))
            first += 1 << level
    return ranges


def peaks_of(leaves):
    return [slow_root(leaves[f:f + (1 << level)]) for f, level in peak_ranges(len(leaves))]


def root_of_peaks(count, peaks, tail=None):
    need(len(peaks) == bin(count).count("1"), "number of peaks")
    nodes = [(level, p) for (_, level), p in zip(peak_ranges(count), peaks)]
    if tail is not None:
        nodes.append((0, tail))
    if not nodes:
        return ZERO
    depth = max(0, (count + (tail is not None) - 1).bit_length())
    level, node = nodes.pop()
    while level < depth:
        if nodes and nodes[-1][0] == level:
            node = parent(nodes.pop()[1], node)
        else:
            node = parent(node, pad(level))
        level += 1
    return node


def climb(leaf, index, siblings):
    for sibling in siblings:
        leaf = parent(sibling, leaf) if index & 1 else parent(leaf, sibling)
        index >>= 1
    return leaf


def grows(old_count, old_peaks, new_count, new_peaks, bridge):
    """Whether the old peaks and the bridge lead to the new peaks."""
    need(old_count <= new_count, "shrinks")
    need(len(old_peaks) == bin(old_count).count("1"), "number of old peaks")
    if old_count == 0:
        return not bridge
    old = {(level, first >> level): p for (first, level), p in zip(peak_ranges(old_count), old_peaks)}
    new = {(level, first >> level): p for (first, level), p in zip(peak_ranges(new_count), new_peaks)}
    first, level = peak_ranges(old_count)[-1]
    index, bridge = first >> level, list(bridge)
    node = old.pop((level, index))
    while (level, index) not in new:
        if index & 1:
            node = parent(old.pop((level, index - 1)), node)
        else:
            if not bridge:
                return False
            node = parent(node, bridge.pop(0))
        level, index = level + 1, index >> 1
    return not bridge and new[level, index] == node and all(new.get(k) == v for k, v in old.items())


# --- descriptor and link

def parse_bencoded(data, at=0):
    c = data[at:at + 1]
    if c == b"i":
        end = data.index(b"e", at)
        return int(data[at + 1:end]), end + 1
    if c == b"d":
        result, at = {}, at + 1
        while data[at:at + 1] != b"e":
            key, at = parse_bencoded(data, at)
            result[key], at = parse_bencoded(data, at)
        return result, at + 1
    colon = data.index(b":", at)
    end = colon + 1 + int(data[at:colon])
    need(end <= len(data), "string too long")
    return data[colon + 1:end], end


class Descriptor:
    def __init__(self, encoding):
        need(len(encoding) <= 1000, "too long")
        info, end = parse_bencoded(encoding)
        need(end == len(encoding) and bencode(info) == encoding, "not canonical")
        need(set(info) == {b"growing", b"length", b"name", b"piece length"}, "keys")
        g = info[b"growing"]
        self.encoding, self.info, self.growing = encoding, info, g
        self.name, self.piece = info[b"name"], info[b"piece length"]
        need(g[b"version"] == 1, "version")
        need(self.piece & (self.piece - 1) == 0 and 16384 <= self.piece <= 1 << 24, "piece length")
        self.capacity = info[b"length"] // self.piece
        need(info[b"length"] % self.piece == 0 and 2 <= self.capacity <= 65536, "capacity")
        need(b"/" not in self.name and not self.name.startswith(b".") and len(self.name) <= 200, "name")
        unsigned = {k: v for k, v in g.items() if k != b"certificate"}
        message = b"freshet certificate 1\0" + bencode({**info, b"growing": unsigned})
        need(ed25519_ok(g[b"channel key"], message, g[b"certificate"]), "certificate")
        self.show_key, self.channel_key = g[b"show key"], g[b"channel key"]
        self.show_id = sha256(b"freshet show id 1\0" + encoding)
        self.info_hash = sha1(bencode({**info, b"pieces": bytes(20 * self.capacity)}))

    @property
    def size_max(self):
        return (self.capacity - 1) * self.piece


def parse_link(text):
    need(text.startswith("magnet:?"), "magnet")
    query = urllib.parse.parse_qs(text[8:], keep_blank_values=True)
    need("x.grow" in query, "no description")
    raw = query["x.grow"][0]
    d = Descriptor(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    need(query["xt"][0] == "urn:btih:" + d.info_hash.hex(), "info-hash")
    return d, query.get("tr", []), query.get("x.pe", [])


# --- heads

class Head:
    def __init__(self, reader):
        start = reader.at
        flags = reader.number(1)
        need(flags & ~3 == 0, "flags")
        self.seq, self.size, self.time = (reader.number(8) for _ in range(3))
        self.root, self.v1_root, self.tail_sha1 = reader.take(32), reader.take(32), reader.take(20)
        self.aux_count, self.aux_root = reader.number(4), reader.take(32)
        self.end = bool(flags & 1)
        self.ending = (reader.take(20), reader.take(32), reader.take(32)) if self.end else None
        self.follow_up = reader.take(32) if flags & 2 else None
        self.message = reader.data[start:reader.at]
        self.signature = reader.take(64)
        self.bytes = reader.data[start:reader.at]

    def signed(self, d):
        return ed25519_ok(d.show_key, b"freshet head 1\0" + d.show_id + self.message, self.signature)

    def count(self, log, d):
        return (self.size // BLOCK, self.size // d.piece, self.aux_count)[log]

    def root_of(self, log):
        return (self.root, self.v1_root, self.aux_root)[log]


def contradict(a, b):
    if a.seq == b.seq:
        return a.bytes != b.bytes
    if a.seq > b.seq:
        a, b = b, a
    return (a.end or b.size < a.size or b.time < a.time or b.aux_count < a.aux_count
            or (a.follow_up is not None and a.follow_up != b.follow_up))


def tail_leaf(reader, head):
    return reader.take(32) if head.size % BLOCK else None


class Update:
    def __init__(self, data):
        r = Reader(data)
        self.head = Head(r)
        self.tail = tail_leaf(r, self.head)
        self.first, self.items = [], []
        for log in range(3):
            self.first.append(r.number(4))
            count = r.number(2)
            need(count <= (512, 512, 64)[log], "too many items")
            self.items.append([r.take((32, 20)[log] if log < 2 else r.number(2))
                               for _ in range(count)])
        r.done()


def leaf_of(log, item):
    return (item, sha256(b"freshet piece 1\0" + item), sha256(b"freshet aux 1\0" + item))[log]


class Ledger:
    """Follows updates from the first head on."""

    def __init__(self, d):
        self.d, self.heads, self.items = d, [], [[], [], []]

    def accept(self, update):
        h = update.head
        need(h.signed(self.d), "signature")
        for other in self.heads:
            need(not contradict(h, other), "contradiction")
        need(h.seq > 0 and h.size <= self.d.size_max, "limits")
        logs = [self.items[i][:update.first[i]] + update.items[i] for i in range(3)]
        for i in range(3):
            need(len(logs[i]) == h.count(i, self.d), "number of items")
            leaves = [leaf_of(i, item) for item in logs[i]]
            if i == 0 and update.tail is not None:
                leaves.append(update.tail)
            need(slow_root(leaves) == h.root_of(i), "root")
        self.heads.append(h)
        self.items = logs


# --- evidence and messages

def node_list(r):
    count = r.number(1)
    need(count <= 64, "too many nodes")
    return [r.take(32) for _ in range(count)]


def log_state(r):
    head = Head(r)
    return head, tail_leaf(r, head), node_list(r)


def proven(d, log, state):
    head, tail, peaks = state
    need(head.signed(d), "signature")
    count = head.count(log, d)
    need(root_of_peaks(count, peaks, tail if log == 0 else None) == head.root_of(log), "root")
    return count, peaks


def check_evidence(d, data):
    r = Reader(data)
    kind = r.number(1)
    if kind == 0:
        a, b = Head(r), Head(r)
        r.done()
        need(contradict(a, b) and a.signed(d) and b.signed(d), "no contradiction")
    elif kind == 1:
        log = r.number(1)
        older, newer = log_state(r), log_state(r)
        old_peaks, bridge = node_list(r), node_list(r)
        r.done()
        count, peaks = proven(d, log, older)
        new_count, new_peaks = proven(d, log, newer)
        need(grows(count, old_peaks, new_count, new_peaks, bridge), "bridge")
        need(old_peaks != peaks, "no fork")
    elif kind == 2:
        older, newer = log_state(r), log_state(r)
        siblings, block = node_list(r), r.take(r.number(2))
        r.done()
        index, _ = proven(d, 0, older)
        new_count, new_peaks = proven(d, 0, newer)
        known = older[0].size % BLOCK
        need(0 < known <= len(block), "length")
        if index < new_count:
            need(len(block) == BLOCK, "length")
            at = next(i for i, (first, level) in enumerate(peak_ranges(new_count))
                      if first <= index < first + (1 << level))
            need(len(siblings) == peak_ranges(new_count)[at][1], "depth")
            need(climb(sha256(block), index, siblings) == new_peaks[at], "leaf")
        else:
            need(index == new_count and len(block) == newer[0].size % BLOCK, "length")
            need(sha256(block) == newer[1], "leaf")
        need(sha256(block[:known]) != older[1], "no change")
    else:
        raise Bad("kind")


def check_hash_request(r):
    log, first, count, leaves = r.number(1), r.number(4), r.number(2), r.number(4)
    need(log <= 2 and 0 < count <= (512, 512, 256)[log], "count")
    need(count & (count - 1) == 0 and first % count == 0 and first + count <= leaves, "range")


def check_message(d, data):
    r = Reader(data)
    kind = r.number(1)
    if kind > 0x81:
        return
    if kind == 0:
        Update(r.rest())
    elif kind == 1:
        r.take(17)
    elif kind == 2:
        need(r.number(1) <= 1, "flag")
    elif kind == 3:
        r.take(12)
    elif kind == 4:
        head = Head(r)
        tail = tail_leaf(r, head)
        for log in range(3):
            old, old_peaks, peaks, bridge = r.number(4), node_list(r), node_list(r), node_list(r)
            proven(d, log, (head, tail, peaks))
            need(grows(old, old_peaks, head.count(log, d), peaks, bridge), "bridge")
    elif kind in (5, 7):
        check_hash_request(r)
    elif kind == 6:
        log = r.number(1)
        r.number(4)
        for _ in range(r.number(2)):
            r.take((32, 20)[log] if log < 2 else r.number(2))
        node_list(r)
    elif kind in (8, 9):
        r.number(4)
        offset = r.number(2)
        if kind == 9:
            r.number(1)
        size = len(r.rest()) if kind == 9 else 0
        need(offset < BLOCK and offset + size <= BLOCK and (kind == 8 or size), "range")
    elif kind in (10, 11):
        r.number(4)
    elif kind == 12:
        check_evidence(d, r.rest())
    elif kind in (14, 17, 18, 19):
        r.take({14: 14, 17: 4, 18: 16, 19: 68}[kind])
    elif kind == 15:
        r.number(2)
        sent = r.number(2)
        need(r.number(2) & ~sent == 0, "what ends soon is sent")
        r.number(2)
        r.take(8 * bin(sent).count("1"))
    elif kind == 16:
        places = r.number(2)
        r.number(2)
        need(r.number(2) <= places, "free places")
        r.take(2 + 1 + 1)
        parts = r.number(1)
        need(parts in (2, 4, 8, 16), "parts of a load")
        children, lags, hops = r.take(parts // 2), r.take(parts), r.take(parts)
        half = parts // 2
        shorter = parts > 2 and all(
            x[:len(x) // 2] == x[len(x) // 2:] for x in (children, lags, hops))
        need(not shorter, f"a load that repeats after {half} parts")
    elif kind == 20:
        begin, first = r.number(4), r.number(4)
        count = r.number(1)
        need(begin <= first <= 2**32 - 1 - 512 and count <= 64, "range")
        r.take(count)
    elif kind == 0x80:
        r.number(1)
    elif kind == 0x81:
        need(r.number(1) <= 1, "flag")
        r.take(16)
        need(r.number(2) != 0, "port")
    elif kind != 13:
        raise Bad("unknown type")
    r.done()


# --- final torrents

def check_final(entry, d):
    size, piece = entry["size"], d.piece
    data = content(size)
    info = {b"length": size, b"name": d.name, b"piece length": piece,
            b"pieces": b"".join(sha1(data[i:i + piece]) for i in range(0, size, piece))}
    leaves = [sha256(data[i:i + BLOCK]) for i in range(0, size, BLOCK)]
    head = Head(Reader(unhex(entry["end_head"])))
    need(head.end and head.root == slow_root(leaves), "root")
    if entry["final"] == "hybrid":
        leaf = {b"length": size, b"pieces root": head.root}
        info |= {b"file tree": {d.name: {b"": leaf}}, b"meta version": 2}
        per_piece = piece // BLOCK
        layers = {}
        if size > piece:
            layers[head.root] = b"".join(
                slow_root((leaves[i:i + per_piece] + [ZERO] * per_piece)[:per_piece])
                for i in range(0, len(leaves), per_piece))
        need(bencode(layers) == unhex(entry["piece_layers"]), "piece layers")
        need(sha256(bencode(info)).hex() == entry["v2"], "v2")
        need(head.ending[1].hex() == entry["v2"], "v2 in the head")
    need(bencode(info) == unhex(entry["info"]), "info")
    need(sha1(bencode(info)).hex() == entry["v1"] == head.ending[0].hex(), "v1")
    need(head.ending[2] == sha256(data), "file hash")


# --- the file

def must_refuse(why, check):
    try:
        check()
    except (Bad, ValueError, KeyError, IndexError, StopIteration):
        return
    raise AssertionError(f"accepted, although {why}")


def main():
    v = json.load(open(sys.argv[1]))
    checks = 0
    for e in v["descriptors"]["accept"]:
        d = Descriptor(unhex(e["encoding"]))
        assert d.show_id.hex() == e["show_id"] and d.info_hash.hex() == e["info_hash"]
        assert d.channel_key.hex() == v["keys"]["channel_key"]
        assert (d.name.decode(), d.piece, d.capacity) == (e["name"], e["piece_length"], e["capacity"])
        checks += 1
    for e in v["descriptors"]["refuse"]:
        must_refuse(e["why"], lambda: Descriptor(unhex(e["encoding"])))
        checks += 1
    for e in v["links"]["accept"]:
        d, trackers, peers = parse_link(e["text"])
        assert (d.info_hash.hex(), trackers, peers) == (e["info_hash"], e["trackers"], e["peers"])
        checks += 1
    for e in v["links"]["refuse"]:
        must_refuse(e["why"], lambda: parse_link(e["text"]))
        checks += 1
    numbered = [sha256(struct.pack(">I", i)) for i in range(70)]
    tail = sha256(struct.pack(">I", 1000))
    for e in v["trees"]["roots"]:
        leaves = numbered[:e["leaves"]]
        assert [p.hex() for p in peaks_of(leaves)] == e["peaks"]
        assert slow_root(leaves).hex() == e["root"]
        assert root_of_peaks(len(leaves), peaks_of(leaves)).hex() == e["root"]
        assert slow_root(leaves + [tail]).hex() == e["root_with_tail_leaf"]
        assert root_of_peaks(len(leaves), peaks_of(leaves), tail).hex() == e["root_with_tail_leaf"]
        checks += 1
    for e in v["trees"]["range_proofs"]:
        first, count = e["first"], e["count"]
        node = slow_root(numbered[first:first + count])
        assert climb(node, first // count, [unhex(s) for s in e["siblings"]]).hex() == e["peak"]
        assert unhex(e["peak"]) in peaks_of(numbered[:e["leaves"]])
        checks += 1
    for e in v["trees"]["consistency_proofs"]:
        old, new = ([unhex(p) for p in e[k]] for k in ("old_peaks", "new_peaks"))
        bridge = [unhex(n) for n in e["bridge"]]
        assert old == peaks_of(numbered[:e["old_leaves"]])
        assert grows(e["old_leaves"], old, e["new_leaves"], new, bridge)
        if bridge:
            assert not grows(e["old_leaves"], old, e["new_leaves"], new, bridge[:-1] + [ZERO])
        checks += 1
    for e in v["aux_records"]:
        record = unhex(e["encoding"])
        assert leaf_of(2, record).hex() == e["leaf"]
        f = e["fields"]
        if e["kind"] == "time mark":
            assert record == struct.pack(">BQQB", 1, f["published_ms"], f["size"], f["keyframe"])
        elif e["kind"] == "channel":
            name = f["name"].encode()
            assert record == bytes([2, len(name)]) + name + unhex(f["picture"])
        elif e["kind"] == "follow-up":
            assert record == b"\3" + unhex(f["descriptor"])
            Descriptor(record[1:])
        checks += 1
    d = Descriptor(unhex(v["show"]["descriptor"]["encoding"]))
    data = content(v["show"]["content_bytes"])
    ledger = Ledger(d)
    for e in v["show"]["accept"]:
        update = Update(unhex(e["update"]))
        ledger.accept(update)
        h = update.head
        assert (h.seq, h.size, h.time, h.end) == (e["seq"], e["size"], e["published_ms"], e["end"])
        assert (h.follow_up.hex() if h.follow_up else None) == e["follow_up"]
        whole = h.size // BLOCK * BLOCK
        leaves = [sha256(data[i:i + BLOCK]) for i in range(0, whole, BLOCK)]
        assert leaves == ledger.items[0]
        assert update.tail == (sha256(data[whole:h.size]) if h.size % BLOCK else None)
        pieces = h.size // d.piece
        assert ledger.items[1] == [sha1(data[i * d.piece:(i + 1) * d.piece]) for i in range(pieces)]
        assert h.tail_sha1 == sha1(data[pieces * d.piece:h.size])
        checks += 1
    for e in v["show"]["refuse"]:
        def refuse():
            fresh = Ledger(d)
            update = Update(unhex(e["encoding"]))
            for good in v["show"]["accept"]:
                if good["seq"] < update.head.seq:
                    fresh.accept(Update(unhex(good["update"])))
            fresh.accept(update)
        must_refuse(e["why"], refuse)
        checks += 1
    for group, check in (("messages", check_message), ("evidence", check_evidence)):
        for e in v[group]["accept"]:
            check(d, unhex(e["encoding"]))
            checks += 1
        for e in v[group]["refuse"]:
            must_refuse(e["why"], lambda: check(d, unhex(e["encoding"])))
            checks += 1
    for e in v["final_torrents"]:
        check_final(e, d)
        checks += 1
    print(checks, "vectors are true")


if __name__ == "__main__":
    main()
