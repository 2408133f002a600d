#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the tree against the house rules: include edges, sizes, SPDX lines, sleeps, names of files.

Usage: lint.py ROOT. Prints one line a fault and exits 1 when there is any. The rules are those of
docs/architecture.md and docs/hacking.md; there is no list of exceptions, and none may be added.
"""

import pathlib
import re
import sys

# Module -> modules whose public headers it may include.
MODULES = {
    "base": set(),
    "ledger": {"base"},
    "wire": {"base", "ledger"},
    "live": {"base", "ledger", "wire"},
    "media": {"base"},
    "engine": {"base", "ledger", "wire", "live"},
    "client": {"base", "ledger", "engine", "media"},
    "cli": {"client", "base"},
    "simulator": {"base", "ledger", "wire", "live"},
    "ui/models": {"client", "base"},
    "ui/player": {"client", "base"},
    "ui/items": {"base"},
    "ui/desktop": {"base"},
    "ui/window": {"client", "base"},
    "ui": {"client", "base"},
}
# Header prefix -> modules that may include it. Everything else is the standard library.
THIRD_PARTY = {
    "fmt/": set(MODULES),
    "tl/": {"base"},
    "sodium.h": {"ledger"},
    "openssl/": {"ledger"},
    "libtorrent/": {"engine"},
    "boost/": {"engine"},
    "libav": {"media"},
    "CLI/": {"cli", "simulator"},
    "toml++/": {"simulator"},
    "nlohmann/": {"cli"},
    "mpv/": {"ui/player"},
    "QtQml/": {"ui/models", "ui/player", "ui/items", "ui/desktop"},
    "QQuick": {"ui/player", "ui/items", "ui/window"},
    "QSG": {"ui/player", "ui/items"},
    "QDBus": {"ui/desktop"},
    "Q": {"ui/models", "ui/player", "ui/items", "ui/desktop", "ui/window", "ui"},
}
# POSIX headers are I/O: the core has none.
POSIX = re.compile(r"^(sys/|netinet/|arpa/|unistd\.h|fcntl\.h|poll\.h|signal\.h|net/|ifaddrs\.h|termios\.h)")
SANS_IO = {"ledger", "wire", "live"}
SANS_IO_BANNED = re.compile(r"^(thread|mutex|fstream|iostream|filesystem|atomic|condition_variable|ctime)$")

HEADER_LINES, SOURCE_LINES, FUNCTION_LINES, COLUMNS = 200, 500, 60, 100
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
BLOCK = re.compile(r"^( *)[^\s/#].*\{$")
NOT_FUNCTION = re.compile(r"\b(namespace|class|struct|enum|union)\b[^()]*\{$|= *\{$|^ *(extern \"C\"|\};?)")
CONTROL = re.compile(r"^ *(if|for|while|switch|else|do|try|case|default|return|auto|\}|const auto)\b")


def module_of(path):
    parts = path.parts
    if parts[0] == "simulator":
        return "simulator"
    if parts[0] == "ui":
        return "/".join(parts[:2]) if len(parts) > 2 else "ui"
    if parts[0] == "src" and len(parts) > 1:
        return parts[1]
    if parts[:2] == ("include", "freshet") and len(parts) > 2:
        return parts[2]
    return None


def check_include(module, name, fault):
    if name.startswith("freshet/"):
        other = name.split("/")[1]
        if other != module and other not in MODULES[module]:
            fault(f"{module} may not include {other} ({name})")
        return
    first = name.split("/")[0]
    if "ui/" + first in MODULES and module not in {"ui", "ui/window", "ui/" + first}:
        fault(f"{module} includes a header of ui/{first} ({name})")
    if first in MODULES and first != module:
        fault(f"{module} includes a private header of {first} ({name})")
    for prefix, allowed in THIRD_PARTY.items():
        if name.startswith(prefix) and module not in allowed:
            fault(f"{module} may not include {name}")
    if module in SANS_IO and (SANS_IO_BANNED.match(name) or POSIX.match(name)):
        fault(f"{module} is sans-I/O and may not include <{name}>")


def long_functions(lines):
    """Yields (line number, length) of function bodies that are too long."""
    for start, line in enumerate(lines):
        opening = BLOCK.match(line)
        if not opening or NOT_FUNCTION.search(line) or CONTROL.match(line):
            continue
        indent = opening.group(1)
        if len(indent) > 2:
            continue
        # The signature may have begun on earlier lines; the body is what is counted.
        for end in range(start + 1, len(lines)):
            if lines[end].startswith(indent + "}"):
                if end - start > FUNCTION_LINES:
                    yield start + 1, end - start
                break


def check_cpp(path, relative, fault):
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    limit = HEADER_LINES if path.suffix == ".hpp" else SOURCE_LINES
    if len(lines) > limit:
        fault(f"{len(lines)} lines, at most {limit}: it has two jobs")
    if path.suffix == ".hpp" and "#pragma once" not in lines:
        fault("no #pragma once")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            fault(f"line {number} has {len(line)} columns, at most {COLUMNS}")
        if line.startswith("using namespace") and path.suffix == ".hpp" and "literals" not in line:
            fault(f"line {number}: using namespace in a header")
        if "std::views" in line:
            fault(f"line {number}: std::views (clang 14 cannot read it)")
    for number, length in long_functions(lines):
        fault(f"line {number}: a function of {length} lines, at most {FUNCTION_LINES}")
    module = module_of(relative)
    if module in MODULES:
        for line in lines:
            include = INCLUDE.match(line)
            if include:
                check_include(module, include.group(1), fault)
    elif module is not None:
        fault(f"module {module} is not in the table")


def check_tree(root):
    faults = []
    for folder in ("include", "src", "tests", "tools", "simulator", "ui"):
        for path in sorted((root / folder).rglob("*")):
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            relative = path.relative_to(root)

            def fault(text, relative=relative):
                faults.append(f"{relative}: {text}")

            code = path.suffix in {".cpp", ".hpp", ".py", ".qml"}
            if code and not re.fullmatch(r"[a-z0-9_]+\.(cpp|hpp|py)|[A-Z]\w+\.qml", path.name):
                fault("file names are snake_case")
            if code and SPDX not in "\n".join(path.read_text(encoding="utf-8").split("\n")[:3]):
                fault("no SPDX line at the top")
            if path.suffix in {".cpp", ".hpp"}:
                check_cpp(path, relative, fault)
            if folder == "tests" and path.name not in {"lint.py", "lint_test.py"} and code:
                text = path.read_text(encoding="utf-8")
                if re.search(r"sleep_for|usleep\(|time\.sleep\(", text):
                    fault("a sleep: wait on a condition with a deadline")
    return faults


def main():
    if len(sys.argv) != 2:
        print("usage: lint.py ROOT", file=sys.stderr)
        return 2
    faults = check_tree(pathlib.Path(sys.argv[1]))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
