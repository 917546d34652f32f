"""What else happens to a home: prefixes that come and go, one family without the other, a portal, a line that flaps,
an address that is set again, a computer that wakes up. A jump of the wall clock cannot be made here: the lab shares
the clock of the whole machine."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.visitor import addresses6  # noqa: E402


class Families(KeepingTest):
    options = {"router": "announcing", "ipv6": True}

    def setUp(self):
        super().setUp()
        self.usable6()

    def back_to_normal(self):
        self.lab.outage(False)
        self.lab.temporary(False)

    def both(self):
        made, host = self.keep(ipv6=True)
        self.holds(made, host, family="ipv6")
        self.holds(made, host)
        return made, host

    def words(self, address):
        return addresses6(self.lab.home).get(address, ())

    def test_temporary_addresses_are_never_published(self):
        made, host = self.both()
        self.lab.temporary()
        self.until("a temporary address", lambda: any("temporary" in words for words in
                                                      addresses6(self.lab.home).values()), 20)
        for _ in range(2):
            self.lab.renumber()
            address = self.usable6()
            self.holds(made, host, address, "ipv6")
            self.until("the new prefix has a temporary one", lambda: any(
                "temporary" in words and each.startswith(address.rsplit(":", 4)[0]) for each, words in
                addresses6(self.lab.home).items()), 20)
        self.assertNotIn("ipv6_temporary_only", self.findings(made))

    def test_deprecated_prefix_is_replaced_at_once(self):
        made, host = self.both()
        for _ in range(3):
            old = self.lab.address6
            since = time.time_ns()
            self.lab.renumber()
            new = self.usable6()
            self.holds(made, host, new, "ipv6")
            self.until("the old one is deprecated", lambda: "deprecated" in self.words(old), 20)
            self.stays("it stays so", lambda: made.record(host, "ipv6")["acknowledged"] == new, 1)
            self.assertLessEqual(len(self.lab.capture.updates(since)), 2)

    def test_ipv6_while_ipv4_is_out(self):
        made, host = self.both()
        before = self.lab.public
        self.lab.outage(family=4)
        self.lab.renumber()
        self.usable6()
        # The name server is reached over IPv4 only as the account says: what is due waits, and is right afterwards.
        self.verdict_until(made, "direct", self.lab.address6, "ipv6")
        self.assertEqual(made.record(host)["acknowledged"], before)
        self.lab.outage(False)
        self.holds(made, host, family="ipv6", seconds=100)
        self.holds(made, host, seconds=60)

    def test_ipv4_while_ipv6_is_out(self):
        made, host = self.both()
        self.lab.outage(family=6)
        for _ in range(2):
            self.change()
            self.holds(made, host, seconds=60)
        self.assertEqual(made.verdict("ipv6")["address"], self.lab.address6)
        self.lab.outage(False)
        self.lab.renumber()
        self.usable6()
        self.holds(made, host, family="ipv6")

    def test_ipv4_is_lost_for_good(self):
        made, host = self.both()
        self.ours.add(self.lab.public)
        self.lab.home.run("ip", "route", "del", "default")
        back = ("ip", "route", "replace", "default", "via", self.lab.gateway, "metric", "100")
        self.addCleanup(self.lab.home.run, *back)
        self.verdict_until(made, "no_route")
        self.assertEqual(self.found(made, "no_ipv4")["family"], "ipv4")
        self.verdict_until(made, "direct", self.lab.address6, "ipv6")
        self.lab.home.run(*back)
        self.over(made, "no_ipv4")
        self.holds(made, host)


class LostPrefix(KeepingTest):
    """In a class of its own: the home keeps the lost prefix for the rest of it."""

    options = {"router": "announcing", "ipv6": True}

    def test_another_prefix_without_a_word(self):
        # As far as anybody can tell the old one may still be right; IPv4 does not suffer.
        self.usable6()
        made, host = self.keep(ipv6=True)
        self.holds(made, host, family="ipv6")
        self.lab.renumber(flash=True)
        self.usable6()
        made.call("UpdateNow")
        self.change()
        self.holds(made, host)


class Portals(KeepingTest):
    def back_to_normal(self):
        self.lab.portal.sign_in()

    def test_sign_in(self):
        made, host = self.keep()
        free = self.add_free(made, "kept.free.example")
        self.holds(made, host)
        made.record_until(free, "the provider's name is right", lambda each: each["acknowledged"] == self.lab.public)
        for behaviour in ("redirect", "page"):
            with self.subTest(behaviour):
                self.lab.portal.behaviour = behaviour
                before = self.lab.public
                since = time.time_ns()
                self.lab.portal.close()
                self.change()
                made.call("UpdateNow")
                made.call("Diagnose")
                self.assertEqual(self.found(made, "captive_portal")["weight"], "trouble")
                self.assertEqual(self.lab.lookup("home.dyn.example"), [before])
                self.assertEqual([each for each in self.lab.provider.updates if each.request.at > since], [])
                self.lab.portal.sign_in()
                self.over(made, "captive_portal", 120)
                self.holds(made, host, seconds=60)
                made.record_until(free, "the provider's name is right",
                                  lambda each: each["acknowledged"] == self.lab.public, seconds=120)
        self.assertTrue(self.lab.portal.requests, "the portal was never met: this test shows nothing")
        sent = {each["address"] for each in made.history(host=free, limit=1000) if each["kind"] == "sent"}
        self.assertLessEqual(sent, self.ours)


class Flapping(KeepingTest):
    def test_line_flaps(self):
        made, host = self.keep()
        free = self.add_free(made, "flaps.free.example")
        self.holds(made, host)
        made.record_until(free, "the provider's name is right", lambda each: each["acknowledged"] == self.lab.public)
        self.settled(made)
        since = time.time_ns()
        for _ in range(10):
            self.change()
            self.stays("a moment", lambda: True, 0.4)
        self.holds(made, host, seconds=60)
        self.router_says(made, self.lab.address)
        self.quiet()
        self.assertLessEqual(len(self.asked(since)), 30, "questions to the outside")
        # The provider's own rules: three at once, then one every five minutes.
        sent = self.lab.provider.of("flaps.free.example", since)
        self.assertLessEqual(len(sent), 3)
        record = made.record(free)
        self.assertEqual(record["desired"], self.lab.public)
        if record["acknowledged"] != self.lab.public:
            self.assertIn(record["state"], ("waiting", "held"))
            self.assertTrue(record["until"])

    def test_two_addresses_take_turns(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        one, two = self.lab.public, self.lab.next_address()
        since = time.time_ns()
        for turn in range(12):
            self.change(one if turn % 2 else two)
            self.router_says(made, self.lab.address, 60)
        self.holds(made, host, seconds=100)
        self.quiet()
        self.assertLessEqual(len(self.asked(since)), 40)

    def test_link_flaps(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        since = time.time_ns()
        for _ in range(10):
            self.lab.unplug()
            self.lab.plug()
        self.holds(made, host, seconds=60)
        self.quiet()
        self.assertEqual(self.lab.capture.updates(since), [])
        self.assertLessEqual(len(self.asked(since)), 30)


class OnTheLine(KeepingTest):
    options = {}

    def test_burst(self):
        made, host = self.keep()
        free = self.add_free(made, "direct.free.example")
        self.holds(made, host)
        made.record_until(free, "the provider's name is right", lambda each: each["acknowledged"] == self.lab.public)
        since = time.time_ns()
        for _ in range(10):
            self.change()
        self.holds(made, host)
        self.assertEqual([each for each in self.asked(since)], [], "an address of its own needs nobody outside")
        self.assertLessEqual(len(self.lab.provider.of("direct.free.example", since)), 3)
        self.assertEqual(made.record(free)["desired"], self.lab.public)

    def test_moved_behind_a_router_of_the_provider(self):
        # The line's own address becomes one that is shared by many.
        made, host = self.keep()
        withheld = made.call("AddHost", account=self.lab.rfc2136_account(made), name="withheld.dyn.example",
                             ipv4=True, ipv6=False, withhold_unreachable=True)["host"]
        self.holds(made, host)
        self.holds(made, withheld)
        before = self.lab.public
        self.lab.cgnat()
        self.holds(made, host, seconds=60)
        self.assertEqual(self.found(made, "cgnat")["values"], {"address": self.lab.address})
        made.record_until(withheld, "it is withheld", lambda each: each.get("why") == "unreachable")
        self.assertEqual(self.lab.lookup("withheld.dyn.example"), [before])
        self.lab.cgnat(False)
        self.holds(made, host, seconds=60)
        self.holds(made, withheld, seconds=60)
        self.over(made, "cgnat")


if __name__ == "__main__":
    main()
