"""What the doctor finds in the lab, and that it asks nobody while all is well."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.service import binary  # noqa: E402


class DoctorTest(KeepingTest):
    options = {}

    def keep(self, **wishes):
        """A service that keeps a name and knows the address."""
        made, _ = super().keep(made=self.start(), **wishes)
        self.until("the address is known", lambda: made.verdict().get("address"))
        return made


class OnTheLine(DoctorTest):
    def test_nothing(self):
        self.lab.probe.requests.clear()
        made = self.keep()
        self.assertEqual(self.findings(made), {})
        self.assertEqual(self.lab.probe.requests, [])
        self.assertEqual(self.diagnose(made), {})
        self.assertNotEqual(self.lab.probe.requests, [])

    def test_no_ipv6(self):
        made = self.keep(ipv6=True)
        found = self.diagnose(made)["no_ipv6"]
        self.assertEqual((found["weight"], found["family"]), ("note", "ipv6"))
        self.assertIn("home.dyn.example", found["sentence"])
        self.lab.change6()
        self.ours.add(self.lab.address6)
        self.over(made, "no_ipv6")

    def test_clock(self):
        self.addCleanup(self.lab.clocks_wrong, 0)
        self.lab.clocks_wrong(7200)
        made = self.start()
        self.add_free(made)
        found = self.found(made, "clock_wrong")
        self.assertEqual(found["values"]["by"], "2 h 0 min")

    def test_end(self):
        made = self.keep()
        self.addCleanup(self.lab.plug)
        self.lab.unplug()
        self.stays("a moment without a network is no news", lambda: not self.findings(made), 2)
        self.assertIsNone(made.verdict().get("address"))
        made.stop()
        self.assertNotIn("not connected to any network", made.log())


class BehindARouterWithNothingToTell(DoctorTest):
    options = {"router": "announcing", "upnp": False}

    def test_healthy(self):
        made = self.keep()
        self.assertEqual(self.diagnose(made), {})


class BehindARouterThatIsNotHeard(DoctorTest):
    options = {"router": "polled"}

    def test_hidden(self):
        made = self.keep()
        found = self.diagnosed(made, "router_events_hidden")
        self.assertEqual(found["weight"], "note")


class BehindASilentRouter(DoctorTest):
    options = {"router": "silent"}

    def setUp(self):
        super().setUp()
        self.lab.probe.requests.clear()
        self.made = self.keep()

    def test_idle(self):
        self.assertEqual(self.found(self.made, "router_silent")["weight"], "note")
        self.assertEqual(set(self.findings(self.made)), {"router_silent"})
        self.assertEqual(self.lab.probe.requests, [])

    def test_portal(self):
        for behaviour in ("redirect", "page"):
            self.lab.portal.behaviour = behaviour
            self.lab.portal.close()
            self.assertEqual(self.diagnose(self.made)["captive_portal"]["weight"], "trouble")
            self.lab.portal.sign_in()
            self.over(self.made, "captive_portal")
            self.until("the address is known", lambda: self.made.verdict()["address"])

    def test_names(self):
        self.addCleanup(self.lab.dns_outage, False)
        self.lab.dns_outage()
        found = self.diagnose(self.made)["dns_broken"]
        self.assertEqual(found["values"], {"server": "11.99.0.9"})
        self.lab.dns_outage(False)
        self.over(self.made, "dns_broken")

    def test_outage(self):
        self.addCleanup(self.lab.outage, False)
        self.lab.outage()
        self.diagnosed(self.made, "offline")
        self.lab.outage(False)
        self.over(self.made, "offline")

    def test_log(self):
        self.lab.portal.close()
        self.diagnose(self.made)
        self.lab.portal.sign_in()
        self.over(self.made, "captive_portal")
        self.until("both are in the log", lambda: self.made.log().count("This network lets nobody out") >= 2)
        self.assertIn("This is over: This network lets nobody out", self.made.log())

    def ask(self, *arguments):
        """wayhomectl doctor."""
        return subprocess.run(
            [binary("wayhomectl"), "--socket", self.made.control, "doctor", *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, env=dict(os.environ, LC_ALL="C.UTF-8"))

    def test_command_line(self):
        asked = self.ask("--check")
        self.assertEqual(asked.stderr, "")
        self.assertIn("- The router does not tell its address", asked.stdout)
        self.assertIn("-> Switch on UPnP or NAT-PMP", asked.stdout)
        self.lab.portal.close()
        try:
            asked = self.ask("--check", "--json")
            self.assertEqual(asked.returncode, 5)
            self.assertEqual(json.loads(asked.stdout)["findings"][0]["code"], "captive_portal")
        finally:
            self.lab.portal.sign_in()


if __name__ == "__main__":
    main()
