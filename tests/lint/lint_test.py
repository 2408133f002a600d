#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants each fault that lint.py must find into an otherwise clean tree."""

import pathlib
import tempfile
import unittest

import lint

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"


class LintTest(unittest.TestCase):
    def faults(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(text)
            return "\n".join(lint.check_tree(pathlib.Path(folder)))

    def test_clean(self):
        self.assertEqual(self.faults("src/ledger/a.cpp", SPDX + '#include "freshet/base/bytes.hpp"\n'), "")

    def test_include_edges(self):
        for name, text in {
            "src/ledger/a.cpp": '#include "freshet/live/node.hpp"',
            "src/wire/a.cpp": "#include <libtorrent/session.hpp>",
            "src/live/a.cpp": "#include <thread>",
            "src/base/a.cpp": "#include <sodium.h>",
            "src/cli/a.cpp": '#include "engine/session.hpp"',
        }.items():
            self.assertIn("includ", self.faults(name, SPDX + text + "\n"), name)

    def test_sizes(self):
        self.assertIn("two jobs", self.faults("src/base/a.cpp", SPDX + "\n" * 500))
        self.assertIn("two jobs", self.faults("src/base/a.hpp", SPDX + "#pragma once\n" + "\n" * 200))
        body = "void f() {\n" + "  g();\n" * 61 + "}\n"
        self.assertIn("a function of", self.faults("src/base/a.cpp", SPDX + body))
        self.assertIn("columns", self.faults("src/base/a.cpp", SPDX + "x" * 101 + "\n"))

    def test_spdx_and_names(self):
        self.assertIn("SPDX", self.faults("src/base/a.cpp", "int a;\n"))
        self.assertIn("snake_case", self.faults("src/base/FooBar.cpp", SPDX))

    def test_sleeps(self):
        self.assertIn("a sleep", self.faults("tests/unit/a.cpp", SPDX + "std::this_thread::sleep_for(1s);\n"))


if __name__ == "__main__":
    unittest.main()
