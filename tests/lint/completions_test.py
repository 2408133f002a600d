# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option that the program has is in the contract, the man page and both completions, and bash
offers it."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLI = sys.argv[1]
COMMANDS = ["publish", "watch", "seed", "info", "key", "list", "rm"]
HIDDEN = {"--help"}


def options_of(command):
    text = subprocess.run([CLI, command, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"--[a-z][a-z-]+", text)) - HIDDEN


def offered_by_bash(command, prefix):
    script = (f"source {ROOT}/completions/freshet-cli.bash; COMP_WORDS=(freshet-cli {command} {prefix});"
              "COMP_CWORD=2; _freshet_cli; printf '%s\\n' \"${COMPREPLY[@]}\"")
    return set(subprocess.run(["bash", "-c", script], capture_output=True, text=True,
                              check=True).stdout.split())


def main():
    places = {p: (ROOT / p).read_text().replace("\\-", "-")
              for p in ("docs/command-line.md", "docs/man/freshet-cli.1",
                        "completions/freshet-cli.bash", "completions/_freshet-cli")}
    wrong = []
    for command in COMMANDS:
        for option in sorted(options_of(command)):
            wrong += [f"{path} lacks {option} of {command}" for path, text in places.items()
                      if not re.search(re.escape(option) + r"(?![a-z-])", text)]
            if command not in ("key",) and option not in offered_by_bash(command, "--"):
                wrong.append(f"bash does not offer {option} of {command}")
    known = set().union(*(options_of(c) for c in COMMANDS)) | HIDDEN | {"--version"}
    for path in ("completions/freshet-cli.bash", "docs/man/freshet-cli.1"):
        for option in set(re.findall(r"--[a-z][a-z-]+", places[path])) - known:
            wrong.append(f"{path} names {option}, which does not exist")
    print("\n".join(wrong) or "completions and man page agree with the program")
    return 1 if wrong else 0


sys.exit(main())
