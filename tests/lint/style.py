"""Sizes, forbidden constructs, names and state."""
import re
import sys

import source

FILE_LINES, FILE_LIMIT = 400, 500
FUNCTION_LINES, FUNCTION_LIMIT = 60, 80
# What a test tells a fake has nowhere else to live.
_MAY_HAVE_STATE = ("platform/fake/", "tests/")
LONG = "lint: long, because"

_FORBIDDEN = (
    (re.compile(r"\bgoto\b"), "goto"),
    (re.compile(r"\b(system|popen|strcpy|strcat|sprintf|vsprintf|gets|tmpnam|mktemp|alloca|g_alloca)\s*\("),
     "this function"),
)
_VARIABLE = re.compile(r"^(\s*static\s+|(?=[A-Za-z]))((?:[A-Za-z_]\w*[\s*]+)+)(\w+)\s*((?:\[[^\]]*\])*)\s*(=|,|;)")
_NO_VARIABLE = ("typedef", "return", "extern", "struct", "enum", "union", "goto", "G_")
_PROTOTYPE = re.compile(r"^(?!static\b|typedef\b|return\b|G_|#)[A-Za-z][\w\s*]*?\b(\w+)\s*\(", re.MULTILINE)


def _sizes(path, text):
    """(line, length, usual, limit, what) of whatever is longer than usual."""
    length = text.count("\n")
    if length > FILE_LINES:
        yield 1, length, FILE_LIMIT, "this file"
    for function in source.functions(text):
        if function.length > FUNCTION_LINES:
            yield function.line, function.length, FUNCTION_LIMIT, function.name


def _check_sizes(path, text):
    excused = [line for line, comment in source.comments(text) if LONG in comment]
    for line, length, limit, what in _sizes(path, text):
        near = any(abs(each - line) <= 5 for each in excused)
        if length > limit and not near:
            yield f"{path}:{line}: {what} has {length} lines, the limit is {limit}"
        else:
            print(f"note: {path}:{line}: {what} has {length} lines", file=sys.stderr)


def _is_constant(kind, name, text):
    """Also what GLib wants writable without ever writing to it, and the flags of g_once_init_enter()."""
    after_pointer = kind.rsplit("*", 1)[-1].split()
    return ("const" in after_pointer or kind.split() == ["GSourceFuncs"]
            or (kind.split() == ["gsize"] and f"g_once_init_enter(&{name})" in text))


def _check_state(path, text):
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        match = _VARIABLE.match(line)
        if match and (depth == 0 or match[1].strip() == "static"):
            kind = (match[1] + match[2]).strip()
            first = kind.split()[0]
            if not first.startswith(_NO_VARIABLE) and "(" not in line[:match.end()] \
                    and not _is_constant(match[2], match[3], text) and not line.startswith("}"):
                yield f"{path}:{number}: {match[3]} is a global that can change"
        depth += line.count("{") - line.count("}")


def _check_names(path, text):
    if path.endswith(".h") and not path.startswith("tests/"):
        plain = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", "", source.bare(text), flags=re.MULTILINE)
        for match in _PROTOTYPE.finditer(plain):
            if not match[1].startswith("wh_") and not match[1].isupper():
                yield f"{path}: the public function {match[1]} has no wh_ prefix"


def _check_file(top, path):
    text = source.read(top, path)
    bare = source.bare(text)
    yield from _check_sizes(path, text)
    for pattern, what in _FORBIDDEN[:1] if path.startswith("tests/") else _FORBIDDEN:
        for match in pattern.finditer(bare):
            line = bare.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {match[0].strip('( ')}: {what} is not used here"
    for line, comment in source.comments(text):
        if comment.startswith("//"):
            yield f"{path}:{line}: comments are written /* like this */"
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", comment):
            yield f"{path}:{line}: what is left to do does not belong into the source"
    if path.endswith(".h") and not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield f"{path}:1: #pragma once is missing"
    if not path.startswith(_MAY_HAVE_STATE):
        yield from _check_state(path, bare)
    yield from _check_names(path, text)


def check(top):
    for path in source.files(top, ".c", ".h", below=(*source.ROOMS, "tests")):
        yield from _check_file(top, path)
