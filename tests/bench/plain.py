# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain libtorrent session: plain.py TORRENT FOLDER PORT [PEER_PORT]. The same settings as
Freshet's where they matter for speed; nothing else of it."""

import sys

import libtorrent as lt

torrent, folder, port = sys.argv[1:4]
session = lt.session({
    "listen_interfaces": f"127.0.0.1:{port}", "enable_dht": False, "enable_lsd": False,
    "enable_upnp": False, "enable_natpmp": False, "enable_outgoing_utp": False,
    "enable_incoming_utp": False, "unchoke_slots_limit": -1, "close_redundant_connections": False,
    "allow_multiple_connections_per_ip": True, "tick_interval": 100, "alert_mask": 0,
    "mmap_file_size_cutoff": 2**31 - 1, "min_reconnect_time": 1})
params = lt.add_torrent_params()
params.ti = lt.torrent_info(torrent)
params.save_path = folder
params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
if len(sys.argv) == 4:
    params.flags |= lt.torrent_flags.seed_mode
else:
    params.flags |= lt.torrent_flags.sequential_download
handle = session.add_torrent(params)
if len(sys.argv) == 5:
    handle.connect_peer(("127.0.0.1", int(sys.argv[4])))
print("up", flush=True)
sys.stdin.read()
