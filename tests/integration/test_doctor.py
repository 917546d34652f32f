"""What the doctor finds in the lab, and that it asks nobody while all is well."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.service import binary  # noqa: E402

_OF_THE_MACHINE = {"sleeps"}  # what the machine that runs the tests adds by itself


class DoctorTest(LabTest):
    def keep(self, ipv6=False, **wishes):
        """A service that keeps a name."""
        made = self.start()
        self.add_own(made, ipv6=ipv6, **wishes)
        made.verdict_known = lambda: self.until("the address is known", lambda: made.verdict().get("address"))
        return made

    @staticmethod
    def diagnose(made):
        return {each["code"]: each for each in made.call("Diagnose")["findings"] if each["code"] not in _OF_THE_MACHINE}

    @staticmethod
    def told(made):
        return {each["code"]: each for each in made.status()["findings"] if each["code"] not in _OF_THE_MACHINE}

    def until_found(self, made, code, seconds=60):
        return self.until(f"{code} is told", lambda: self.told(made).get(code), seconds, 0.2)

    def until_over(self, made, code, seconds=60):
        self.until(f"{code} is over", lambda: code not in self.told(made), seconds, 0.2)


class OnTheLine(DoctorTest):
    def test_nothing(self):
        self.lab.probe.requests.clear()
        made = self.keep()
        made.verdict_known()
        self.assertEqual(self.told(made), {})
        self.assertEqual(self.lab.probe.requests, [])
        self.assertEqual(self.diagnose(made), {})
        self.assertNotEqual(self.lab.probe.requests, [])

    def test_no_ipv6(self):
        made = self.keep(ipv6=True)
        found = self.diagnose(made)["no_ipv6"]
        self.assertEqual((found["weight"], found["family"]), ("note", "ipv6"))
        self.assertIn("home.dyn.example", found["sentence"])
        self.lab.change6()
        self.until_over(made, "no_ipv6")

    def test_clock(self):
        self.addCleanup(self.lab.clocks_wrong, 0)
        self.lab.clocks_wrong(7200)
        made = self.start()
        self.add_free(made)
        found = self.until_found(made, "clock_wrong")
        self.assertEqual(found["values"]["by"], "2 h 0 min")

    def test_vpn(self):
        made = self.keep()
        made.verdict_known()
        self.addCleanup(self.lab.vpn.down)
        self.lab.vpn.up("rules")
        found = self.until_found(made, "vpn")
        self.assertEqual(found["values"], {"vpn": "wg0"})
        self.lab.vpn.down()
        self.until_over(made, "vpn")

    def test_no_network(self):
        made = self.keep()
        made.verdict_known()
        self.addCleanup(self.lab.plug)
        self.lab.unplug()
        self.assertEqual(self.until_found(made, "no_network")["weight"], "trouble")
        self.lab.plug()
        self.until_over(made, "no_network")


    def test_end(self):
        made = self.keep()
        made.verdict_known()
        self.addCleanup(self.lab.plug)
        self.lab.unplug()
        self.stays("a moment without a network is no news", lambda: not self.told(made), 2)
        self.assertIsNone(made.verdict().get("address"))
        made.stop()
        self.assertNotIn("not connected to any network", made.log())


class BehindARouter(DoctorTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="false")

    def setUp(self):
        super().setUp()
        self.lab.router.falsehood.address = self.lab.address
        self.made = self.keep()
        self.made.verdict_known()

    def test_cgnat(self):
        self.lab.router.falsehood.address = "100.64.9.9"
        self.lab.router.falsehood.announce()
        found = self.until("it is told", lambda: self.diagnose(self.made).get("cgnat"))
        self.assertEqual(found["values"], {"address": "100.64.9.9"})
        self.lab.router.falsehood.address = self.lab.address
        self.lab.router.falsehood.announce()
        self.until_over(self.made, "cgnat")

    def test_double_nat(self):
        self.lab.router.falsehood.address = "192.168.178.20"
        self.lab.router.falsehood.announce()
        found = self.until("it is told", lambda: self.diagnose(self.made).get("double_nat"))
        self.assertIn("192.168.178.20", found["sentence"])

    def test_lies(self):
        self.lab.router.falsehood.address = "11.88.0.1"
        found = self.until("it is told", lambda: self.diagnose(self.made).get("router_lies"))
        self.assertEqual(found["values"], {"router_says": "11.88.0.1", "internet_sees": self.lab.public})


class BehindARouterWithNothingToTell(DoctorTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="announcing", upnp=False)

    def test_healthy(self):
        made = self.keep()
        made.verdict_known()
        self.assertEqual(self.diagnose(made), {})


class BehindARouterThatIsNotHeard(DoctorTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="polled")

    def test_hidden(self):
        made = self.keep()
        made.verdict_known()
        found = self.until("it is told", lambda: self.diagnose(made).get("router_events_hidden"))
        self.assertEqual(found["weight"], "note")


class BehindASilentRouter(DoctorTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="silent")

    def setUp(self):
        super().setUp()
        self.lab.probe.requests.clear()
        self.made = self.keep()
        self.made.verdict_known()

    def test_idle(self):
        self.assertEqual(self.until_found(self.made, "router_silent")["weight"], "note")
        self.assertEqual(set(self.told(self.made)), {"router_silent"})
        self.assertEqual(self.lab.probe.requests, [])

    def test_portal(self):
        for behaviour in ("redirect", "page"):
            self.lab.portal.behaviour = behaviour
            self.lab.portal.close()
            self.assertEqual(self.diagnose(self.made)["captive_portal"]["weight"], "trouble")
            self.lab.portal.sign_in()
            self.until_over(self.made, "captive_portal")
            self.until("the address is known", lambda: self.made.verdict()["address"])

    def test_names(self):
        self.addCleanup(self.lab.dns_outage, False)
        self.lab.dns_outage()
        found = self.diagnose(self.made)["dns_broken"]
        self.assertEqual(found["values"], {"server": "11.99.0.9"})
        self.lab.dns_outage(False)
        self.until_over(self.made, "dns_broken")

    def test_outage(self):
        self.addCleanup(self.lab.outage, False)
        self.lab.outage()
        self.until("it is told", lambda: self.diagnose(self.made).get("offline"))
        self.lab.outage(False)
        self.until_over(self.made, "offline")

    def test_log(self):
        self.lab.portal.close()
        self.diagnose(self.made)
        self.lab.portal.sign_in()
        self.until_over(self.made, "captive_portal")
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
