"""The files of the source tree, and a rough view of C that is enough for rules about it."""
import dataclasses
import os
import re

ROOMS = ("service", "platform", "app", "installer")
LEFT_OUT = {".git", "build", "__pycache__"}


def files(top, *suffixes, below=None):
    """Paths relative to `top` with one of the suffixes (all files when none is given)."""
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(each for each in folders if each not in LEFT_OUT and not each.startswith("build-"))
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), top)
            if (not suffixes or name.endswith(suffixes)) and (not below or path.split(os.sep)[0] in below):
                yield path


def read(top, path):
    with open(os.path.join(top, path), encoding="utf-8", errors="replace") as file:
        return file.read()


_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """The same text with comments as spaces; strings stay."""
    return _TOKEN.sub(lambda match: _blank(match[0]) if match[0].startswith("/") else match[0], text)


def bare(text):
    """The same text with comments, and what is inside strings, as spaces."""
    def replace(match):
        if match[0].startswith("/"):
            return _blank(match[0])
        return match[0][0] + " " * (len(match[0]) - 2) + match[0][-1]
    return _TOKEN.sub(replace, text)


def comments(text):
    """(line, comment) of every comment."""
    for match in _TOKEN.finditer(text):
        if match[0].startswith("/"):
            yield text.count("\n", 0, match.start()) + 1, match[0]


@dataclasses.dataclass
class Function:
    name: str
    line: int
    length: int


def functions(text):
    """The functions of a C file in the house's format: braces of functions stand in the first column."""
    lines = bare(text).split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{" and start is None:
            start = number
            while start and lines[start - 1].strip() and not lines[start - 1].rstrip().endswith((";", "}")) \
                    and not lines[start - 1].startswith("#"):
                start -= 1
        elif line.startswith("}") and start is not None:
            head = " ".join(lines[start:number])
            name = re.search(r"(\w+)\s*\(", head)
            if name:
                yield Function(name[1], start + 1, number - start + 1)
            start = None
