# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest UDP tracker (BEP 15): udp_tracker.py ADDRESS PORT"""

import random
import socket
import struct
import sys

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((sys.argv[1], int(sys.argv[2])))
print("up", flush=True)
connections, swarms = set(), {}
while True:
    data, peer = sock.recvfrom(2048)
    first, action, transaction = struct.unpack(">QII", data[:16])
    if action == 0 and first == 0x41727101980:
        connection = random.getrandbits(64)
        connections.add(connection)
        sock.sendto(struct.pack(">IIQ", 0, transaction, connection), peer)
    elif action == 1 and first in connections:
        info_hash = data[16:36]
        port = struct.unpack(">H", data[96:98])[0]
        others = swarms.setdefault(info_hash, set())
        me = (peer[0], port)
        answer = struct.pack(">IIIII", 1, transaction, 2, 0, len(others))
        answer += b"".join(socket.inet_aton(a) + struct.pack(">H", p) for a, p in others - {me})
        others.add(me)
        sock.sendto(answer, peer)
