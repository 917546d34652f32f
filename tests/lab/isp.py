"""The internet service provider: gateways, carrier-grade NAT, outages."""
from . import netlink
from .addresses import EXIT, EXIT_6, GATEWAY_6, POOLS, SHARED_GATEWAY, SHARED_PUBLIC
from .node import Node

_SHARING = f"""table ip sharing {{
  chain post {{ type nat hook postrouting priority 100;
    oifname "core" ip saddr 100.64.0.0/10 snat to {SHARED_PUBLIC}; }}
}}
"""


class Isp(Node):
    """Its links: `core` to the internet, `access` to the home, `exit` to the exit of a VPN."""

    def __init__(self, inet):
        super().__init__("isp")
        self.cable("core", inet, "eth0")
        self.ip("addr add 11.99.0.1/24 dev core\naddr add fe80::4/64 dev core nodad\n"
                "addr add 2a0e:99:0:1::1/64 dev core nodad\n")
        self.sysctl("ipv4/ip_forward", 1)
        self.sysctl("ipv6/conf/all/forwarding", 1)
        self._sharing = False
        self._prefixes = {}

    def connect(self, node, link):
        """The home's line."""
        self.cable("access", node, link)
        self.ip("".join(f"addr add {pool}.1/24 dev access\n" for pool in POOLS)
                + f"addr add {GATEWAY_6}/64 dev access nodad\n")

    def connect_exit(self, node):
        self.cable("exit", node, "eth0")
        self.ip(f"addr add {EXIT.rsplit('.', 1)[0]}.1/24 dev exit\n"
                f"addr add {EXIT_6.rsplit('::', 1)[0]}::1/64 dev exit nodad\naddr add fe80::5/64 dev exit nodad\n")

    def share_addresses(self):
        """Whoever has an address of 100.64.0.0/10 shares one address with all others."""
        if not self._sharing:
            self.ip(f"addr add {SHARED_GATEWAY}/10 dev access\n")
            self.nft(_SHARING)
            self._sharing = True

    def route(self, prefix, via=None):
        """A prefix leads to the home: on the link itself, or to a router there."""
        self._prefixes[prefix] = via
        self.ip(f"route replace {prefix} {f'via {via} ' if via else ''}dev access\n")

    def unroute(self, prefix):
        del self._prefixes[prefix]
        self.ip(f"route del {prefix} dev access\n")

    def outage(self, on, family=None):
        """Everything that the home sends or gets is lost, without a word. family: only 4 or 6."""
        self.nft("table inet outage; delete table inet outage")
        if on:
            which = f"meta nfproto ipv{family} " if family else ""
            self.nft('table inet outage { chain forward { type filter hook forward priority -200; '
                     f'{which}iifname "access" drop; {which}oifname "access" drop; }}; }}')

    def carrier(self, up):
        """The line itself. The computer at its other end sees that."""
        at = self.change(netlink.link_state(self.link("access"), up))
        if up:
            self.ip(f"addr add {GATEWAY_6}/64 dev access nodad\n")
            for prefix, via in list(self._prefixes.items()):
                self.route(prefix, via)
        return at
