"""Just enough of DNS on the wire: questions, answers, and updates signed with HMAC-SHA256 (RFC 1035, 2136, 8945)."""
import base64
import hashlib
import hmac
import secrets
import socket
import struct
import time

TYPES = {"A": 1, "NS": 2, "SOA": 6, "TXT": 16, "AAAA": 28}
CLASS_IN, CLASS_CHAOS, CLASS_ANY, TYPE_TSIG = 1, 3, 255, 250
UPDATE = 5
RCODES = ("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
          "NXRRSET", "NOTAUTH", "NOTZONE")


def name_bytes(name):
    labels = [label.encode() for label in name.lower().rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def skip_name(message, at):
    while message[at]:
        if message[at] >= 0xC0:
            return at + 2
        at += 1 + message[at]
    return at + 1


def _header(number, flags, *counts):
    return struct.pack(">HHHHHH", number, flags, *counts)


def _exchange(node, server, message, seconds):
    with node:
        channel = socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM)
    with channel:
        channel.settimeout(seconds)
        channel.connect((server, 53))
        channel.send(message)
        while True:
            reply = channel.recv(65535)
            if reply[:2] == message[:2]:
                return reply


def _value(kind, data):
    if kind == "TXT":
        return data[1:1 + data[0]].decode("latin1")
    return socket.inet_ntop(socket.AF_INET if kind == "A" else socket.AF_INET6, data)


def _values(reply, kind):
    at = 12
    for _ in range(struct.unpack(">H", reply[4:6])[0]):
        at = skip_name(reply, at) + 4
    found = []
    for _ in range(struct.unpack(">H", reply[6:8])[0]):
        at = skip_name(reply, at)
        type_, _, _, length = struct.unpack(">HHIH", reply[at:at + 10])
        if type_ == TYPES[kind]:
            found.append(_value(kind, reply[at + 10:at + 10 + length]))
        at += 10 + length
    return sorted(found)


def lookup(node, server, name, kind="A", seconds=2.0, class_=CLASS_IN):
    """The addresses, or texts, that a server holds; empty when it has none. A silent server: TimeoutError."""
    question = name_bytes(name) + struct.pack(">HH", TYPES[kind], class_)
    reply = _exchange(node, server, _header(secrets.randbelow(65536), 0x0100, 1, 0, 0, 0) + question, seconds)
    return _values(reply, kind)


def record(name, kind, data, class_=CLASS_IN, ttl=0):
    """One record of an answer; name as bytes."""
    return name + struct.pack(">HHIH", TYPES[kind], class_, ttl, len(data)) + data


def text(value):
    """The data of a TXT record with one string."""
    return bytes([len(value)]) + value.encode()


def answer(question, records=b"", count=0, rcode=0):
    """The answer to a message with one question, whose bytes end there."""
    return question[:2] + struct.pack(">HHHHH", 0x8580 | rcode, 1, count, 0, 0) + question[12:] + records


class Key:
    """A TSIG key, as tsig-keygen would make it."""

    def __init__(self, name, algorithm="hmac-sha256", secret=None):
        self.name = name
        self.algorithm = algorithm
        self.secret = secret or base64.b64encode(secrets.token_bytes(32)).decode()

    def clause(self):
        return f'key "{self.name}" {{ algorithm {self.algorithm}; secret "{self.secret}"; }};\n'


def _signed(key, number, message):
    now, fudge = int(time.time()), 300
    algorithm = name_bytes(key.algorithm)
    times = struct.pack(">HIH", now >> 32, now & 0xFFFFFFFF, fudge)
    variables = (name_bytes(key.name) + struct.pack(">HI", CLASS_ANY, 0) + algorithm + times
                 + struct.pack(">HH", 0, 0))
    mac = hmac.new(base64.b64decode(key.secret), message + variables, hashlib.sha256).digest()
    data = algorithm + times + struct.pack(">H", len(mac)) + mac + struct.pack(">HHH", number, 0, 0)
    record = name_bytes(key.name) + struct.pack(">HHIH", TYPE_TSIG, CLASS_ANY, 0, len(data)) + data
    return message[:10] + struct.pack(">H", 1) + message[12:] + record


def update(node, server, zone, key, name, kind, addresses, ttl=60):
    """Replaces a record set (HMAC-SHA256 keys only); an error when the server does not say NOERROR."""
    changes = name_bytes(name) + struct.pack(">HHIH", TYPES[kind], CLASS_ANY, 0, 0)
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        data = socket.inet_pton(family, address)
        changes += name_bytes(name) + struct.pack(">HHIH", TYPES[kind], CLASS_IN, ttl, len(data)) + data
    number = secrets.randbelow(65536)
    message = (_header(number, UPDATE << 11, 1, 0, 1 + len(addresses), 0) + name_bytes(zone)
               + struct.pack(">HH", TYPES["SOA"], CLASS_IN) + changes)
    reply = _exchange(node, server, _signed(key, number, message), 3.0)
    rcode = RCODES[reply[3] & 15] if reply[3] & 15 < len(RCODES) else str(reply[3] & 15)
    if rcode != "NOERROR":
        raise RuntimeError(f"the name server refused to set {name}: {rcode}")
