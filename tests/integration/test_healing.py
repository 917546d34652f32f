"""A record that somebody else changed is set right, at most once a day."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402

STRANGER = "11.7.7.7"
NAME = "stolen.dyn.example"


class Healing(LabTest):
    def kinds(self, made, host):
        return [event["kind"] for event in made.history(host=host)]

    def test_changed_by_somebody_else(self):
        made = self.start()
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.lab.set_record(NAME, STRANGER)
        made.call("UpdateNow", host=host)
        self.until("it is healed", lambda: self.lab.lookup(NAME) == [self.lab.address], 180, 0.2)
        self.until("it is told", lambda: "healed" in self.kinds(made, host), 10)
        self.assert_proven(made, host, seconds=30)

        self.lab.set_record(NAME, STRANGER)
        made.kill()
        made.start()
        made.record_until(host, "it differs again", lambda each: each["proof"]["status"] == "differs", seconds=180)
        self.stays("a second time on one day only the user decides",
                   lambda: self.lab.lookup(NAME) == [STRANGER], 1)
        self.assertEqual(self.kinds(made, host).count("healed"), 1)
        made.call("UpdateNow", host=host)
        self.until("the user's word is enough", lambda: self.lab.lookup(NAME) == [self.lab.address], 30)


if __name__ == "__main__":
    main()
