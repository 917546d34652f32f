"""What service/SECURITY.md claims, and the tests that it names for it: each is there."""
import os
import re

import source

PAGE = "service/SECURITY.md"
_NAMED = re.compile(r"`(tests/[\w./-]+)(?: ([\w./-]+))?`")


def _missing(top, path, name):
    if not os.path.exists(os.path.join(top, path)):
        return f"{path} is not there"
    if name and not re.search(rf"(?<![\w/-]){re.escape(name)}(?![\w/-])", source.read(top, path)):
        return f"{path} has no test {name}"
    return None


def check(top):
    if not os.path.exists(os.path.join(top, PAGE)):
        return
    for number, line in enumerate(source.read(top, PAGE).split("\n"), 1):
        for path, name in _NAMED.findall(line):
            problem = _missing(top, path, name)
            if problem:
                yield f"{PAGE}:{number}: {problem}"
