"""What is asked, and whom: behind a router that tells its address, or lies about it from the start; past a VPN."""
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import tunnel  # noqa: E402
from lab.addresses import EXIT  # noqa: E402
from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.vpn import STYLES  # noqa: E402


class Announcing(KeepingTest):
    def test_without_dns(self):
        made, host = self.keep(made=self.start())
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        _, address = self.change()
        self.holds(made, host)
        verdict = self.verdict_until(made, "agreed", address)
        router = next(each for each in verdict["sources"] if each["name"] == "gateway")
        self.assertEqual(router["organisation"], "your router")

    def test_update_now_asks_little(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        since = time.time_ns()
        for _ in range(5):
            made.call("UpdateNow")
        self.stays("hardly anybody is asked", lambda: len(self.asked(since)) <= 2, 3)
        self.assertEqual(made.verdict()["address"], self.lab.address)


class Lying(KeepingTest):
    options = {"router": "false"}

    def test_from_the_start(self):
        for address in ("11.88.0.1", "0.0.0.0", "192.168.178.20", "100.64.9.9", "127.0.0.1", "203.0.113.9"):
            with self.subTest(address):
                self.lab.router.falsehood.address = address
                made, host = self.keep()
                self.holds(made, host)
                if address == "11.88.0.1":
                    self.router_says(made, address)
                self.verdict_until(made, "agreed", self.lab.public)
                self.nothing_wrong()
                made.stop()


class Vpn(KeepingTest):
    options = {"router": "silent"}

    @classmethod
    def setUpClass(cls):
        if not tunnel.is_available():
            raise unittest.SkipTest("this user may not make tunnels")
        super().setUpClass()

    def back_to_normal(self):
        self.lab.vpn.down()

    def test_undecided_asks_nobody(self):
        made, host = self.keep()
        self.holds(made, host)
        for style in STYLES:
            with self.subTest(style):
                self.lab.vpn.up(style)
                self.verdict_until(made, "vpn")
                asked = time.time_ns()
                made.call("UpdateNow")
                self.stays("nobody is asked", lambda: not self.asked(asked), 2)
                self.assertEqual(made.record(host)["acknowledged"], self.lab.public)
                self.lab.vpn.down()
                self.verdict_until(made, "agreed", self.lab.public)

    def test_line_is_asked_past_it(self):
        for style in STYLES:
            with self.subTest(style):
                made, host = self.keep()
                self.holds(made, host)
                self.lab.vpn.up(style)
                self.verdict_until(made, "vpn")
                since = time.time_ns()
                made.call("SetVpn", vpn=self.lab.vpn.name, publish="line")
                self.verdict_until(made, "agreed", self.lab.public)
                self.assertEqual({request.source for request in self.asked(since)}, {self.lab.public})
                _, address = self.change()
                made.call("UpdateNow")
                self.verdict_until(made, "agreed", address)
                self.lab.vpn.down()
                self.nothing_wrong()
                made.stop()

    def test_other_end_is_remembered(self):
        made, host = self.keep()
        self.holds(made, host)
        self.lab.vpn.up("rules")
        self.verdict_until(made, "vpn")
        made.call("SetVpn", vpn=self.lab.vpn.name, publish="vpn")
        self.holds(made, host, EXIT)
        made.stop()
        made.start()
        self.verdict_until(made, "agreed", EXIT)
        self.lab.vpn.down()
        self.holds(made, host)


if __name__ == "__main__":
    main()
