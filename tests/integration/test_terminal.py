"""The command line at a terminal: it asks for what it was not given, and shows no secret."""
import os
import pty
import select
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import case, service  # noqa: E402
from lab.lab import NS1, ZONE  # noqa: E402

SECONDS = 20
CTL = service.binary("wayhomectl")


class Terminal:
    """The command line with a terminal of its own."""

    def __init__(self, made, *arguments):
        self.seen = ""
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.execv(CTL, [CTL, "--socket", made.control, *arguments])

    def _read(self):
        ready, _, _ = select.select([self.file], [], [], SECONDS)
        if not ready:
            raise AssertionError(f"Nothing more comes after {self.seen!r}")
        try:
            got = os.read(self.file, 4096)
        except OSError:  # the program closed the terminal
            got = b""
        self.seen += got.decode()
        return bool(got)

    def answer(self, question, text):
        """Waits for the question at the end of what was printed, and types."""
        while not self.seen.rstrip().endswith(question):
            if not self._read():
                raise AssertionError(f"The program ended without asking {question!r}: {self.seen!r}")
        os.write(self.file, text.encode())

    def end(self):
        """The exit code."""
        while self._read():
            pass
        os.close(self.file)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


@unittest.skipUnless(CTL, "wayhomectl has not been built")
class Terminals(case.LabTest):
    def test_signed_account(self):
        """Everything that an own name server with a key needs is asked for."""
        made = self.start()
        terminal = Terminal(made, "add-account", "rfc2136", f"algorithm={self.lab.key.algorithm}")
        terminal.answer("[2001:db8::1]:53):", NS1 + "\n")
        terminal.answer("Zone (example.net):", ZONE + "\n")
        terminal.answer("key) (Enter: none):", self.lab.key.name + "\n")
        terminal.answer("TSIG secret (base64) (Enter: none):", self.lab.key.secret + "\n")
        self.assertEqual(terminal.end(), 0, terminal.seen)
        self.assertNotIn(self.lab.key.secret, terminal.seen)
        host = made.call("AddHost", account="rfc2136", name="home." + ZONE, ipv4=True, ipv6=False)["host"]
        self.assert_proven(made, host)

    def test_left_out(self):
        """What may be left out may stay empty; what is needed may not."""
        made = self.start()
        terminal = Terminal(made, "add-account", "rfc2136", f"server={NS1}", f"zone={ZONE}")
        terminal.answer("key) (Enter: none):", "\n")
        terminal.answer("TSIG secret (base64) (Enter: none):", "\n")
        self.assertEqual(terminal.end(), 0, terminal.seen)
        terminal = Terminal(made, "add-account", "duckdns")
        terminal.answer("Token:", "\n")
        self.assertEqual(terminal.end(), 2, terminal.seen)
        self.assertIn("Nothing was entered.", terminal.seen)
        self.assertEqual(len(made.status()["accounts"]), 1)

    def test_interrupted(self):
        """Ctrl-C at a secret ends the program, and nothing was added."""
        made = self.start()
        terminal = Terminal(made, "add-account", "duckdns")
        terminal.answer("Token:", "half\x03")
        self.assertEqual(terminal.end(), 2, terminal.seen)
        self.assertNotIn("half", terminal.seen)
        self.assertEqual(made.status()["accounts"], [])


if __name__ == "__main__":
    case.main()
