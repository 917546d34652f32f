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
        self.found(made, "no_public_ipv4")
        self.change()
        made.call("UpdateNow")
        self.holds(made, host)


class OnlyUpnp(KeepingTest):
    options = {"router": "announcing", "natpmp": False}

    def test_change(self):
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

    def test_change_is_found_by_asking_outside(self):
        made, host = self.keep()
        self.holds(made, host)
        self.found(made, "router_silent")
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
        self.lab.reboot()
        self.holds(made, host, seconds=60)
        self.assertLessEqual(len(self.asked(since)), 12)


if __name__ == "__main__":
    main()
