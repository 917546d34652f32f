"""The home's router: NAT by nftables, a LAN with several ports, and whatever it tells programs in the home."""
from . import netlink
from .advertiser import Advertiser
from .false_router import FalseRouter
from .node import Node
from .port_mapper import PortMapper

KINDS = ("silent", "announcing", "polled", "false")
LAN_GATEWAY_6 = "fe80::a"

# The chains miniupnpd and *_miniupnpd are those that miniupnpd looks for.
_RULES = """table inet filter {
  chain forward { type filter hook forward priority 0; policy accept; jump miniupnpd; }
  chain miniupnpd { }
  chain prerouting { type nat hook prerouting priority -100; policy accept; jump prerouting_miniupnpd; }
  chain postrouting { type nat hook postrouting priority 100; policy accept; jump postrouting_miniupnpd;
    oifname "wan" meta nfproto ipv4 masquerade; }
  chain prerouting_miniupnpd { }
  chain postrouting_miniupnpd { }
}
"""
# What a router that says nothing by itself, or a firewall in between, keeps from the home.
_MUTE = """table inet mute {
  chain output { type filter hook output priority 0; policy accept;
    oifname "lan" ip daddr 224.0.0.0/4 udp dport { 1900, 5350, 5351 } drop;
    oifname "lan" tcp flags & (syn | ack) == syn drop; }
}
"""


class Router(Node):
    """kind: "silent" tells nobody anything; "announcing" is miniupnpd; "polled" is miniupnpd of which only answers
    reach the home; "false" answers whatever a test wants (`falsehood`, a FalseRouter)."""

    def __init__(self, folder, kind="silent", name="router", lan="192.168.1", mac="02:00:5e:00:53:01",
                 natpmp=True, upnp=True):
        if kind not in KINDS:
            raise ValueError(f"a router is one of {', '.join(KINDS)}")
        super().__init__(name)
        self.kind = kind
        self.wan, self.lan = "wan", "lan"
        self.network = lan
        self.mac = mac
        self._ports = []
        self.sysctl("ipv4/ip_forward", 1)
        self.sysctl("ipv6/conf/all/forwarding", 1)
        self.nft(_RULES)
        self.ip(f"link add lan address {mac} type bridge mcast_snooping 0\nlink set dev lan addrgenmode none\n"
                f"link set dev lan up\naddr add {self.lan_address}/24 dev lan\n"
                f"addr add {LAN_GATEWAY_6}/64 dev lan nodad\n")
        self.advertiser = Advertiser(self, "lan", f"{folder}/{name}")
        self.mapper = PortMapper(self, f"{folder}/{name}", natpmp, upnp) if kind in ("announcing", "polled") else None
        self.falsehood = FalseRouter(self) if kind == "false" else None
        if kind == "polled":
            self.nft(_MUTE)

    @property
    def lan_address(self):
        return self.network + ".1"

    def plug_in(self, node, mac, link="eth0"):
        """A computer gets a port of the LAN, and its link an address of its own making over IPv6."""
        port = f"port{len(self._ports) + 1}"
        self.run("ip", "link", "add", port, "type", "veth", "peer", "name", link, "address", mac,
                 "netns", node.path)
        self.ip(f"link set dev {port} addrgenmode none master lan\nlink set dev {port} up\n")
        node.ip(f"link set dev {link} addrgenmode none\nlink set dev {link} up\n")
        self._ports.append(port)

    def start(self):
        """Its daemons."""
        if self.mapper:
            self.mapper.start()
        self.advertiser.start()

    def power_off(self):
        """Daemons gone, and no carrier at the computers of the home."""
        if self.mapper:
            self.mapper.stop()
        self.advertiser.stop()
        self.change(*(netlink.link_state(self.link(port), False) for port in self._ports))

    def power_on(self):
        self.change(*(netlink.link_state(self.link(port), True) for port in self._ports))
        self.start()

    def use_network(self, lan, mac):
        """From now on its LAN is another one: for a computer of the home, another place. Not of a false router."""
        self.ip(f"addr del {self.lan_address}/24 dev lan\nlink set dev lan address {mac}\n"
                f"addr add {lan}.1/24 dev lan\n")
        self.network, self.mac = lan, mac
        if self.mapper:
            self.mapper.stop()
            self.mapper.start()
