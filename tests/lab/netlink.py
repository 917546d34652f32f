"""Raw rtnetlink: addresses and routes are changed by one request whose instant is known."""
import os
import socket
import struct
import time

NLM_F_REQUEST, NLM_F_ACK, NLM_F_REPLACE, NLM_F_CREATE = 0x1, 0x4, 0x100, 0x400
NLMSG_ERROR = 2
RTM_NEWLINK, RTM_NEWADDR, RTM_DELADDR, RTM_NEWROUTE, RTM_DELROUTE = 16, 20, 21, 24, 25
IFA_ADDRESS, IFA_LOCAL, IFA_CACHEINFO, IFA_FLAGS = 1, 2, 6, 8
RTA_OIF, RTA_GATEWAY, RTA_PRIORITY = 4, 5, 6
RTMGRP_IPV6_IFADDR = 0x100
IFF_UP = 1
TENTATIVE, NODAD, DADFAILED, MANAGETEMP, TEMPORARY = 0x40, 0x02, 0x08, 0x100, 0x01
FOREVER = 0xFFFFFFFF


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def packed(address):
    return socket.inet_pton(family_of(address), address)


def _attribute(kind, data):
    return struct.pack("=HH", 4 + len(data), kind) + data + b"\0" * (-len(data) % 4)


def _message(kind, flags, body, *attributes):
    content = body + b"".join(attributes)
    return struct.pack("=IHHII", 16 + len(content), kind, NLM_F_REQUEST | NLM_F_ACK | flags, 1, 0) + content


def _address(kind, flags, link, address, address_flags=0, lifetimes=None):
    text, length = address.split("/")
    attributes = [_attribute(IFA_LOCAL, packed(text)), _attribute(IFA_ADDRESS, packed(text)),
                  _attribute(IFA_FLAGS, struct.pack("=I", address_flags))]
    if lifetimes:
        attributes.append(_attribute(IFA_CACHEINFO, struct.pack("=IIII", *lifetimes, 0, 0)))
    body = struct.pack("=BBBBI", family_of(text), int(length), address_flags & 0xFF, 0, link)
    return _message(kind, flags, body, *attributes)


def add_address(link, address, flags=0, preferred=FOREVER, valid=FOREVER):
    """flags: NODAD, TEMPORARY, ...; lifetimes in seconds, preferred 0: deprecated."""
    return _address(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, link, address, flags, (preferred, valid))


def remove_address(link, address):
    return _address(RTM_DELADDR, 0, link, address)


def _route(kind, flags, link, gateway, metric):
    scope_onlink = 4
    body = struct.pack("=BBBBBBBBI", family_of(gateway), 0, 0, 0, 254, 4, 0, 1, scope_onlink)
    return _message(kind, flags, body, _attribute(RTA_OIF, struct.pack("=I", link)),
                    _attribute(RTA_GATEWAY, packed(gateway)),
                    _attribute(RTA_PRIORITY, struct.pack("=I", metric)))


def default_route(link, gateway, metric=100):
    return _route(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, link, gateway, metric)


def remove_default_route(link, gateway, metric=100):
    return _route(RTM_DELROUTE, 0, link, gateway, metric)


def link_state(link, up):
    return _message(RTM_NEWLINK, 0, struct.pack("=BBHiII", 0, 0, 0, link, IFF_UP if up else 0, IFF_UP))


def _acknowledge(answers, count):
    while count:
        data = answers.recv(65536)
        while len(data) >= 16:
            length, kind = struct.unpack("=IH", data[:6])
            if kind == NLMSG_ERROR:
                error = -struct.unpack("=i", data[16:20])[0]
                if error:
                    raise OSError(error, f"rtnetlink: {os.strerror(error)}")
                count -= 1
            data = data[(length + 3) & ~3:]


def request(node, *messages):
    """Sends all messages in one datagram. Returns the instant before it (CLOCK_REALTIME, ns)."""
    with node:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as channel:
            channel.bind((0, 0))
            asked = time.time_ns()
            channel.send(b"".join(messages))
            _acknowledge(channel, len(messages))
            return asked


class DadWatch:
    """Hears when duplicate address detection of an IPv6 address ends."""

    def __init__(self, node):
        with node:
            self._channel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        self._channel.bind((0, RTMGRP_IPV6_IFADDR))

    def close(self):
        self._channel.close()

    def usable(self, address, seconds=30.0):
        """The instant (CLOCK_REALTIME, ns) at which the kernel said that `address` may be used."""
        deadline = time.monotonic() + seconds
        wanted = packed(address)
        while time.monotonic() < deadline:
            self._channel.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                data = self._channel.recv(65536)
            except TimeoutError:
                break
            heard = time.time_ns()
            kind, = struct.unpack("=H", data[4:6])
            flags = _flags(data) if kind == RTM_NEWADDR and wanted in data else TENTATIVE
            if flags & DADFAILED:
                raise OSError(f"{address} is already in use on the link")
            if not flags & TENTATIVE:
                return heard
        raise TimeoutError(f"duplicate address detection of {address} did not end")


def _flags(data):
    at, flags = 16 + 8, data[16 + 2]
    while at + 4 <= len(data):
        length, kind = struct.unpack("=HH", data[at:at + 4])
        if kind == IFA_FLAGS:
            flags, = struct.unpack("=I", data[at + 4:at + 8])
        at += max(4, (length + 3) & ~3)
    return flags
