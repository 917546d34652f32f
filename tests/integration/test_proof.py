"""Proof by the zone's own servers."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import NS2, NS2_6, ZONE  # noqa: E402
from lab.netlink import NODAD  # noqa: E402


class Proofs(LabTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lab.change6(flags=NODAD)

    def test_two_servers(self):
        made = self.start()
        host = self.add_own(made, "two.dyn.example", ttl="77")
        proof = self.assert_proven(made, host)["proof"]
        self.assertEqual((proof["zone"].rstrip("."), proof["ttl"]), (ZONE, 77))
        self.assertEqual({witness["server"].rstrip(".") for witness in proof["witnesses"]},
                         {"ns1.dyn.example", "ns2.dyn.example"})
        for witness in proof["witnesses"]:
            self.assertEqual((witness["said"], witness["addresses"]), ("answered", [self.lab.address]))

    def test_ipv6(self):
        made = self.start()
        host = self.add_own(made, "six.dyn.example", ipv6=True)
        self.assert_proven(made, host, "ipv6")
        self.assertEqual(self.lab.lookup("six.dyn.example", "AAAA"), [self.lab.address6])

    def test_one_server_down(self):
        for address in (f"{NS2}/24", f"{NS2_6}/64"):
            self.lab.inet.ip(f"addr del {address} dev eth0\n")
        made = self.start()
        host = self.add_own(made, "down.dyn.example")
        proof = self.assert_proven(made, host, seconds=30)["proof"]
        said = {each["server"].rstrip("."): each["said"] for each in proof["witnesses"]}
        self.assertEqual(said, {"ns1.dyn.example": "answered", "ns2.dyn.example": "unreachable"})

    def tearDown(self):
        self.lab.inet.run("ip", "addr", "replace", f"{NS2}/24", "dev", "eth0")
        self.lab.inet.run("ip", "addr", "replace", f"{NS2_6}/64", "dev", "eth0", "nodad")

    def test_update_now_does_not_send_what_is_right(self):
        made = self.start()
        host = self.add_own(made, "right.dyn.example")
        proof = self.assert_proven(made, host)["proof"]
        sent = len(self.lab.capture.updates())
        made.call("UpdateNow", host=host)
        made.record_until(host, "it is proven anew", lambda each: each["proof"]["status"] == "proven"
                          and each["proof"]["at"] > proof["at"])
        self.assertEqual(len(self.lab.capture.updates()), sent)


if __name__ == "__main__":
    main()
