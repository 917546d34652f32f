"""Line ends: \\n in every text, and the same bytes in every clone, whatever Git is set to."""
import os

import source

ATTRIBUTES = ".gitattributes"
_NEEDED = ("* text=auto eol=lf", "tests/fuzz/seeds/** -text")


def check(top):
    lines = source.read(top, ATTRIBUTES).split("\n") if os.path.exists(os.path.join(top, ATTRIBUTES)) else []
    for line in _NEEDED:
        if line not in lines:
            yield f"{ATTRIBUTES}: does not say “{line}”"
    for path in source.files(top):
        if path.startswith("tests/fuzz/seeds/"):
            continue
        with open(os.path.join(top, path), "rb") as file:
            content = file.read()
        if b"\0" not in content and b"\r" in content:
            yield f"{path}:{content[:content.index(13)].count(10) + 1}: ends with a carriage return"
