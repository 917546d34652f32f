"""A tunnel between two nodes: real tun devices, whose packets travel in UDP datagrams."""
import fcntl
import os
import selectors
import socket
import struct
import threading

DEVICE = "/dev/net/tun"
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x1, 0x1000
SO_MARK = 36


def is_available():
    """Ordinary users often may not make such devices."""
    return os.access(DEVICE, os.R_OK | os.W_OK)


def open_device(node, name):
    """The device is gone when its file is closed."""
    with node:
        file = os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            fcntl.ioctl(file, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
        except OSError:
            os.close(file)
            raise
    return file


class End:
    """One end. peer: where to send to, and the only one that is heard; None: whoever sent last. What would carry the
    tunnel's own datagrams through the tunnel is dropped, as real VPNs do while a route is missing."""

    def __init__(self, node, name, port=0, peer=None, mark=0):
        self._device = open_device(node, name)
        with node:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        if mark:
            self._socket.setsockopt(socket.SOL_SOCKET, SO_MARK, mark)
        self._socket.bind(("", port))
        self._socket.setblocking(False)
        self._peer, self._fixed = peer, peer is not None
        self._stop, self._stopper = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _outwards(self):
        packet = os.read(self._device, 65536)
        if self._peer and packet[16:20] != socket.inet_aton(self._peer[0]):
            self._socket.sendto(packet, self._peer)

    def _inwards(self):
        packet, peer = self._socket.recvfrom(65536)
        if self._fixed and peer != self._peer:
            return
        self._peer = peer
        if packet:
            os.write(self._device, packet)

    def hello(self):
        """Has the other end know where this one is."""
        self._socket.sendto(b"", self._peer)

    def _run(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self._device, selectors.EVENT_READ, self._outwards)
            selector.register(self._socket, selectors.EVENT_READ, self._inwards)
            selector.register(self._stop, selectors.EVENT_READ, None)
            while True:
                for key, _ in selector.select():
                    if key.data is None:
                        return
                    try:
                        key.data()
                    except OSError:
                        pass  # without a way for the moment: a packet is lost, as anywhere else

    def close(self):
        os.write(self._stopper, b"x")
        self._thread.join()
        for each in (self._device, self._stop, self._stopper):
            os.close(each)
        self._socket.close()
