"""Operators on the internet that tell a client where it comes from, or lie about it."""
import time

from . import nonsense
from .dns_echo import CHAOS_NAMES, DnsEcho


class Echo:
    """One operator. behaviour: "plain", an address, or a key of nonsense.KINDS; delay: seconds before any of them.
    It has a name server that does the same over DNS (`dns`)."""

    def __init__(self, identity, name, address, address6):
        self.identity = identity
        self.name = name
        self.address = address
        self.address6 = address6
        self.behaviour = "plain"
        self.delay = 0.0
        self.requests = []
        self.dns = DnsEcho(name, address, address6)

    def handle(self, request, reply):
        self.requests.append(request)
        time.sleep(self.delay)
        odd = nonsense.KINDS.get(self.behaviour)
        if odd:
            odd(request, reply)
        elif self.behaviour == "plain":
            reply.send(request.source + "\n")
        else:
            reply.send(self.behaviour + "\n")

    def group(self):
        """Its group in the service's list of operators."""
        return (f"[{self.identity}]\norganisation={self.identity.title()}\n"
                f"ipv4=https://v4.{self.name}/\nipv6=https://v6.{self.name}/\n")

    def dns_group(self, how="address"):
        """The group of its name server there. how: "address" (A and AAAA), "TXT", or "CH" (TXT of class CHAOS)."""
        name = {"address": self.dns.host, "TXT": self.dns.text_host, "CH": CHAOS_NAMES[0]}[how]
        kind = {"address": "", "TXT": "dns-type=TXT\n", "CH": "dns-type=TXT\ndns-class=CH\n"}[how]
        return (f"[{self.identity}-dns]\norganisation={self.identity.title()}\ndns-name={name}\n"
                f"dns-ipv4={self.address}\ndns-ipv6={self.address6}\n{kind}")

    def names(self):
        """Its records in the root zone. Over DNS, who asks a recursive resolver hears where that one is."""
        return (f"v4.{self.name}. A {self.address}\nv6.{self.name}. AAAA {self.address6}\n"
                f"ns.{self.name}. A {self.address}\nns.{self.name}. AAAA {self.address6}\n"
                f"{self.dns.host}. NS ns.{self.name}.\n{self.dns.text_host}. NS ns.{self.name}.\n")
