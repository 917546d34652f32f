"""Behind a router: what outside operators say, and whether they are believed."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402

NAME = "home.dyn.example"
LIE = "11.22.33.99"


class Outside(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(nat=True)

    def setUp(self):
        super().setUp()
        self.everybody("plain")

    def everybody(self, behaviour):
        for echo in self.lab.echoes:
            echo.behaviour = behaviour
            echo.requests.clear()

    def reason(self, made, *reasons, seconds=30):
        return self.until(f"the verdict is {' or '.join(reasons)}",
                          lambda: (lambda found: found if found["reason"] in reasons else None)(made.verdict()),
                          seconds, 0.05)

    def test_two_agree(self):
        made = self.start()
        host = self.add_own(made)
        self.assert_proven(made, host)
        verdict = made.verdict()
        self.assertEqual((verdict["reason"], verdict["address"]), ("agreed", self.lab.address))
        self.assertGreaterEqual(len({source["organisation"] for source in verdict["sources"]
                                     if source["address"] == self.lab.address}), 2)

    def test_not_more_are_asked_than_needed(self):
        made = self.start()
        self.assert_proven(made, self.add_own(made))
        self.assertLessEqual(sum(len(echo.requests) for echo in self.lab.echoes), 3)

    def test_nobody_is_asked_without_a_host(self):
        made = self.start()
        self.reason(made, "asking", "silent", "one_witness", "no_address", "no_route")
        self.assertEqual([echo.requests for echo in self.lab.echoes if echo.requests], [])

    def test_disagreement(self):
        for number, echo in enumerate(self.lab.echoes):
            echo.behaviour = f"11.22.33.{200 + number}"
        since = time.time_ns()
        made = self.start()
        host = self.add_own(made)
        verdict = self.reason(made, "disagreed")
        said = {source["address"] for source in verdict["sources"] if source["address"]}
        self.assertGreaterEqual(len(said), 2, verdict)
        self.assert_state(made, host, "no_address")
        self.assertEqual(self.lab.capture.updates(since), [])

    def test_a_lonely_liar_is_never_published(self):
        for liar in self.lab.echoes[:4]:
            with self.subTest(liar.identity):
                self.everybody("plain")
                liar.behaviour = LIE
                since = time.time_ns()
                made = self.start()
                self.add_own(made, f"{liar.identity}.dyn.example")
                self.reason(made, "agreed", "disagreed")
                self.assertEqual(self.lab.capture.updates(since, LIE), [])
                made.stop()

    def nothing_is_sent(self, behaviour, *reasons):
        self.everybody(behaviour)
        since = time.time_ns()
        made = self.start()
        host = self.add_own(made)
        verdict = self.reason(made, *reasons)
        self.assertIsNone(verdict["address"])
        self.assert_state(made, host, "no_address")
        self.assertEqual(self.lab.capture.updates(since), [])
        return verdict

    def test_special_addresses(self):
        for address in ("192.168.77.5", "100.64.9.9", "127.0.0.1", "0.0.0.0", "224.0.0.5", "255.255.255.255",
                        "203.0.113.7", "10.1.2.3"):
            with self.subTest(address):
                self.nothing_is_sent(address, "special", "silent", "one_witness")

    def test_nonsense(self):
        for behaviour in ("portal", "html", "two", "empty", "huge", "500", "reset", "close", "11.22.33.999",
                          "2a0e:11::1"):
            with self.subTest(behaviour):
                verdict = self.nothing_is_sent(behaviour, "silent")
                self.assertTrue(all(source["failure"] for source in verdict["sources"]
                                    if source["organisation"] != "this computer"), verdict)

    def test_hanging_operators(self):
        self.nothing_is_sent("hang", "asking")

    def test_one_witness(self):
        for echo in self.lab.echoes[1:]:
            echo.behaviour = "reset"
        since = time.time_ns()
        made = self.start()
        self.add_own(made)
        self.reason(made, "one_witness")
        self.assertEqual(self.lab.capture.updates(since), [])

    def test_old_record_stays_when_sources_disagree(self):
        made = self.start()
        host = self.add_own(made, "stays.dyn.example")
        self.assert_proven(made, host)
        before = self.lab.address
        for number, echo in enumerate(self.lab.echoes):
            echo.behaviour = f"11.22.33.{200 + number}"
        made.call("UpdateNow")
        self.reason(made, "disagreed")
        self.assertEqual(self.lab.lookup("stays.dyn.example"), [before])

    def test_update_now_looks_again(self):
        made = self.start()
        host = self.add_own(made)
        self.assert_proven(made, host)
        _, address = self.lab.change4()
        made.call("UpdateNow")
        made.record_until(host, "the new address is found", lambda each: each["acknowledged"] == address, seconds=30)


class SafetyPoll(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(nat=True)

    def is_quiet(self):
        return time.time_ns() - max(request.at for echo in self.lab.echoes for request in echo.requests) > 5 * 10**9

    def test_a_silent_router_changes_its_address(self):
        made = self.start()
        host = self.add_own(made)
        self.assert_proven(made, host)
        self.until("nobody asks any more", self.is_quiet, 60, 0.1)
        asked, address = self.lab.change4()
        made.record_until(host, "the poll finds the new address", lambda each: each["acknowledged"] == address,
                          seconds=200)
        names = [echo.identity for echo in self.lab.echoes for request in echo.requests if request.at > asked]
        self.assertGreaterEqual(len(set(names)), 2)


if __name__ == "__main__":
    main()
