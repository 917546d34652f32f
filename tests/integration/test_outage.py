"""The line is lost, silent, without carrier or without names; and it comes back."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import main  # noqa: E402
from lab.keeping import DNS, KeepingTest  # noqa: E402


class OutageTest(KeepingTest):
    def back_to_normal(self):
        self.lab.outage(False)
        self.lab.dns_outage(False)
        if not self.lab.address:
            self.lab.change4()

    def right_again(self, made, host, since, most=12):
        """The record is right within seconds, and that took few questions."""
        self.holds(made, host, seconds=30)
        self.quiet()
        self.assertLessEqual(len(self.asked(since)), most, "questions to the outside after the line came back")


class Announcing(OutageTest):
    def ready(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        return made, host

    def test_address_is_lost(self):
        made, host = self.ready()
        before = self.lab.public
        self.ours.add(before)
        self.lab.lose4()
        self.until("the router has none", lambda: self.word_of(made) is None)
        since = time.time_ns()
        self.stays("the record is kept", lambda: self.lab.lookup("home.dyn.example") == [before], 15)
        self.assertLessEqual(len(self.asked(since)), 8, "questions to the outside while nothing can be heard")
        self.assertEqual(made.record(host)["acknowledged"], before)
        at, _ = self.change()
        self.right_again(made, host, at)

    def test_the_same_address_comes_back(self):
        made, host = self.ready()
        before = self.lab.public
        self.lab.lose4()
        self.until("the router has none", lambda: self.word_of(made) is None)
        at, _ = self.change(before)
        self.verdict_until(made, "agreed", before)
        self.right_again(made, host, at)
        self.assertEqual(self.lab.capture.updates(at), [])

    def test_changed_while_packets_are_lost(self):
        made, host = self.ready()
        since = time.time_ns()
        self.lab.outage()
        _, address = self.change()
        self.router_says(made, address)
        self.stays("nothing is sent", lambda: not self.lab.capture.updates(since), 20)
        # HTTPS questions do not arrive; those over DNS neither. What counts is what comes after.
        at = time.time_ns()
        self.lab.outage(False)
        self.holds(made, host, seconds=60)
        self.quiet()
        self.assertLessEqual(len(self.asked(at)), 12)

    def test_packets_are_lost_and_nothing_changes(self):
        made, host = self.ready()
        since = time.time_ns()
        self.lab.outage()
        made.call("UpdateNow")
        self.stays("the address stands", lambda: made.verdict()["address"] == self.lab.public, 10)
        self.lab.outage(False)
        made.call("UpdateNow")
        self.verdict_until(made, "agreed", self.lab.public, seconds=60)
        self.assert_proven(made, host, seconds=60)
        self.assertEqual(self.lab.capture.updates(since), [])

    def test_carrier(self):
        made, host = self.ready()
        self.lab.line_down()
        made.call("UpdateNow")
        self.stays("the record is kept", lambda: made.record(host)["acknowledged"] == self.lab.public, 3)
        self.ours.add(self.lab.public)
        self.lab.line_up()
        at, _ = self.change()
        self.right_again(made, host, at)

    def test_cable_of_the_computer(self):
        made, host = self.ready()
        for is_long in (True, False, False):
            self.lab.unplug()
            self.verdict_until(made, "no_route")
            if is_long:
                self.assertEqual(self.found(made, "no_network")["weight"], "trouble")
            at, _ = self.change()
            self.lab.plug()
            self.right_again(made, host, at)
            self.over(made, "no_network")


class Boot(OutageTest):
    """The service starts before there is a network."""

    def test_no_network_yet(self):
        made, host = self.keep()
        self.holds(made, host)
        made.stop()
        self.lab.unplug()
        self.change()
        made.start()
        self.verdict_until(made, "no_route")
        self.assertEqual(made.record(host)["acknowledged"] in self.ours, True)
        at = time.time_ns()
        self.lab.plug()
        self.right_again(made, host, at)

    def test_no_line_yet(self):
        made, host = self.keep()
        self.holds(made, host)
        made.stop()
        self.ours.add(self.lab.public)
        self.lab.lose4()
        made.start()
        self.until("the outside was asked in vain", lambda: made.verdict()["reason"] == "silent", 60)
        at, _ = self.change()
        self.right_again(made, host, at)

    def test_no_name_server_yet(self):
        made, host = self.keep()
        self.holds(made, host)
        made.stop()
        self.change()
        self.lab.dns_outage()
        made.start()
        self.until("whoever can be asked was asked", lambda: made.verdict()["reason"] != "asking", 60)
        self.lab.dns_outage(False)
        self.holds(made, host, seconds=60)


class Names(OutageTest):
    """The name server of the home is not heard."""

    def test_change_meanwhile(self):
        made, host = self.keep()
        free = self.add_free(made, "kept.free.example")
        self.holds(made, host)
        made.record_until(free, "the provider's name is right",
                          lambda each: each["acknowledged"] == self.lab.public)
        self.settled(made)
        self.lab.dns_outage()
        at, address = self.change()
        # The router, an operator over DNS and a name server given by its address need no names.
        self.until("the address goes out", lambda: self.lab.capture.updates(at, address), 60)
        self.lab.dns_outage(False)
        self.holds(made, host, seconds=60)
        made.record_until(free, "the provider's name is right again",
                          lambda each: each["acknowledged"] == self.lab.public, seconds=120)
        self.assertEqual(self.lab.lookup("kept.free.example"), [self.lab.public])


class Silent(OutageTest):
    options = {"router": "silent"}

    def test_long_outage(self):
        made, host = self.keep()
        self.holds(made, host)
        self.quiet()
        self.lab.outage()
        made.call("UpdateNow")
        self.until("nobody is heard", lambda: made.verdict()["reason"] == "silent", 60)
        self.assertEqual(made.record(host)["acknowledged"], self.lab.public)
        self.assertEqual(self.lab.lookup("home.dyn.example"), [self.lab.public])
        self.change()
        self.stays("it is silent", lambda: made.verdict()["reason"] in ("silent", "asking"), 20)
        at = time.time_ns()
        self.lab.outage(False)
        self.holds(made, host, seconds=100)
        self.quiet()
        self.assertLessEqual(len(self.asked(at)), 12)
        self.assertEqual(len(self.lab.capture.updates(at)), 1)

    def test_direct_words_of_dns(self):
        # All operators over DNS are one voice: with HTTPS out of reach nothing goes out.
        made = self.start(dns=DNS)
        self.lab.dns_outage()
        since = time.time_ns()
        made, host = self.keep(made=made)
        self.until("they were asked", lambda: made.verdict()["reason"] in ("one_witness", "silent"), 60)
        self.assertEqual(self.lab.capture.updates(since), [])
        self.lab.dns_outage(False)
        self.holds(made, host, seconds=60)


if __name__ == "__main__":
    main()
