"""The lab put together: a home, its line, and the part of the internet that a dynamic DNS client meets.

    home --- isp --- inet        directly on the line (a global address of its own)
    home --- router --- isp --- inet        behind NAT

All addresses are ordinary global ones; they exist only here, without any link to the outside.
"""
import itertools
import os

from . import dns, netlink
from .capture import UpdateCapture
from .echo import Echo
from .named import Named
from .node import Node
from .provider import Provider
from .sandbox import RUN
from .service import Service
from .tls import Authority
from .web import WebServer

NS1, NS2, RESOLVER = "11.99.0.53", "11.99.0.54", "11.99.0.9"
NS1_6, NS2_6 = "2a0e:99:0:1::53", "2a0e:99:0:1::54"
PROVIDER, PROVIDER_6 = "11.99.0.90", "2a0e:99:0:1::90"
SILENT = "11.99.0.66"  # an address that never answers
POOLS = ("11.22.33", "11.44.55")
LAN = "192.168.1"
GATEWAY_6 = "fe80::1"
ZONE = "dyn.example"
OTHER_ZONE = "free.example"  # the provider's own
OPERATORS = ("alpha", "bravo", "carol", "delta", "elmer", "franz", "georg", "heidi", "ivory")

_SOA = "SOA ns1.dyn.example. hostmaster.dyn.example. 1 3600 900 604800 5"
_ROOT = f"""$TTL 60
. {_SOA}
. NS ns.root.example.
ns.root.example. A {NS1}
dyn.example. NS ns1.dyn.example.
dyn.example. NS ns2.dyn.example.
free.example. NS ns1.dyn.example.
free.example. NS ns2.dyn.example.
ns1.dyn.example. A {NS1}
ns1.dyn.example. AAAA {NS1_6}
ns2.dyn.example. A {NS2}
ns2.dyn.example. AAAA {NS2_6}
members.example. A {PROVIDER}
members.example. AAAA {PROVIDER_6}
hung.example. A {SILENT}
"""
_ZONE = f"""$TTL 60
@ {_SOA}
@ NS ns1.dyn.example.
@ NS ns2.dyn.example.
"""
_GLUE = f"ns1 A {NS1}\nns1 AAAA {NS1_6}\nns2 A {NS2}\nns2 AAAA {NS2_6}\n"
_HINT = f";hint\n. 60 NS ns.root.example.\nns.root.example. 60 A {NS1}\n"


_LABS = itertools.count(1)


class Lab:
    """Everything but the service. nat: the home is behind a router. keys: more keys that may update the zone."""

    def __init__(self, nat=False, keys=()):
        self.folder = f"{RUN}/{next(_LABS)}"
        os.makedirs(self.folder)
        self.nat = nat
        self.more_keys = keys
        self.key = dns.Key("home-key")
        self.provider_key = dns.Key("provider-key")
        self.echoes = [Echo(name, f"{name}.example", f"11.99.0.{81 + i}", f"2a0e:99:0:1::{81 + i}")
                       for i, name in enumerate(OPERATORS)]
        self._services = itertools.count(1)
        self._pool_counters = [itertools.count(10), itertools.count(10)]
        self._v6_counter = itertools.count(1)
        self._nodes()
        self._name_servers()
        self._web_servers()
        self.capture = UpdateCapture(self.inet, "eth0")
        self.resolvers(RESOLVER)

    # the line

    def _nodes(self):
        self.inet, self.isp, self.home = Node("inet"), Node("isp"), Node("home")
        self.isp.cable("core", self.inet, "eth0")
        servers = [NS1, NS2, RESOLVER, PROVIDER, *(echo.address for echo in self.echoes)]
        servers6 = [NS1_6, NS2_6, PROVIDER_6, *(echo.address6 for echo in self.echoes)]
        self.inet.ip("".join(f"addr add {each}/24 dev eth0\n" for each in servers)
                     + "".join(f"addr add {each}/64 dev eth0 nodad\n" for each in ["fe80::3", *servers6]))
        self.isp.ip("addr add 11.99.0.1/24 dev core\naddr add fe80::4/64 dev core nodad\n"
                    "addr add 2a0e:99:0:1::1/64 dev core nodad\n")
        self.inet.ip("route add default via 11.99.0.1\nroute add default via 2a0e:99:0:1::1\n")
        self.isp.sysctl("ipv4/ip_forward", 1)
        self.isp.sysctl("ipv6/conf/all/forwarding", 1)
        if self.nat:
            self.router = Node("router")
            self.router.sysctl("ipv4/ip_forward", 1)
            self.isp.cable("access", self.router, "wan")
            self.router.cable("lan", self.home, "eth0")
            self.line, self.line_link = self.router, "wan"
            self.router.ip(f"addr add {LAN}.1/24 dev lan\n")
            self.home.ip(f"addr add {LAN}.2/24 dev eth0\nroute add default via {LAN}.1\n")
            self.router.nft('table ip nat { chain post { type nat hook postrouting priority 100; '
                            'oifname "wan" masquerade; }; }')
        else:
            self.isp.cable("access", self.home, "eth0")
            self.line, self.line_link = self.home, "eth0"
        self.isp.ip("".join(f"addr add {pool}.1/24 dev access\n" for pool in POOLS)
                    + f"addr add {GATEWAY_6}/64 dev access nodad\n")
        self.line.ip(f"addr add fe80::2/64 dev {self.line_link} nodad\n")
        self.address = None
        self.address6 = None

    def next_address(self, pool=None):
        index = pool if pool is not None else (0 if self.address is None or self.address.startswith(POOLS[1]) else 1)
        return f"{POOLS[index]}.{next(self._pool_counters[index])}"

    def change4(self, address=None):
        """The line's IPv4 address becomes another one, as with PPP or DHCP: the old one goes first. Returns the
        instant at which the kernel was asked, and the address."""
        new = address or self.next_address()
        link = self.line.link(self.line_link)
        messages = [netlink.remove_address(link, self.address + "/24")] if self.address else []
        messages += [netlink.add_address(link, new + "/24"),
                     netlink.default_route(link, new.rsplit(".", 1)[0] + ".1")]
        self.address = new
        return self.line.change(*messages), new

    def lose4(self):
        """The line has no IPv4 address any more."""
        at = self.line.change(netlink.remove_address(self.line.link(self.line_link), self.address + "/24"))
        self.address = None
        return at

    def next_prefix6(self):
        return f"2a0e:11:{next(self._v6_counter):x}:1"

    def change6(self, address=None, flags=0):
        """The home's IPv6 prefix becomes another one; duplicate address detection runs."""
        new = address or self.next_prefix6() + "::2"
        prefix = new.rsplit("::", 1)[0] + "::/64"
        self.isp.ip(f"route replace {prefix} dev access\n")
        link = self.line.link(self.line_link)
        messages = [netlink.remove_address(link, self.address6 + "/64")] if self.address6 else []
        messages += [netlink.add_address(link, new + "/64", flags), netlink.default_route(link, GATEWAY_6, 1024)]
        self.address6 = new
        return self.line.change(*messages), new

    def more_server(self, address):
        """One more address in the internet."""
        self.inet.ip(f"addr add {address}/24 dev eth0\n")

    # the servers

    def _name_servers(self):
        grants = "".join(f"grant {key.name} subdomain {ZONE} A AAAA; " for key in (self.key, *self.more_keys))
        policy = {ZONE: f"deny * name locked.{ZONE} ANY; {grants}",
                  OTHER_ZONE: "grant provider-key subdomain free.example A AAAA;"}
        self.named = Named(self.inet, "authority", self.folder, [NS1, NS2, NS1_6, NS2_6],
                           {".": self._root(), ZONE: _ZONE + _GLUE, OTHER_ZONE: _ZONE},
                           [self.key, self.provider_key, *self.more_keys], policy, "recursion no;")
        self.resolver = Named(self.inet, "resolver", self.folder, [RESOLVER], {".": _HINT},
                              options="recursion yes; allow-recursion { any; }; max-cache-ttl 2; max-ncache-ttl 1;")

    def _root(self):
        names = "".join(f"v4.{echo.name}. A {echo.address}\nv6.{echo.name}. AAAA {echo.address6}\n"
                        for echo in self.echoes)
        return _ROOT + names

    def _web_servers(self):
        self.authority = Authority(self.folder + "/tls")
        self.authority.trust()
        self.provider = Provider(self.set_record)
        tls = self.authority.context("members.example",
                                     *(f"{family}.{echo.name}" for echo in self.echoes for family in ("v4", "v6")))
        for port, context in ((80, None), (443, tls)):
            WebServer(self.inet, [PROVIDER, PROVIDER_6], self.provider.handle, port, context)
        for echo in self.echoes:
            WebServer(self.inet, [echo.address, echo.address6], echo.handle, 443, tls)

    def late_server(self, address, seconds):
        """Another name server of the same zone, whose clock is wrong."""
        self.more_server(address)
        os.environ["LAB_CLOCK_SHIFT"] = str(seconds)
        return Named(self.inet, "late", self.folder, [address], {ZONE: _ZONE + _GLUE}, [self.key],
                     {ZONE: f"grant {self.key.name} subdomain {ZONE} A AAAA;"}, "recursion no;",
                     preload=os.environ["WAYHOME_CLOCKSHIFT"])

    def set_record(self, name, *addresses):
        """Somebody other than the service writes a record."""
        zone, key = (ZONE, self.key) if name.endswith("." + ZONE) else (OTHER_ZONE, self.provider_key)
        dns.update(self.inet, NS1, zone, key, name, "AAAA" if ":" in addresses[0] else "A", addresses)

    def lookup(self, name, kind="A", server=NS1):
        return dns.lookup(self.inet, server, name, kind)

    def resolvers(self, *addresses):
        """What /etc/resolv.conf says, as the service sees it."""
        with open("/etc/resolv.conf", "w") as file:
            file.write("".join(f"nameserver {each}\n" for each in addresses))

    # the service

    def service(self, command=None):
        """Not started yet; knows the lab's operators."""
        service = Service(self.home, f"{self.folder}/service{next(self._services)}", command)
        with open(service.config + "/outside.conf", "w") as file:
            file.write("".join(echo.group() for echo in self.echoes))
        return service

    def rfc2136_account(self, service, server=NS1, zone=ZONE, key=None, **fields):
        key = key or self.key
        return service.call("AddAccount", provider="rfc2136", label="own name server",
                            fields={"server": server, "zone": zone, "key-name": key.name,
                                    "algorithm": key.algorithm, **fields},
                            secrets={"secret": key.secret})["account"]

    def unsigned_account(self, service):
        return service.call("AddAccount", provider="rfc2136", fields={"server": NS1, "zone": ZONE})["account"]

    def dyndns2_account(self, service, url="https://members.example", password="pass", **fields):
        return service.call("AddAccount", provider="dyndns2", label="provider",
                            fields={"url": url, "user": "user", **fields},
                            secrets={"password": password})["account"]
