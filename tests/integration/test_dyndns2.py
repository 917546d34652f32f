"""A dyndns2 provider that answers well, badly, strangely or not at all."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402

# behaviour: state, class, scope
ANSWERS = {
    "badauth": ("halted", "AUTH", "account"),
    "!donator": ("halted", "PAID", "account"),
    "nohost": ("halted", "HOST", "host"),
    "notfqdn": ("halted", "HOST", "host"),
    "!yours": ("halted", "HOST", "host"),
    "abuse": ("halted", "ABUSE", "host"),
    "badagent": ("halted", "AGENT", "provider"),
    "911": ("waiting", "SERVER", None),
    "dnserr": ("waiting", "SERVER", None),
    "500": ("waiting", "SERVER", None),
    "503": ("waiting", "SERVER", None),
    "429": ("waiting", "RATE", None),
    "html": ("waiting", "FAIL", None),
    "empty": ("waiting", "FAIL", None),
    "garbage": ("waiting", "FAIL", None),
    "huge": ("waiting", "FAIL", None),
    "redirect": ("waiting", "FAIL", None),
    "reset": ("waiting", "NO_ANSWER", None),
    "close": ("waiting", "NO_ANSWER", None),
    "hang": ("waiting", "NO_ANSWER", None),
    "drip": ("waiting", "NO_ANSWER", None),
}
SLOW = ("hang", "drip")


class Answers(LabTest):
    def setUp(self):
        super().setUp()
        self.lab.provider.behaviour = "good"
        self.lab.provider.of_host.clear()
        self.lab.provider.updates.clear()

    def test_good(self):
        made = self.start()
        host = self.add_free(made, "good.free.example")
        self.assert_proven(made, host)
        self.assertEqual(self.lab.lookup("good.free.example"), [self.lab.address])
        update, = self.lab.provider.of("good.free.example")
        self.assertTrue(update.request.tls)
        self.assertIn("@", update.request.headers["user-agent"])

    def test_nochg(self):
        self.lab.provider.records["nochg.free.example", "A"] = self.lab.address
        self.lab.set_record("nochg.free.example", self.lab.address)
        made = self.start()
        record = self.assert_proven(made, self.add_free(made, "nochg.free.example"))
        self.assertEqual(record["acknowledged"], self.lab.address)

    def test_wrong_password(self):
        made = self.start()
        host = self.add_free(made, password="not this one")
        self.assert_state(made, host, "halted", "AUTH", "account")
        self.assertNotIn("not this one", made.log())

    def check(self, behaviour):
        state, result, scope = ANSWERS[behaviour]
        name = behaviour.strip("!") + ".free.example"
        self.lab.provider.of_host[name] = behaviour
        made = self.start()
        host = self.add_free(made, name)
        record = self.assert_state(made, host, state, result, scope, seconds=60 if behaviour in SLOW else 15)
        self.assertIsNone(record["acknowledged"])
        if state == "waiting":
            self.assertIsNotNone(record["until"], record)
        return made, host, name

    def test_halts_survive_a_restart_and_a_change(self):
        for behaviour in ("badauth", "abuse", "nohost", "badagent"):
            with self.subTest(behaviour):
                made, host, name = self.check(behaviour)
                self.assertEqual(made.stop(), 0)
                self.lab.change4()
                asked = len(self.lab.provider.of(name))
                made.start()
                self.assert_state(made, host, "halted", ANSWERS[behaviour][1], ANSWERS[behaviour][2])
                made.record_until(host, "the new address is wanted",
                                  lambda each: each["desired"] == self.lab.address)
                self.assertEqual(len(self.lab.provider.of(name)), asked)
                self.lab.provider.of_host.clear()
                made.call("Resume", host=host)
                self.assert_state(made, host, "current")

    def test_waiting_survives_a_restart(self):
        made, host, name = self.check("911")
        until = made.record(host)["until"]
        made.kill()
        asked = len(self.lab.provider.of(name))
        made.start()
        record = self.assert_state(made, host, "waiting", "SERVER")
        self.assertEqual(record["until"], until)
        self.assertGreater(until - record["acknowledged_at"] if record["acknowledged_at"] else until, 0)
        self.assertEqual(len(self.lab.provider.of(name)), asked)

    def test_a_refused_host_does_not_stop_the_other(self):
        self.lab.provider.of_host["bad.free.example"] = "nohost"
        made = self.start()
        account = self.lab.dyndns2_account(made)
        bad, good = (made.call("AddHost", account=account, name=f"{name}.free.example", ipv4=True, ipv6=False)["host"]
                     for name in ("bad", "fine"))
        self.assert_state(made, bad, "halted", "HOST", "host")
        self.assert_state(made, good, "current")

    def test_token_bucket(self):
        made = self.start()
        host = self.add_free(made, "bucket.free.example")
        self.assert_state(made, host, "current")
        for _ in range(2):
            _, address = self.lab.change4()
            made.record_until(host, "a new address goes out at once", lambda each: each["acknowledged"] == address)
        self.lab.change4()
        record = self.assert_state(made, host, "held")
        self.assertIsNotNone(record["until"])
        self.assertEqual(len(self.lab.provider.of("bucket.free.example")), 3)

    def test_no_redirect_leaks_the_secret(self):
        made, _, name = self.check("redirect")
        self.assertEqual(len(self.lab.provider.of(name)), 1)

    def test_plain_http_needs_to_be_asked_for(self):
        """Either the form refuses it with a reason, or nothing but that address is ever used."""
        self.lab.provider.of_host.clear()
        made = self.start()
        try:
            host = self.add_free(made, "plain.free.example", url="http://members.example")
        except Exception as error:
            self.assertIn("Invalid", str(error))
            return
        self.assert_state(made, host, "current")


def _add(behaviour):
    def test(self):
        self.check(behaviour)
    name = behaviour.strip("!")
    setattr(Answers, f"test_answer_{name}", test)


for each in ANSWERS:
    _add(each)

if __name__ == "__main__":
    main()
