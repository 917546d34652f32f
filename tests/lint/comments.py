"""Every public function is explained in its header, alone or together with its group."""
import re

import source

_PROTOTYPE = re.compile(r"^(?!static\b|typedef\b|return\b|G_|#|struct\b[^(]*\{)[A-Za-z][\w\s*]*?\b(wh_\w+)\s*\(")
# What these do is said by their names.
_EVIDENT = ("_new", "_ref", "_unref", "_free", "_copy", "_init", "_clear", "_equal", "_quark")


def _paragraph(lines, number):
    """First line of the group, without an empty line in between, that holds `number`."""
    while number > 0 and lines[number - 1].strip():
        number -= 1
    return number


def _is_explained(lines, number):
    """A comment in the group above the function; on the type right above the group; or at the head of the file
    when the group is its first."""
    first = _paragraph(lines, number)
    if any("*/" in line for line in lines[first:number]):
        return True
    above = first - 2
    if above >= 0 and lines[above] == "G_BEGIN_DECLS":
        return True
    return above >= 0 and lines[above].startswith("}") and "*/" in "".join(lines[_paragraph(lines, above):above])


def check(top):
    for path in source.files(top, ".h", below=source.ROOMS):
        text = source.read(top, path)
        lines = text.split("\n")
        for number, line in enumerate(source.without_comments(text).split("\n")):
            match = _PROTOTYPE.match(line)
            if match and not match[1].endswith(_EVIDENT) and not _is_explained(lines, number):
                yield f"{path}:{number + 1}: {match[1]} is not explained"
        first = next((line for line in lines if line.strip()), "")
        if not first.startswith("/*"):
            yield f"{path}:1: does not start with what this file is"
