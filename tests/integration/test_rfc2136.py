"""Updates to a real name server: every answer it has, every algorithm, both transports."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import dns  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import NS1, SILENT, Lab  # noqa: E402
from lab.responder import Responder  # noqa: E402

ALGORITHMS = ("hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512")
LATE = "11.99.0.55"
LIAR = "11.99.0.56"


class Answers(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(keys=[dns.Key("key-" + algorithm, algorithm) for algorithm in ALGORITHMS])

    def refused(self, made, host, result, scope):
        """Halted, and not asked again when the address changes."""
        self.assert_state(made, host, "halted", result, scope)
        asked, address = self.lab.change4()
        made.record_until(host, "the new address is wanted", lambda each: each["desired"] == address)
        self.assert_state(made, host, "halted", result, scope)
        self.assertEqual(self.lab.capture.updates(asked), [])

    def test_new_name(self):
        made = self.start()
        host = self.add_own(made, "new.dyn.example")
        record = self.assert_proven(made, host)
        self.assertEqual(record["acknowledged"], self.lab.address)
        self.assertEqual(self.lab.lookup("new.dyn.example"), [self.lab.address])

    def test_follows_changes(self):
        made = self.start()
        host = self.add_own(made, "follows.dyn.example")
        self.assert_proven(made, host)
        for _ in range(5):
            asked, address = self.lab.change4()
            self.assertIsNotNone(self.lab.capture.update(address, asked))
            made.record_until(host, "the new address is acknowledged",
                              lambda each: each["acknowledged"] == address)
            self.assertEqual(self.lab.lookup("follows.dyn.example"), [address])

    def test_record_that_is_there_already(self):
        self.lab.set_record("same.dyn.example", self.lab.address)
        made = self.start()
        host = self.add_own(made, "same.dyn.example")
        self.assert_proven(made, host)

    def test_other_records_are_replaced(self):
        self.lab.set_record("two.dyn.example", "11.1.1.1", "11.1.1.2")
        made = self.start()
        self.assert_proven(made, self.add_own(made, "two.dyn.example"))
        self.assertEqual(self.lab.lookup("two.dyn.example"), [self.lab.address])

    def test_unknown_key(self):
        made = self.start()
        self.refused(made, self.add_own(made, key=dns.Key("nobody-knows")), "AUTH", "account")

    def test_no_key(self):
        made = self.start()
        account = self.lab.unsigned_account(made)
        host = made.call("AddHost", account=account, name="nokey.dyn.example", ipv4=True, ipv6=False)["host"]
        self.refused(made, host, "AUTH", "account")

    def test_wrong_secret(self):
        made = self.start()
        self.refused(made, self.add_own(made, key=dns.Key(self.lab.key.name)), "AUTH", "account")

    def test_name_not_allowed(self):
        made = self.start()
        host = self.add_own(made, "locked.dyn.example")
        self.assert_state(made, host, "halted", "AUTH")

    def test_zone_not_served(self):
        made = self.start()
        self.refused(made, self.add_own(made, "a.elsewhere.example", zone="elsewhere.example"), "HOST", "host")

    def test_clock_is_wrong(self):
        self.lab.late_server(LATE, 3600)
        made = self.start()
        record = self.assert_state(made, self.add_own(made, server=LATE), "waiting", "CLOCK")
        self.assertIsNotNone(record["until"])

    def test_new_secret_ends_the_halt(self):
        made = self.start()
        account = self.lab.rfc2136_account(made, key=dns.Key(self.lab.key.name))
        host = made.call("AddHost", account=account, name="again.dyn.example", ipv4=True, ipv6=False)["host"]
        self.assert_state(made, host, "halted", "AUTH")
        made.call("SetSecret", account=account, field="secret", secret=self.lab.key.secret)
        self.assert_proven(made, host)

    def test_algorithms(self):
        made = self.start()
        hosts = [self.add_own(made, f"{key.algorithm}.dyn.example", key=key) for key in self.lab.more_keys]
        for host in hosts:
            self.assert_proven(made, host)

    def test_tcp(self):
        made = self.start()
        self.assert_proven(made, self.add_own(made, "tcp.dyn.example", transport="tcp"))

    def test_unsigned_success_is_no_success(self):
        self.lab.more_server(LIAR)
        liar = Responder(self.lab.inet, LIAR)
        made = self.start()
        host = self.add_own(made, "liar.dyn.example", server=LIAR)
        self.until("the liar was asked", lambda: liar.asked, 30)
        record = made.record_until(host, "the update ended", lambda each: each["state"] != "updating", seconds=40)
        self.assertIn(record["state"], ("waiting", "halted"), record)
        self.assertIsNone(record["acknowledged"])

    def test_silent_server(self):
        made = self.start()
        host = self.add_own(made, "silent.dyn.example", server=SILENT)
        self.assert_state(made, host, "waiting", "NO_ANSWER", seconds=60)

    def test_server_comes_back(self):
        made = self.start()
        host = self.add_own(made, "back.dyn.example")
        self.assert_proven(made, host)
        self.lab.named.stop()
        try:
            self.lab.change4()
            self.assert_state(made, host, "waiting", "NO_ANSWER", seconds=60)
        finally:
            self.lab.named.start()
        _, address = self.lab.change4()
        made.record_until(host, "the update arrives", lambda each: each["acknowledged"] == address)
        self.assertEqual(self.lab.lookup("back.dyn.example", server=NS1), [address])


if __name__ == "__main__":
    main()
