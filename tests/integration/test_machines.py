"""Other machines of the network get names: they follow its prefix, and come and go."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.addresses import CAMERA_MAC  # noqa: E402
from lab.case import main  # noqa: E402
from lab.keeping import KeepingTest  # noqa: E402
from lab.visitor import addresses6  # noqa: E402

SUFFIX = "::1234:5678:9abc:def0"


class MachinesTest(KeepingTest):
    options = {"router": "announcing", "ipv6": True}

    def setUp(self):
        super().setUp()
        self.usable6()

    def suffixed(self):
        return ":".join(self.lab.address6.split(":")[:4]) + ":1234:5678:9abc:def0"

    def grow_old(self):
        """A prefix that comes without a word about the old one is the better one when it is clearly newer."""
        began = time.monotonic()
        self.until("the old prefix is old", lambda: time.monotonic() - began > 11, 20, 0.2)

    def renumber(self, flash):
        if flash:
            self.grow_old()
        self.lab.renumber(flash)
        return self.usable6()


class Machines(MachinesTest):
    def test_suffix_follows_the_prefix(self):
        made, host = self.keep("nas.dyn.example", ipv6=True, suffix=SUFFIX)
        self.holds(made, host, self.suffixed(), "ipv6")
        for flash in (False, True, False):
            with self.subTest(flash=flash):
                self.renumber(flash)
                self.holds(made, host, self.suffixed(), "ipv6")
        self.holds(made, host)

    def test_families_are_independent(self):
        # An account that works, and a family that does not.
        made, host = self.keep("both.dyn.example", ipv6=True, suffix=SUFFIX)
        self.holds(made, host, self.suffixed(), "ipv6")
        self.holds(made, host)
        self.addCleanup(self.lab.outage, False)
        self.lab.outage(family=6)
        self.change()
        self.holds(made, host, seconds=60)
        self.renumber(False)
        self.holds(made, host, self.suffixed(), "ipv6", seconds=60)
        self.lab.outage(False)


class Camera(MachinesTest):
    def test_it_joins_later(self):
        made, host = self.keep("camera.dyn.example", ipv6=True, mac=CAMERA_MAC)
        self.holds(made, host)  # the home shares its IPv4 address
        made.record_until(host, "it was not seen", lambda each: each.get("why") == "device_unseen", "ipv6")
        self.diagnosed(made, "device_unseen")
        self.assertEqual(set(self.sent(made, host)), {self.lab.public})
        camera = self.lab.join()
        self.until("it has an address", lambda: camera.address6() in addresses6(camera), 30)
        self.holds(made, host, camera.address6(), "ipv6", seconds=60)
        self.over(made, "device_unseen")
        for _ in range(2):
            self.renumber(False)
            self.holds(made, host, camera.address6(), "ipv6", seconds=60)
        self.assertNotIn(self.lab.address6, self.sent(made, host))
        self.change()
        self.holds(made, host, seconds=60)
        since = time.time_ns()
        # It is switched off, and on: its address was right all the time.
        camera.run("ip", "link", "set", "eth0", "down")
        self.stays("the record stays", lambda: not self.lab.capture.updates(since), 3)
        camera.run("ip", "link", "set", "eth0", "up")
        self.stays("the record stays", lambda: not self.lab.capture.updates(since), 3)
        self.holds(made, host, camera.address6(), "ipv6", seconds=60)
        made.stop()
        self.renumber(False)
        made.start()
        self.holds(made, host, camera.address6(), "ipv6", seconds=60)


    def test_it_gives_an_address_up(self):
        # None of its addresses is made of its MAC, and nothing announces the new one.
        self.lab.home.sysctl("ipv4/ping_group_range", "0 2147483647")  # as systemd sets it
        camera = self.lab.join("computer", "02:00:00:00:00:77")
        prefix = ":".join(self.lab.address6.split(":")[:4])
        first, second = f"{prefix}::77", f"{prefix}::88"
        self.ours |= {first, second}
        camera.sysctl("ipv6/conf/eth0/autoconf", 0)
        camera.run("ip", "-6", "addr", "flush", "dev", "eth0", "scope", "global")
        camera.run("ip", "-6", "addr", "add", first + "/64", "dev", "eth0", "nodad")
        made, host = self.keep("computer.dyn.example", ipv4=False, ipv6=True, mac=camera.mac)
        self.holds(made, host, first, "ipv6", seconds=60)
        camera.run("ip", "-6", "addr", "add", second + "/64", "dev", "eth0", "nodad")
        camera.run("ip", "-6", "addr", "del", first + "/64", "dev", "eth0")
        # Nobody has spoken with it for a while, so the system does not know.
        self.lab.home.run("ip", "-6", "neigh", "replace", first, "lladdr", camera.mac, "dev", "eth0", "nud", "stale")
        made.call("UpdateNow")  # as the service asks by itself now and then
        self.holds(made, host, second, "ipv6", seconds=60)


class Flash(MachinesTest):
    def test_prefix_is_gone_without_a_word(self):
        camera = self.lab.join()
        self.until("it has an address", lambda: camera.address6() in addresses6(camera), 30)
        made, host = self.keep("camera.dyn.example", ipv4=False, ipv6=True, mac=camera.mac)
        self.ours.add(camera.address6())
        self.holds(made, host, camera.address6(), "ipv6", seconds=60)
        for _ in range(2):
            self.renumber(True)
            self.until("it has an address", lambda: camera.address6() in addresses6(camera), 30)
            self.ours.add(camera.address6())
            self.holds(made, host, camera.address6(), "ipv6", seconds=60)

    def test_restart_of_the_router(self):
        made, host = self.keep("home.dyn.example", ipv6=True)
        self.holds(made, host, family="ipv6")
        self.grow_old()
        self.ours.add(self.lab.public)
        self.lab.reboot()
        self.usable6()
        self.holds(made, host, family="ipv6", seconds=60)
        self.holds(made, host, seconds=60)


if __name__ == "__main__":
    main()
