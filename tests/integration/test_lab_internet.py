"""The lab's internet: operators over HTTP and DNS, right or not; a captive portal; outages of DNS; clocks."""
import email.utils
import os
import sys
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import dns, dns_echo, nonsense  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import NS1, RESOLVER, Lab  # noqa: E402
from lab.visitor import fetch, mistrusts  # noqa: E402

ENDLESS = ("hang", "drip")


class Operators(LabTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent")

    def setUp(self):
        super().setUp()
        self.echo = self.lab.echoes[0]
        self.echo.behaviour = self.echo.dns.behaviour = "plain"

    def get(self):
        return fetch(self.lab.home, f"https://v4.{self.echo.name}/", 5)

    def ask(self, name=None, kind="A", class_=dns.CLASS_IN, seconds=2.0):
        return dns.lookup(self.lab.home, self.echo.address, name or self.echo.dns.host, kind, seconds, class_)

    def test_what_is_right(self):
        own = self.lab.address
        self.assertEqual(self.get(), (200, own + "\n"))
        self.assertEqual(self.ask(), [own])
        self.assertEqual(self.ask(self.echo.dns.text_host, "TXT"), [own])
        self.assertEqual(self.ask("whoami.cloudflare", "TXT", dns.CLASS_CHAOS), [own])
        self.assertEqual(self.ask(kind="AAAA"), [])

    def test_the_own_address_in_another_form(self):
        for kind in ("page", "json", "first"):
            with self.subTest(kind):
                self.echo.behaviour = kind
                self.assertIn(self.lab.address, self.get()[1])
                self.assertNotEqual(self.get()[1].strip(), self.lab.address)

    def test_nonsense(self):
        for kind in nonsense.KINDS:
            if kind in ("page", "json", "first", *ENDLESS):
                continue
            with self.subTest(kind):
                self.echo.behaviour = kind
                status, body = self.get() or (0, "")
                self.assertNotIn(self.lab.address, body)
                self.assertNotEqual((status, body), (200, self.lab.address + "\n"))

    def test_no_end(self):
        for kind in ENDLESS:
            with self.subTest(kind):
                self.echo.behaviour = kind
                before = time.monotonic()
                self.assertFalse((fetch(self.lab.home, f"http://{self.echo.address}/", 0.3) or (0, ""))[1])
                self.assertGreaterEqual(time.monotonic() - before, 0.25)

    def test_nonsense_over_dns(self):
        for kind in dns_echo.KINDS:
            with self.subTest(kind):
                self.echo.dns.behaviour = kind
                try:
                    self.assertNotEqual(self.ask(seconds=0.1), [self.lab.address])
                except (OSError, IndexError, ValueError, dns.struct.error):
                    pass  # no answer, or none that can be read

    def test_any_address(self):
        self.echo.behaviour = self.echo.dns.behaviour = nonsense.LIE
        self.assertEqual(self.get(), (200, nonsense.LIE + "\n"))
        self.assertEqual(self.ask(), [nonsense.LIE])

    def test_probe(self):
        self.assertEqual(fetch(self.lab.home, "http://probe.example/generate_204"), (204, ""))
        self.assertEqual(fetch(self.lab.home, "http://probe.example/"), (200, "success\n"))

    def test_clocks(self):
        for shift in (86400, -86400):
            self.lab.clocks_wrong(shift)
            with self.lab.home, urllib.request.urlopen(f"http://{self.echo.address}/", timeout=5) as answer:
                told = email.utils.parsedate_to_datetime(answer.headers["Date"]).timestamp()
            self.assertLess(abs(told - time.time() - shift), 600)
        self.lab.clocks_wrong(0)

    def test_outage_of_dns(self):
        self.lab.dns_outage()
        with self.assertRaises(TimeoutError):
            dns.lookup(self.lab.home, RESOLVER, "probe.example", seconds=0.2)
        self.assertEqual(dns.lookup(self.lab.home, NS1, "probe.example"), ["11.99.0.95"])
        self.lab.dns_outage(servers=None)
        with self.assertRaises(TimeoutError):
            dns.lookup(self.lab.home, NS1, "probe.example", seconds=0.2)
        self.lab.dns_outage(False)
        self.assertEqual(dns.lookup(self.lab.home, RESOLVER, "probe.example"), ["11.99.0.95"])


class Portal(LabTest):
    def portal(self):
        self.lab.portal.close()
        status, body = fetch(self.lab.home, "http://probe.example/generate_204")
        self.assertEqual(status, 200)
        self.assertIn("log in", body)
        self.assertTrue(mistrusts(self.lab.home, "https://members.example/"))
        self.assertEqual(dns.lookup(self.lab.home, NS1, "members.example"), [self.lab.portal.address])
        self.lab.portal.sign_in()
        self.until("the way is free", lambda: fetch(self.lab.home, "http://probe.example/generate_204", 1) == (204, ""),
                   20)
        self.until("nobody is in between", lambda: fetch(self.lab.home, "https://members.example/", 1), 20)


class PortalOfTheRouter(Portal):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent")

    def test_portal(self):
        self.portal()


class PortalOfTheProvider(Portal):
    def test_portal(self):
        self.portal()


if __name__ == "__main__":
    main()
