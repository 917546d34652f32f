"""Servers of the lab that are unpacked from Debian packages and never installed (fetch.py)."""
import os

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_PATHS = {"named": "bind9/usr/sbin/named", "miniupnpd": "miniupnpd-nftables/usr/sbin/miniupnpd",
          "radvd": "radvd/usr/sbin/radvd"}


def folder():
    return os.environ.get("WAYHOME_TOOLS") or os.path.join(SOURCE, "build", "tools")


def find(name):
    """The program's path, or None: it has not been fetched."""
    path = os.path.join(folder(), _PATHS[name])
    return path if os.path.exists(path) else None


def missing():
    """The programs that have not been fetched."""
    return [name for name in _PATHS if not find(name)]
