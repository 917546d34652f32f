"""A VPN of the computer at home: a tunnel to an exit somewhere else on the internet."""
from . import tunnel
from .addresses import EXIT, EXIT_6
from .node import Node

STYLES = ("metric", "halves", "rules")
PORT = 1194
NEAR, FAR = "10.8.0.2", "10.8.0.1"
NEAR_6, FAR_6 = "fd77::2", "fd77::1"
ROUTED_6 = "2a0e:78:0:1::2"  # of the exit's own prefix
MARK = TABLE = 51820

_ROUTES = {
    "metric": ("route add default dev {name} metric 50\n", "route add default dev {name} metric 50\n"),
    "halves": ("route add 0.0.0.0/1 dev {name}\nroute add 128.0.0.0/1 dev {name}\n",
               "route add ::/1 dev {name}\nroute add 8000::/1 dev {name}\n"),
    "rules": (f"route add default dev {{name}} table {TABLE}\n"
              f"rule add not fwmark {MARK} table {TABLE}\nrule add table main suppress_prefixlength 0\n",
              f"route add default dev {{name}} table {TABLE}\n"
              f"rule add not fwmark {MARK} table {TABLE}\nrule add table main suppress_prefixlength 0\n"),
}
_NO_RULES = f"rule del not fwmark {MARK} table {TABLE}\nrule del table main suppress_prefixlength 0\n"


class Vpn:
    """Styles: "metric", a default route that is preferred; "halves", as OpenVPN with redirect-gateway def1; "rules",
    the policy routing of wg-quick. ipv6: None, it carries only IPv4; "nat", a private address; "routed", one of the
    exit's own."""

    address, address6 = EXIT, EXIT_6  # what the internet sees

    def __init__(self, isp, home, gateway):
        """gateway(): the home's present way to the internet, for the route to the exit."""
        if not tunnel.is_available():
            raise PermissionError(f"this user may not make tunnels ({tunnel.DEVICE})")
        self._home = home
        self._gateway = gateway
        self._near = None
        self.name = self.style = self.ipv6 = None
        self.exit = Node("exit")
        isp.connect_exit(self.exit)
        isp.ip(f"route add {ROUTED_6.rsplit('::', 1)[0]}::/64 via {EXIT_6} dev exit\n")
        self.exit.sysctl("ipv4/ip_forward", 1)
        self.exit.sysctl("ipv6/conf/all/forwarding", 1)
        self.exit.ip(f"addr add {EXIT}/24 dev eth0\naddr add {EXIT_6}/64 dev eth0 nodad\n"
                     "addr add fe80::6/64 dev eth0 nodad\n"
                     f"route add default via {EXIT.rsplit('.', 1)[0]}.1\n"
                     f"route add default via {EXIT_6.rsplit('::', 1)[0]}::1\n")
        self.exit.nft('table inet nat { chain post { type nat hook postrouting priority 100; oifname "eth0" '
                      'ip saddr 10.8.0.0/24 masquerade; oifname "eth0" ip6 saddr fd77::/64 masquerade; }; }')
        self._far = tunnel.End(self.exit, "tun0", PORT)
        self.exit.ip(f"link set tun0 up\naddr add {FAR}/24 dev tun0\naddr add {FAR_6}/64 dev tun0 nodad\n"
                     f"route add {ROUTED_6}/128 dev tun0\n")

    def up(self, style="metric", ipv6=None, name=None):
        self.style, self.ipv6 = style, ipv6
        self.name = name or ("wg0" if style == "rules" else "tun0")
        self._near = tunnel.End(self._home, self.name, peer=(EXIT, PORT), mark=MARK if style == "rules" else 0)
        self._home.ip(f"link set dev {self.name} addrgenmode none\nlink set dev {self.name} up\n"
                      f"addr add {NEAR}/24 dev {self.name}\n")
        self.keep_way()
        self._near.hello()
        routes, routes6 = (each.format(name=self.name) for each in _ROUTES[style])
        self._home.ip(routes)
        if ipv6:
            own = NEAR_6 + "/64" if ipv6 == "nat" else ROUTED_6 + "/128"
            self._home.ip(f"addr add {own} dev {self.name} nodad\n" + routes6, 6)

    def keep_way(self):
        """The datagrams of the tunnel itself go out by the home's line."""
        if self._near and self.style != "rules":
            self._home.ip(f"route replace {EXIT} via {self._gateway()}\n")

    def down(self):
        """The device goes away, as when the program ends. Without a VPN nothing happens."""
        if not self._near:
            return
        self._near.close()
        self._near = None
        if self.style == "rules":
            self._home.ip(_NO_RULES)
            if self.ipv6:
                self._home.ip(_NO_RULES, 6)
        else:
            self._home.run("ip", "route", "flush", EXIT)

    def die(self):
        """The exit answers no more; the computer's own end stays as it is."""
        self.exit.nft("table inet dead { chain input { type filter hook input priority -200; drop; }; }")

    def revive(self):
        self.exit.nft("table inet dead; delete table inet dead")
