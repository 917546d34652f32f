"""What gives a LAN its IPv6 prefix: the real radvd."""
import os
import signal
import subprocess

from . import tools

PREFERRED, VALID = 3600, 7200


def _prefix(prefix, preferred, valid):
    return (f"  prefix {prefix} {{ AdvOnLink on; AdvAutonomous on; AdvPreferredLifetime {preferred}; "
            f"AdvValidLifetime {valid}; }};\n")


class Advertiser:
    """radvd at a link of a node. It speaks when it starts, when what it says changes, and when a computer asks: what
    a computer does without a cause can be measured."""

    def __init__(self, node, link, folder):
        os.makedirs(folder, exist_ok=True)
        self._node = node
        self._link = link
        self._folder = folder
        self._path = folder + "/radvd.conf"
        self.process = None

    def configure(self, *prefixes):
        """What is said from now on: each (prefix, preferred lifetime, valid lifetime)."""
        lines = "".join(_prefix(*each) for each in prefixes)
        with open(self._path, "w") as file:
            file.write(f"interface {self._link} {{\n  AdvSendAdvert on; MinRtrAdvInterval 198; MaxRtrAdvInterval 600;\n"
                       f"  AdvDefaultLifetime 1800;\n{lines}}};\n")
        os.chmod(self._path, 0o644)  # it refuses what everybody may write to

    def again(self):
        """Says it now."""
        if self.process:
            self.process.send_signal(signal.SIGHUP)
        else:
            self.start()

    def start(self):
        if not os.path.exists(self._path):
            return
        with open(self._folder + "/radvd.log", "ab") as log:
            self.process = self._node.popen([tools.find("radvd"), "-n", "-C", self._path, "-p",
                                             self._folder + "/radvd.pid", "-m", "stderr", "-d", "2"],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self):
        """At once, without a farewell."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def log(self):
        with open(self._folder + "/radvd.log", errors="replace") as file:
            return file.read()
