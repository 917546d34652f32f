"""Name servers that answer with the address of whoever asks, or lie about it."""
import selectors
import socket
import struct
import threading
import time

from . import dns
from .netlink import family_of
from .nonsense import LIE, LIE_6

CHAOS_NAMES = ("whoami.cloudflare", "whoami")


class Question:
    """One question and who asked."""

    def __init__(self, message, source):
        end = dns.skip_name(message, 12)
        self.at = time.time_ns()
        self.source = source
        self.message = message[:end + 4]
        self.kind, self.class_ = struct.unpack(">HH", message[end:end + 4])
        self.name = self._name(message, end)

    @staticmethod
    def _name(message, end):
        labels, at = [], 12
        while at < end - 1:
            labels.append(message[at + 1:at + 1 + message[at]].decode("latin1").lower())
            at += 1 + message[at]
        return ".".join(labels)


def _address_record(question, address, name=b"\xc0\x0c"):
    kind = "AAAA" if ":" in address else "A"
    return dns.record(name, kind, socket.inet_pton(family_of(address), address))


def _text_record(question, value):
    return dns.record(b"\xc0\x0c", "TXT", dns.text(value), question.class_)


def _right(question, address):
    """The right kind of answer with this address; none where the question asks for something else."""
    if question.kind == dns.TYPES["TXT"]:
        return dns.answer(question.message, _text_record(question, address), 1)
    if question.kind == dns.TYPES["AAAA" if ":" in address else "A"]:
        return dns.answer(question.message, _address_record(question, address), 1)
    return dns.answer(question.message)


def _twice(question):
    own = _right(question, question.source)
    other = _right(question, LIE_6 if ":" in question.source else LIE)
    return dns.answer(question.message, own[len(question.message):] + other[len(question.message):], 2)


def _other_question(question):
    changed = question.message[:12] + dns.name_bytes("other.example") + question.message[-4:]
    return dns.answer(changed, _address_record(question, LIE), 1)


def _other_id(question):
    return bytes([question.message[0] ^ 0xFF]) + _right(question, LIE)[1:]


def _other_owner(question):
    return dns.answer(question.message, _address_record(question, LIE, dns.name_bytes("other.example")), 1)


def _other_family(question):
    address = LIE if ":" in question.source else LIE_6
    return dns.answer(question.message, _address_record(question, address), 1)


def _with_rcode(rcode):
    return lambda question: dns.answer(question.message, rcode=rcode)


def _lie_with_failure(question):
    return dns.answer(question.message, _address_record(question, LIE), 1, 2)


def _looping_name(question):
    return dns.answer(question.message, b"\xc0" + bytes([len(question.message)]) + b"\0\1\0\1" + b"\0" * 6, 1)


def _truncated(question):
    data = bytearray(dns.answer(question.message))
    data[2] |= 2
    return bytes(data)


# Kind to the bytes of the answer; None: silence.
KINDS = {
    "private": lambda question: _right(question, "192.168.77.5"),
    "cgnat": lambda question: _right(question, "100.64.9.9"),
    "zero": lambda question: _right(question, "0.0.0.0"),
    "loopback": lambda question: _right(question, "127.0.0.1"),
    "two": _twice,
    "text": lambda question: dns.answer(question.message, _text_record(question, "no address here"), 1),
    "subnet": lambda question: dns.answer(question.message, _text_record(question, f"edns0-client-subnet {LIE}/24"), 1),
    "family": _other_family,
    "owner": _other_owner,
    "question": _other_question,
    "id": _other_id,
    "nxdomain": _with_rcode(3),
    "servfail": _with_rcode(2),
    "refused": _with_rcode(5),
    "failed_lie": _lie_with_failure,
    "nothing": lambda question: dns.answer(question.message),
    "truncated": _truncated,
    "short": lambda question: _right(question, LIE)[:-2],
    "header": lambda question: dns.answer(question.message)[:12],
    "counts": lambda question: dns.answer(question.message, b"", 65535),
    "loop": _looping_name,
    "garbage": lambda question: question.message[:2] + bytes(range(256)),
    "echoed": lambda question: question.message,
    "big": lambda question: _right(question, LIE) + b"x" * 60000,
    "silent": lambda question: None,
}


class DnsEcho:
    """behaviour: "plain", an address, or a key of KINDS. It answers A and AAAA of `host`, TXT of `text_host`, and
    TXT of the class CHAOS of `whoami.cloudflare`, at its own addresses only."""

    def __init__(self, name, address, address6):
        self.host = "myip." + name
        self.text_host = "o-o.myaddr." + name
        self.address = address
        self.address6 = address6
        self.behaviour = "plain"
        self.requests = []

    def _is_ours(self, question):
        if question.class_ == dns.CLASS_CHAOS:
            return question.name in CHAOS_NAMES and question.kind == dns.TYPES["TXT"]
        return question.name == (self.text_host if question.kind == dns.TYPES["TXT"] else self.host)

    def reply(self, question):
        self.requests.append(question)
        if not self._is_ours(question):
            return dns.answer(question.message, rcode=5)
        if self.behaviour in KINDS:
            return KINDS[self.behaviour](question)
        return _right(question, question.source if self.behaviour == "plain" else self.behaviour)


class DnsEchoes:
    """All of them, over UDP, in one thread."""

    def __init__(self, node, echoes):
        self._selector = selectors.DefaultSelector()
        for echo in echoes:
            for address in (echo.address, echo.address6):
                with node:
                    channel = socket.socket(family_of(address), socket.SOCK_DGRAM)
                channel.bind((address, 53))
                self._selector.register(channel, selectors.EVENT_READ, echo)
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            for key, _ in self._selector.select():
                message, peer = key.fileobj.recvfrom(4096)
                try:
                    answer = key.data.reply(Question(message, peer[0]))
                    if answer is not None:
                        key.fileobj.sendto(answer, peer)
                except (IndexError, struct.error, OSError):
                    continue
