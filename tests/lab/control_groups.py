"""The control groups that a container lives in."""
import contextlib
import os
import secrets
import time

from .sandbox import RUN, Unavailable, mount

GROUPS = RUN + "/cgroup"
PREFIX = "wayhome-lab-"
STALE = 600  # seconds: a control group without processes that is older belongs to nobody


def _remove_groups(folder):
    for path, names, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(path)


class Groups:
    """The control groups that a container lives in, in each hierarchy that systemd-nspawn looks at."""

    def __init__(self):
        if not os.path.isdir(GROUPS):
            os.makedirs(GROUPS)
            mount("cgroup2", GROUPS, "cgroup2")
        tops = [GROUPS] + [top for top in ("/sys/fs/cgroup/systemd",) if os.path.isdir(top)]
        self._sweep(tops)
        name = PREFIX + secrets.token_hex(8)
        self.folders = [os.path.join(top, name) for top in tops]
        for folder in self.folders:
            try:
                os.mkdir(folder)
            except OSError as error:
                raise Unavailable(f"no control groups can be made here ({error.strerror})") from None

    @staticmethod
    def _sweep(tops):
        """What is left of tests that were killed."""
        for top in tops:
            for entry in os.scandir(top):
                if entry.name.startswith(PREFIX) and time.time() - entry.stat().st_mtime > STALE:
                    _remove_groups(entry.path)

    def enter(self):
        for folder in self.folders:
            with open(f"{folder}/cgroup.procs", "w") as file:
                file.write(str(os.getpid()))

    def path(self, group):
        """group: as the container calls it."""
        return f"{self.folders[0]}/payload/{group}"

    def close(self):
        for folder in self.folders:
            _remove_groups(folder)
