"""A test case in the lab; every scenario file calls main()."""
import os
import re
import sys
import unittest

from . import sandbox, service, tools
from .lab import Lab
from .wait import stays, until

_SANITIZER = re.compile(r"ERROR: \w*Sanitizer|runtime error:|GLib-CRITICAL|-CRITICAL \*\*")


class LabTest(unittest.TestCase):
    """`make_lab` may be replaced by a class that needs another one. One lab a class, one service a test."""

    @classmethod
    def make_lab(cls):
        return Lab()

    @classmethod
    def setUpClass(cls):
        cls.lab = cls.make_lab()
        cls.lab.change4()

    def setUp(self):
        self._services = []

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            for each in self._services:
                print(f"--- log of the service in {self.id()}\n" + each.log()[-6000:], file=sys.stderr)

    def new_service(self, **options):
        """Not started; ended and looked over at the end of the test. Options are those of Lab.service()."""
        made = self.lab.service(**options)
        self._services.append(made)
        self.addCleanup(self._end, made)
        return made

    def start(self, **options):
        return self.new_service(**options).start()

    def _end(self, made):
        if made.process is None:
            return
        killed = made.process.poll() is not None and made.process.returncode < 0
        code = made.stop()
        self.assertTrue(killed or code == 0, f"the service ended with exit code {code}")
        self.assertIsNone(_SANITIZER.search(made.log()), "the log holds a complaint of a sanitizer or of GLib")

    def add_own(self, made, name="home.dyn.example", ipv6=False, **account):
        """A host at the lab's own name server; returns its id."""
        identity = self.lab.rfc2136_account(made, **account)
        return made.call("AddHost", account=identity, name=name, ipv4=True, ipv6=ipv6)["host"]

    def add_free(self, made, name="camera.free.example", ipv6=False, **account):
        """A host at the dyndns2 provider; returns its id."""
        identity = self.lab.dyndns2_account(made, **account)
        return made.call("AddHost", account=identity, name=name, ipv4=True, ipv6=ipv6)["host"]

    def assert_state(self, made, host, state, result=None, scope=None, family="ipv4", seconds=30.0):
        """Waits for a record's state and looks at why."""
        record = made.record_until(host, f"the record is {state}", lambda each: each["state"] == state,
                                   family, seconds)
        if result:
            self.assertEqual((record.get("result") or {}).get("class"), result, record)
        if scope:
            self.assertEqual(record.get("scope"), scope, record)
        return record

    def assert_proven(self, made, host, family="ipv4", seconds=30.0):
        return made.record_until(host, "the record is proven",
                                 lambda each: each["proof"]["status"] == "proven" and each["state"] == "current",
                                 family, seconds)

    until = staticmethod(until)
    stays = staticmethod(stays)


def main(built=True):
    """Runs the tests of the calling file inside a sandbox; 77 where that is not possible. built: they need the
    service as it was built here."""
    if built and not service.binary():
        print("skipped: wayhomed has not been built")
        sys.exit(sandbox.SKIPPED)
    if tools.missing():
        print(f"skipped: not unpacked: {', '.join(tools.missing())}; tests/run and tests/demo do that")
        sys.exit(sandbox.SKIPPED)
    sandbox.enter_or_skip()
    sys.stderr.flush()
    program = unittest.main(module="__main__", exit=False, verbosity=2, warnings="ignore")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if program.result.wasSuccessful() else 1)
