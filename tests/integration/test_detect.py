"""Behind a router that tells its address, or lies about it; and behind a VPN."""
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import tunnel  # noqa: E402
from lab.addresses import EXIT  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402

NAME = "home.dyn.example"
DNS = {"heidi": "address", "ivory": "TXT"}


class DetectTest(LabTest):
    def keep(self, **options):
        made = self.start(**options)
        return made, self.add_own(made, NAME)

    def asked(self, since):
        """Questions to the outside since then."""
        return [request for echo in self.lab.echoes for request in (*echo.requests, *echo.dns.requests)
                if request.at > since]

    @staticmethod
    def said_by(verdict, name):
        return next((source for source in verdict["sources"] if source["name"] == name), None)

    def until_verdict(self, made, reason, address=None, seconds=30):
        return self.until(f"the verdict is {reason} {address or ''}",
                          lambda: (lambda found: found if (found["reason"], found["address"]) == (reason, address)
                                   else None)(made.verdict()), seconds, 0.02)

    def until_router_says(self, made, address):
        return self.until(f"the router says {address}",
                          lambda: (self.said_by(made.verdict(), "gateway") or {}).get("address") == address, 30, 0.02)


class Announcing(DetectTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="announcing")

    def test_one_voice_from_outside_is_enough(self):
        made, host = self.keep(dns=DNS)
        self.assert_proven(made, host)
        self.until_router_says(made, self.lab.address)
        at, address = self.lab.change4()
        made.record_until(host, "the new address is confirmed", lambda each: each["acknowledged"] == address)
        verdict = made.verdict()
        self.assertEqual((verdict["reason"], verdict["address"]), ("agreed", address))
        self.assertEqual(self.said_by(verdict, "gateway")["organisation"], "your router")
        self.assertLessEqual(len(self.asked(at)), 8)

    def test_without_dns(self):
        made, host = self.keep()
        self.assert_proven(made, host)
        self.until_router_says(made, self.lab.address)
        _, address = self.lab.change4()
        made.record_until(host, "the new address is confirmed", lambda each: each["acknowledged"] == address)

    def test_update_now_asks_little(self):
        made, host = self.keep(dns=DNS)
        self.assert_proven(made, host)
        self.until_router_says(made, self.lab.address)
        since = time.time_ns()
        for _ in range(5):
            made.call("UpdateNow")
        self.stays("hardly anybody is asked", lambda: len(self.asked(since)) <= 2, 3)
        self.assertEqual(made.verdict()["address"], self.lab.address)


class Lying(DetectTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="false")

    def setUp(self):
        super().setUp()
        self.says(self.lab.address)

    def says(self, address):
        self.lab.router.falsehood.address = address
        self.lab.router.falsehood.announce()

    def test_is_outvoted(self):
        made, host = self.keep(dns=DNS)
        self.assert_proven(made, host)
        self.until_router_says(made, self.lab.address)
        since = time.time_ns()
        self.says("11.88.0.1")
        self.until_router_says(made, "11.88.0.1")
        self.until("the outside was asked", lambda: self.asked(since))
        verdict = self.until_verdict(made, "agreed", self.lab.public)
        self.assertEqual(self.said_by(verdict, "gateway")["address"], "11.88.0.1")
        self.assertEqual(self.lab.capture.updates(since), [])

    def test_from_the_start(self):
        self.says("11.88.0.1")
        since = time.time_ns()
        made, host = self.keep(dns=DNS)
        self.assert_proven(made, host)
        self.until_router_says(made, "11.88.0.1")
        self.assertEqual(self.lab.capture.updates(since, "11.88.0.1"), [])
        self.assertEqual(made.verdict()["address"], self.lab.public)

    def test_with_addresses_of_no_internet(self):
        for address in ("0.0.0.0", "192.168.178.20", "100.64.9.9", "127.0.0.1", "203.0.113.9"):
            with self.subTest(address):
                self.says(address)
                made, host = self.keep(dns=DNS)
                self.assert_proven(made, host)
                self.assertEqual(made.verdict()["address"], self.lab.public)
                sent = {event["address"] for event in made.history() if event["kind"] == "sent"}
                self.assertEqual(sent, {self.lab.public})
                made.stop()


class Vpn(DetectTest):
    @classmethod
    def setUpClass(cls):
        if not tunnel.is_available():
            raise unittest.SkipTest("this user may not make tunnels")
        super().setUpClass()

    @classmethod
    def make_lab(cls):
        return Lab(router="silent")

    def tearDown(self):
        self.lab.vpn.down()

    def test_undecided_keeps_the_record(self):
        made, host = self.keep(dns=DNS)
        self.assert_proven(made, host)
        for style in ("metric", "halves", "rules"):
            with self.subTest(style):
                since = time.time_ns()
                self.lab.vpn.up(style)
                verdict = self.until_verdict(made, "vpn")
                self.assertEqual(verdict["vpn"], self.lab.vpn.name)
                self.assertEqual(made.record(host)["acknowledged"], self.lab.public)
                asked = time.time_ns()
                made.call("UpdateNow")
                self.stays("nobody is asked", lambda: not self.asked(asked), 2)
                self.lab.vpn.down()
                self.until_verdict(made, "agreed", self.lab.public)
                self.assertEqual(self.lab.capture.updates(since, EXIT), [])

    def test_line_is_asked_past_it(self):
        for style in ("metric", "halves", "rules"):
            with self.subTest(style):
                made, host = self.keep(dns=DNS)
                self.assert_proven(made, host)
                self.lab.vpn.up(style)
                self.until_verdict(made, "vpn")
                since = time.time_ns()
                made.call("SetVpn", vpn=self.lab.vpn.name, publish="line")
                self.until_verdict(made, "agreed", self.lab.public)
                self.assertEqual({request.source for request in self.asked(since)}, {self.lab.public})
                _, address = self.lab.change4()
                made.call("UpdateNow")
                self.until_verdict(made, "agreed", address)
                self.lab.vpn.down()
                made.stop()

    def test_other_end(self):
        made, host = self.keep(dns=DNS)
        self.assert_proven(made, host)
        self.lab.vpn.up("rules")
        self.until_verdict(made, "vpn")
        made.call("SetVpn", vpn=self.lab.vpn.name, publish="vpn")
        self.until_verdict(made, "agreed", EXIT)
        made.record_until(host, "the VPN's address is confirmed", lambda each: each["acknowledged"] == EXIT)
        # Remembered for that VPN.
        made.stop()
        made.start()
        self.until_verdict(made, "agreed", EXIT)
        self.lab.vpn.down()
        made.record_until(host, "the line's address is confirmed",
                          lambda each: each["acknowledged"] == self.lab.public)


if __name__ == "__main__":
    main()
