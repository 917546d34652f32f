"""No question about the operating system outside of the folders that are about one."""
import re

import source

_WORDS = re.compile(r"^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif)\b.*?\b(_WIN32|_WIN64|WIN32|__linux__|__linux|__unix__|"
                    r"__APPLE__|__MINGW\w*|__CYGWIN__|_MSC_VER|G_OS_\w+|__FreeBSD__)\b", re.MULTILINE)


def check(top):
    for path in source.files(top, ".c", ".h", ".h.in", below=source.ROOMS):
        if path.startswith(("platform/linux/", "platform/windows/")):
            continue
        text = source.without_comments(source.read(top, path))
        for match in _WORDS.finditer(text):
            line = text.count("\n", 0, match.start(1)) + 1
            yield f"{path}:{line}: {match[1]} belongs into platform/linux or platform/windows"
