"""A computer with Windows in the lab, as Wine plays it, on which Wayhome is installed by hand."""
import json
import os
import shutil
import signal
import subprocess

from . import wine
from .leaks import Search
from .wait import until

PROGRAMS = "C:\\Program Files\\Wayhome\\bin"
DATA = "C:\\ProgramData\\Wayhome"
_BUILT = {"wayhomed": "service/wiring", "wayhomectl": "app/cli", "wayhome-setup": "installer/windows/setup"}


def _built(name):
    return f"{os.environ['WAYHOME_WINDOWS_BUILD']}/{_BUILT[name]}/{name}.exe"


def libraries():
    return os.environ["WAYHOME_SYSROOT"] + "/bin"


class Windows:
    """A prefix with the programs of this build. node: where in the lab it is."""

    def __init__(self, template, node=None):
        self.prefix = wine.Prefix(template, node=node)
        self.printed = b""  # everything that any of the programs printed
        self._install()

    def _install(self):
        folder = self.prefix.unix(PROGRAMS)
        os.makedirs(folder)
        for name in _BUILT:
            shutil.copy(_built(name), folder)
        for name in os.listdir(libraries()):
            if name.endswith(".dll"):
                os.symlink(f"{libraries()}/{name}", f"{folder}/{name}")

    def run(self, name, *arguments, **options):
        """Runs a program of Wayhome to its end."""
        done = self.prefix.run(f"{PROGRAMS}\\{name}.exe", *arguments, **options)
        self.printed += (done.out + done.err).encode()
        return done

    # the service manager

    def sc(self, *arguments):
        return self.prefix.run("sc", *arguments)

    def create_service(self):
        """What the package does: its table of services, then its own program."""
        for done in (self.sc("create", "wayhome", "binPath=", f'"{PROGRAMS}\\wayhomed.exe"', "start=", "auto",
                             "obj=", "NT AUTHORITY\\LocalService", "DisplayName=", "Wayhome"),
                     self.run("wayhome-setup", "configure")):
            if done.code:
                raise RuntimeError(done.out + done.err)

    def service_state(self):
        """RUNNING, STOPPED ..., or None where there is no such service."""
        for line in self.sc("query", "wayhome").out.split("\n"):
            if "STATE" in line:
                return line.split()[-1]
        return None

    def start_service(self):
        done = self.sc("start", "wayhome")
        if done.code:
            raise RuntimeError(done.out + done.err)
        until("the service runs", lambda: self.service_state() == "RUNNING", 60)
        until("the service answers", lambda: self.ctl("status").code == 0, 60)

    def stop_service(self):
        self.sc("stop", "wayhome")
        until("the service has stopped", lambda: self.service_state() == "STOPPED", 60)

    def service_process(self):
        """Its number on this computer, or None."""
        for number in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{number}/cmdline", "rb") as file:
                    if file.read().split(b"\0")[0].strip(b'"').endswith(b"\\wayhomed.exe"):
                        return int(number)
            except OSError:
                pass
        return None

    def lose_power(self):
        """The service is killed first, and given no time for anything; then everything else. Wine's service manager
        does not notice that a service has died, and restarts none."""
        number = self.service_process()
        os.kill(number, signal.SIGKILL)
        until("the service has gone", lambda: self.service_process() is None, 30)
        self.prefix.end()

    def start(self):
        """Wine starts services that start by themselves together with its first program."""
        until("the service runs", lambda: self.service_state() == "RUNNING", 60)
        until("the service answers", lambda: self.ctl("status").code == 0, 60)

    # a console

    def serve(self, *arguments):
        """The service in a console, for this user; what it says is kept."""
        log = open(f"{wine.RUN}/wayhomed.log", "ab")
        process = self.prefix.start(f"{PROGRAMS}\\wayhomed.exe", *arguments, stdout=log, stderr=subprocess.STDOUT)
        log.close()
        return process

    @staticmethod
    def log():
        with open(f"{wine.RUN}/wayhomed.log", "rb") as file:
            return file.read()

    # wayhomectl

    def ctl(self, *arguments, **options):
        return self.run("wayhomectl", *arguments, **options)

    def order(self, *arguments, **options):
        """An order that has to succeed; returns what it answers."""
        done = self.ctl(*arguments, "--json", **options)
        if done.code:
            raise AssertionError(f"wayhomectl {' '.join(arguments)} ended with {done.code}: {done.out}{done.err}")
        return json.loads(done.out)

    def state(self):
        """The whole state."""
        state = self.order("status")
        return state.get("state", state)

    def record(self, name, family="ipv4"):
        for host in self.state()["hosts"]:
            if host["name"] == name:
                return next((each for each in host["records"] if each["family"] == family), None)
        return None

    def record_until(self, name, what, condition, family="ipv4", seconds=60):
        last = {}

        def met():
            last["record"] = self.record(name, family)
            return last["record"] if last["record"] and condition(last["record"]) else None

        try:
            return until(what, met, seconds, 0.3)
        except Exception as error:
            raise AssertionError(f"{error}; the record is {last.get('record')}") from None

    def leaks(self, secrets, allowed=()):
        """Where one of the secrets is, that no file of Wayhome, no process and no output may hold."""
        search = Search(secrets, allowed)
        search.data("what the programs printed", self.printed)
        search.tree(self.prefix.unix(DATA))
        search.tree(self.prefix.unix("C:\\users"))
        search.processes([number for number in os.listdir("/proc") if number.isdigit()])
        for name in ("system.reg", "user.reg"):
            search.file(f"{self.prefix.path}/{name}")
        return search.found

    def end(self):
        self.prefix.end()
