"""Includes and link lines obey the arrows between the rooms."""
import os
import re

import rooms
import source

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
_COMMAND = re.compile(r"^\s*(wh_add_room|target_link_libraries)\s*\(([^)]*)\)", re.MULTILINE)


def room_of(path):
    """The innermost room that a file is in, or None."""
    folder = os.path.dirname(path)
    while folder and folder not in rooms.ARROWS:
        folder = os.path.dirname(folder)
    return folder or None


def _may_include(room, header):
    target = room_of(header)
    if target is None or target == room:
        return True
    return any(header == arrow or target == arrow or target.startswith(arrow + "/")
               for arrow in rooms.ARROWS[room])


def _may_use(room, header):
    return all(room in users for start, _, users in rooms.SYSTEM if header.startswith(start))


def _check_includes(top, path):
    room = room_of(path)
    text = source.without_comments(source.read(top, path))
    for match in _INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        kind, header = match.groups()
        if kind == '"' and "/" not in header and not os.path.exists(os.path.join(top, header)):
            generated = header.endswith("_resource.h")
            if not generated:
                yield f'{path}:{line}: "{header}" is not written from the source root'
        if kind == '"' and not _may_include(room, header):
            yield f"{path}:{line}: {room} must not see {header}"
        if kind == "<" and not _may_use(room, header):
            yield f"{path}:{line}: {room} must not use <{header}>"


def _may_link(room, library):
    target = rooms.LIBRARIES.get(library)
    if target is None or target == room:
        return True
    return any(arrow == target or target.startswith(arrow + "/") or arrow.startswith(target + "/")
               or (arrow.startswith("platform") and library.startswith(("wh-platform", "wh-desktop")))
               for arrow in rooms.ARROWS[room])


def _links(command, words):
    if command == "wh_add_room":
        return words[words.index("LINKS") + 1:] if "LINKS" in words else []
    return [word for word in words[1:] if word not in ("PUBLIC", "PRIVATE", "INTERFACE")]


def _check_links(top, path):
    text = re.sub(r"#[^\n]*", "", source.read(top, path))
    for match in _COMMAND.finditer(text):
        words = match[2].split()
        room = rooms.LIBRARIES.get(words[0]) if words else None
        line = text.count("\n", 0, match.start(1)) + 1
        if room is None:
            if match[1] == "wh_add_room":
                yield f"{path}:{line}: {words[0]} is no room of the house; name it in tests/lint/rooms.py"
            continue
        for link in _links(match[1], words):
            if not _may_link(room, link):
                yield f"{path}:{line}: {words[0]} must not link {link}"
            for _, target, users in rooms.SYSTEM:
                if link == target and room not in users and room != "service/wiring":
                    yield f"{path}:{line}: {words[0]} must not link {link}"


def check(top):
    for path in source.files(top, ".c", ".h", below=source.ROOMS):
        if room_of(path):
            yield from _check_includes(top, path)
        else:
            yield f"{path}:1: this folder is no room of the house; name it in tests/lint/rooms.py"
    for path in source.files(top, "CMakeLists.txt", ".cmake", below=source.ROOMS):
        yield from _check_links(top, path)
