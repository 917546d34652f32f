"""A whole Debian that boots, with packages installed in it, at one node of the lab.

systemd-nspawn boots it on a layer of its own above a root file system that is made once. What it writes is in
memory, its processes are the sandbox's: all of it ends with the sandbox, whatever ends that.
"""
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import time

from . import named
from .control_groups import Groups
from .person import Person, Session
from .sandbox import RUN, Unavailable, mount
from .wait import until

REBOOT = 133  # what systemd-nspawn ends with when the container wants to be booted again

_NUMBERS = itertools.count(1)


def root_file_system():
    """Where tests/run has made it, or None."""
    path = os.path.join(named.tools_folder(), "rootfs")
    return os.path.realpath(path) if os.path.isdir(path) else None


def packages():
    """Names and files of the packages that were built, or {}."""
    folder = os.environ.get("WAYHOME_PACKAGES") or os.path.join(named.SOURCE, "build", "packages")
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return {name.split("_")[0]: os.path.join(folder, name) for name in names if name.endswith(".deb")}


def require():
    """Raises Unavailable where no container can be booted; call it outside of the sandbox."""
    if os.geteuid() != 0:
        raise Unavailable("only root may boot a container")
    if shutil.which("systemd-nspawn") is None:
        raise Unavailable("there is no systemd-nspawn here")
    if root_file_system() is None:
        raise Unavailable("the root file system has not been made; tests/run does that")
    if "wayhome-service" not in packages():
        raise Unavailable("the packages have not been built; tests/run does that")
    with open("/proc/filesystems") as file:
        kinds = file.read().split()
    for kind in ("overlay", "cgroup2"):
        if kind not in kinds:
            raise Unavailable(f"the kernel has no {kind}")


class Container:
    """Made at a node, not booted yet. heard: all that came out of its sockets; said: all that was printed."""

    def __init__(self, node):
        self.node = node
        self.folder = f"{RUN}/box{next(_NUMBERS)}"
        self.root = self.folder + "/root"
        for name in ("root", "upper", "work"):
            os.makedirs(f"{self.folder}/{name}")
        mount("overlay", self.root, "overlay", 0, f"lowerdir={root_file_system()},upperdir={self.folder}/upper,"
                                                  f"workdir={self.folder}/work")
        self.groups = Groups()
        self.leader = None
        self.heard, self.said = [], []
        self._process = None
        self._sessions = itertools.count(1)
        self.admin = Person(self, "root")
        self._probe()

    def _probe(self):
        with self._spawn(self._nspawn("/bin/true"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            output = process.communicate()[0].decode(errors="replace").strip()
        if process.returncode:
            raise Unavailable(f"systemd-nspawn does not work on this machine: {output}")

    # before it is booted, or at any time

    def path(self, name):
        """Of one of its files, as it is seen from outside: what is on disk."""
        return self.root + name

    def live(self, name):
        """The same, but of what is mounted while it runs (/run, /tmp)."""
        return f"/proc/{self.leader}/root{name}"

    def write(self, name, text, mode=0o644):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), mode)

    def _nspawn(self, *arguments):
        return ["systemd-nspawn", "--quiet", "--directory=" + self.root, "--machine=box",
                "--register=no", "--keep-unit",
                "--hostname=box", "--resolv-conf=off", "--timezone=off", "--console=pipe", *arguments]

    def _spawn(self, command, **options):
        environment = dict(os.environ, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY="1")
        with self.node:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment,
                                    preexec_fn=self.groups.enter, **options)

    def prepare(self, script):
        """Runs a shell script as root in it while it is off."""
        with self._spawn(self._nspawn("/bin/sh", "-euc", script), stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT) as process:
            output = process.communicate()[0]
        self.said.append(output)
        if process.returncode:
            raise RuntimeError(f"preparing the container ended with {process.returncode}: {output.decode()}")

    # on and off

    def boot(self, wait=True):
        """Returns the instant (CLOCK_REALTIME, ns) before it began; wait: until everything has been started."""
        began = time.time_ns()
        with open(self.folder + "/console", "ab") as log:
            self._process = self._spawn(self._nspawn("--boot"), stdout=log, stderr=log)
        self.leader = until("the container has a first process", self._first_process, 20, 0.005)
        if wait:
            self.wait_booted()
        return began

    def _first_process(self):
        if self._process.poll() is not None:
            raise RuntimeError(f"the container ended with {self._process.returncode}: {self.console()[-2000:]}")
        with open(f"/proc/{self._process.pid}/task/{self._process.pid}/children") as file:
            children = file.read().split()
        with contextlib.suppress(OSError):
            for child in children:
                with open(f"/proc/{child}/comm") as file:
                    if file.read() == "systemd\n":
                        return int(child)
        return None

    def wait_booted(self):
        """running, or degraded: some unit failed, which is for the test to see."""
        return until("the container has booted", lambda: self._first_process() and self._state(), 60, 0.03)

    def _state(self):
        state = self.admin.run("systemctl", "is-system-running").out.strip()
        return state if state in ("running", "degraded") else None

    def console(self):
        with open(self.folder + "/console", errors="replace") as file:
            return file.read()

    def power_loss(self):
        """All of its processes end at once; what they had written stays."""
        os.kill(self.leader, signal.SIGKILL)
        self._ended()

    def reboot(self):
        """Orderly, as a person asks for it; returns as boot() does."""
        self.go_down()
        return self.boot()

    def go_down(self):
        """The first half of a reboot."""
        self.admin.run("systemctl", "reboot")
        code = self._ended()
        if code != REBOOT:
            raise RuntimeError(f"the container ended with {code} instead of asking to be booted again")

    def _ended(self):
        code = self._process.wait(60)
        self.leader = None
        return code

    def close(self):
        if self._process is not None and self._process.poll() is None:
            if self.leader:
                os.kill(self.leader, signal.SIGKILL)
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(Exception):
            until("its processes have ended", self._is_empty, 5)
        self.groups.close()

    def _is_empty(self):
        with open(self.groups.folders[0] + "/cgroup.events") as file:
            return "populated 0" in file.read()

    # who is there

    def person(self, user):
        """Somebody without a session, as a program that cron started."""
        return Person(self, user)

    def session(self, user, seat="seat0", kind="user"):
        """A login session: at a seat, where one is the active one, or without any, as over ssh. kind: what logind
        calls its class."""
        unit = f"lab-session-{next(self._sessions)}"
        where = [f"--setenv=XDG_SEAT={seat}", "--setenv=XDG_SESSION_TYPE=x11"] if seat else []
        self.admin.run("systemd-run", "--quiet", "--unit=" + unit, "--collect", "--property=PAMName=login",
                       "--property=User=" + user, "--setenv=XDG_SESSION_CLASS=" + kind, *where,
                       "/bin/sleep", "infinity", check=True)
        return Session(self, user, unit)

    # what it says

    def journal(self, *arguments):
        """Of all boots; as journalctl prints it."""
        done = subprocess.run(["journalctl", "--quiet", "--no-pager", "--directory=" + self.path("/var/log/journal"),
                               *arguments], capture_output=True, check=True)
        return done.stdout.decode(errors="replace")

    def show(self, unit, member):
        return self.admin.run("systemctl", "show", "--value", "--property=" + member, unit).out.strip()

    def main_pid(self, unit="wayhome.service"):
        return int(self.show(unit, "MainPID") or 0)

    def outside_pid(self, inside):
        """The sandbox's number of one of its processes."""
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                with open(f"/proc/{name}/status") as file:
                    numbers = next(line for line in file if line.startswith("NSpid:")).split()[1:]
                if len(numbers) > 1 and numbers[-1] == str(inside) and self._is_mine(name):
                    return int(name)
        return None

    def _is_mine(self, process):
        return os.readlink(f"/proc/{process}/ns/pid") == os.readlink(f"/proc/{self.leader}/ns/pid")
