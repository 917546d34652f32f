"""One computer of the lab: a network namespace without a name."""
import os
import socket
import subprocess
import threading

from . import netlink
from .sandbox import CLONE_NEWNET, check, libc, unshare


def _present():
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


class Node:
    """`with node:` moves the calling thread there; sockets and processes made meanwhile stay there."""

    def __init__(self, name):
        self.name = name
        self._before = threading.local()
        home = _present()
        unshare(CLONE_NEWNET)
        self._namespace = _present()
        check(libc.setns(home, CLONE_NEWNET), "setns")
        os.close(home)
        self.run("ip", "link", "set", "lo", "up")
        for which in ("all", "default"):  # packets of a VPN come in where answers to them do not go out
            self.sysctl(f"ipv4/conf/{which}/rp_filter", 0)
        self._links = {}

    @property
    def path(self):
        """The namespace as a path for iproute2."""
        return f"/proc/{os.getpid()}/fd/{self._namespace}"

    def __enter__(self):
        stack = self._before.__dict__.setdefault("stack", [])
        stack.append(_present())
        check(libc.setns(self._namespace, CLONE_NEWNET), "setns")
        return self

    def __exit__(self, *_):
        before = self._before.stack.pop()
        check(libc.setns(before, CLONE_NEWNET), "setns")
        os.close(before)

    def popen(self, command, **options):
        with self:
            return subprocess.Popen(command, **options)

    def run(self, *command, text=None):
        """Runs a command to its end; an error when it fails."""
        with self:
            done = subprocess.run(command, input=text, text=True, capture_output=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def ip(self, lines, family=None):
        """family: 4 or 6, where the words themselves do not tell."""
        self.run("ip", *([f"-{family}"] if family else []), "-batch", "-", text=lines)

    def nft(self, rules):
        self.run("nft", "-f", "-", text=rules)

    def sysctl(self, name, value):
        with self, open("/proc/sys/net/" + name, "w") as file:
            file.write(str(value))

    def cable(self, link, other, other_link):
        """A cable from `link` here to `other_link` at another node; both ends up, without IPv6 addresses of their
        own making: their duplicate address detection would go on for seconds."""
        self.run("ip", "link", "add", link, "type", "veth", "peer", "name", other_link, "netns", other.path)
        for node, name in ((self, link), (other, other_link)):
            node.ip(f"link set dev {name} addrgenmode none\nlink set dev {name} up\n")

    def link(self, name):
        """The index of an interface."""
        if name not in self._links:
            with self:
                self._links[name] = socket.if_nametoindex(name)
        return self._links[name]

    def change(self, *messages):
        """One rtnetlink request; returns its instant."""
        return netlink.request(self, *messages)
