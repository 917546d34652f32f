"""Others tell the service, by NAT-PMP, that the line has another address; only the router's own answer counts."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.nonsense import LIE  # noqa: E402

ROUTER = "gateway"


class Announcements(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="false")

    def setUp(self):
        super().setUp()
        self.false = self.lab.router.falsehood
        self.false.natpmp = "right"
        self.false.address = self.lab.address
        self.false.igd.ssdp = "silent"

    def begin(self):
        """A service whose name is right, and which has heard the router."""
        made = self.start()
        self.host = self.add_own(made)
        self.assert_proven(made, self.host)
        self.until("the router is a source",
                   lambda: any(each["name"] == ROUTER and each["address"] == self.lab.address
                               for each in made.verdict()["sources"]))
        return made

    def asked_after(self, action):
        """The router is asked again because of what was done."""
        before = len(self.false.requests)
        action()
        self.until("the router is asked", lambda: len(self.false.requests) > before)

    def never_lied(self):
        self.stays("the lie is not sent", lambda: not self.lab.capture.updates(address=LIE), 1)

    def test_an_announcement_is_not_believed(self):
        self.begin()
        self.asked_after(lambda: self.false.announce(LIE))
        self.asked_after(lambda: self.false.announce_pcp(0))
        self.never_lied()
        at, self.false.address = self.lab.change4()
        self.false.announce(LIE)
        self.assertIsNotNone(self.lab.capture.update(self.false.address, at))

    def test_strangers_and_nonsense(self):
        made = self.begin()
        camera = self.lab.join()
        named = "does not come from the router, from " + camera.address
        self.false.announce(LIE, node=camera)
        self.until("the stranger is named", lambda: named in made.log())
        self.false.announce(data=b"\0\x80\0\0\0\0")
        self.until("nonsense is named", lambda: "a malformed announcement" in made.log())
        self.never_lied()


if __name__ == "__main__":
    main()
