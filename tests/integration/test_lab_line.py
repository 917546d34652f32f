"""The lab's line and LAN: what the computer at home notices of what happens to them."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.visitor import addresses6, reaches, seen  # noqa: E402


def carrier(node, link="eth0"):
    return "LOWER_UP" in node.run("ip", "link", "show", link)


class BehindRouter(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent", ipv6=True)

    def home_sees(self, address, family=4):
        self.until(f"the internet sees {address}", lambda: seen(self.lab.home, self.lab, family, 1) == address, 20)

    def setUp(self):
        super().setUp()
        self.home_sees(self.lab.address)
        self.home_sees(self.lab.address6, 6)

    def test_outage(self):
        self.lab.outage()
        self.assertIsNone(seen(self.lab.home, self.lab, 4, 0.3))
        self.assertIsNone(seen(self.lab.home, self.lab, 6, 0.3))
        self.assertTrue(carrier(self.lab.home))
        self.lab.outage(family=6)
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)
        self.assertIsNone(seen(self.lab.home, self.lab, 6, 0.3))
        self.lab.outage(False)
        self.home_sees(self.lab.address6, 6)

    def test_line_without_carrier(self):
        self.lab.line_down()
        self.assertFalse(carrier(self.lab.router, "wan"))
        self.assertTrue(carrier(self.lab.home))
        self.assertIsNone(seen(self.lab.home, self.lab, 4, 0.3))
        self.lab.line_up()
        self.home_sees(self.lab.address)
        self.home_sees(self.lab.address6, 6)

    def test_cable_of_the_computer(self):
        self.lab.unplug()
        self.assertFalse(carrier(self.lab.home))
        self.assertIsNone(seen(self.lab.home, self.lab, 4, 0.3))
        self.lab.plug()
        self.home_sees(self.lab.address)
        self.home_sees(self.lab.address6, 6)

    def test_restart_of_the_router(self):
        before, before6 = self.lab.address, self.lab.address6
        self.lab.reboot()
        self.assertNotEqual((self.lab.address, self.lab.address6), (before, before6))
        self.home_sees(self.lab.address)
        self.until("the new prefix", lambda: self.lab.address6 in addresses6(self.lab.home), 20)


class Prefixes(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent", ipv6=True)

    def flags(self, address):
        return self.until(f"{address} may be used", lambda: addresses6(self.lab.home).get(address), 20)

    def test_another_prefix(self):
        old = self.lab.address6
        self.assertNotIn("deprecated", self.flags(old))
        _, new = self.lab.renumber()
        self.assertNotIn("deprecated", self.flags(new))
        self.assertIn("deprecated", self.flags(old))
        self.assertEqual(seen(self.lab.home, self.lab, 6), new)
        self.assertTrue(reaches(self.lab.home, self.lab.echoes[0].address6, old))

    def test_another_prefix_and_no_word_about_the_old_one(self):
        old = self.lab.address6
        self.flags(old)
        _, new = self.lab.renumber(flash=True)
        self.flags(new)
        self.assertNotIn("deprecated", self.flags(old))
        self.assertTrue(reaches(self.lab.home, self.lab.echoes[0].address6, new))
        self.assertFalse(reaches(self.lab.home, self.lab.echoes[0].address6, old))

    def test_another_computer(self):
        camera = self.lab.join()
        self.until("the camera has an address of its own", lambda: camera.address6() in addresses6(camera), 20)
        self.assertEqual(seen(camera, self.lab), self.lab.address)
        self.assertEqual(seen(camera, self.lab, 6), camera.address6())
        self.assertNotEqual(camera.address6(), self.lab.address6)


class Temporary(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent", ipv6=True)

    def test_the_internet_sees_another_one_than_the_stable_one(self):
        self.until("the stable one", lambda: self.lab.address6 in addresses6(self.lab.home), 20)
        self.lab.temporary()
        found = self.until("a temporary one", lambda: [address for address, words in addresses6(self.lab.home).items()
                                                       if "temporary" in words], 20)
        self.assertEqual([seen(self.lab.home, self.lab, 6)], found)
        self.assertNotIn("temporary", addresses6(self.lab.home)[self.lab.address6])


class Elsewhere(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent")

    def gateway_mac(self):
        """As the neighbour table has it once packets went there."""
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)
        return self.lab.home.run("ip", "neigh", "show", self.lab.gateway).split("lladdr ")[1].split()[0]

    def test_a_cafe(self):
        at_home = self.lab.router.mac
        self.assertEqual(self.gateway_mac(), at_home)
        self.lab.move()
        self.assertNotEqual(self.gateway_mac(), at_home)
        self.assertEqual(self.gateway_mac(), self.lab.router.mac)
        self.assertIn("10.4.0.2/24", self.lab.home.run("ip", "addr", "show", "eth0"))
        self.lab.move("192.168.1", at_home)
        self.assertEqual(self.gateway_mac(), at_home)


if __name__ == "__main__":
    main()
