"""Proof where somebody else answers everything that is for port 53."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.lab import RESOLVER  # noqa: E402

CATCH = f"""
table ip lab {{
    chain catch {{
        type nat hook prerouting priority -100;
        iifname access ip daddr != {RESOLVER} udp dport 53 dnat to {RESOLVER};
        iifname access ip daddr != {RESOLVER} tcp dport 53 dnat to {RESOLVER};
    }}
}}
"""


class Intercepted(LabTest):
    def test_an_answer_without_authority_proves_nothing(self):
        self.lab.isp.nft(CATCH)
        made = self.start()
        host = self.add_free(made, "caught.free.example")
        record = made.record_until(host, "the proof ended",
                                   lambda each: each["proof"]["status"] == "unprovable", seconds=180)
        self.assertEqual((record["state"], record["proof"]["why"]), ("current", "intercepted"), record)
        self.assertEqual({each["said"] for each in record["proof"]["witnesses"]}, {"no_authority"})
        self.assertEqual(len(self.lab.provider.of("caught.free.example")), 1, "a doubt is no reason to send again")
        self.lab.isp.nft("delete table ip lab;")
        made.call("UpdateNow", host=host)
        self.assert_proven(made, host)


if __name__ == "__main__":
    main()
