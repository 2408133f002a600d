#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text of the window is in the German translation, and every plural in the English one.

Usage: translations_test.py LUPDATE. To bring them up to date, build freshet_window_lupdate and fill
in what is new; of the English file only the plurals matter.
"""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

UI = pathlib.Path(__file__).resolve().parents[2] / "ui"
SOURCES = ["qml", "models", "desktop", "window"]


def messages(path):
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            yield (context.find("name").text, message.find("source").text), message


def is_done(message):
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return False
    forms = translation.findall("numerusform")
    return all(form.text for form in forms) if forms else bool(translation.text)


def main():
    with tempfile.TemporaryDirectory() as folder:
        fresh = pathlib.Path(folder) / "fresh.ts"
        subprocess.run([sys.argv[1], *(str(UI / s) for s in SOURCES), "-I", str(UI), "-silent", "-ts",
                        str(fresh)], check=True, stdout=subprocess.DEVNULL)
        wanted = dict(messages(fresh))
    wrong = []
    for language in ("de", "en"):
        have = dict(messages(UI / f"i18n/freshet_{language}.ts"))
        for key, message in wanted.items():
            if language == "en" and message.get("numerus") != "yes":
                continue
            if key not in have or not is_done(have[key]):
                wrong.append(f"{language} lacks {key[0]}: {key[1]}")
        wrong += [f"{language} has {key[0]}: {key[1]}, which nobody says" for key in have
                  if key not in wanted]
    print("\n".join(wrong) or f"{len(wanted)} texts, all translated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
