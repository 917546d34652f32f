"""The router tells the service, by NAT-PMP, that the line has another address; and others try to."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.nonsense import LIE  # noqa: E402

ROUTER = "gateway"


class GatewayTest(LabTest):
    def begin(self):
        """A service whose name is right, and which has heard the router."""
        made = self.start()
        self.host = self.add_own(made)
        self.assert_proven(made, self.host)
        self.until("the router is a source",
                   lambda: any(each["name"] == ROUTER and each["address"] == self.lab.address
                               for each in made.verdict()["sources"]), 15)
        return made


class Announcing(GatewayTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="announcing")

    def test_a_change_is_published(self):
        made = self.begin()
        for _ in range(3):
            at, address = self.lab.change4()
            self.assertIsNotNone(self.lab.capture.update(address, at, 10))
            self.assert_proven(made, self.host)


class False_(GatewayTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="false")

    def setUp(self):
        super().setUp()
        self.false = self.lab.router.falsehood
        self.false.natpmp = "right"
        self.false.address = self.lab.address
        self.false.igd.ssdp = "silent"

    def asked_after(self, action):
        """The router is asked again because of what was done."""
        before = len(self.false.requests)
        action()
        self.until("the router is asked", lambda: len(self.false.requests) > before, 10, 0.005)

    def never_lied(self):
        self.stays("the lie is not sent", lambda: not self.lab.capture.updates(address=LIE), 1)

    def test_an_announcement_is_not_believed(self):
        self.begin()
        self.asked_after(lambda: self.false.announce(LIE))
        self.asked_after(lambda: self.false.announce_pcp(0))
        self.never_lied()
        at, self.false.address = self.lab.change4()
        self.false.announce(LIE)
        self.assertIsNotNone(self.lab.capture.update(self.false.address, at, 10))

    def test_strangers_and_nonsense(self):
        made = self.begin()
        camera = self.lab.join()
        named = "does not come from the router, from " + camera.address

        def announced():
            """The camera's cable may still be coming up, and an announcement is sent once."""
            self.false.announce(LIE, node=camera)
            return named in made.log()

        self.until("the stranger is named", announced, 15, 2)
        self.false.announce(data=b"\0\x80\0\0\0\0")
        self.until("nonsense is named", lambda: "a malformed announcement" in made.log(), 10)
        self.never_lied()

    def test_answers_that_are_none(self):
        self.begin()
        for kind in ("short", "longer", "oversized", "version", "opcode", "garbage", "spoofed", "port", "twice", "failed_lie"):
            with self.subTest(kind):
                self.false.natpmp = kind
                self.asked_after(self.false.announce)
        self.never_lied()


if __name__ == "__main__":
    main()
