"""The command line of people who share a computer: who manages its service, who may only look, and what asks for a
password at a terminal. There is no polkit in the lab: where it would be asked, it says no."""
import json
import os
import pty
import select
import shutil
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import case, service  # noqa: E402

SECONDS = 20
CTL = service.binary("wayhomectl")
SYSTEM = "/run/wayhome/control"
ADA, BOB = 2000, 2001

# Says that it is ready, and waits; or ends at once, as without a bus. What it was told is in the file.
AGENT = """#!/bin/sh
echo "$$ $*" > {told}
{first}
exec 3>&-
exec sleep 1000
"""


def people():
    with open("/etc/passwd", "a") as file:
        for name, uid in (("ada", ADA), ("bob", BOB)):
            file.write(f"{name}:x:{uid}:{uid}::/:/bin/sh\n")


def as_user(uid):
    return ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"] if uid else []


def can_be_another():
    return subprocess.run([*as_user(BOB), "true"], stderr=subprocess.DEVNULL).returncode == 0


class Run:
    """The command line of a user, run to its end; with a terminal of its own, or without any."""

    def __init__(self, arguments, uid=0, terminal=False, **environment):
        command = [*as_user(uid), CTL, *arguments]
        environment = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
        if terminal:
            self.code, self.said = self._at_terminal(command, environment)
            return
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=SECONDS, env=environment)
        self.code, self.said = done.returncode, done.stdout

    @staticmethod
    def _at_terminal(command, environment):
        child, file = pty.fork()
        if child == 0:
            os.execvpe(command[0], command, environment)
        said = b""
        while select.select([file], [], [], SECONDS)[0]:
            try:
                got = os.read(file, 4096)
            except OSError:  # the program closed the terminal
                break
            if not got:
                break
            said += got
        os.close(file)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, said.decode().replace("\r\n", "\n")


class Double:
    """Answers at a socket: answer(method, parameters) is a reply."""

    def __init__(self, path, answer):
        self._answer = answer
        self.calls = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(path)
        self._listener.listen()
        threading.Thread(target=self._run, daemon=True).start()

    def close(self):
        self._listener.close()

    def _run(self):
        while True:
            try:
                channel, _ = self._listener.accept()
            except OSError:
                return
            self._serve(channel)

    def _serve(self, channel):
        read = b""
        while data := channel.recv(65536):
            *messages, read = (read + data).split(b"\0")
            for message in messages:
                call = json.loads(message)
                method = call["method"].rsplit(".", 1)[1]
                self.calls.append((method, call.get("parameters", {})))
                channel.sendall(json.dumps(self._answer(method, call.get("parameters", {}))).encode() + b"\0")


def state(**members):
    return {"parameters": {"state": {"service": {"version": "1", "scope": "system", "started": 1, "paused": False,
                                                 "instant": True, "notices": [], "notice_details": [], **members},
                                     "verdicts": [], "accounts": [], "hosts": []}}}


@unittest.skipUnless(CTL, "wayhomectl has not been built")
class Managing(case.LabTest):
    """With the real service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people()

    def setUp(self):
        super().setUp()
        if not can_be_another():
            self.skipTest("this sandbox has one user only")

    def ctl(self, made, *arguments, **options):
        return Run(["--socket", made.control, *arguments], **options)

    def check(self, run, code, *words):
        self.assertEqual(run.code, code, run.said)
        for each in words:
            self.assertIn(each, run.said)

    def open_service(self):
        """One that everybody can reach."""
        made = self.start()
        os.chmod(made.folder, 0o755)
        return made

    def test_owner(self):
        """Root makes somebody the one who manages it, and that one needs nobody then."""
        made = self.open_service()
        self.check(self.ctl(made, "status"), 0, "Nobody manages Wayhome on this computer yet.",
                   "wayhomectl owner USER")
        self.check(self.ctl(made, "unattended", "off", uid=ADA), 4, "You may not do this.", "or with sudo.")
        self.check(self.ctl(made, "claim"), 1, "wayhomectl owner NAME")
        self.check(self.ctl(made, "owner", "nobody-of-that-name"), 1, "no user of that name")
        self.check(self.ctl(made, "owner", "ada", terminal=True), 0, "ada manages Wayhome on this computer")
        self.check(self.ctl(made, "owner"), 0, "Managed by ada.")
        self.check(self.ctl(made, "status", uid=ADA), 0, "You manage Wayhome on this computer.")
        self.check(self.ctl(made, "claim", uid=ADA), 0, "You manage Wayhome on this computer.")
        self.check(self.ctl(made, "pause", uid=ADA, terminal=True), 0, "Everything is paused.")
        self.check(self.ctl(made, "resume", uid=ADA), 0)
        self.check(self.ctl(made, "reload", uid=ADA), 0)
        self.check(self.ctl(made, "unattended", "off", uid=ADA), 0, "keeps no copy")
        self.assertFalse(made.status()["service"]["secrets"]["unattended"])
        self.check(self.ctl(made, "status", uid=ADA), 0, "wayhomectl unattended on")
        self.check(self.ctl(made, "unattended", "on", uid=ADA), 0)
        self.assertTrue(made.status()["service"]["secrets"]["unattended"])
        self.check(self.ctl(made, "owner", "--nobody", uid=ADA), 4, "Only an administrator decides that.")
        self.check(self.ctl(made, "owner", "--nobody"), 0)
        self.assertNotIn("owner", made.status()["service"])

    def test_others(self):
        """Who is neither is refused with what to do, at a terminal as elsewhere, and changes nothing."""
        made = self.open_service()
        self.check(self.ctl(made, "owner", "ada"), 0)
        for terminal in (False, True):
            with self.subTest(terminal=terminal):
                self.check(self.ctl(made, "pause", uid=BOB, terminal=terminal), 4, "You may not do this.",
                           "Run it as the one who manages Wayhome here, or with sudo.")
                self.check(self.ctl(made, "status", uid=BOB, terminal=terminal), 4, "You may not do this.")
                self.check(self.ctl(made, "add-account", "duckdns", uid=BOB, terminal=False), 4)
        self.assertFalse(made.status()["service"]["paused"])

    def test_own_service(self):
        """Whom the computer's service does not let look uses their own."""
        whole = self.new_service()
        whole.control = SYSTEM
        whole.start()
        folder = os.path.join(self.lab.folder, "bob")
        os.makedirs(folder + "/run/wayhome")
        for each in (folder, folder + "/run", folder + "/run/wayhome"):
            os.chown(each, BOB, BOB)
            os.chmod(each, 0o700)
        own = self.new_service()
        own.command = [*as_user(BOB), service.binary(), "--user"]
        own.state, own.control = folder + "/state", folder + "/run/wayhome/control"
        own.environment = {"HOME": folder, "XDG_RUNTIME_DIR": folder + "/run", "DBUS_SESSION_BUS_ADDRESS": ""}
        os.chmod(own.folder, 0o755)
        os.chmod(os.path.dirname(folder), 0o755)
        own.start()
        self.check(Run(["status"], uid=BOB, XDG_RUNTIME_DIR=folder + "/run"), 0, "Public address")
        self.check(Run(["pause"], uid=BOB, XDG_RUNTIME_DIR=folder + "/run"), 0, "Everything is paused.")
        self.assertTrue(own.status()["service"]["paused"])
        self.assertFalse(whole.status()["service"]["paused"])
        own.stop()
        self.check(Run(["status"], uid=BOB, XDG_RUNTIME_DIR=folder + "/run"), 4, "You may not do this.")


@unittest.skipUnless(CTL, "wayhomectl has not been built")
class Passwords(case.LabTest):
    """With doubles of the service and of what asks for a password."""

    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.lab.folder, self.id())
        os.makedirs(self.folder + "/bin")
        self.addCleanup(shutil.rmtree, self.folder)
        self.told = self.folder + "/told"
        self.control = self.folder + "/control"

    def serve(self, answer, **members):
        """A service of which only `answer` is not usual."""
        double = Double(self.control, lambda method, parameters: state(**members) if method == "Status"
                        else answer(method, parameters))
        self.addCleanup(double.close)
        return double

    def agent(self, first=""):
        with open(self.folder + "/bin/pkttyagent", "w") as file:
            file.write(AGENT.format(told=self.told, first=first))
        os.chmod(file.name, 0o755)

    def ctl(self, *arguments, terminal=True):
        return Run(["--socket", self.control, *arguments], terminal=terminal,
                   PATH=f"{self.folder}/bin:{os.environ['PATH']}")

    def read_told(self):
        with open(self.told) as file:
            pid, *arguments = file.read().split()
        return int(pid), arguments

    def test_asked(self):
        """It is there as long as the service may ask, and gone afterwards."""
        seen = []

        def answer(_method, _parameters):
            pid, arguments = self.read_told()
            os.kill(pid, 0)
            seen.append((pid, arguments))
            return {"parameters": {}}

        double = self.serve(answer, owner="ada", caller="observe")
        self.agent()
        run = self.ctl("pause")
        self.assertEqual(run.code, 0, run.said)
        self.assertEqual(double.calls, [("Status", {}), ("Pause", {"interactive": True})])
        (pid, arguments), = seen
        self.assertEqual(arguments[0], "--process")
        self.assertEqual(arguments[2:], ["--notify-fd", "3", "--fallback"])
        self.assertRaises(ProcessLookupError, os.kill, pid, 0)

    def test_not_needed(self):
        """Nothing asks for whoever may manage it, nor where there is no terminal."""
        double = self.serve(lambda *_: {"parameters": {}}, owner="ada", caller="owner")
        self.agent()
        self.assertEqual(self.ctl("pause").code, 0)
        self.assertEqual(double.calls[-1], ("Pause", {"interactive": True}))
        self.assertEqual(self.ctl("pause", terminal=False).code, 0)
        self.assertEqual(double.calls[-1], ("Pause", {}))
        self.assertFalse(os.path.exists(self.told))

    def test_broken(self):
        """Where it does not work, or is not there, what cannot be done is said all the same."""
        self.serve(lambda *_: {"error": "org.wayhome.Control.InteractionNeeded", "parameters": {}}, owner="ada",
                   caller="observe")
        for first in ("exit 127", None):
            with self.subTest(first=first):
                if first:
                    self.agent(first)
                else:
                    os.unlink(self.folder + "/bin/pkttyagent")
                run = self.ctl("pause")
                self.assertEqual(run.code, 4, run.said)
                self.assertIn("This takes an administrator's password", run.said)
                self.assertIn("or with sudo.", run.said)
        run = self.ctl("pause", terminal=False)
        self.assertEqual(run.code, 4, run.said)
        self.assertIn("Run it in a terminal, or with sudo.", run.said)

    def test_silent_terminal(self):
        """One that is ended while it asks leaves the terminal as it was."""
        self.serve(lambda *_: {"parameters": {}}, owner="ada", caller="observe")
        self.agent("stty -echo < /dev/tty")
        command = ("sh", "-c", f"{CTL} --socket {self.control} pause; stty -a < /dev/tty | tr ' ' '\\n' | grep -x -e echo -e -echo")
        code, said = Run._at_terminal(command, {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}"})
        self.assertEqual(code, 0, said)
        self.assertEqual(said.split("\n")[-2], "echo", said)

    def test_claims_first(self):
        """The person who adds the first account is told that they manage it now."""
        double = self.serve(lambda method, _: {"parameters": {
            "AddAccount": {"account": "plain"}, "Claim": {},
            "ListProviders": {"providers": [{"id": "plain", "name": "Plain", "untested": False, "fields": []}]},
        }[method]}, caller="observe")
        self.agent()
        run = self.ctl("add-account", "plain")
        self.assertEqual(run.code, 0, run.said)
        self.assertIn("You manage Wayhome on this computer from now on.", run.said)
        changes = [call for call in double.calls if call[0] in ("Claim", "AddAccount")]
        self.assertEqual(changes[0], ("Claim", {"interactive": True}))
        self.assertTrue(changes[1][1]["interactive"])


if __name__ == "__main__":
    case.main()
