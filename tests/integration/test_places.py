"""A computer that is carried around: one name belongs to the home, another goes along."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.addresses import LAN  # noqa: E402
from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.place import CAFE, CAFE_MAC  # noqa: E402


class PlacesTest(KeepingTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mac = cls.lab.router.mac

    def back_to_normal(self):
        if self.lab.router.mac != self.mac:
            self.come_home()

    def come_home(self):
        self.lab.move(LAN, self.mac)

    def network(self, made):
        return self.until("the network is known", lambda: made.status()["service"].get("network"))

    def bound(self, made):
        self.network(made)
        return self.keep("bound.dyn.example", made, only_here=True)[1]

    def elsewhere(self, made, host, family="ipv4"):
        made.record_until(host, "it is elsewhere", lambda each: (each["state"], each.get("why"))
                          == ("no_address", "elsewhere"), family)


class Announcing(PlacesTest):
    def test_two_names(self):
        made, free = self.keep("free.dyn.example")
        bound = self.bound(made)
        self.holds(made, free)
        self.holds(made, bound)
        home = self.network(made)
        self.assertEqual(home, f"{self.mac}/{LAN}.0/24")
        for _ in range(2):
            before = self.lab.public
            self.lab.move()
            self.change()
            self.elsewhere(made, bound)
            self.holds(made, free, seconds=60)
            self.assertNotEqual(self.network(made), home)
            self.assertEqual(self.found(made, "elsewhere")["host"], bound)
            self.assertEqual(self.lab.lookup("bound.dyn.example"), [before])
            self.assertFalse(made.host(bound)["here"])
            self.come_home()
            self.change()
            self.holds(made, bound, seconds=60)
            self.assertTrue(made.host(bound)["here"])
            self.holds(made, free, seconds=60)
            self.over(made, "elsewhere")
        cafes = {event["address"] for event in made.history(limit=1000, host=free) if event["kind"] == "sent"}
        homes = {event["address"] for event in made.history(limit=1000, host=bound) if event["kind"] == "sent"}
        self.assertEqual(len(cafes), 5)
        self.assertEqual(len(homes), 3)

    def test_in_a_cafe_all_day(self):
        # Nothing that happens there moves the name of the home.
        made, free = self.keep("free.dyn.example")
        bound = self.bound(made)
        self.holds(made, bound)
        before = self.lab.public
        self.lab.move()
        self.elsewhere(made, bound)
        for _ in range(4):
            self.change()
            made.call("UpdateNow")
            self.holds(made, free, seconds=60)
        made.stop()
        self.change()
        made.start()
        self.holds(made, free, seconds=60)
        self.elsewhere(made, bound)
        self.lab.unplug()
        self.verdict_until(made, "no_route")
        self.lab.plug()
        self.holds(made, free, seconds=60)
        self.assertEqual(self.lab.lookup("bound.dyn.example"), [before])
        self.assertEqual(self.sent(made, bound), [before])

    def test_without_a_moment_without_network(self):
        # The next way out is there before the last one goes. What was found over that one is not the home's.
        made, free = self.keep("free.dyn.example")
        bound = self.bound(made)
        self.holds(made, bound)
        self.addCleanup(self.answer_after, 0)
        self.hop(CAFE, CAFE_MAC)
        self.holds(made, free, seconds=60)
        self.elsewhere(made, bound)
        cafe = self.lab.public
        self.answer_after(1)
        self.hop(LAN, self.mac)
        self.holds(made, bound, seconds=60)
        self.assertNotIn(cafe, self.sent(made, bound))

    def hop(self, lan, mac):
        before = self.lab.router.network
        self.lab.router.use_network(lan, mac)
        self.change()
        self.lab.home.ip(f"addr add {lan}.2/24 dev eth0\nroute replace default via {lan}.1 dev eth0 metric 100\n"
                         f"addr del {before}.2/24 dev eth0\n")

    def answer_after(self, seconds):
        for echo in self.lab.echoes:
            echo.delay = seconds

    def test_vpn_in_a_cafe(self):
        # With the home's address on the far side, it is still a café.
        made, _ = self.keep("free.dyn.example")
        bound = self.bound(made)
        self.holds(made, bound)
        before = self.sent(made, bound)
        self.addCleanup(self.lab.vpn.down)
        self.lab.move()
        self.elsewhere(made, bound)
        self.lab.vpn.up("halves")
        self.ours.add(self.lab.vpn.address)
        made.call("SetVpn", vpn=self.lab.vpn.name, publish="vpn")
        self.verdict_until(made, "agreed", self.lab.vpn.address, seconds=60)
        self.elsewhere(made, bound)
        self.lab.vpn.down()
        self.assertEqual(self.sent(made, bound), before)


class WithIpv6(PlacesTest):
    options = {"router": "announcing", "ipv6": True}

    def test_both_families(self):
        self.usable6()
        made, _ = self.keep("free.dyn.example", ipv6=True)
        self.network(made)
        _, bound = self.keep("bound.dyn.example", made, only_here=True, ipv6=True)
        self.holds(made, bound)
        self.holds(made, bound, family="ipv6")
        since = time.time_ns()
        sent = self.sent(made, bound)
        self.lab.move()
        self.change()
        self.lab.renumber(flash=True)
        self.usable6()
        self.elsewhere(made, bound)
        self.elsewhere(made, bound, "ipv6")
        self.until("the other name goes along", lambda: self.lab.capture.updates(since, self.lab.address6), 60)
        self.assertEqual(self.sent(made, bound), sent)
        self.come_home()
        self.usable6()
        self.holds(made, bound, family="ipv6", seconds=60)
        self.holds(made, bound, seconds=60)


if __name__ == "__main__":
    main()
