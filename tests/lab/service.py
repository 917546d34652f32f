"""The service under test, started the way a person would start it."""
import glob
import os
import signal
import subprocess

from .named import SOURCE
from .varlink import Connection, Watch
from .wait import until


def binary(name="wayhomed"):
    """Of the environment (as ctest sets it), or the newest one that was built; None when there is none."""
    given = os.environ.get(name.upper())
    if given:
        return given if os.path.exists(given) else None
    found = [path for folder in ("build", "build-*", "build/*") for depth in ("*", "*/*", "*/*/*")
             for path in glob.glob(os.path.join(SOURCE, folder, depth, name)) if os.path.isfile(path)]
    return max(found, key=os.path.getmtime, default=None)


def _complete(struct, *names):
    for name in names:
        struct.setdefault(name, None)


class Service:
    """`wayhomed` at one node, with folders of its own."""

    def __init__(self, node, folder, command=None):
        self.node = node
        self.folder = folder
        self.state = os.path.join(folder, "state")
        self.config = os.path.join(folder, "config")
        self.control = os.path.join(folder, "control")
        self.seal = os.path.join(folder, "seal")
        self._log = os.path.join(folder, "log")
        os.makedirs(self.config, exist_ok=True)
        self.process = None
        self.command = command or [binary()]
        self.environment = {}
        self.options = []

    def arguments(self):
        return [*self.command, f"--state={self.state}", f"--config={self.config}",
                f"--control={self.control}", f"--seal={self.seal}", "--verbose", *self.options]

    def spawn(self, **more):
        """Starts without waiting."""
        environment = dict(os.environ, **self.environment)
        with open(self._log, "ab") as log:
            self.process = self.node.popen(self.arguments(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                           env=environment, **more)

    def start(self):
        """Starts and waits until the door opens."""
        self.spawn()
        until("the service opens its door", self._answers, 20)
        return self

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the service ended with {self.process.returncode}:\n{self.log()[-3000:]}")
        try:
            with self.connect() as connection:
                return connection.call("org.varlink.service.GetInfo")
        except OSError:
            return None

    def connect(self):
        return Connection(self.control)

    def watch(self):
        return Watch(Connection(self.control, timeout=None))

    def call(self, method, /, **parameters):
        with self.connect() as connection:
            return connection.call(method, **parameters)

    def status(self):
        """The whole state; members that may be absent are there, as None."""
        state = self.call("Status")["state"]
        for record in (each for host in state["hosts"] for each in host["records"]):
            _complete(record, "desired", "acknowledged", "acknowledged_at", "result", "scope", "until")
            _complete(record["proof"], "why", "zone", "ttl", "at")
        for verdict in state["verdicts"]:
            _complete(verdict, "address")
            for source in verdict["sources"]:
                _complete(source, "address", "failure")
        return state

    def host(self, identity):
        return next((host for host in self.status()["hosts"] if host["id"] == identity), None)

    def record(self, host, family="ipv4"):
        found = self.host(host)
        return next((each for each in found["records"] if each["family"] == family), None) if found else None

    def verdict(self, family="ipv4"):
        return next((each for each in self.status()["verdicts"] if each["family"] == family), None)

    def record_until(self, host, what, condition, family="ipv4", seconds=30.0):
        """Waits until a record meets a condition; says what it was when it does not."""
        last = {}

        def met():
            last["record"] = self.record(host, family)
            return last["record"] if last["record"] and condition(last["record"]) else None

        try:
            return until(what, met, seconds, 0.02)
        except Exception as error:
            raise AssertionError(f"{error}; the record is {last.get('record')}") from None

    def history(self, **parameters):
        events = self.call("History", **parameters)["events"]
        for event in events:
            _complete(event, "host", "name", "family", "address", "result")
        return events

    def stop(self):
        """An orderly end; returns the exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def log(self):
        with open(self._log, errors="replace") as file:
            return file.read()
