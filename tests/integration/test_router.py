"""Behind routers that announce a change, that only answer, that say nothing; and when one restarts."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402


class Announcing(KeepingTest):
    def test_changes_cost_little(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        for _ in range(4):
            at, address = self.change()
            self.holds(made, host)
            self.router_says(made, address)
            self.quiet()
            self.assertLessEqual(len(self.asked(at)), 2, "questions to the outside for one change")
            self.assertEqual(len(self.lab.capture.updates(at)), 1, "updates for one change")

    def test_nothing_happens(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        self.quiet(8)
        since = time.time_ns()
        self.stays("nobody outside is asked", lambda: not self.asked(since) and not self.lab.capture.updates(since), 20)
        self.assertEqual(self.lab.probe.requests, [])

    def test_restart(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        for _ in range(2):
            since = time.time_ns()
            self.ours.add(self.lab.public)
            self.lab.reboot()
            self.holds(made, host, seconds=60)
            self.router_says(made, self.lab.address)
            self.quiet()
            self.assertLessEqual(len(self.asked(since)), 12, "questions to the outside for one restart")
            self.assertEqual(len(self.lab.capture.updates(since)), 1)

    def test_daemon_of_the_router_restarts_alone(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        since = time.time_ns()
        self.lab.router.mapper.stop()
        self.lab.router.mapper.start()
        _, address = self.change()
        self.holds(made, host)
        self.router_says(made, address)
        self.assertEqual(len(self.lab.capture.updates(since)), 1)

    def test_service_restarts(self):
        made, host = self.keep()
        self.holds(made, host)
        made.stop()
        self.change()
        made.start()
        self.holds(made, host)
        since = time.time_ns()
        made.stop()
        made.start()
        self.settled(made)
        self.holds(made, host)
        self.assertEqual(self.lab.capture.updates(since), [], "the record was right already")


class Twice(KeepingTest):
    options = {"router": "announcing", "double": True}

    def test_behind_two_routers(self):
        made, host = self.keep()
        self.holds(made, host)
        self.diagnosed(made, "no_public_ipv4")
        self.change()
        made.call("UpdateNow")
        self.holds(made, host)


class Shared(KeepingTest):
    """The router shares its address with others."""

    def test_withheld_from_the_start(self):
        self.lab.cgnat()
        self.addCleanup(self.lab.cgnat, False)
        made, plain = self.keep("plain.dyn.example")
        _, withheld = self.keep("withheld.dyn.example", made, withhold_unreachable=True)
        self.found(made, "no_public_ipv4")
        for _ in range(3):
            self.holds(made, plain)
            self.until("the router has none", lambda: self.word_of(made) is None)
            made.record_until(withheld, "it is withheld", lambda each: each.get("why") == "unreachable")
            made.stop()
            made.start()
        self.assertEqual(self.sent(made, withheld), [])
        self.verdict_until(made, "agreed", self.lab.public)
        self.quiet()
        # The router has an address again, and nobody outside has said so yet.
        self.addCleanup(self.answer_after, 0, "plain")
        self.answer_after(1, "refused")
        self.change()
        self.holds(made, withheld)
        self.assertEqual(self.sent(made, withheld), [self.lab.public])
        self.holds(made, plain)
        self.over(made, "no_public_ipv4")

    def answer_after(self, seconds, dns):
        for echo in self.lab.echoes:
            echo.delay, echo.dns.behaviour = seconds, dns


class OnlyUpnp(KeepingTest):
    options = {"router": "announcing", "natpmp": False}

    def test_change(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        for _ in range(2):
            self.change()
            self.holds(made, host, seconds=60)


class OnlyNatPmp(KeepingTest):
    options = {"router": "announcing", "upnp": False}

    def test_changes(self):
        # Without UPnP, this router announces nothing either.
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        for _ in range(2):
            self.change()
            self.holds(made, host, seconds=60)


class Polled(KeepingTest):
    options = {"router": "polled"}

    def test_change_is_found_by_the_question_at_home(self):
        made, host = self.keep()
        self.holds(made, host)
        self.settled(made)
        at, address = self.change()
        self.router_says(made, address, 60)
        self.holds(made, host)
        self.quiet()
        self.assertLessEqual(len(self.asked(at)), 2)

    def test_restart(self):
        made, host = self.keep()
        self.holds(made, host)
        self.ours.add(self.lab.public)
        self.lab.reboot()
        self.holds(made, host, seconds=60)


class Silent(KeepingTest):
    options = {"router": "silent"}

    def test_nothing_is_withheld_for_want_of_a_word(self):
        made, host = self.keep(withhold_unreachable=True)
        self.holds(made, host)

    def test_change_is_found_by_asking_outside(self):
        made, host = self.keep()
        self.holds(made, host)
        self.quiet(5)
        at, _ = self.change()
        self.holds(made, host, seconds=150)
        self.quiet()
        self.assertLessEqual(len(self.asked(at)), 4)

    def test_restart(self):
        made, host = self.keep()
        self.holds(made, host)
        self.quiet()
        since = time.time_ns()
        self.ours.add(self.lab.public)
        # A carrier that is back within a moment may be news to nobody.
        self.lab.router.power_off()
        self.verdict_until(made, "no_route")
        self.lab.reboot()
        self.holds(made, host, seconds=60)
        self.assertLessEqual(len(self.asked(since)), 12)


if __name__ == "__main__":
    main()
