"""When DNS UPDATE messages arrived at the name servers, by the kernel's own time stamps."""
import socket
import struct
import threading
import time

from . import netlink
from .dns import UPDATE

SO_TIMESTAMPNS = 35
ETH_P_ALL = 3
PACKET_HOST = 0


def _transport(packet):
    """Protocol number and payload of an IP packet, or None."""
    version = packet[0] >> 4
    if version == 4:
        length, = struct.unpack(">H", packet[2:4])
        return packet[9], packet[(packet[0] & 15) * 4:length]
    if version == 6:
        length, = struct.unpack(">H", packet[4:6])
        return packet[6], packet[40:40 + length]
    return None


def dns_message(packet):
    """The DNS message that an IP packet carries to port 53, or None."""
    if len(packet) < 40 or _transport(packet) is None:
        return None
    protocol, segment = _transport(packet)
    if len(segment) < 8 or segment[2:4] != b"\0\x35":
        return None
    if protocol == 17:
        return segment[8:]
    if protocol == 6 and len(segment) > 20:
        return segment[(segment[12] >> 4) * 4:][2:]
    return None


class UpdateCapture:
    """Listens on a node's interface from the moment it is made."""

    def __init__(self, node, link):
        with node:
            self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
            self._socket.bind((link, ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._updates = []
        self._lock = threading.Condition()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            packet, ancillary, _, source = self._socket.recvmsg(65536, 256)
            message = dns_message(packet) if source[2] == PACKET_HOST else None
            if not message or len(message) < 12 or message[2] >> 3 & 15 != UPDATE:
                continue
            stamp = next((data for _, kind, data in ancillary if kind == SO_TIMESTAMPNS), None)
            arrived = time.time_ns() if stamp is None else (lambda s, n: s * 10**9 + n)(*struct.unpack("=qq", stamp))
            with self._lock:
                self._updates.append((arrived, message))
                self._lock.notify_all()

    def updates(self, since=0, address=None):
        """Arrival instants (ns) of updates that carry an address."""
        wanted = netlink.packed(address) if address else b""
        with self._lock:
            return [at for at, message in self._updates if at >= since and wanted in message]

    def update(self, address, since, seconds=30.0):
        """When the first update that carries `address` arrived; None when none came in time."""
        deadline = time.monotonic() + seconds
        while True:
            found = self.updates(since, address)
            if found:
                return found[0]
            with self._lock:
                if not self._lock.wait(max(0.0, min(0.05, deadline - time.monotonic()))):
                    if time.monotonic() > deadline:
                        return None
