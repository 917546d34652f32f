"""The home and its line, and everything that can happen to them."""
import ipaddress
import itertools
import time

from . import netlink
from .addresses import BETWEEN, CAMERA_MAC, GATEWAY_6, HOME_MAC, LAN, POOLS, SHARED, SHARED_GATEWAY, SHARED_PUBLIC
from .advertiser import PREFERRED, VALID
from .isp import Isp
from .node import Node
from .portal import Portal
from .router import Router
from .visitor import is_answered
from .vpn import Vpn
from .wait import until

OUTER_MAC, WAN_MAC = "02:00:5e:00:53:a0", "02:00:5e:00:53:a1"
CAFE, CAFE_MAC = "10.4.0", "02:00:5e:00:53:cf"


def own_address6(prefix, mac):
    """What a computer makes of a /64 by itself (RFC 4291, appendix A)."""
    bytes_ = bytes.fromhex(mac.replace(":", ""))
    suffix = bytes([bytes_[0] ^ 2]) + bytes_[1:3] + b"\xff\xfe" + bytes_[3:]
    return str(ipaddress.ip_network(prefix)[int.from_bytes(suffix, "big")])


class Place:
    """The nodes `home`, `isp` and `inet`, and, behind NAT, `router` (and `outer`). address: the line's IPv4 address;
    address6: the home's stable IPv6 address."""

    def _build(self, router, double, ipv6, options):
        self.inet = Node("inet")
        self.isp = Isp(self.inet)
        self.home = Node("home")
        self.router = self.outer = None
        if router:
            self._build_router(router, double, options)
        self.line, self.line_link = (self.outer or self.router, "wan") if router else (self.home, "eth0")
        self.isp.connect(self.line, self.line_link)
        self.line.ip(f"addr add fe80::2/64 dev {self.line_link} nodad\n")
        self.address = self.address6 = self.prefix6 = self._vpn = self._portal = None
        self._length = 24
        self._pool_counters = [itertools.count(10), itertools.count(10)]
        self._v6_counter = itertools.count(1)
        self._hosts = itertools.count(3)
        if router:
            self.router.start()
        if ipv6:
            self._start_ipv6()

    def _build_router(self, kind, double, options):
        self.router = Router(self.folder, kind, **options)
        self.router.plug_in(self.home, HOME_MAC)
        self.home.ip(f"addr add {LAN}.2/24 dev eth0\nroute add default via {LAN}.1 metric 100\n")
        if double:
            self.outer = Router(self.folder, "silent", "outer", BETWEEN, OUTER_MAC)
            self.outer.plug_in(self.router, WAN_MAC, "wan")
            self.router.ip(f"addr add {BETWEEN}.2/24 dev wan\nroute add default via {BETWEEN}.1 metric 100\n")

    # IPv4

    @property
    def public(self):
        """What the internet sees of the home, as long as no VPN is in use."""
        return SHARED_PUBLIC if self.address == SHARED else self.address

    def next_address(self, pool=None):
        index = pool if pool is not None else (0 if self.address is None or self.address.startswith(POOLS[1]) else 1)
        return f"{POOLS[index]}.{next(self._pool_counters[index])}"

    def change4(self, address=None):
        """The line's IPv4 address becomes another one, as with PPP or DHCP: the old one goes first. Returns the
        instant at which the kernel was asked, and the address."""
        new = address or self.next_address()
        return self._change4(new, 24, new.rsplit(".", 1)[0] + ".1")

    def _change4(self, new, length, gateway):
        link = self.line.link(self.line_link)
        messages = [self._remove4(link)] if self.address else []
        messages += [netlink.add_address(link, f"{new}/{length}"), netlink.default_route(link, gateway)]
        self.address, self._length, self._gateway = new, length, gateway
        at = self.line.change(*messages)
        if self._vpn and self.line is self.home:
            self._vpn.keep_way()
        return at, new

    def _remove4(self, link):
        return netlink.remove_address(link, f"{self.address}/{self._length}")

    def lose4(self):
        """The line has no IPv4 address any more."""
        at = self.line.change(self._remove4(self.line.link(self.line_link)))
        self.address = None
        return at

    def cgnat(self, on=True):
        """The line has a shared address (`public` is what the internet sees), or one of its own again."""
        if not on:
            return self.change4()
        self.isp.share_addresses()
        return self._change4(SHARED, 10, SHARED_GATEWAY)

    # IPv6

    def next_prefix6(self):
        return f"2a0e:11:{next(self._v6_counter):x}:1"

    def change6(self, address=None, flags=0):
        """The home's IPv6 prefix becomes another one; duplicate address detection runs. Without a router."""
        new = address or self.next_prefix6() + "::2"
        prefix = new.rsplit("::", 1)[0] + "::/64"
        self.isp.route(prefix)
        link = self.line.link(self.line_link)
        messages = [netlink.remove_address(link, self.address6 + "/64")] if self.address6 else []
        messages += [netlink.add_address(link, new + "/64", flags), netlink.default_route(link, GATEWAY_6, 1024)]
        self.address6 = new
        return self.line.change(*messages), new

    def _start_ipv6(self):
        if not self.router or self.outer:
            raise ValueError("a prefix is announced by one router: Lab(router=..., ipv6=True)")
        self.router.ip(f"route add default via {GATEWAY_6} dev wan metric 100\n")
        self._make_own_addresses(self.home)
        self._delegate(False)
        self.router.advertiser.again()

    def _make_own_addresses(self, node):
        for name, value in (("accept_ra", 1), ("autoconf", 1), ("accept_ra_rt_info_max_plen", 0), ("addr_gen_mode", 0)):
            node.sysctl("ipv6/conf/eth0/" + name, value)

    def _delegate(self, flash):
        """The next prefix, ready to be announced."""
        old, self.prefix6 = self.prefix6, self.next_prefix6() + "::/64"
        self.isp.route(self.prefix6, "fe80::2")
        self.router.ip(f"addr add {self.prefix6.replace('::/', '::1/')} dev lan nodad\n")
        prefixes = [(self.prefix6, PREFERRED, VALID)]
        if old:
            if flash:
                self.router.ip(f"addr del {old.replace('::/', '::1/')} dev lan\n")
                self.isp.unroute(old)
            else:
                prefixes.append((old, 0, VALID))
        self.router.advertiser.configure(*prefixes)
        self.address6 = own_address6(self.prefix6, HOME_MAC)

    def renumber(self, flash=False):
        """The delegated prefix becomes another one. The old one is announced as deprecated and still works; flash: it
        is gone, and nobody says so. Returns the instant, and the home's address to be."""
        self._delegate(flash)
        at = time.time_ns()
        self.router.advertiser.again()
        return at, self.address6

    def temporary(self, on=True, preferred=86400):
        """The home makes, and prefers, temporary addresses as well (RFC 8981). preferred: lifetime in seconds."""
        self.home.sysctl("ipv6/conf/eth0/temp_prefered_lft", preferred)
        self.home.sysctl("ipv6/conf/eth0/use_tempaddr", 2 if on else 0)
        if self.prefix6:
            self.router.advertiser.again()

    # other computers at home

    def join(self, name="camera", mac=CAMERA_MAC):
        """One more computer on the LAN, with a MAC address of its own; `address` and `address6` are its own. What it
        sends arrives."""
        node = Node(name)
        self.router.plug_in(node, mac)
        node.mac, node.address = mac, f"{self.router.network}.{next(self._hosts)}"
        node.ip(f"addr add {node.address}/24 dev eth0\nroute add default via {self.router.lan_address} metric 100\n")
        if self.prefix6:
            self._make_own_addresses(node)
        node.address6 = lambda: own_address6(self.prefix6, mac)
        until(f"the router hears {name}", lambda: is_answered(node, self.router.lan_address))
        return node

    # what goes wrong

    @property
    def gateway(self):
        """Where the home sends what leaves it."""
        return self.router.lan_address if self.router else self._gateway

    def unplug(self):
        """The home's own link goes down. Routes, and addresses of IPv6, go with it."""
        return self.home.change(netlink.link_state(self.home.link("eth0"), False))

    def plug(self):
        """It comes back with the same IPv4 address."""
        link = self.home.link("eth0")
        at = self.home.change(netlink.link_state(link, True), netlink.default_route(link, self.gateway))
        if self._vpn:
            self._vpn.keep_way()
        return at

    def outage(self, on=True, family=None):
        """What goes out or comes in is lost silently; the home's link stays up. family: only 4 or 6."""
        self.isp.outage(on, family)

    def line_down(self):
        """The line's carrier is gone; behind a router, the home's link stays up."""
        return self.isp.carrier(False)

    def line_up(self):
        return self.isp.carrier(True)

    def reboot(self):
        """The router restarts: no carrier at home, then a new epoch, a new IPv4 address, and, where there is IPv6, a
        new prefix that replaces the old one without a word."""
        self.router.power_off()
        if self.line is self.router:
            self.lose4()
        if self.prefix6:
            self._delegate(True)
        self.router.power_on()
        return self.change4() if self.line is self.router else None

    def move(self, lan=CAFE, mac=CAFE_MAC):
        """The computer is taken somewhere else: another router, another network. Without arguments: a café."""
        self.unplug()
        self.home.ip(f"addr flush dev eth0\naddr add {lan}.2/24 dev eth0\n")
        self.router.use_network(lan, mac)
        return self.plug()

    @property
    def vpn(self):
        """The VPN of the computer at home: up(style), down()."""
        if self._vpn is None:
            self._vpn = Vpn(self.isp, self.home, lambda: self.gateway)
        return self._vpn

    @property
    def portal(self):
        """A captive portal between home and internet: close(), sign_in()."""
        if self._portal is None:
            self._portal = Portal(self)
        return self._portal
