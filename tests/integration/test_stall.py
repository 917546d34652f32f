"""Whoever hangs, hangs alone."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import RESOLVER, SILENT  # noqa: E402


class Stalls(LabTest):
    def setUp(self):
        super().setUp()
        self.lab.provider.of_host.clear()
        self.lab.resolvers(RESOLVER)

    def test_hanging_provider(self):
        self.lab.provider.of_host["hung.free.example"] = "hang"
        made = self.start()
        hung = self.add_free(made, "hung.free.example")
        self.assertIsNotNone(self.lab.provider.update("hung.free.example"))
        own = self.add_own(made, "awake.dyn.example")
        free = self.add_free(made, "awake.free.example")
        self.assert_proven(made, own)
        self.assert_state(made, free, "current")
        for _ in range(2):
            _, address = self.lab.change4()
            made.record_until(own, "the change goes out", lambda each: each["acknowledged"] == address)
            made.record_until(free, "the change goes out", lambda each: each["acknowledged"] == address)
        self.assertEqual(made.record(hung)["state"], "updating")

    def test_hanging_provider_is_left_in_peace(self):
        # The line is fine: that others on it answer is no reason to ask this one again sooner.
        self.lab.provider.of_host["peace.free.example"] = "hang"
        made = self.start()
        hung = self.add_free(made, "peace.free.example")
        first = self.assert_state(made, hung, "waiting", "NO_ANSWER", seconds=60)
        self.stays("its wait lasts", lambda: made.record(hung)["until"] == first["until"], 5)
        self.assertEqual(len(self.lab.provider.of("peace.free.example")), 1)

    def test_black_holed_resolver(self):
        self.lab.resolvers(SILENT)
        made = self.start()
        hung = self.add_free(made, "nowhere.free.example")
        self.assert_state(made, hung, "updating")
        own = self.add_own(made, "direct.dyn.example")
        made.record_until(own, "the update is acknowledged",
                          lambda each: each["acknowledged"] == self.lab.address)
        _, address = self.lab.change4()
        made.record_until(own, "the change goes out", lambda each: each["acknowledged"] == address)
        self.assertEqual(made.record(hung)["state"], "updating")
        self.assertEqual(self.lab.lookup("direct.dyn.example"), [address])

    def test_stops_at_once_in_the_middle(self):
        self.lab.provider.of_host["hung.free.example"] = "hang"
        self.lab.resolvers(SILENT)
        made = self.start()
        self.add_free(made, "hung.free.example")
        self.add_own(made, "unfound.dyn.example", server="ns1.dyn.example")
        self.assertEqual(made.stop(), 0)


if __name__ == "__main__":
    main()
