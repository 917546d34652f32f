"""Names kept right from Windows: at a dyndns2 provider over HTTPS and at real BIND, and proven by its name servers.

Wine's Schannel refuses no certificate unless libcurl is given a file of authorities (CURLOPT_CAINFO), which the service
leaves to Windows: what is shown here is that it speaks TLS, while test_tls.py gives such a file and shows that wrong
certificates are refused. That Windows' own store is asked is on the checklist.
"""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import named, sandbox, wine  # noqa: E402
from lab.lab import NS1, ZONE, Lab  # noqa: E402
from lab.provider import PASSWORD, USER  # noqa: E402
from lab.windows import Windows  # noqa: E402

OWN, FREE = "desk.dyn.example", "camera.free.example"


class Publish(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.lab.change4()
        cls.computer = Windows(TEMPLATE, cls.lab.home)
        cls.computer.create_service()
        cls.computer.start_service()

    @classmethod
    def tearDownClass(cls):
        cls.computer.end()

    def proven(self, name, address, since=None):
        return self.computer.record_until(
            name, f"{name} is proven to be {address}",
            lambda each: each["state"] == "current" and each.get("acknowledged") == address
            and each["proof"]["status"] == "proven")

    def add_own(self):
        key = self.lab.key
        account = self.computer.order("add-account", "rfc2136", f"server={NS1}", f"zone={ZONE}", f"key-name={key.name}",
                                      f"algorithm={key.algorithm}", text=key.secret + "\n")["account"]
        self.computer.order("add-host", OWN, "--account", account, "--ipv4-only")

    def add_free(self):
        account = self.computer.order("add-account", "dyndns2", "url=https://members.example", f"user={USER}",
                                      text=PASSWORD + "\n")["account"]
        self.computer.order("add-host", FREE, "--account", account, "--ipv4-only")

    def test_both(self):
        self.add_own()
        self.add_free()
        for name in (OWN, FREE):
            self.proven(name, self.lab.address)
            self.assertEqual(self.lab.lookup(name), [self.lab.address])
        first = self.lab.provider.of(FREE)[0]
        self.assertTrue(first.request.tls)
        self.assertIn("@", first.request.headers["user-agent"])

        with self.subTest("an address change travels"):
            asked, address = self.lab.change4()
            self.assertIsNotNone(self.lab.capture.update(address, asked), "no update was sent")
            self.assertIsNotNone(self.lab.provider.update(FREE, asked, address))
            for name in (OWN, FREE):
                self.proven(name, address)
                self.assertEqual(self.lab.lookup(name), [address])

        with self.subTest("killed while the line changes"):
            self.computer.lose_power()
            _, address = self.lab.change4()
            self.computer.start()
            for name in (OWN, FREE):
                self.proven(name, address)
                self.assertEqual(self.lab.lookup(name), [address])

        with self.subTest("no secret is anywhere"):
            self.assertEqual(self.computer.leaks([self.lab.key.secret]), [])


if __name__ == "__main__":
    if not named.binary():
        print("The name server has not been unpacked: tests/run and tests/demo do that.", flush=True)
        sys.exit(sandbox.SKIPPED)
    TEMPLATE = wine.enter_or_skip()
    unittest.main(verbosity=2, warnings="ignore")
