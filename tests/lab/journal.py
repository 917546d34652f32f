"""Stands in for the system's journal: takes the lines of a program with all their fields."""
import os
import socket
import struct
import threading

from .wait import until

FOLDER = "/run/systemd/journal"


def parse(data):
    """The fields of one entry in the journal's own protocol."""
    fields = {}
    while data:
        line, _, rest = data.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:
            size, = struct.unpack("<Q", rest[:8])
            value, rest = rest[8:8 + size], rest[9 + size:]
        fields[name.decode()] = value.decode()
        data = rest
    return fields


class Journal:
    """`stderr` is what a program has to write to for finding the journal behind it."""

    def __init__(self):
        os.makedirs(FOLDER, exist_ok=True)
        for name in ("socket", "stdout"):
            if os.path.exists(f"{FOLDER}/{name}"):
                os.unlink(f"{FOLDER}/{name}")
        self._lengthen_queue()
        self._entries = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._entries.bind(FOLDER + "/socket")
        self._plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._plain.bind(FOLDER + "/stdout")
        self._plain.listen()
        self.stderr = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.stderr.connect(FOLDER + "/stdout")
        self.entries = []
        self.raw = bytearray()
        self._parked, self._goes_on = threading.Event(), threading.Event()
        self._goes_on.set()
        threading.Thread(target=self._read, daemon=True).start()

    @staticmethod
    def _lengthen_queue():
        """As systemd does when it starts; a socket has what is said when it is made."""
        with open("/proc/sys/net/unix/max_dgram_qlen", "w") as file:
            file.write("512")

    def _read(self):
        while True:
            data = self._entries.recv(1 << 20)
            if not self._goes_on.is_set():
                self._parked.set()
                self._goes_on.wait()
            self.raw += data
            self.entries.append(parse(data))

    def hold(self):
        """Its queue is full, and it reads nothing more until let_go()."""
        self._parked.clear()
        self._goes_on.clear()
        self._fill()
        self._parked.wait()
        self._fill()

    def _fill(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as filler:
            try:
                while True:
                    filler.sendto(b"MESSAGE=fills it\n", FOLDER + "/socket")
            except BlockingIOError:
                pass

    def let_go(self):
        self._goes_on.set()

    def of(self, **fields):
        """The entries whose fields are as given."""
        return [each for each in list(self.entries) if all(each.get(name) == text for name, text in fields.items())]

    def entry(self, seconds=30.0, **fields):
        """The first such entry, awaited."""
        return until(f"the journal has an entry with {fields}", lambda: self.of(**fields), seconds)[0]
