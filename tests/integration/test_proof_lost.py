"""Proof without anybody who knows where the zone is."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import RESOLVER  # noqa: E402


class Lost(LabTest):
    def test_no_name_server_to_ask(self):
        self.lab.resolvers()
        made = self.start()
        host = self.add_own(made, "lost.dyn.example")
        record = made.record_until(host, "the proof ended",
                                   lambda each: each["proof"]["status"] == "unprovable", seconds=180)
        self.assertEqual((record["state"], record["proof"]["why"]), ("current", "no_zone"), record)
        self.lab.resolvers(RESOLVER)
        made.call("UpdateNow", host=host)
        self.assert_proven(made, host)
        self.assertEqual(len(self.lab.capture.updates()), 1)


if __name__ == "__main__":
    main()
