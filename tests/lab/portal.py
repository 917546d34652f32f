"""A captive portal: until somebody signs in, it answers whatever is asked, whoever was asked."""
import socket
import struct
import threading

from . import dns
from .nonsense import PORTAL
from .web import WebServer

_DNS, _HTTP, _HTTPS = 5353, 8080, 8443


class Portal:
    """Behind a router it is the router; otherwise it is at the provider."""

    def __init__(self, place):
        self._node, self._link = (place.router, "lan") if place.router else (place.isp, "access")
        self._place = place
        self.behaviour = "redirect"  # or "page"
        self.requests = []
        self._bound = False
        self._authority = place.stranger

    @property
    def address(self):
        return self._place.gateway

    def close(self):
        """Nothing gets through any more."""
        if not self._bound:
            self._bind()
        self._node.nft(f"""table inet portal {{
  chain before {{ type nat hook prerouting priority -110; policy accept;
    iifname "{self._link}" meta nfproto ipv4 udp dport 53 redirect to :{_DNS};
    iifname "{self._link}" meta nfproto ipv4 tcp dport 80 redirect to :{_HTTP};
    iifname "{self._link}" meta nfproto ipv4 tcp dport 443 redirect to :{_HTTPS}; }}
  chain forward {{ type filter hook forward priority -110; policy accept; iifname "{self._link}" drop; }}
}}
""")

    def sign_in(self):
        """The way is free."""
        self._node.nft("table inet portal; delete table inet portal")

    def _bind(self):
        context = self._authority.context("portal.example")
        WebServer(self._node, ["0.0.0.0"], self._handle, _HTTP)
        WebServer(self._node, ["0.0.0.0"], self._handle, _HTTPS, context)
        with self._node:
            self._questions = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._questions.bind(("0.0.0.0", _DNS))
        threading.Thread(target=self._resolve, daemon=True).start()
        self._bound = True

    def _handle(self, request, reply):
        self.requests.append(request)
        if self.behaviour == "redirect" and request.path != "/login":
            reply.send("", 302, Location=f"http://{self.address}/login")
        else:
            reply.send(PORTAL, kind="text/html")

    def _resolve(self):
        """Every name is the portal's; there is no IPv6."""
        while True:
            question, peer = self._questions.recvfrom(4096)
            try:
                end = dns.skip_name(question, 12) + 4
                wanted, = struct.unpack(">H", question[end - 4:end - 2])
                records = dns.record(b"\xc0\x0c", "A", socket.inet_aton(self.address)) if wanted == 1 else b""
                self._questions.sendto(dns.answer(question[:end], records, 1 if records else 0), peer)
            except (IndexError, struct.error, OSError):
                continue
