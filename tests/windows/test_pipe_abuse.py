"""The control pipe in bad company: the real service under Wine goes on answering, and keeps its name to itself."""
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import wine  # noqa: E402
from lab.wait import until  # noqa: E402

BUILD = os.environ["WAYHOME_WINDOWS_BUILD"]
LIBRARIES = os.environ["WAYHOME_SYSROOT"] + "/bin"
PIPE = "\\\\.\\pipe\\wayhome-abuse"


def program(name):
    for folder in ("service/wiring", "app/cli", "tests/windows"):
        path = f"{BUILD}/{folder}/{name}.exe"
        if os.path.exists(path):
            return path
    raise FileNotFoundError(name)


class Abuse(unittest.TestCase):
    def setUp(self):
        self.prefix = wine.Prefix(TEMPLATE, [LIBRARIES])
        self.service = self.serve(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.service.wait)
        self.addCleanup(self.prefix.end)
        until("the service answers", self.is_answered, 60)

    def is_answered(self):
        self.assertIsNone(self.service.poll(), "the service ended")
        return self.ask().code == 0

    def serve(self, **options):
        return self.prefix.start(program("wayhomed"), "--control=" + PIPE, "--state=C:\\abuse\\state",
                                 "--config=C:\\abuse\\config", **options)

    def ask(self, pipe=PIPE):
        return self.prefix.run(program("wayhomectl"), "--socket", pipe, "status")

    def test_abuse(self):
        result = self.prefix.run(program("pipe-abuse"), PIPE, timeout=300)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIsNone(self.service.poll())
        self.assertEqual(self.ask().code, 0)

    def test_second_service(self):
        second = self.prefix.run(program("wayhomed"), "--control=" + PIPE, "--state=C:\\abuse\\other",
                                 "--config=C:\\abuse\\config", timeout=60)
        self.assertNotEqual(second.code, 0)
        self.assertIn("already answers", second.out + second.err)
        self.assertEqual(self.ask().code, 0)

    def test_squatter(self):
        """The service does its work while somebody keeps its name, and takes it once it is free."""
        pipe, log = PIPE + "-kept", BUILD + "/squatted.log"
        squatter = self.prefix.start(program("pipe-squatter"), pipe, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(squatter.stdout.close)
        self.addCleanup(squatter.stdin.close)
        self.assertIn(b"kept", squatter.stdout.readline())
        with open(log, "wb") as out:
            service = self.prefix.start(program("wayhomed"), "--control=" + pipe, "--state=C:\\abuse\\kept",
                                        "--config=C:\\abuse\\config", stdout=out, stderr=out)
        self.addCleanup(service.wait)
        self.addCleanup(service.kill)
        until("the service says so", lambda: "Nothing can talk to the service" in self.read(log), 60)
        self.assertNotEqual(self.ask(pipe).code, 0)
        self.assertIsNone(service.poll())
        squatter.stdin.close()
        squatter.wait(60)
        until("the service answers", lambda: self.ask(pipe).code == 0, 60)
        self.assertIsNone(service.poll())

    @staticmethod
    def read(path):
        with open(path, encoding="utf-8") as file:
            return file.read()

    def test_other_computers(self):
        """No name of another computer is tried, not even of this one by its address."""
        for pipe in ("\\\\localhost\\pipe\\wayhome-abuse", "\\\\127.0.0.1\\pipe\\wayhome-abuse"):
            self.assertNotEqual(self.ask(pipe).code, 0)


if __name__ == "__main__":
    TEMPLATE = wine.enter_or_skip()
    unittest.main()
