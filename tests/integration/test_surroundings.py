"""Whatever happens to the home network, the service lives on and never publishes an address that was not the home's."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import nonsense, tunnel  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.visitor import addresses6  # noqa: E402
from lab.vpn import STYLES  # noqa: E402


class SurroundingsTest(LabTest):
    ipv6 = False

    @classmethod
    def make_lab(cls):
        return Lab(router="announcing", ipv6=cls.ipv6)

    def setUp(self):
        super().setUp()
        self.addCleanup(self.back_to_normal)
        self.lab.change4()
        self.ours = {self.lab.public}
        if self.ipv6:
            self.until("IPv6", lambda: self.lab.address6 in addresses6(self.lab.home), 20)
            self.ours.add(self.lab.address6)
        self.made = self.start()
        self.host = self.add_own(self.made, f"{self.id().rsplit('.', 1)[-1].replace('_', '-')}.dyn.example",
                                 ipv6=self.ipv6)
        self.right()

    def back_to_normal(self):
        if tunnel.is_available():
            self.lab.vpn.down()
        self.lab.outage(False)
        self.lab.dns_outage(False)
        self.lab.portal.sign_in()
        for echo in self.lab.echoes:
            echo.behaviour = "plain"

    def right(self, family="ipv4"):
        """The present address gets into the record, at the latest when a person asks for it."""
        wanted = self.lab.public if family == "ipv4" else self.lab.address6
        self.ours.add(wanted)

        def met():
            record = self.made.record(self.host, family)
            if record["acknowledged"] == wanted and record["proof"]["status"] == "proven":
                return True
            if record["state"] in ("current", "no_address"):
                self.made.call("UpdateNow")
            return False

        self.until(f"{wanted} is published and proven", met, 90, 1)

    def nothing_wrong(self):
        published = {each["address"] for each in self.made.history() if each["kind"] == "sent"}
        self.assertEqual(published - self.ours, set())
        self.assertIsNone(self.made.process.poll(), "the service ended")


class Line(SurroundingsTest):
    def test_another_address(self):
        self.lab.change4()
        self.right()
        self.nothing_wrong()

    def test_shared_address(self):
        self.lab.cgnat()
        self.right()
        self.lab.cgnat(False)
        self.right()
        self.nothing_wrong()

    def test_outage(self):
        self.lab.outage()
        self.made.call("UpdateNow")
        self.lab.change4()
        self.lab.outage(False)
        self.right()
        self.nothing_wrong()

    def test_line_without_carrier(self):
        self.lab.line_down()
        self.made.call("UpdateNow")
        self.lab.line_up()
        self.right()
        self.nothing_wrong()

    def test_cable_of_the_computer(self):
        self.lab.unplug()
        self.until("there is no route", lambda: self.made.verdict()["reason"] == "no_route", 30)
        self.lab.change4()
        self.lab.plug()
        self.right()
        self.nothing_wrong()

    def test_restart_of_the_router(self):
        self.lab.reboot()
        self.right()
        self.nothing_wrong()

    def test_outage_of_dns(self):
        self.lab.dns_outage()
        self.lab.change4()
        self.made.call("UpdateNow")
        self.lab.dns_outage(False)
        self.right()
        self.nothing_wrong()

    def test_portal(self):
        self.lab.portal.close()
        for behaviour in ("redirect", "page"):
            self.lab.portal.behaviour = behaviour
            self.made.call("UpdateNow")
        self.lab.portal.sign_in()
        self.lab.change4()
        self.right()
        self.nothing_wrong()

    def test_another_place(self):
        mac = self.lab.router.mac
        self.lab.move()
        self.right()
        self.lab.move("192.168.1", mac)
        self.right()
        self.nothing_wrong()

    def test_vpn(self):
        if not tunnel.is_available():
            self.skipTest("this user may not make tunnels")
        self.ours.add(self.lab.vpn.address)  # whether that is published is a person's choice, and another test's matter
        for style in STYLES:
            self.lab.vpn.up(style)
            self.lab.change4()
            self.made.call("UpdateNow")
            self.lab.vpn.down()
            self.right()
        self.nothing_wrong()

    def test_every_kind_of_nonsense_from_everybody(self):
        kept = self.lab.public
        for kind in nonsense.KINDS:
            for echo in self.lab.echoes:
                echo.behaviour = kind
            self.made.call("UpdateNow")
        self.assertEqual(self.lab.lookup(self.made.host(self.host)["name"]), [kept])
        self.nothing_wrong()


class Prefix(SurroundingsTest):
    ipv6 = True

    def setUp(self):
        super().setUp()
        self.right("ipv6")

    def test_another_prefix(self):
        self.lab.renumber()
        self.right("ipv6")
        self.nothing_wrong()

    def test_temporary_addresses(self):
        self.lab.temporary()
        self.until("a temporary address", lambda: any("temporary" in words for words in
                                                      addresses6(self.lab.home).values()), 20)
        self.lab.renumber()
        self.right("ipv6")
        self.lab.temporary(False)
        self.nothing_wrong()

    def test_outage_of_one_family(self):
        self.lab.outage(family=6)
        self.lab.change4()
        self.right()
        self.lab.outage(family=4)
        self.lab.renumber()
        self.lab.outage(False)
        self.right("ipv6")
        self.nothing_wrong()


class LostPrefix(SurroundingsTest):
    ipv6 = True

    def test_another_prefix_without_a_word(self):
        self.lab.renumber(flash=True)
        self.ours.add(self.lab.address6)
        self.until("the new prefix", lambda: self.lab.address6 in addresses6(self.lab.home), 20)
        self.made.call("UpdateNow")
        self.right()
        self.nothing_wrong()


if __name__ == "__main__":
    main()
