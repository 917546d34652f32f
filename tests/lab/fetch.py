#!/usr/bin/python3
"""Unpacks Debian packages below a folder, without installing them: no service starts, nothing is asked.

usage: fetch.py FOLDER PACKAGE...
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile


def _version_like(package):
    """bind9 has to be of the same version as the libraries that are installed."""
    if package != "bind9":
        return package
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "bind9-libs"], capture_output=True, text=True)
    return f"{package}={found.stdout}" if found.returncode == 0 else package


def fetch(folder, package):
    """The folder into which the package is unpacked; fetched only once."""
    target = os.path.join(folder, package)
    if os.path.isdir(target):
        return target
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        command = ["apt-get", "-q", "download", _version_like(package)]
        if os.geteuid() == 0:
            command[1:1] = ["-o", "APT::Sandbox::User=root"]
        subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        archive, = glob.glob(scratch + "/*.deb")
        subprocess.run(["dpkg", "-x", archive, scratch + "/tree"], check=True)
        shutil.move(scratch + "/tree", target)
    return target


if __name__ == "__main__":
    for name in sys.argv[2:]:
        fetch(sys.argv[1], name)
