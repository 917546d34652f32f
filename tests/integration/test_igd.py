"""The UPnP client against a real router (miniupnpd), and against one that answers with whatever it likes."""
import json
import os
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import natpmp  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.nonsense import LIE  # noqa: E402
from lab.wait import stays, until  # noqa: E402

HOME = "192.168.1.2"
ROUTER = "192.168.1.1"


class Watch:
    """The client, at home; `words` is what it said."""

    def __init__(self, lab):
        self.words = []
        self.process = lab.home.popen([os.environ["WAYHOME_LAB_IGD"], ROUTER, HOME], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.words.append(json.loads(line))

    def order(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def heard(self, *kinds, since=0):
        return [each for each in self.words[since:] if each["kind"] in kinds]

    def ask(self):
        """Its answer."""
        since = len(self.words)
        self.order("ask")
        until("an answer", lambda: self.heard("answered", "silent", since=since))
        return self.heard("answered", "silent", since=since)[0]

    def end(self):
        _, complaints = self.process.communicate(timeout=20)
        return self.process.returncode, complaints


class WatchTest(LabTest):
    options = {}

    @classmethod
    def make_lab(cls):
        return Lab(**cls.options)

    def watch(self):
        made = Watch(self.lab)
        self.addCleanup(self._look_over, made)
        return made

    def _look_over(self, made):
        code, complaints = made.end()
        self.assertEqual((code, [line for line in complaints.splitlines() if "CRITICAL" in line or "Sanitizer" in line]),
                         (0, []), complaints)

    def answered(self, watch, address):
        """Asks until the router has taken the change in."""
        return until(f"the router names {address!r}", lambda: watch.ask()["address"] == address, interval=0.1)


class Announcing(WatchTest):
    options = {"router": "announcing"}

    def test_an_event_tells_of_a_change(self):
        watch = self.watch()
        self.answered(watch, self.lab.address)
        until("the first event", lambda: watch.heard("event"))
        self.assertTrue(watch.ask()["subscribed"])
        since = len(watch.words)
        _, address = self.lab.change4()
        until("an event", lambda: watch.heard("event", since=since))
        self.answered(watch, address)

    def test_no_public_address(self):
        watch = self.watch()
        self.answered(watch, self.lab.address)
        self.lab.cgnat()
        self.addCleanup(self.lab.cgnat, False)
        self.answered(watch, "")
        self.assertEqual(watch.ask()["kind"], "answered")

    def test_port_mappings(self):
        watch = self.watch()
        self.answered(watch, self.lab.address)
        until("a count", lambda: watch.ask()["mappings"] >= 0, interval=0.1)
        before = watch.ask()["mappings"]
        self.assertEqual(natpmp.forward(self.lab.home, ROUTER, 8081, 8081), 0)
        watch.order("count")
        until("one more", lambda: watch.ask()["mappings"] == before + 1, interval=0.1)


class Polled(WatchTest):
    options = {"router": "polled"}

    def test_it_answers_without_events(self):
        watch = self.watch()
        self.answered(watch, self.lab.address)
        _, address = self.lab.change4()
        self.answered(watch, address)
        self.assertEqual(watch.heard("event"), [])


class Silent(WatchTest):
    options = {"router": "silent"}

    def test_silence(self):
        watch = self.watch()
        self.assertEqual(watch.ask()["kind"], "silent")
        self.assertEqual(watch.ask()["kind"], "silent")


class FalseRouter(WatchTest):
    options = {"router": "false"}

    def setUp(self):
        super().setUp()
        self.igd = self.lab.router.falsehood.igd
        for part in ("ssdp", "description", "control", "events"):
            setattr(self.igd, part, "right")
        self.igd.address = "11.22.33.44"
        self.igd.mappings = []

    def test_right(self):
        self.igd.mappings = [("TCP", 80, HOME, 80), ("TCP", 81, "192.168.1.9", 81)]
        watch = self.watch()
        self.assertEqual(watch.ask()["address"], "11.22.33.44")
        until("an event", lambda: watch.heard("event"))
        until("a count", lambda: watch.ask()["mappings"] == 1, interval=0.1)

    def test_searches(self):
        self.igd.address = LIE
        for kind in self.igd.ssdp_kinds:
            with self.subTest(kind):
                self.igd.ssdp = kind
                word = self.watch().ask()
                self.assertEqual(word["kind"], "answered" if kind == "many" else "silent")

    def test_descriptions(self):
        self.igd.address = LIE
        for kind in self.igd.description_kinds:
            with self.subTest(kind):
                self.igd.description = kind
                since = len(self.igd.requests)
                self.assertEqual(self.watch().ask()["kind"], "silent")
                self.assertEqual({each.path for each in self.igd.requests[since:]} - {"/description.xml"}, set())

    def test_answers(self):
        self.igd.address = LIE
        for kind in self.igd.control_kinds:
            with self.subTest(kind):
                self.igd.control = kind
                self.assertEqual(self.watch().ask()["address"], "")

    def test_subscriptions(self):
        for kind in self.igd.event_kinds:
            with self.subTest(kind):
                self.igd.events = kind
                watch = self.watch()
                self.assertEqual(watch.ask()["address"], "11.22.33.44")
                if kind != "short":
                    self.assertFalse(watch.ask()["subscribed"])

    def test_another_computers_event(self):
        watch = self.watch()
        watch.ask()
        until("an event", lambda: watch.heard("event"))
        since = len(watch.words)
        self.assertEqual(self.igd.notify(node=self.lab.join()), [None])
        stays("no event is heard", lambda: not watch.heard("event", since=since), 0.5)
        self.assertEqual(self.igd.notify(data=b"x" * 10000), [200])
        until("the router's own", lambda: watch.heard("event", since=since))
        self.igd.notify(data=b"x" * 1000000)
        self.assertEqual(self.igd.notify(), [200])


if __name__ == "__main__":
    main(built=False)
