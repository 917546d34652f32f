"""Looks for secrets where none may be: as they are, and written in other ways."""
import base64
import contextlib
import os
import stat
import urllib.parse

BLOCK = 1 << 20


def forms(secret):
    """How a secret may look: itself, in base64 wherever it begins within what was encoded, in hexadecimal, as part
    of a URL, and the bytes that it stands for."""
    plain = secret.encode()
    found = {plain, plain.hex().encode(), plain.hex().upper().encode(), urllib.parse.quote(secret, safe="").encode()}
    for pad in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            text = encode(b"\0" * pad + plain + b"\0" * (-(pad + len(plain)) % 3))
            found.add(text[4 if pad else 0:-4])
    with contextlib.suppress(ValueError):
        raw = base64.b64decode(secret, validate=True)
        if len(raw) >= 16:
            found |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
    return found


class Search:
    """For every secret at once. allowed: files, as their paths end, which may hold them."""

    def __init__(self, secrets, allowed=()):
        self._wanted = [(number, form) for number, secret in enumerate(secrets) for form in forms(secret)]
        self._allowed = tuple(allowed)
        self.looked_at = 0
        self.found = []

    def data(self, where, data):
        self.looked_at += len(data)
        for number, form in self._wanted:
            if form in data:
                at = data.index(form)
                self.found.append(f"secret {number} in {where}, after {data[max(0, at - 60):at]!r}")

    def file(self, path):
        if path.endswith(self._allowed) and self._allowed:
            return
        with contextlib.suppress(OSError), open(path, "rb") as file:
            self.data(path, file.read())

    def tree(self, top, skip=()):
        """All regular files below a folder, and the names of everything."""
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if os.path.join(folder, name) not in skip]
            self.data("names in " + folder, "\n".join(folders + names).encode(errors="surrogateescape"))
            for name in names:
                path = os.path.join(folder, name)
                with contextlib.suppress(OSError):
                    if stat.S_ISREG(os.lstat(path).st_mode):
                        self.file(path)

    def processes(self, numbers):
        """What anybody, or the same user, sees of processes."""
        for number in numbers:
            for name in ("cmdline", "environ"):
                self.file(f"/proc/{number}/{name}")
