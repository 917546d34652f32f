"""Behind a router, from Windows: its word and that of one operator outside are enough, and a change of the line is
noticed by asking the router, or at once when it announces that.

That Windows' firewall lets the router's announcements through, and the events of UPnP, is on the checklist.
"""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import sandbox, tools, wine  # noqa: E402
from lab.lab import NS1, ZONE, Lab  # noqa: E402
from lab.wait import until  # noqa: E402
from lab.windows import DATA, Windows  # noqa: E402

NAME = "desk.dyn.example"


class RouterTest:
    """One lab and one computer a class; its service keeps one name."""

    options = {}

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(**cls.options)
        cls.lab.change4()
        cls.computer = Windows(TEMPLATE, cls.lab.home)
        cls.computer.create_service()
        cls.computer.start_service()
        cls.lab.write_lists(cls.computer.prefix.unix(f"{DATA}\\config"), operators=1)
        cls.computer.stop_service()
        cls.computer.start_service()
        key = cls.lab.key
        account = cls.computer.order("add-account", "rfc2136", f"server={NS1}", f"zone={ZONE}", f"key-name={key.name}",
                                     f"algorithm={key.algorithm}", text=key.secret + "\n")["account"]
        cls.computer.order("add-host", NAME, "--account", account, "--ipv4-only")

    @classmethod
    def tearDownClass(cls):
        cls.computer.end()

    def asked(self, since):
        return [request for echo in self.lab.echoes for request in echo.requests if request.at > since]

    def agreed(self):
        """The router and the only operator say the line's address, which the name gets."""
        def met():
            verdict = next(each for each in self.computer.state()["verdicts"] if each["family"] == "ipv4")
            said = {each["name"] for each in verdict["sources"] if each.get("address") == self.lab.address}
            return (verdict["reason"], verdict.get("address"), said) == \
                ("agreed", self.lab.address, {"gateway", self.lab.echoes[0].identity})

        until(f"the router and one operator agree on {self.lab.address}", met, 60, 0.3)
        self.computer.record_until(NAME, f"{NAME} is proven to be {self.lab.address}",
                                   lambda each: each["state"] == "current" and each["proof"]["status"] == "proven"
                                   and each.get("acknowledged") == self.lab.address)
        self.assertEqual(self.lab.lookup(NAME), [self.lab.address])

    def findings(self):
        done = self.computer.ctl("doctor", "--json")
        return {each["code"]: each for each in json.loads(done.out)["findings"]}

    def test_a_change_is_followed(self):
        self.agreed()
        for _ in range(2):
            at, _ = self.lab.change4()
            self.agreed()
            self.assertLessEqual(len(self.asked(at)), 2, "questions to the outside for one change")
            self.assertEqual(len(self.lab.capture.updates(at)), 1, "updates for one change")
        self.told(self.findings())


class Announcing(RouterTest, unittest.TestCase):
    options = {"router": "announcing"}

    def told(self, findings):
        self.assertNotIn("router_events_hidden", findings)


class Polled(RouterTest, unittest.TestCase):
    """It answers, and what it announces does not get through."""

    options = {"router": "polled"}

    def told(self, findings):
        self.assertIn("firewall", findings["router_events_hidden"]["step"])


class OnlyUpnp(RouterTest, unittest.TestCase):
    options = {"router": "announcing", "natpmp": False}

    def told(self, findings):
        self.assertNotIn("router_silent", findings)


if __name__ == "__main__":
    if tools.missing():
        print(f"Not unpacked: {', '.join(tools.missing())}; tests/run and tests/demo do that.", flush=True)
        sys.exit(sandbox.SKIPPED)
    TEMPLATE = wine.enter_or_skip()
    unittest.main(verbosity=2, warnings="ignore")
