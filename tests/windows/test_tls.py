"""Certificates, as the service's HTTP room looks at them with Schannel.

Wine's Schannel verifies only when libcurl is given a file of authorities (CURLOPT_CAINFO), so the probe gives one. The
service leaves the authorities to Windows, which is on the checklist. Wine speaks TLS 1.2 at most.
"""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import wine  # noqa: E402
from lab.node import Node  # noqa: E402
from lab.tls import Authority  # noqa: E402
from lab.web import WebServer  # noqa: E402

NAMES = {"right.example": "127.0.0.2", "other-name.example": "127.0.0.3", "other-authority.example": "127.0.0.4"}
PROBE = os.environ["WAYHOME_WINDOWS_BUILD"] + "/tests/windows/https-probe.exe"


class Certificates(unittest.TestCase):
    def setUp(self):
        node = Node("home")
        ours, theirs = (Authority(f"{wine.RUN}/{name}") for name in ("ours", "theirs"))
        self.ours, self.theirs = ours.certificate, theirs.certificate
        with open("/etc/hosts", "a") as hosts:
            hosts.write("".join(f"{address} {name}\n" for name, address in NAMES.items()))
        self.asked = []
        for name, context in (("right.example", ours.context("right.example")),
                              ("other-name.example", ours.context("elsewhere.example")),
                              ("other-authority.example", theirs.context("other-authority.example"))):
            WebServer(node, [NAMES[name]], self.answer, 443, context)
        self.prefix = wine.Prefix(TEMPLATE, [os.environ["WAYHOME_SYSROOT"] + "/bin"], node)
        self.addCleanup(self.prefix.end)

    def answer(self, request, reply):
        self.asked.append(request.host)
        reply.send("good")

    def probe(self, authority):
        done = self.prefix.run(PROBE, wine.windows_path(authority), *(f"https://{name}/" for name in NAMES))
        self.assertEqual(done.code, 0, done.err)
        return done.out.split("\n")[:-1]

    def test_certificates(self):
        self.assertEqual(self.probe(self.ours), ["https://right.example/ answers 200",
                                                 "https://other-name.example/ is not trusted",
                                                 "https://other-authority.example/ is not trusted"])
        self.assertEqual(self.asked, ["right.example"])

    def test_another_authority(self):
        self.assertEqual(self.probe(self.theirs)[::2], ["https://right.example/ is not trusted",
                                                        "https://other-authority.example/ answers 200"])


if __name__ == "__main__":
    TEMPLATE = wine.enter_or_skip()
    unittest.main(verbosity=2, warnings="ignore")
