"""A VPN owns the way out: the record stays, and what a person chose for it is followed."""
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import tunnel  # noqa: E402
from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.vpn import STYLES  # noqa: E402


class VpnTest(KeepingTest):
    @classmethod
    def setUpClass(cls):
        if not tunnel.is_available():
            raise unittest.SkipTest("this user may not make tunnels")
        super().setUpClass()

    def back_to_normal(self):
        self.lab.vpn.down()

    def publish(self, made, what):
        made.call("SetVpn", vpn=self.lab.vpn.name, publish=what)


class Announcing(VpnTest):
    def ready(self):
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        return made, host

    def test_nothing_chosen(self):
        # The record stays, also while the line changes; afterwards it is right at once.
        made, host = self.ready()
        for style in STYLES:
            with self.subTest(style):
                before = self.lab.public
                since = time.time_ns()
                self.lab.vpn.up(style)
                self.assertEqual(self.verdict_until(made, "vpn")["vpn"], self.lab.vpn.name)
                self.assertEqual(self.diagnosed(made, "vpn")["values"], {"vpn": self.lab.vpn.name})
                self.change()
                self.stays("the record stays", lambda: not self.lab.capture.updates(since), 2)
                self.assertEqual(self.lab.lookup("home.dyn.example"), [before])
                self.lab.vpn.down()
                self.holds(made, host)
                self.over(made, "vpn")

    def test_the_line_is_followed_past_it(self):
        made, host = self.ready()
        for style in STYLES:
            with self.subTest(style):
                self.lab.vpn.up(style)
                self.verdict_until(made, "vpn")
                self.publish(made, "line")
                self.holds(made, host)
                self.over(made, "vpn")
                self.router_says(made, self.lab.address)
                self.change()
                self.holds(made, host)
                self.lab.vpn.down()
                self.verdict_until(made, "agreed", self.lab.public)
                self.change()
                self.holds(made, host)
                self.publish(made, "nothing")

    def test_its_other_end(self):
        made, host = self.ready()
        for style in STYLES:
            with self.subTest(style):
                self.lab.vpn.up(style)
                self.verdict_until(made, "vpn")
                self.publish(made, "vpn")
                self.holds(made, host, self.lab.vpn.address)
                since = time.time_ns()
                self.change()
                self.stays("the line is none of its business", lambda: not self.lab.capture.updates(since), 2)
                self.lab.vpn.down()
                self.holds(made, host)
                self.publish(made, "nothing")

    def test_it_dies(self):
        # The exit is silent: the line's address is still found, and its own is no more, and is not replaced.
        made, host = self.ready()
        self.lab.vpn.up("metric")
        self.verdict_until(made, "vpn")
        self.publish(made, "vpn")
        self.holds(made, host, self.lab.vpn.address)
        self.addCleanup(self.revive)
        self.lab.vpn.die()
        self.dead = True
        since = time.time_ns()
        made.call("UpdateNow")
        self.until("nobody is heard", lambda: made.verdict()["reason"] == "silent", 60)
        self.assertEqual(self.lab.capture.updates(since), [])
        self.publish(made, "line")
        # Name servers are not heard either, but what goes by addresses is found out over the line.
        self.until("the line's address is known", lambda: made.verdict()["address"] == self.lab.public, 60)
        self.lab.vpn.down()
        self.holds(made, host)

    def revive(self):
        if getattr(self, "dead", False):
            self.lab.vpn.revive()

    def test_before_the_service(self):
        # A VPN that is up when the service starts.
        made, host = self.ready()
        made.stop()
        self.lab.vpn.up("rules")
        self.change()
        since = time.time_ns()
        made.start()
        self.verdict_until(made, "vpn")
        self.found(made, "vpn")
        self.assertEqual(self.lab.capture.updates(since), [])
        self.publish(made, "line")
        self.holds(made, host)
        made.stop()
        self.change()
        made.start()
        self.holds(made, host)
        self.assertEqual([each["publish"] for each in made.status()["vpns"]], ["line"])
        self.lab.vpn.down()
        self.verdict_until(made, "agreed", self.lab.public)

    def test_up_and_down_quickly(self):
        made, host = self.ready()
        self.quiet()
        since = time.time_ns()
        for _ in range(8):
            self.lab.vpn.up("halves")
            self.lab.vpn.down()
        self.verdict_until(made, "agreed", self.lab.public, seconds=60)
        self.quiet()
        self.assertEqual(self.lab.capture.updates(since), [])
        self.assertLessEqual(len(self.asked(since)), 24)


class WithIpv6(VpnTest):
    options = {"router": "announcing", "ipv6": True}

    def test_both_families(self):
        # A service each: one alone asks the outside more and more rarely when so much happens.
        for style in STYLES:
            self.usable6()
            made, host = self.keep(ipv6=True)
            self.holds(made, host)
            self.holds(made, host, family="ipv6")
            since = time.time_ns()
            for how in (None, "nat", "routed"):
                with self.subTest(f"{style} {how}"):
                    self.lab.vpn.up(style, ipv6=how)
                    self.verdict_until(made, "vpn")
                    if how:
                        self.verdict_until(made, "vpn", family="ipv6")
                    else:
                        self.verdict_until(made, "direct", self.lab.address6, "ipv6")
                    self.assertEqual(self.lab.capture.updates(since), [])
                    self.publish(made, "line")
                    self.verdict_until(made, "agreed", self.lab.public)
                    self.verdict_until(made, "direct", self.lab.address6, "ipv6")
                    self.publish(made, "nothing")
                    self.lab.vpn.down()
                    self.verdict_until(made, "agreed", self.lab.public)
                    self.verdict_until(made, "direct", self.lab.address6, "ipv6")
            self.assertEqual(self.lab.capture.updates(since), [])
            self.nothing_wrong()
            made.stop()


if __name__ == "__main__":
    main()
