"""The line itself: links that go away, addresses that are not to be published."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import netlink  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import GATEWAY_6  # noqa: E402


class Line(LabTest):
    @property
    def link(self):
        return self.lab.home.link("eth0")

    def test_link_down_and_up_with_the_same_address(self):
        made = self.start()
        host = self.add_own(made, "same.dyn.example")
        self.assert_proven(made, host)
        since = time.time_ns()
        self.lab.home.change(netlink.link_state(self.link, False))
        self.until("there is no route", lambda: made.verdict()["reason"] == "no_route", 30)
        self.lab.home.change(netlink.link_state(self.link, True),
                             netlink.default_route(self.link, self.lab.address.rsplit(".", 1)[0] + ".1"))
        self.until("the address is back", lambda: made.verdict()["address"] == self.lab.address, 30)
        self.assert_state(made, host, "current")
        self.assertEqual(self.lab.capture.updates(since), [])

    def test_link_comes_back_with_another_address(self):
        made = self.start()
        host = self.add_own(made, "other.dyn.example")
        self.assert_proven(made, host)
        self.lab.home.change(netlink.link_state(self.link, False))
        self.until("there is no route", lambda: made.verdict()["reason"] == "no_route", 30)
        self.lab.home.change(netlink.link_state(self.link, True))
        asked, address = self.lab.change4()
        self.assertIsNotNone(self.lab.capture.update(address, asked))
        self.assert_proven(made, host)

    def test_no_address_keeps_the_record(self):
        made = self.start()
        host = self.add_own(made, "kept.dyn.example")
        self.assert_proven(made, host)
        before = self.lab.address
        since = self.lab.lose4()
        self.assert_state(made, host, "no_address")
        self.assertEqual(self.lab.lookup("kept.dyn.example"), [before])
        self.assertEqual(self.lab.capture.updates(since), [])
        _, address = self.lab.change4()
        made.record_until(host, "the new address goes out", lambda each: each["acknowledged"] == address)

    def test_start_without_a_line(self):
        self.lab.lose4()
        made = self.start()
        host = self.add_own(made, "later.dyn.example")
        self.assert_state(made, host, "no_address")
        self.lab.change4()
        self.assert_proven(made, host)

    def test_burst_of_changes(self):
        made = self.start()
        host = self.add_own(made, "burst.dyn.example")
        self.assert_proven(made, host)
        for _ in range(30):
            self.lab.change4()
        made.record_until(host, "the last one stays", lambda each: each["state"] == "current"
                          and each["acknowledged"] == self.lab.address and each["proof"]["status"] == "proven")
        self.assertEqual(self.lab.lookup("burst.dyn.example"), [self.lab.address])


class Line6(LabTest):
    @property
    def link(self):
        return self.lab.home.link("eth0")

    def add6(self, made, name):
        account = self.lab.rfc2136_account(made)
        return made.call("AddHost", account=account, name=name, ipv4=False, ipv6=True)["host"]

    def acknowledged(self, made, host, address):
        return made.record_until(host, f"{address} is acknowledged", lambda each: each["acknowledged"] == address,
                                 "ipv6")

    def test_duplicate_address_detection_is_awaited(self):
        made = self.start()
        host = self.add6(made, "dad.dyn.example")
        watch = netlink.DadWatch(self.lab.home)
        asked, address = self.lab.change6()
        usable = watch.usable(address)
        watch.close()
        arrived = self.lab.capture.update(address, asked)
        self.assertIsNotNone(arrived)
        self.assertGreaterEqual(arrived, usable - 100_000_000)
        self.assertGreater(usable - asked, 200_000_000, "detection did not run: this test shows nothing")
        self.acknowledged(made, host, address)
        self.assertEqual(self.lab.lookup("dad.dyn.example", "AAAA"), [address])

    def test_temporary_and_deprecated_addresses_are_not_published(self):
        self.lab.home.sysctl("ipv6/conf/eth0/use_tempaddr", 2)
        made = self.start()
        host = self.add6(made, "stable.dyn.example")
        before = self.lab.address6
        _, address = self.lab.change6(flags=netlink.NODAD | netlink.MANAGETEMP)
        self.acknowledged(made, host, address)
        self.until("there is a temporary address", lambda: self.lab.home.run(
            "ip", "-6", "-o", "addr", "show", "dev", "eth0", "temporary", "-tentative"), 30)
        self.lab.home.change(netlink.add_address(self.link, "2a0e:11:dead:1::2/64", netlink.NODAD, 0, 7200))
        self.lab.home.change(netlink.add_address(self.link, "fd00:1::2/64", netlink.NODAD))
        made.call("UpdateNow")
        self.assert_proven(made, host, "ipv6")
        self.assertEqual(set(self.published()) - {before}, {address})

    def published(self):
        """Every IPv6 address that this test's name was given, by the service's own history."""
        events = self._services[-1].history()
        return [each["address"] for each in events if each["kind"] == "sent" and each["family"] == "ipv6"]

    def test_deprecated_prefix_gives_way(self):
        made = self.start()
        host = self.add6(made, "renumbered.dyn.example")
        _, old = self.lab.change6(flags=netlink.NODAD)
        self.acknowledged(made, host, old)
        new = self.lab.next_prefix6() + "::2"
        self.lab.isp.ip(f"route replace {new.rsplit('::', 1)[0]}::/64 dev access\n")
        self.lab.home.change(netlink.add_address(self.link, new + "/64", netlink.NODAD),
                             netlink.add_address(self.link, old + "/64", netlink.NODAD, 0, 7200))
        self.acknowledged(made, host, new)
        self.lab.home.change(netlink.remove_address(self.link, old + "/64"))
        self.lab.address6 = new

    def test_no_route(self):
        made = self.start()
        host = self.add6(made, "routeless.dyn.example")
        _, address = self.lab.change6(flags=netlink.NODAD)
        self.acknowledged(made, host, address)
        self.lab.home.change(netlink.remove_default_route(self.link, GATEWAY_6, 1024))
        self.until("there is no route", lambda: made.verdict("ipv6")["reason"] == "no_route", 30)
        self.assert_state(made, host, "no_address", family="ipv6")
        self.lab.home.change(netlink.default_route(self.link, GATEWAY_6, 1024))
        self.assert_state(made, host, "current", family="ipv6")


if __name__ == "__main__":
    main()
