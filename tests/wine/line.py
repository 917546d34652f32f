#!/usr/bin/python3 -B
"""Changes addresses and routes for a Windows program, from the Linux side of the sandbox that it runs in.

usage: tests/wine/line.py PORT

Connects to 127.0.0.1:PORT and does what each line says until the other end is gone: "cable" makes the cable wire0 to
wire1 where it is missing, takes all addresses and routes away and answers with the number of wire0; anything else is
arguments of ip(8). An answer is a line with a number, 0 where ip has nothing to say, or "error" and a reason.
"""
import os
import select
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.sandbox import RUN  # noqa: E402

_RUNNING = 30  # seconds until a new cable carries something
_NETWORK_DEVICES = 1  # the group of those who hear of them: RTMGRP_LINK


def ip(*arguments):
    return subprocess.run(["ip", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout


def _wait_until_up(name, news):
    """A worker of the kernel announces the carrier, a moment after the command: to `news`."""
    deadline = time.monotonic() + _RUNNING
    while "LOWER_UP" not in ip("-o", "link", "show", "dev", name):
        if not select.select([news], [], [], max(0, deadline - time.monotonic()))[0]:
            raise OSError(f"{name} does not get up")
        news.recv(65536)


def cable():
    if "wire0" not in (name for _, name in socket.if_nameindex()):
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as news:
            news.bind((0, _NETWORK_DEVICES))
            ip("link", "add", "wire0", "type", "veth", "peer", "name", "wire1")
            for name in ("wire0", "wire1"):
                # No addresses of their own making: they would come at a time of their own.
                ip("link", "set", "dev", name, "addrgenmode", "none")
                ip("link", "set", "dev", name, "up")
            _wait_until_up("wire0", news)
    for family in ("-4", "-6"):
        ip(family, "route", "flush", "root", "default")
        ip(family, "addr", "flush", "dev", "wire0")
    return socket.if_nametoindex("wire0")


def answer(line):
    words = line.split()
    try:
        if words == ["cable"]:
            return str(cable())
        ip(*words)
    except (OSError, subprocess.CalledProcessError) as error:
        return "error " + " ".join((getattr(error, "stderr", None) or str(error)).split())
    return "0"


def main():
    if not os.path.isdir(RUN):
        sys.exit("Only in a sandbox of tests/wine/run: the addresses of this computer are not for a test to change.")
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection, connection.makefile("rw") as stream:
        for line in stream:
            print(answer(line), file=stream, flush=True)


if __name__ == "__main__":
    main()
