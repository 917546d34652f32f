"""clang-format 14 has nothing to change."""
import re
import shutil
import subprocess

import source


class Skip(Exception):
    """The rule cannot be checked here; the text says why."""


def _formatter():
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if path and re.search(r"version 14\.", subprocess.run([path, "--version"], capture_output=True,
                                                             text=True).stdout):
            return path
    raise Skip("clang-format 14 is not installed")


def check(top):
    paths = list(source.files(top, ".c", ".h", below=(*source.ROOMS, "tests")))
    if not paths:
        return
    done = subprocess.run([_formatter(), "--style=file", "--dry-run", "--Werror", *paths], cwd=top,
                          capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if ": error: " in line:
            yield line.replace(": error: code should be clang-formatted", ": clang-format would change this")
