"""The lab put together: a home, its line, and the part of the internet that a dynamic DNS client meets.

    home --- isp --- inet                    directly on the line (a global address of its own)
    home --- router --- isp --- inet         behind NAT
    home --- router --- outer --- isp        behind NAT twice

All addresses are ordinary global ones; they exist only here, without any link to the outside.
"""
import itertools
import os

from .addresses import (GATEWAY_6, LAN, NS1, NS1_6, NS2, NS2_6, OPERATORS, OTHER_ZONE, POOLS,  # noqa: F401
                        PROVIDER, PROVIDER_6, RESOLVER, SILENT, ZONE)
from .capture import UpdateCapture
from .internet import Internet
from .place import Place
from .probe import NAME as PROBE_NAME
from .sandbox import RUN
from .service import Service

_LABS = itertools.count(1)


class Lab(Place, Internet):
    """Everything but the service. router: one of router.KINDS; nat: as router="silent". double: a second router
    between that one and the line. ipv6: the router announces a prefix. keys: more keys that may update the zone.
    Options are those of a Router."""

    def __init__(self, nat=False, keys=(), router=None, double=False, ipv6=False, **options):
        self.folder = f"{RUN}/{next(_LABS)}"
        os.makedirs(self.folder)
        self.nat = nat or router is not None
        self._services = itertools.count(1)
        self._build(router or ("silent" if nat else None), double, ipv6, options)
        self._serve(keys)
        self.capture = UpdateCapture(self.inet, "eth0")
        self.resolvers(RESOLVER)

    def resolvers(self, *addresses):
        """What /etc/resolv.conf says, as the service sees it."""
        with open("/etc/resolv.conf", "w") as file:
            file.write("".join(f"nameserver {each}\n" for each in addresses))

    def late_server(self, address, seconds):
        """Another name server of the same zone, whose clock is wrong."""
        os.environ["LAB_CLOCK_SHIFT"] = str(seconds)
        return self.zone_server("late", address, preload=os.environ["WAYHOME_CLOCKSHIFT"])

    # the service

    def service(self, command=None, dns=None):
        """Not started yet; knows the lab's operators over HTTPS. dns: those that it asks over DNS, too, and how
        (Echo.dns_group): {"heidi": "address", "ivory": "TXT"}."""
        service = Service(self.home, f"{self.folder}/service{next(self._services)}", command)
        self.write_lists(service.config, dns)
        return service

    def write_lists(self, folder, dns=None, operators=None):
        """Whom a service with this folder of settings asks; operators: so many of them."""
        with open(folder + "/outside.conf", "w") as file:
            file.write("".join(echo.group() for echo in self.echoes[:operators]))
            file.write("".join(echo.dns_group(dns[echo.identity]) for echo in self.echoes
                               if echo.identity in (dns or {})))
        with open(folder + "/probes.conf", "w") as file:
            file.write(f"[page]\nurl=http://{PROBE_NAME}/generate_204\nstatus=204\n"
                       f"[text]\nurl=http://{PROBE_NAME}/\nbody=success\n"
                       f"[names]\nserver={NS1}\nname={ZONE}\n")

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
