# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest HTTP tracker (BEP 3, BEP 23) that ordinary clients accept."""

import http.server
import socket
import struct
import sys
import threading
import urllib.parse


class Tracker:
    def __init__(self, case, address, port=0):
        self.peers = {}
        tracker = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = urllib.parse.urlparse(self.path).query
                fields = urllib.parse.parse_qs(query, encoding="latin-1")
                key = fields.get("info_hash", [""])[0]
                port = int(fields.get("port", ["0"])[0])
                peer = (self.client_address[0], port)
                swarm = tracker.peers.setdefault(key, set())
                if fields.get("event", [""])[0] == "stopped":
                    swarm.discard(peer)
                else:
                    swarm.add(peer)
                compact = b"".join(socket.inet_aton(a) + struct.pack(">H", p)
                                   for a, p in swarm if (a, p) != peer)
                body = b"d8:intervali2e12:min intervali2e5:peers%d:%se" % (len(compact), compact)
                try:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except BrokenPipeError:
                    pass  # a client that says goodbye does not wait for the answer

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer((address, port), Handler)
        self.url = f"http://{address}:{self.server.server_address[1]}/announce"
        thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        thread.start()
        if case:
            case.addCleanup(self.server.server_close)
            case.addCleanup(self.server.shutdown)


if __name__ == "__main__":  # tracker.py ADDRESS PORT, until killed
    Tracker(None, sys.argv[1], int(sys.argv[2]))
    print("up", flush=True)
    threading.Event().wait()
