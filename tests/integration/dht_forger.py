# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaks for somebody else's channel (BEP 44): dht_forger.py ADDRESS BOOTSTRAP CHANNEL_KEY_HEX

Each second it puts an item under the channel's key that it signed with a key of its own, and one
that nobody signed."""

import sys
import threading

import libtorrent as lt

address, bootstrap, key = sys.argv[1:4]
session = lt.session({"listen_interfaces": address, "enable_dht": True, "enable_lsd": False,
                      "enable_upnp": False, "enable_natpmp": False,
                      "dht_bootstrap_nodes": bootstrap, "dht_restrict_routing_ips": False,
                      "alert_mask": 0})
print("up", flush=True)
stop = threading.Event()


def forge():
    while not stop.wait(1):
        for secret in (bytes(range(64)), bytes(64)):
            session.dht_put_mutable_item(secret, bytes.fromhex(key), b"forged", b"freshet")


thread = threading.Thread(target=forge, daemon=True)
thread.start()
sys.stdin.read()
stop.set()
thread.join()
