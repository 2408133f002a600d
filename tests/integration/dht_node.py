# SPDX-License-Identifier: GPL-3.0-or-later
"""One node of a private DHT (BEP 5), made of another client's library: dht_node.py ADDRESS [BOOTSTRAP]"""

import sys

import libtorrent as lt

settings = {"listen_interfaces": sys.argv[1], "enable_dht": True, "enable_lsd": False,
            "enable_upnp": False, "enable_natpmp": False,
            "dht_bootstrap_nodes": sys.argv[2] if len(sys.argv) > 2 else "",
            "dht_restrict_routing_ips": False, "alert_mask": 0}
session = lt.session(settings)
print("up", flush=True)
sys.stdin.read()
