"""Names that hold another machine's address or a local one, and names that are kept on one network only."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.addresses import LAN  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.visitor import addresses6  # noqa: E402


class HostsTest(LabTest):
    ipv6 = False

    @classmethod
    def make_lab(cls):
        return Lab(router="announcing", ipv6=cls.ipv6)

    def add(self, made, name, **wishes):
        identity = self.lab.rfc2136_account(made)
        wishes = {"ipv4": True, "ipv6": False, **wishes}
        return made.call("AddHost", account=identity, name=name, **wishes)["host"]

    def holds(self, made, host, address, family="ipv4", seconds=30):
        made.record_until(host, f"it holds {address}", lambda each: each["state"] == "current"
                          and each["acknowledged"] == address, family, seconds)
        kind = "A" if family == "ipv4" else "AAAA"
        self.assertEqual(self.lab.lookup(made.host(host)["name"], kind), [address])

    def left_alone(self, made, host, why, family="ipv4", seconds=30):
        made.record_until(host, f"it is left alone: {why}", lambda each: each["state"] == "no_address"
                          and each.get("why") == why, family, seconds)

    def sent(self, made, host):
        return [each["address"] for each in made.history(host=host) if each["kind"] == "sent"]


class Machines(HostsTest):
    ipv6 = True

    def setUp(self):
        super().setUp()
        self.until("the stable address", lambda: self.lab.address6 in addresses6(self.lab.home), 20)

    def test_by_suffix(self):
        made = self.start()
        host = self.add(made, "nas.dyn.example", ipv6=True, suffix="::1234:5678:9abc:def0")
        for _ in range(2):
            prefix = ":".join(self.lab.address6.split(":")[:4])
            self.holds(made, host, f"{prefix}:1234:5678:9abc:def0", "ipv6")
            self.holds(made, host, self.lab.public)
            self.lab.renumber()
            self.until("the new prefix", lambda: self.lab.address6 in addresses6(self.lab.home), 20)

    def test_by_mac(self):
        camera = self.lab.join()
        made = self.start()
        host = self.add(made, "camera.dyn.example", ipv6=True, mac=camera.mac)
        self.holds(made, host, camera.address6(), "ipv6")
        self.holds(made, host, self.lab.public)
        before = camera.address6()
        self.lab.renumber()
        self.assertNotEqual(camera.address6(), before)
        self.holds(made, host, camera.address6(), "ipv6")
        self.assertNotIn(self.lab.address6, self.sent(made, host))

    def test_machine_that_is_not_there(self):
        made = self.start()
        host = self.add(made, "absent.dyn.example", ipv4=False, ipv6=True, mac="02:00:5e:00:53:77")
        self.left_alone(made, host, "device_unseen", "ipv6")
        self.assertEqual(self.sent(made, host), [])


class Places(HostsTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.come_home)

    def come_home(self):
        if self.lab.router.mac != self.mac:
            self.lab.move(LAN, self.mac)

    def leave(self):
        self.lab.move()

    @property
    def mac(self):
        return type(self).home_mac

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home_mac = cls.lab.router.mac

    def bound(self, made, name):
        self.until("the network is known", lambda: made.status()["service"].get("network"), 20)
        return self.add(made, name, only_here=True)

    def test_only_at_home(self):
        made = self.start()
        host = self.bound(made, "laptop.dyn.example")
        self.holds(made, host, self.lab.public)
        before = self.lab.public
        self.leave()
        self.left_alone(made, host, "elsewhere")
        self.lab.change4()
        made.call("UpdateNow")
        self.stays("nothing is sent from a café", lambda: self.sent(made, host) == [before], 2)
        self.assertEqual(self.lab.lookup("laptop.dyn.example"), [before])
        self.assertFalse(made.host(host)["here"])
        self.lab.move(LAN, self.mac)
        self.holds(made, host, self.lab.public)
        self.assertTrue(made.host(host)["here"])

    def test_there_as_well(self):
        made = self.start()
        host = self.bound(made, "everywhere.dyn.example")
        self.holds(made, host, self.lab.public)
        self.leave()
        self.left_alone(made, host, "elsewhere")
        self.lab.change4()
        self.until("the café is known", lambda: made.status()["service"].get("network"), 20)
        made.call("EditHost", host=host, only_here=True)
        self.assertEqual(len(made.host(host)["networks"]), 2)
        self.holds(made, host, self.lab.public)
        made.call("EditHost", host=host, only_here=False)
        self.assertIsNone(made.host(host).get("networks"))
        self.holds(made, host, self.lab.public)

    def test_started_in_a_cafe(self):
        made = self.start()
        host = self.bound(made, "carried.dyn.example")
        self.holds(made, host, self.lab.public)
        made.stop()
        self.leave()
        self.lab.change4()
        before = self.lab.lookup("carried.dyn.example")
        made.start()
        self.left_alone(made, host, "elsewhere")
        self.stays("nothing is sent", lambda: self.lab.lookup("carried.dyn.example") == before, 2)

    def test_another_home_with_the_same_addresses(self):
        made = self.start()
        host = self.bound(made, "usual.dyn.example")
        self.holds(made, host, self.lab.public)
        before = self.sent(made, host)
        self.lab.move(LAN, "02:00:5e:00:53:99")
        self.lab.change4()
        self.left_alone(made, host, "elsewhere")
        self.assertEqual(self.sent(made, host), before)

    def test_local_name(self):
        made = self.start()
        host = self.add(made, "local.dyn.example", lan=True)
        self.holds(made, host, f"{LAN}.2")
        since = len(self.sent(made, host))
        self.lab.change4()
        self.stays("the line is none of its business", lambda: len(self.sent(made, host)) == since, 2)
        self.leave()
        self.holds(made, host, "10.4.0.2")


class Unreachable(HostsTest):
    def test_withheld(self):
        made = self.start()
        withheld = self.add(made, "withheld.dyn.example", withhold_unreachable=True)
        plain = self.add(made, "plain.dyn.example")
        self.holds(made, withheld, self.lab.public)
        before = self.lab.public
        self.lab.cgnat()
        self.holds(made, plain, self.lab.public, seconds=90)
        self.left_alone(made, withheld, "unreachable")
        self.assertEqual(self.lab.lookup("withheld.dyn.example"), [before])
        self.lab.cgnat(False)
        self.holds(made, withheld, self.lab.public, seconds=90)


if __name__ == "__main__":
    main()
