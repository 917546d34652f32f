"""A router that says what is not true, or what is no answer: nothing wrong is ever published."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.nonsense import LIE  # noqa: E402


class LyingTest(KeepingTest):
    options = {"router": "false"}

    def setUp(self):
        super().setUp()
        self.false = self.lab.router.falsehood
        self.honest()

    def back_to_normal(self):
        self.honest()

    def honest(self):
        false = self.false
        false.natpmp = false.igd.ssdp = false.igd.description = false.igd.control = false.igd.events = "right"
        false.pcp = "unsupported"
        self.says(self.lab.address)

    def says(self, address):
        self.false.address = address
        self.announce()

    def announce(self):
        self.false.announce()
        self.false.igd.notify()

    def follows(self, made, host):
        """An honest router's word of a change is followed."""
        _, address = self.change()
        self.says(address)
        self.holds(made, host, seconds=60)
        self.router_says(made, address)


class Lies(LyingTest):
    def lies(self, address, code=None):
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        since = time.time_ns()
        self.says(address)
        self.router_says(made, address)
        finding = self.diagnosed(made, code) if code else None
        self.verdict_until(made, "agreed", self.lab.public)
        self.assertEqual(self.lab.capture.updates(since), [])
        # What happens meanwhile is found without it.
        self.quiet(6)
        self.change()
        made.call("UpdateNow")
        self.holds(made, host, seconds=60)
        self.honest()
        self.router_says(made, self.lab.address)
        if code:
            self.over(made, code)
        self.follows(made, host)
        return finding

    def test_nothing(self):
        # 0.0.0.0 is no address.
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        since = time.time_ns()
        self.says("0.0.0.0")
        self.until("its word does not count", lambda: self.word_of(made) in (None, "0.0.0.0"))
        self.until("the outside was asked", lambda: self.asked(since))
        self.quiet()
        self.verdict_until(made, "agreed", self.lab.public)
        self.assertEqual(self.lab.capture.updates(since), [])
        self.follows(made, host)

    def test_private(self):
        self.assertEqual(self.lies("192.168.178.20", "double_nat")["values"], {"address": "192.168.178.20"})

    def test_shared(self):
        self.assertEqual(self.lies("100.64.9.9", "cgnat")["values"], {"address": "100.64.9.9"})

    def test_documentation(self):
        self.lies("203.0.113.9")

    def test_another_one(self):
        self.assertEqual(self.lies("11.88.0.1", "router_lies")["values"]["router_says"], "11.88.0.1")

    def test_stale(self):
        # It announces what the line had before.
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        self.quiet(6)  # what was agreed on a moment ago is not asked about again
        self.change()
        self.announce()
        made.call("UpdateNow")
        self.holds(made, host, seconds=60)
        self.assertEqual(self.diagnosed(made, "router_lies")["values"]["internet_sees"], self.lab.public)
        self.says(self.lab.address)
        self.over(made, "router_lies")
        self.follows(made, host)

    def test_one_that_takes_turns(self):
        # Now this, now that, as fast as it can: nobody outside is overrun, and nothing goes out.
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        self.quiet()
        since = time.time_ns()
        before = len(self.false.requests)
        for turn in range(40):
            self.says(("11.88.0.1", self.lab.address, "11.88.0.2", "0.0.0.0")[turn % 4])
            self.stays("nothing is published", lambda: not self.lab.capture.updates(since), 0.2)
        self.until("it was asked", lambda: len(self.false.requests) > before)
        self.honest()
        self.verdict_until(made, "agreed", self.lab.public)
        self.quiet()
        self.assertLessEqual(len(self.asked(since)), 40)
        self.follows(made, host)


class Nonsense(LyingTest):
    def test_from_anybody(self):
        # What others of the LAN announce in its name, or send it by UPnP, is not believed.
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        camera = self.lab.join()
        since = time.time_ns()
        for _ in range(10):
            self.false.announce(LIE, node=camera)
            self.false.announce_pcp(7, node=camera)
            self.false.announce(LIE)
            self.false.announce(data=b"\0\x80" + bytes(range(200)))
            self.false.igd.notify(LIE)
        self.until("the stranger is named", lambda: f"from {camera.address}" in made.log())
        self.stays("nobody believes it", lambda: made.verdict()["address"] == self.lab.public, 2)
        self.assertEqual(self.lab.capture.updates(since), [])
        self.assertEqual(self.word_of(made), self.lab.address)
        self.follows(made, host)

    def each_kind(self, target, name, kinds, asked):
        made, host = self.keep()
        self.holds(made, host)
        self.router_says(made, self.lab.address)
        for kind in kinds:
            with self.subTest(kind):
                since = time.time_ns()
                before = len(asked())
                setattr(target, name, kind)
                self.announce()
                self.until("the router was asked", lambda: len(asked()) > before, 30)
                self.stays("nothing is published", lambda: not self.lab.capture.updates(since), 0.3)
                self.assertNotEqual(self.word_of(made), LIE)
                self.assertEqual(made.verdict()["address"], self.lab.public)
        setattr(target, name, "right")
        self.assertLess(sum("gateway" in line or "router" in line.lower() for line in made.log().splitlines()), 120)
        self.follows(made, host)

    def test_natpmp(self):
        self.false.igd.ssdp = "silent"
        self.each_kind(self.false, "natpmp", [kind for kind in self.false.natpmp_kinds if kind != "right"],
                       lambda: self.false.requests)

    def test_pcp(self):
        self.false.igd.ssdp = "silent"
        self.false.natpmp = "version"
        made, host = self.keep()
        self.holds(made, host)
        for kind in ("right", "silent", "garbage"):
            with self.subTest(kind):
                self.false.pcp = kind
                since = time.time_ns()
                self.false.announce_pcp(3)
                self.stays("nothing is published", lambda: not self.lab.capture.updates(since), 1)
                self.assertEqual(made.verdict()["address"], self.lab.public)
        self.honest()
        self.follows(made, host)

    def test_upnp_from_the_start(self):
        # Searches, descriptions and subscriptions of every kind, each with a service that begins.
        self.false.natpmp = "silent"
        igd = self.false.igd
        made, host = self.keep()
        self.holds(made, host)
        for name, kinds in (("ssdp", igd.ssdp_kinds), ("description", igd.description_kinds),
                            ("control", igd.control_kinds), ("events", igd.event_kinds)):
            for kind in kinds:
                with self.subTest(f"{name} {kind}"):
                    since = time.time_ns()
                    made.stop()
                    setattr(igd, name, kind)
                    made.start()
                    self.verdict_until(made, "agreed", self.lab.public)
                    self.assertEqual(self.lab.capture.updates(since), [])
            setattr(igd, name, "right")
        self.honest()
        self.follows(made, host)


if __name__ == "__main__":
    main()
