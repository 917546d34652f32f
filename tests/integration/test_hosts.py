"""Names that are local, kept on one network only, or withheld while nobody can come in."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.addresses import LAN  # noqa: E402
from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402


class HostsTest(KeepingTest):
    def left_alone(self, made, host, why):
        made.record_until(host, f"it is left alone: {why}", lambda each: each["state"] == "no_address"
                          and each.get("why") == why)


class Places(HostsTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mac = cls.lab.router.mac

    def back_to_normal(self):
        if self.lab.router.mac != self.mac:
            self.lab.move(LAN, self.mac)

    def bound(self, made, name):
        self.until("the network is known", lambda: made.status()["service"].get("network"))
        return self.keep(name, made, only_here=True)[1]

    def test_there_as_well(self):
        made = self.start()
        host = self.bound(made, "everywhere.dyn.example")
        self.holds(made, host)
        self.lab.move()
        self.left_alone(made, host, "elsewhere")
        self.change()
        self.until("the café is known", lambda: made.status()["service"].get("network"))
        made.call("EditHost", host=host, only_here=True)
        self.assertEqual(len(made.host(host)["networks"]), 2)
        self.holds(made, host)
        made.call("EditHost", host=host, only_here=False)
        self.assertIsNone(made.host(host).get("networks"))
        self.holds(made, host)

    def test_started_in_a_cafe(self):
        made = self.start()
        host = self.bound(made, "carried.dyn.example")
        self.holds(made, host)
        made.stop()
        self.lab.move()
        self.change()
        before = self.lab.lookup("carried.dyn.example")
        made.start()
        self.left_alone(made, host, "elsewhere")
        self.stays("nothing is sent", lambda: self.lab.lookup("carried.dyn.example") == before, 2)

    def test_another_home_with_the_same_addresses(self):
        made = self.start()
        host = self.bound(made, "usual.dyn.example")
        self.holds(made, host)
        before = self.sent(made, host)
        self.lab.move(LAN, "02:00:5e:00:53:99")
        self.change()
        self.left_alone(made, host, "elsewhere")
        self.assertEqual(self.sent(made, host), before)

    def test_local_name(self):
        made = self.start()
        _, host = self.keep("local.dyn.example", made, lan=True)
        self.holds(made, host, f"{LAN}.2")
        since = len(self.sent(made, host))
        self.change()
        self.stays("the line is none of its business", lambda: len(self.sent(made, host)) == since, 2)
        self.lab.move()
        self.holds(made, host, "10.4.0.2")


class Unreachable(HostsTest):
    def back_to_normal(self):
        self.lab.cgnat(False)

    def test_withheld(self):
        made = self.start()
        _, withheld = self.keep("withheld.dyn.example", made, withhold_unreachable=True)
        _, plain = self.keep("plain.dyn.example", made)
        self.holds(made, withheld)
        before = self.lab.public
        self.lab.cgnat()
        self.holds(made, plain, seconds=90)
        self.left_alone(made, withheld, "unreachable")
        self.assertEqual(self.lab.lookup("withheld.dyn.example"), [before])
        self.lab.cgnat(False)
        self.holds(made, withheld, seconds=90)


if __name__ == "__main__":
    main()
