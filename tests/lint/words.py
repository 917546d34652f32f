"""Words that have no place in the product: this machine, its folders, where packages come from, who wrote it.

The patterns are written so that this file keeps its own rule."""
import os
import re

import source

_WORDS = (
    (r"/ho[m]e/\w+", "a folder of one machine"),
    (r"/ro[o]t/\w+", "a folder of one machine"),
    (r"/tmp/ba[s]h", "a folder of one machine"),
    (r"/wo[r]k/", "a folder of one machine"),
    (r"\bA[I]\b|\bL[L]M\b|\bchat ?b[o]t\b", "how this was written"),
    (r"\bdeb\.debi[a]n\.org\b|\bpy[p]i\b|\bregistry\.np[m]js\b|\bprox[y]\.golang\b", "where packages come from"),
    (r"^<{7} |^>{7} ", "a merge that was not finished"),
)
_BINARY = (".png", ".ico", ".db", ".sqlite", ".gz")


def check(top):
    own_place = re.escape(os.path.realpath(top))
    patterns = [(re.compile(pattern), what) for pattern, what in (*_WORDS, (own_place + r"\b", "this very folder"))]
    for path in source.files(top):
        if path.endswith(_BINARY) or path.startswith("tests/fuzz/seeds/"):
            continue
        for number, line in enumerate(source.read(top, path).split("\n"), 1):
            for pattern, what in patterns:
                if pattern.search(line):
                    yield f"{path}:{number}: names {what}"
