"""The control pipe in bad company: the real service under Wine goes on answering, and keeps its name to itself."""
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import wine  # noqa: E402

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
        deadline = time.monotonic() + 60
        while self.ask().code:
            self.assertLess(time.monotonic(), deadline, "the service does not answer")
            self.assertIsNone(self.service.poll(), "the service ended")
            time.sleep(0.1)

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

    def test_other_computers(self):
        """No name of another computer is tried, not even of this one by its address."""
        for pipe in ("\\\\localhost\\pipe\\wayhome-abuse", "\\\\127.0.0.1\\pipe\\wayhome-abuse"):
            self.assertNotEqual(self.ask(pipe).code, 0)


if __name__ == "__main__":
    TEMPLATE = wine.enter_or_skip()
    unittest.main()
