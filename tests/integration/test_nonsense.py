"""Whatever operators answer, over HTTPS or DNS: nothing wrong is published."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import dns_echo, nonsense  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402

DECIDED = ("silent", "one_witness", "special", "disagreed")
PATIENT = ("hang", "drip")  # they are waited for
TEMPTING = ("private", "zero", "v6", "first", "two", "500", "hang")


def asked(lab, since):
    """The operators that got a question over HTTPS since then."""
    return [echo for echo in lab.echoes if any(request.at > since for request in echo.requests)]


class Nonsense(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent")

    def setUp(self):
        super().setUp()
        for echo in self.lab.echoes:
            echo.behaviour = echo.dns.behaviour = "plain"

    def check(self, made, *reasons):
        """Starts it; what came of it, once nobody else is to be asked."""
        since = time.time_ns()
        made.start()
        self.add_own(made)
        if reasons == ("asking",):
            self.until("two operators are asked", lambda: len(asked(self.lab, since)) >= 2, 30, 0.02)
            self.stays("nothing is published", lambda: not self.lab.capture.updates(since), 2)
        verdict = self.until(f"the verdict is one of {reasons}",
                             lambda: (lambda found: found if found["reason"] in reasons else None)(made.verdict()),
                             30, 0.02)
        self.assertEqual(self.lab.capture.updates(since), [], verdict)
        made.stop()

    def test_over_https(self):
        for kind in nonsense.KINDS:
            with self.subTest(kind):
                for echo in self.lab.echoes:
                    echo.behaviour = kind
                self.check(self.new_service(), *(("asking",) if kind in PATIENT else DECIDED))

    def few(self, kind, how):
        """One operator that is asked over HTTPS and is right, one over DNS."""
        made = self.new_service()
        witness, weak = self.lab.echoes[:2]
        weak.dns.behaviour = kind
        with open(made.config + "/outside.conf", "w") as file:
            file.write(witness.group() + weak.dns_group(how))
        return made

    def test_over_dns(self):
        for kind in dns_echo.KINDS:
            with self.subTest(kind):
                self.check(self.few(kind, "address"), "one_witness", "disagreed")

    def test_over_dns_as_text(self):
        for how in ("TXT", "CH"):
            for kind in ("private", "zero", "two", "text", "subnet", "refused", "nothing", "truncated"):
                with self.subTest(f"{how} {kind}"):
                    self.check(self.few(kind, how), "one_witness", "disagreed")

    def test_sense_over_dns(self):
        for how in ("address", "TXT", "CH"):
            with self.subTest(how):
                made = self.few("plain", how).start()
                self.assert_proven(made, self.add_own(made))
                self.assertEqual(made.verdict()["address"], self.lab.public)
                made.stop()

    def test_one_liar_over_dns(self):
        """Two others over HTTPS are right."""
        made = self.new_service(dns={"heidi": "address", "ivory": "TXT"})
        for echo in self.lab.echoes:
            echo.dns.behaviour = nonsense.LIE
        since = time.time_ns()
        made.start()
        self.assert_proven(made, self.add_own(made))
        self.assertEqual(self.lab.capture.updates(since, nonsense.LIE), [])


class Kept(LabTest):
    """Everybody outside turns to nonsense, and the router at home is honest."""

    @classmethod
    def make_lab(cls):
        return Lab(router="announcing")

    def test_nonsense_from_everybody(self):
        made = self.start()
        self.assert_proven(made, self.add_own(made))
        since = time.time_ns()
        for kind in TEMPTING:
            with self.subTest(kind):
                for echo in self.lab.echoes:
                    echo.behaviour = kind
                now = time.time_ns()
                # Whoever asks too often is not followed.
                self.until("somebody outside is asked", lambda: made.call("UpdateNow") or asked(self.lab, now), 60, 1)
        self.stays("the record is kept", lambda: self.lab.lookup("home.dyn.example") == [self.lab.public], 2)
        self.assertEqual(self.lab.capture.updates(since), [])


if __name__ == "__main__":
    main()
