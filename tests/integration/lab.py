# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of namespaces behind shaped links and firewalls (tests/lab), for real processes."""

import os
import subprocess
import sys

import harness

LAB = os.environ.get("FRESHET_LAB", "")
_INSIDE = "FRESHET_TEST_USERNS"


def enter():
    """Runs the test again where namespaces may be made. Skips it, saying why, where none can."""
    if os.environ.get(_INSIDE):
        return
    probe = subprocess.run(["unshare", "-Urn", LAB, "probe"], input="",
                           capture_output=True, text=True)
    if probe.returncode != 0:
        print("SKIPPED: no lab can be made here:", probe.stderr.strip())
        sys.exit(0)
    os.environ[_INSIDE] = "1"
    os.execvp("unshare", ["unshare", "-Urn", sys.executable, *sys.argv])


class Lab:
    def __init__(self, case, *hosts):
        """`hosts`: "name" or "name,key=value,..."; see tests/lab/lab.cpp."""
        self.case = case
        self.proc = subprocess.Popen([LAB, *hosts], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     text=True)
        case.addCleanup(self.stop)
        self.pids, self.address = {}, {}
        for line in self.proc.stdout:
            words = line.split()
            if words[0] == "ready":
                break
            self.pids[words[1]], self.address[words[1]] = words[2], words[3]

    def stop(self):
        if not self.proc.stdin.closed:
            self.proc.stdin.close()
        self.proc.stdout.close()
        self.proc.wait()

    def tell(self, command):
        self.proc.stdin.write(command + "\n")
        self.proc.stdin.flush()

    def prefix(self, host):
        return ["nsenter", "-t", self.pids[host], "-n"]

    def start(self, host, command, *args, **kw):
        """freshet-cli COMMAND on a host, listening on its address; discovery as the case says."""
        process = harness.Process(
            self.case, command, *args, "--data-dir", self.case.dir / host, "--listen",
            f"{self.address[host]}:6881", prefix=self.prefix(host), **kw)
        process.address = f"{self.address[host]}:6881"
        return process

    def python(self, host, script, *args):
        """A helper program on a host; killed with the case."""
        proc = subprocess.Popen([*self.prefix(host), sys.executable, script, *map(str, args)],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def end():
            proc.kill()
            proc.wait()
            proc.stdin.close()
            proc.stdout.close()
        self.case.addCleanup(end)
        return proc
