"""The lab's VPN: in each style it takes what the computer at home sends, and gives it back."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import tunnel  # noqa: E402
from lab.addresses import EXIT, EXIT_6, PROVIDER, PROVIDER_6  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.vpn import ROUTED_6, STYLES  # noqa: E402
from lab.visitor import addresses6, seen, way_out  # noqa: E402


class VpnTest(LabTest):
    @classmethod
    def setUpClass(cls):
        if not tunnel.is_available():
            raise unittest.SkipTest("this user may not make tunnels")
        super().setUpClass()

    def tearDown(self):
        self.lab.vpn.down()

    def check(self, ipv6, sees6, home6):
        """Every style, and what is left of it."""
        rules = self.lab.home.run("ip", "rule"), self.lab.home.run("ip", "-6", "rule")
        for style in STYLES:
            with self.subTest(style):
                self.lab.vpn.up(style, ipv6)
                self.assertEqual(way_out(self.lab.home, PROVIDER), self.lab.vpn.name)
                self.assertEqual(seen(self.lab.home, self.lab), EXIT)
                self.assertEqual(seen(self.lab.home, self.lab, 6), sees6)
                self.assertEqual(way_out(self.lab.home, PROVIDER_6), self.lab.vpn.name if ipv6 else "eth0")
                self.lab.vpn.down()
                self.assertEqual(way_out(self.lab.home, PROVIDER), "eth0")
                self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)
                self.assertEqual(seen(self.lab.home, self.lab, 6), home6)
                self.assertEqual((self.lab.home.run("ip", "rule"), self.lab.home.run("ip", "-6", "rule")), rules)


class BehindRouter(VpnTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent", ipv6=True)

    def setUp(self):
        super().setUp()
        self.until("IPv6", lambda: self.lab.address6 in addresses6(self.lab.home), 20)

    def test_only_ipv4(self):
        self.check(None, self.lab.address6, self.lab.address6)

    def test_both(self):
        self.check("nat", EXIT_6, self.lab.address6)

    def test_address_of_its_own(self):
        self.check("routed", ROUTED_6, self.lab.address6)

    def test_it_survives_what_happens_to_the_line(self):
        for style in STYLES:
            with self.subTest(style):
                self.lab.vpn.up(style)
                self.lab.change4()
                self.until("the tunnel works again", lambda: seen(self.lab.home, self.lab, 4, 1) == EXIT)
                self.lab.unplug()
                self.lab.plug()
                self.until("the tunnel works again", lambda: seen(self.lab.home, self.lab, 4, 1) == EXIT)
                self.lab.vpn.down()

    def test_the_exit_dies(self):
        self.lab.vpn.up()
        self.lab.vpn.die()
        self.assertIsNone(seen(self.lab.home, self.lab, 4, 0.3))
        self.assertEqual(way_out(self.lab.home, PROVIDER), self.lab.vpn.name)
        self.lab.vpn.revive()
        self.assertEqual(seen(self.lab.home, self.lab), EXIT)
        self.lab.vpn.down()


class Directly(VpnTest):
    def test_every_style(self):
        self.lab.change6(flags=2)
        self.check(None, self.lab.address6, self.lab.address6)
        self.lab.vpn.up("halves")
        self.lab.change4()
        self.until("the tunnel works again", lambda: seen(self.lab.home, self.lab, 4, 1) == EXIT)
        self.lab.vpn.down()


if __name__ == "__main__":
    main()
