"""Somebody in a booted container: what they run there, and their connections to its sockets."""
import os
import pty
import select
import socket
import subprocess
import sys
import termios

from .varlink import Connection
from .wait import until

CONTROL = "/run/wayhome/control"
INSIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "inside.py")


class Heard:
    """A socket that keeps what came out of it."""

    def __init__(self, channel, heard):
        self._channel = channel
        self._heard = heard

    def recv(self, size):
        data = self._channel.recv(size)
        self._heard.append(data)
        return data

    def __getattr__(self, name):
        return getattr(self._channel, name)


class Caller(Connection):
    """A connection that somebody in the container made."""

    def __init__(self, channel, heard, timeout):
        channel.settimeout(timeout)
        self._socket = Heard(channel, heard)
        self._read = b""


class Terminal:
    """A program at a terminal of its own."""

    def __init__(self, command, said, inherited=()):
        self.seen = ""
        self._said = said
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.environ["TERM"] = "dumb"
            for number in inherited:
                os.set_inheritable(number, True)
            os.execv(command[0], command)

    def _read(self, seconds):
        if not select.select([self.file], [], [], seconds)[0]:
            raise AssertionError(f"nothing more comes after {self.seen!r}")
        try:
            got = os.read(self.file, 4096)
        except OSError:  # the program closed the terminal
            got = b""
        self.seen += got.decode(errors="replace")
        self._said.append(got)
        return bool(got)

    def answer(self, question, text, seconds=20):
        """Waits for the question at the end of what was printed, and types."""
        while not self.seen.rstrip().endswith(question):
            if not self._read(seconds):
                raise AssertionError(f"the program ended without asking {question!r}: {self.seen!r}")
        os.write(self.file, text.encode())
        self.seen += "\n"

    def password(self, text, seconds=20):
        """Answers a question for a password once nothing that is typed is shown; what came before is thrown away."""
        until("typing is not shown", lambda: self._is_hidden(seconds), seconds)
        self.answer("Password:", text + "\n", seconds)

    def _is_hidden(self, seconds):
        if select.select([self.file], [], [], 0)[0]:
            self._read(seconds)
        return self.seen.rstrip().endswith("Password:") and not termios.tcgetattr(self.file)[3] & termios.ECHO

    def has_ended(self):
        return os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def close(self):
        """The terminal is gone, and what ran at it is told so."""
        os.close(self.file)
        os.waitpid(self.child, 0)

    def end(self, seconds=20):
        """The exit code."""
        while self._read(seconds):
            pass
        os.close(self.file)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


class Done:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode(errors="replace")
        self.error = process.stderr.decode(errors="replace")
        self.text = (self.out + self.error).strip()


class Person:
    """Somebody in the container: a user, in a control group (that of a login session, or none)."""

    def __init__(self, container, user, group="init.scope"):
        self.container = container
        self.user = user
        self.group = group
        self._knocker = None

    def command(self, *arguments):
        return [sys.executable, "-I", "-S", INSIDE, str(self.container.leader), self.user,
                self.container.groups.path(self.group), *arguments]

    def run(self, *command, text=None, check=False, seconds=60):
        """Runs a command to its end. text: its standard input."""
        process = subprocess.run(self.command("run", *command), input=(text or "").encode(), capture_output=True,
                                 timeout=seconds, check=False)
        self.container.said += [process.stdout, process.stderr]
        done = Done(process)
        if check and done.code:
            raise RuntimeError(f"{self.user}: {' '.join(command)}: {done.code}: {done.text}")
        return done

    def popen(self, *command, **options):
        return subprocess.Popen(self.command("run", *command), **options)

    def terminal(self, *command, inherited=()):
        return Terminal(self.command("run", *command), self.container.said, inherited)

    def agent(self):
        """A real agent of polkit, at a terminal, that asks for passwords on behalf of this person's connections."""
        heard, tells = os.pipe()
        terminal = self.terminal("pkttyagent", "--process", self.knocker(), "--notify-fd", str(tells),
                                 inherited=[tells])
        os.close(tells)
        ready, _, _ = select.select([heard], [], [], 20)
        os.close(heard)
        if not ready or terminal.has_ended():
            raise RuntimeError(f"the agent did not begin: {terminal.seen!r}")
        return terminal

    def ctl(self, *arguments, **options):
        return self.run("wayhomectl", *arguments, **options)

    def knocker(self):
        """The process that makes this person's connections, as the container numbers it; there after the first."""
        with open(f"/proc/{self._knocker[2].pid}/task/{self._knocker[2].pid}/children") as file:
            child = file.read().split()[0]
        with open(f"/proc/{child}/status") as file:
            return next(line for line in file if line.startswith("NSpid:")).split()[-1]

    def connect(self, path=CONTROL, timeout=20.0):
        """A new connection to a socket in the container; an OSError when this user gets none."""
        key = (self.container.leader, path)
        if self._knocker is None or self._knocker[0] != key:
            self.leave()
            ours, theirs = socket.socketpair()
            process = subprocess.Popen(self.command("knock", path, str(theirs.fileno())), pass_fds=[theirs.fileno()])
            theirs.close()
            self._knocker = (key, ours, process)
        channel = self._knocker[1]
        channel.send(b"k")
        answer, doors, _, _ = socket.recv_fds(channel, 1, 1)
        if not doors:
            number = answer[0] if answer else 0
            raise OSError(number, f"{path}: {os.strerror(number)}")
        return Caller(socket.socket(fileno=doors[0]), self.container.heard, timeout)

    def leave(self):
        """The process that makes this person's connections ends; those that were made stay."""
        if self._knocker is not None:
            self._knocker[1].close()
            self._knocker[2].wait()
            self._knocker = None

    def call(self, method, /, **parameters):
        with self.connect() as connection:
            return connection.call(method, **parameters)


class Session(Person):
    def __init__(self, container, user, unit):
        super().__init__(container, user)
        self.unit = unit
        self.group = until(f"{user} is signed in", self._scope, 20)
        self.id = self.group.rsplit("session-", 1)[1].removesuffix(".scope")

    def _scope(self):
        """The session's control group: that of the process which it was opened for."""
        process = self.container.main_pid(self.unit + ".service")
        done = self.container.admin.run("cat", f"/proc/{process}/cgroup")
        path = done.out.strip().rsplit("::/", 1)[-1]
        return path if ".scope" in path else None

    def end(self):
        """Signed out, with everything that ran in this session."""
        self.leave()
        self.container.admin.run("systemctl", "stop", self.unit + ".service")
        self.container.admin.run("loginctl", "terminate-session", self.id)
