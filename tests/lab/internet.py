"""The part of the internet that a dynamic DNS client meets: name servers, operators, a provider, a probe."""
from . import dns
from .addresses import (NS1, NS1_6, NS2, NS2_6, OPERATORS, OTHER_ZONE, PROBE, PROBE_6, PROVIDER, PROVIDER_6, RESOLVER,
                        SILENT, ZONE)
from .dns_echo import DnsEchoes
from .echo import Echo
from .named import Named
from .probe import NAME as PROBE_NAME
from .probe import Probe
from .provider import Provider
from .tls import Authority
from .web import Reply, WebServer

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
second.example. A {PROVIDER}
second.example. AAAA {PROVIDER_6}
{PROBE_NAME}. A {PROBE}
{PROBE_NAME}. AAAA {PROBE_6}
hung.example. A {SILENT}
"""
_ZONE = f"""$TTL 60
@ {_SOA}
@ NS ns1.dyn.example.
@ NS ns2.dyn.example.
"""
_GLUE = f"ns1 A {NS1}\nns1 AAAA {NS1_6}\nns2 A {NS2}\nns2 AAAA {NS2_6}\n"
_HINT = f";hint\n. 60 NS ns.root.example.\nns.root.example. 60 A {NS1}\n"
_RESOLVER_OPTIONS = "recursion yes; allow-recursion { any; }; max-cache-ttl 2; max-ncache-ttl 1;"


class Internet:
    """The servers at the node `inet`."""

    def _serve(self, keys):
        self.more_keys = keys
        self.key = dns.Key("home-key")
        self.provider_key = dns.Key("provider-key")
        self.echoes = [Echo(name, f"{name}.example", f"11.99.0.{81 + i}", f"2a0e:99:0:1::{81 + i}")
                       for i, name in enumerate(OPERATORS)]
        servers = [NS1, NS2, RESOLVER, PROVIDER, PROBE, *(echo.address for echo in self.echoes)]
        servers6 = [NS1_6, NS2_6, PROVIDER_6, PROBE_6, *(echo.address6 for echo in self.echoes)]
        self.inet.ip("".join(f"addr add {each}/24 dev eth0\n" for each in servers)
                     + "".join(f"addr add {each}/64 dev eth0 nodad\n" for each in ["fe80::3", *servers6])
                     + "route add default via 11.99.0.1\nroute add default via 2a0e:99:0:1::1\n")
        self._name_servers()
        self._web_servers()

    def more_server(self, address):
        """One more address in the internet."""
        self.inet.ip(f"addr add {address}/24 dev eth0\n")

    def _name_servers(self):
        grants = "".join(f"grant {key.name} subdomain {ZONE} A AAAA; " for key in (self.key, *self.more_keys))
        policy = {ZONE: f"deny * name locked.{ZONE} ANY; {grants}",
                  OTHER_ZONE: "grant provider-key subdomain free.example A AAAA;"}
        root = _ROOT + "".join(echo.names() for echo in self.echoes)
        self.named = Named(self.inet, "authority", self.folder, [NS1, NS2, NS1_6, NS2_6],
                           {".": root, ZONE: _ZONE + _GLUE, OTHER_ZONE: _ZONE},
                           [self.key, self.provider_key, *self.more_keys], policy, "recursion no;")
        self.resolver = Named(self.inet, "resolver", self.folder, [RESOLVER], {".": _HINT}, options=_RESOLVER_OPTIONS)
        self.dns_echoes = DnsEchoes(self.inet, [echo.dns for echo in self.echoes])

    def _web_servers(self):
        self.authority = Authority(self.folder + "/tls")
        self.authority.trust()
        self.provider = Provider(self.set_record)
        self.probe = Probe()
        tls = self.authority.context("members.example", "second.example",
                                     *(f"{family}.{echo.name}" for echo in self.echoes for family in ("v4", "v6")))
        WebServer(self.inet, [PROBE, PROBE_6], self.probe.handle)
        for port, context in ((80, None), (443, tls)):
            WebServer(self.inet, [PROVIDER, PROVIDER_6], self.provider.handle, port, context)
            for echo in self.echoes:
                WebServer(self.inet, [echo.address, echo.address6], echo.handle, port, context)

    @property
    def stranger(self):
        """A certificate authority that nobody here trusts."""
        return Authority(self.folder + "/stranger")

    def zone_server(self, name, address, **options):
        """Another name server of the zone, with records of its own."""
        self.more_server(address)
        return Named(self.inet, name, self.folder, [address], {ZONE: _ZONE + _GLUE}, [self.key],
                     {ZONE: f"grant {self.key.name} subdomain {ZONE} A AAAA;"}, "recursion no;", **options)

    def set_record(self, name, *addresses):
        """Somebody other than the service writes a record."""
        zone, key = (ZONE, self.key) if name.endswith("." + ZONE) else (OTHER_ZONE, self.provider_key)
        dns.update(self.inet, NS1, zone, key, name, "AAAA" if ":" in addresses[0] else "A", addresses)

    def lookup(self, name, kind="A", server=NS1):
        return dns.lookup(self.inet, server, name, kind)

    def dns_outage(self, on=True, servers=(RESOLVER,)):
        """These name servers (None: all of them) are not heard of any more. `resolver.stop()` and `resolver.start()`
        are another kind of outage: the machine lives and nobody listens."""
        self.inet.nft("table inet dns_outage; delete table inet dns_outage")
        if on:
            which = f"ip daddr {{ {', '.join(servers)} }} " if servers else ""
            self.inet.nft("table inet dns_outage { chain input { type filter hook input priority -200; "
                          f"{which}udp dport 53 drop; {which}tcp dport 53 drop; }}; }}")

    def clocks_wrong(self, seconds):
        """What web servers say about the time is so much too late."""
        Reply.shift = seconds
