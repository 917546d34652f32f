"""The lab's routers: what each kind tells programs at home, and when."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import igd, natpmp  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.nonsense import LIE  # noqa: E402
from lab.visitor import fetch, seen  # noqa: E402
from lab.web import WebServer  # noqa: E402

HOME = "192.168.1.2"
ROUTER = "192.168.1.1"


class RouterTest(LabTest):
    options = {}

    @classmethod
    def make_lab(cls):
        return Lab(**cls.options)

    def ask(self, seconds=2.0):
        return natpmp.ask(self.lab.home, ROUTER, seconds)

    def answered(self, what, condition):
        """The first answer of NAT-PMP that meets a condition, awaited."""
        def met():
            answer = self.ask()
            return answer if answer and condition(answer) else None

        return self.until(what, met)

    def gateway(self):
        return igd.Gateway(self.lab.home, igd.discover(self.lab.home, HOME))


class Announcing(RouterTest):
    options = {"router": "announcing"}

    def setUp(self):
        super().setUp()
        self.lab.change4()
        self.answered("the router knows its address", lambda answer: answer.address == self.lab.address)

    def test_it_names_its_address(self):
        answer = self.ask()
        self.assertEqual((answer.result, answer.address), (0, self.lab.address))
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)
        self.assertEqual(self.gateway().external_address(), self.lab.address)

    def test_a_change_is_announced(self):
        ear = natpmp.Ear(self.lab.home, HOME)
        at, address = self.lab.change4()
        heard = ear.hear("an announcement of the new address", lambda each: each.address == address)
        self.assertEqual((heard.source, heard.result), (ROUTER, 0))
        self.assertGreater(heard.at, at)
        ear.hear("an announcement of PCP", lambda each: each.at > at and each.source == ROUTER, version=2)

    def test_a_port_is_forwarded(self):
        self.assertEqual(natpmp.forward(self.lab.home, ROUTER, 8080, 8080), 0)
        WebServer(self.lab.home, [HOME], lambda request, reply: reply.send("here"), 8080)
        self.assertEqual(fetch(self.lab.inet, f"http://{self.lab.address}:8080/"), (200, "here"))

    def test_a_subscriber_hears_of_a_change(self):
        ear = self.gateway().subscribe(HOME)
        first = ear.hear("the first event tells the state")
        self.assertEqual(first[1], self.lab.address)
        at, _ = self.lab.change4()
        ear.hear("an event", since=at)

    def test_a_shared_address_is_none(self):
        ear = natpmp.Ear(self.lab.home, HOME)
        at, _ = self.lab.cgnat()
        self.answered("the router has no address", lambda answer: answer.result == natpmp.NETWORK_FAILURE)
        ear.hear("PCP tells that something changed", lambda each: each.at > at, version=2)
        self.assertNotIn(self.lab.address, [each.address for each in ear.heard()])
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.public)
        self.assertNotEqual(self.lab.public, self.lab.address)
        self.assertIn(self.gateway().external_address(), ("", "0.0.0.0"))

    def test_restart_begins_an_epoch(self):
        before = self.answered("time goes by", lambda answer: answer.epoch >= 2)
        old = self.lab.address
        self.lab.router.power_off()
        self.assertIsNone(self.ask(0.3))
        self.assertIn("NO-CARRIER", self.lab.home.run("ip", "link", "show", "eth0"))
        self.lab.router.power_on()
        self.lab.reboot()
        after = self.answered("the new address", lambda answer: answer.address == self.lab.address)
        self.assertLess(after.epoch, before.epoch)
        self.assertNotEqual(self.lab.address, old)
        self.assertNotIn("NO-CARRIER", self.lab.home.run("ip", "link", "show", "eth0"))


class Polled(RouterTest):
    options = {"router": "polled"}

    def test_it_answers_and_announces_nothing(self):
        self.answered("it answers", lambda answer: answer.address == self.lab.address)
        ear = natpmp.Ear(self.lab.home, HOME)
        events = self.gateway().subscribe(HOME)
        self.lab.change4()
        self.answered("the new address", lambda answer: answer.address == self.lab.address)
        self.stays("nothing is heard", lambda: not ear.raw() and not events.heard(), 1)


class OnlyUpnp(RouterTest):
    options = {"router": "announcing", "natpmp": False}

    def test_upnp_alone(self):
        self.assertIsNone(self.ask(0.3))
        self.until("its address", lambda: self.gateway().external_address() == self.lab.address)


class OnlyNatPmp(RouterTest):
    options = {"router": "announcing", "upnp": False}

    def test_natpmp_alone(self):
        self.answered("it answers", lambda answer: answer.address == self.lab.address)
        self.assertIsNone(igd.discover(self.lab.home, HOME, 0.5))


class Silent(RouterTest):
    options = {"router": "silent"}

    def test_it_tells_nothing(self):
        self.assertIsNone(self.ask(0.3))
        self.assertIsNone(igd.discover(self.lab.home, HOME, 0.5))
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)


class Double(RouterTest):
    options = {"router": "announcing", "double": True}

    def test_the_inner_one_knows_no_public_address(self):
        self.answered("it has no address", lambda answer: answer.result == natpmp.NETWORK_FAILURE)
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)
        self.lab.change4()
        self.assertEqual(seen(self.lab.home, self.lab), self.lab.address)


class False_(RouterTest):
    options = {"router": "false"}

    def setUp(self):
        super().setUp()
        self.false = self.lab.router.falsehood
        self.false.natpmp = self.false.igd.ssdp = self.false.igd.description = self.false.igd.control = "right"

    def test_any_address(self):
        for address in ("0.0.0.0", "192.168.178.2", "100.64.0.9", LIE):
            self.false.address = address
            self.assertEqual(self.ask().address, address)
            self.assertEqual(self.gateway().external_address(), address)

    def test_answers_that_are_none(self):
        for kind in ("silent", "spoofed", "port", "version", "opcode", "request", "one", "empty", "garbage"):
            with self.subTest(kind):
                self.false.natpmp = kind
                self.assertIsNone(self.ask(0.2))

    def test_a_late_answer(self):
        self.false.natpmp, self.false.delay = "slow", 0.5
        self.assertIsNone(self.ask(0.1))
        self.assertEqual(self.ask(10).address, self.false.address)

    def test_time_goes_back(self):
        self.false.set_epoch(5000)
        self.assertGreaterEqual(self.ask().epoch, 5000)
        self.false.set_epoch(0)
        self.assertLess(self.ask().epoch, 5000)

    def test_announcements_of_anybody(self):
        ear = natpmp.Ear(self.lab.home, HOME)
        camera = self.lab.join()
        self.false.announce("11.22.33.50")
        self.assertEqual(ear.hear("the router's", lambda each: each.address == "11.22.33.50").source, ROUTER)
        self.false.announce("11.22.33.51", node=camera)
        self.assertEqual(ear.hear("the camera's", lambda each: each.address == "11.22.33.51").source, camera.address)
        self.false.announce(data=b"\0\x80")
        self.until("half of one", lambda: b"\0\x80" in ear.raw())
        self.false.announce_pcp(epoch=7)
        self.assertEqual(ear.hear("an epoch", lambda each: True, version=2).epoch, 7)

    def test_events_of_anybody(self):
        ear = self.gateway().subscribe(HOME)
        ear.hear("the first event", lambda address: address == self.false.address)
        self.assertEqual(self.false.igd.notify(LIE)[-1], 200)
        ear.hear("another one", lambda address: address == LIE)
        self.assertEqual(self.false.igd.notify(data=b"nonsense</e:propertyset>")[-1], 200)
        ear.hear("nonsense", lambda address: address is None)

    def test_locations(self):
        self.false.igd.ssdp = "elsewhere"
        self.assertIn("192.168.1.77", igd.discover(self.lab.home, HOME))
        for kind in ("silent", "no_location", "garbage"):
            with self.subTest(kind):
                self.false.igd.ssdp = kind
                self.assertIsNone(igd.discover(self.lab.home, HOME, 0.3))


if __name__ == "__main__":
    main()
