"""NAT-PMP and PCP as a client in the home sees them (RFC 6886, RFC 6887)."""
import collections
import socket
import struct
import threading
import time

from .wait import until

PORT = 5351  # routers listen here
ANNOUNCED = 5350  # and announce to this port of all hosts
ALL_HOSTS = "224.0.0.1"
NOT_AUTHORISED, NETWORK_FAILURE = 2, 3

Answer = collections.namedtuple("Answer", "result epoch address")
Announcement = collections.namedtuple("Announcement", "at source version opcode result epoch address")


def parse(data):
    """The answer to "what is your external address?", or None."""
    if len(data) < 8 or data[:2] != b"\0\x80":
        return None
    result, epoch = struct.unpack(">HI", data[2:8])
    return Answer(result, epoch, socket.inet_ntoa(data[8:12]) if len(data) >= 12 else None)


def ask(node, router, seconds=2.0):
    """Asks a router for its external address; None when it is silent or talks nonsense."""
    with node:
        channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with channel:
        channel.settimeout(seconds)
        channel.connect((router, PORT))
        try:
            channel.send(b"\0\0")
            return parse(channel.recv(2048))
        except OSError:
            return None


def forward(node, router, inside, outside, protocol="TCP", seconds=3600):
    """Asks a router to forward a port to this node; the result code (0: it does), or None."""
    request = struct.pack(">BBxxHHI", 0, 2 if protocol == "TCP" else 1, inside, outside, seconds)
    with node:
        channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with channel:
        channel.settimeout(2)
        channel.connect((router, PORT))
        try:
            channel.send(request)
            return struct.unpack(">H", channel.recv(2048)[2:4])[0]
        except OSError:
            return None


def _announcement(data, source):
    now = time.time_ns()
    if data[:1] == b"\0" and (answer := parse(data)):
        return Announcement(now, source, 0, 0, answer.result, answer.epoch, answer.address)
    if data[:1] == b"\2" and len(data) >= 24:
        return Announcement(now, source, 2, data[1] & 0x7F, data[3], struct.unpack(">I", data[8:12])[0], None)
    return None


class Ear:
    """Hears what is announced to all hosts of the LAN, from the moment it is made."""

    def __init__(self, node, address):
        with node:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("", ANNOUNCED))
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                                socket.inet_aton(ALL_HOSTS) + socket.inet_aton(address))
        self._heard = []
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            data, peer = self._socket.recvfrom(2048)
            self._heard.append((data, _announcement(data, peer[0])))

    def heard(self, version=0, since=0):
        """version 0: NAT-PMP; 2: PCP."""
        return [each for _, each in list(self._heard) if each and each.version == version and each.at >= since]

    def raw(self):
        return [data for data, _ in list(self._heard)]

    def hear(self, what, condition, version=0, seconds=30.0):
        """The first announcement that meets a condition, awaited."""
        return until(what, lambda: next((each for each in self.heard(version) if condition(each)), None), seconds)
