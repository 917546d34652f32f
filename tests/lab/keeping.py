"""A name that is kept right whatever happens to the home: what scenarios of the whole service share."""
import time

from .case import LabTest
from .lab import Lab
from .visitor import addresses6

DNS = {"heidi": "address", "ivory": "TXT"}
_MACHINE = {"sleeps"}  # what the computer that runs the tests adds by itself


class KeepingTest(LabTest):
    """Every address that the line has had is ours; a test fails at its end when anything else was ever published."""

    options = {"router": "announcing"}

    @classmethod
    def make_lab(cls):
        return Lab(**cls.options)

    def setUp(self):
        super().setUp()
        self.ours = {self.lab.public}
        self._kept = []
        self.addCleanup(self.back_to_normal)

    def back_to_normal(self):
        """What a test leaves behind when it fails."""

    def keep(self, name="home.dyn.example", made=None, **wishes):
        """A name of the lab's own name server, kept by a service that asks some operators over DNS, too."""
        made = made or self.start(dns=DNS)
        wishes = {"ipv4": True, "ipv6": False, **wishes}
        host = made.call("AddHost", account=self.lab.rfc2136_account(made), name=name, **wishes)["host"]
        self._kept.append((made, host))
        return made, host

    def change(self, address=None):
        """The line's address becomes another one; (instant, address)."""
        self.ours.add(self.lab.public)
        at, address = self.lab.change4(address)
        self.ours.add(self.lab.public)
        return at, address

    def holds(self, made, host, address=None, family="ipv4", seconds=30.0):
        """The name servers hold the address (the line's), and the service has proven it."""
        wanted = address or (self.lab.public if family == "ipv4" else self.lab.address6)
        self.ours.add(wanted)
        record = made.record_until(host, f"{wanted} is kept and proven", lambda each: each["acknowledged"] == wanted
                                   and each["state"] == "current" and each["proof"]["status"] == "proven",
                                   family, seconds)
        self.assertEqual(self.lab.lookup(made.host(host)["name"], "A" if family == "ipv4" else "AAAA"), [wanted])
        return record

    def settled(self, made):
        """The router is known, and nobody is asked any more."""
        self.router_says(made, self.lab.address)
        self.quiet()

    def quiet(self, seconds=2.0):
        """Waits until the outside was not asked for so long."""
        def rests():
            last = max((each.at for each in self.asked()), default=0)
            return time.time_ns() - last > seconds * 1e9

        self.until("nobody outside is asked any more", rests, 60, 0.1)

    def asked(self, since=0):
        """Questions that operators outside got since then."""
        return [request for echo in self.lab.echoes for request in (*echo.requests, *echo.dns.requests)
                if request.at > since]

    @staticmethod
    def sent(made, host=None):
        """The addresses that were sent, newest first."""
        return [each["address"] for each in made.history(host=host, limit=1000) if each["kind"] == "sent"]

    def _end(self, made):
        try:
            self.nothing_wrong()
        finally:
            super()._end(made)

    def nothing_wrong(self):
        """Of the services that still run: those that a test ends itself are to be asked before."""
        for made, host in self._kept:
            if made.process is not None and made.process.poll() is None:
                self.assertEqual(set(self.sent(made, host)) - self.ours, set(), "published, and never the home's")

    # what people are told

    def verdict_until(self, made, reason, address=None, family="ipv4", seconds=30.0):
        def met():
            verdict = made.verdict(family)
            return verdict if (verdict["reason"], verdict["address"]) == (reason, address) else None

        return self.until(f"the verdict is {reason} {address or ''}", met, seconds, 0.02)

    @staticmethod
    def word_of(made, source="gateway"):
        """What a source said last of IPv4; None: it does not count, or said nothing."""
        return next((each for each in made.verdict()["sources"] if each["name"] == source), {}).get("address")

    def router_says(self, made, address, seconds=30.0):
        self.until(f"the router says {address}", lambda: self.word_of(made) == address, seconds, 0.02)

    @staticmethod
    def findings(made):
        return {each["code"]: each for each in made.status()["findings"] if each["code"] not in _MACHINE}

    @staticmethod
    def diagnose(made):
        """What a person hears who asks for it."""
        return {each["code"]: each for each in made.call("Diagnose")["findings"] if each["code"] not in _MACHINE}

    def found(self, made, code, seconds=100.0):
        """Told to whoever looks; some findings have to last for a minute first."""
        return self.until(f"{code} is told", lambda: self.findings(made).get(code), seconds, 0.1)

    def diagnosed(self, made, code, seconds=60.0):
        """Told to a person who asks for it, without delay."""
        return self.until(f"{code} is found", lambda: self.diagnose(made).get(code), seconds, 0.1)

    def over(self, made, code, seconds=60.0):
        self.until(f"{code} is over", lambda: code not in self.findings(made), seconds, 0.1)

    # IPv6

    def usable6(self):
        """Waits until the home has its stable address of the present prefix; returns it."""
        self.until("the stable address", lambda: self.lab.address6 in addresses6(self.lab.home), 30)
        self.ours.add(self.lab.address6)
        return self.lab.address6
