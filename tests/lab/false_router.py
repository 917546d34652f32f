"""A router that answers programs in the home with whatever a test wants."""
import socket
import struct
import threading
import time

from .false_igd import FalseIgd
from .natpmp import ALL_HOSTS, ANNOUNCED, NETWORK_FAILURE, NOT_AUTHORISED, PORT
from .nonsense import LIE

OTHER_HOST = 77  # an address of the LAN from which it sends what it should not


def natpmp_answer(address, epoch, result=0, opcode=0, version=0):
    """RFC 6886, section 3.2."""
    return struct.pack(">BBHI", version, 128 + opcode, result, epoch & 0xFFFFFFFF) + socket.inet_aton(address)


def pcp_answer(opcode, epoch, result=0, payload=b""):
    """RFC 6887, section 7.2."""
    return struct.pack(">BBBBII12x", 2, 128 + opcode, 0, result, 120, epoch & 0xFFFFFFFF) + payload


# Kind to the bytes of the answer to "what is your external address?".
_NATPMP = {
    "right": lambda router: natpmp_answer(router.address, router.epoch),
    "failure": lambda router: natpmp_answer("0.0.0.0", router.epoch, NETWORK_FAILURE),
    "failed_lie": lambda router: natpmp_answer(LIE, router.epoch, NETWORK_FAILURE),
    "refused": lambda router: natpmp_answer("0.0.0.0", router.epoch, NOT_AUTHORISED),
    "short": lambda router: natpmp_answer(LIE, router.epoch)[:11],
    "header": lambda router: natpmp_answer(LIE, router.epoch)[:8],
    "one": lambda router: b"\0",
    "empty": lambda router: b"",
    "longer": lambda router: natpmp_answer(LIE, router.epoch) + b"\0" * 4,
    "oversized": lambda router: natpmp_answer(LIE, router.epoch) + b"x" * 8000,
    "version": lambda router: natpmp_answer(LIE, router.epoch, version=1),
    "opcode": lambda router: natpmp_answer(LIE, router.epoch, opcode=1),
    "request": lambda router: natpmp_answer(LIE, router.epoch, opcode=-128),
    "result": lambda router: natpmp_answer(LIE, router.epoch, 999),
    "garbage": lambda router: bytes(range(256)),
    "pcp": lambda router: pcp_answer(0, router.epoch, 1),
}
# Kinds that are about the way an answer travels.
_TRAVEL = ("silent", "slow", "spoofed", "port", "twice")


class FalseRouter:
    """address: what it says its external address is, right or not. natpmp: one of `natpmp_kinds`. pcp: "unsupported",
    as a router that has only NAT-PMP; "right"; "silent"; "garbage". igd: its UPnP side. set_epoch() makes it look as if
    it had restarted, or gone back in time. delay: seconds of "slow"."""

    natpmp_kinds = (*_NATPMP, *_TRAVEL)

    def __init__(self, router):
        self._router = router
        self.address = "11.22.33.10"
        self.natpmp = "right"
        self.pcp = "unsupported"
        self.delay = 3.0
        self.requests = []
        self._started = time.monotonic()
        router.ip(f"addr add {router.network}.{OTHER_HOST}/24 dev lan\n")
        self._socket = self._bound(router.lan_address, PORT)
        self._other_port = self._bound(router.lan_address, 0)
        self._other_host = self._bound(f"{router.network}.{OTHER_HOST}", PORT)
        threading.Thread(target=self._run, daemon=True).start()
        self.igd = FalseIgd(router, self)

    def _bound(self, address, port, node=None):
        with node or self._router:
            channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        channel.bind((address, port))
        return channel

    @property
    def epoch(self):
        """Seconds since its tables were lost."""
        return int(time.monotonic() - self._started)

    def set_epoch(self, seconds):
        self._started = time.monotonic() - seconds

    def _run(self):
        while True:
            request, peer = self._socket.recvfrom(2048)
            self.requests.append(request)
            if request[:2] == b"\0\0":
                self._answer_address(peer)
            elif request[:1] == b"\0":
                self._socket.sendto(natpmp_answer("0.0.0.0", self.epoch, NOT_AUTHORISED, request[1]), peer)
            elif request[:1] == b"\2":
                self._answer_pcp(request, peer)

    def _answer_address(self, peer):
        data = _NATPMP.get(self.natpmp, _NATPMP["right"])(self)
        lie = natpmp_answer(LIE, self.epoch)
        if self.natpmp == "slow":
            threading.Timer(self.delay, self._socket.sendto, (data, peer)).start()
        elif self.natpmp == "spoofed":
            self._other_host.sendto(lie, peer)
        elif self.natpmp == "port":
            self._other_port.sendto(lie, peer)
        elif self.natpmp != "silent":
            self._socket.sendto(data, peer)
            if self.natpmp == "twice":
                self._socket.sendto(lie, peer)

    def _answer_pcp(self, request, peer):
        opcode = request[1] & 0x7F
        if self.pcp == "right":
            payload = b""
            if opcode == 1 and len(request) >= 60:  # MAP: the external address closes the answer
                payload = request[24:44] + b"\0" * 10 + b"\xff\xff" + socket.inet_aton(self.address)
            self._socket.sendto(pcp_answer(opcode, self.epoch, 0, payload), peer)
        elif self.pcp == "unsupported":  # RFC 6886, section 3.5
            self._socket.sendto(struct.pack(">BBHI", 0, 128 + opcode, 1, self.epoch), peer)
        elif self.pcp == "garbage":
            self._socket.sendto(b"\2" + bytes(range(200)), peer)

    # announcements

    def announce(self, address=None, data=None, node=None):
        """NAT-PMP to all hosts: that it now has this address (None: `address`). data: other bytes instead. node:
        another computer of the LAN says it."""
        if data is None:
            data = natpmp_answer(address or self.address, self.epoch)
        self._announce(data, node)

    def announce_pcp(self, epoch=None, data=None, node=None):
        """PCP to all hosts: an epoch, without an address."""
        self._announce(data or pcp_answer(0, self.epoch if epoch is None else epoch), node)

    def _announce(self, data, node):
        source = node.address if node else self._router.lan_address
        channel = self._bound(source, PORT, node) if node else self._socket
        channel.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(source))
        channel.sendto(data, (ALL_HOSTS, ANNOUNCED))
        if node:
            channel.close()
