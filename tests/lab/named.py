"""Real name servers: BIND from a package that is unpacked, not installed."""
import os
import subprocess

from . import dns, tools
from .tools import SOURCE  # noqa: F401
from .wait import until

tools_folder = tools.folder


def binary():
    """The unpacked name server, or None: it has not been fetched."""
    return tools.find("named")


class Named:
    """One process. zones: name to zone file text; updates: zone name to its update-policy statements."""

    def __init__(self, node, name, folder, addresses, zones, keys=(), updates=None, options="", preload=None):
        self.node = node
        self.addresses = addresses
        self._folder = os.path.join(folder, name)
        os.makedirs(self._folder)
        self._log = os.path.join(self._folder, "log")
        self._preload = preload
        self._write(zones, keys, updates or {}, options)
        self.process = None
        self.start()

    def _file(self, name, text):
        with open(os.path.join(self._folder, name), "w") as file:
            file.write(text)

    def _write(self, zones, keys, updates, options):
        v4 = " ".join(each + ";" for each in self.addresses if ":" not in each)
        v6 = " ".join(each + ";" for each in self.addresses if ":" in each) or "none;"
        text = "".join(key.clause() for key in keys)
        text += (f'options {{ directory "{self._folder}"; pid-file none; session-keyfile none; '
                 f"listen-on {{ {v4} }}; listen-on-v6 {{ {v6} }}; allow-query {{ any; }}; "
                 f"dnssec-validation no; empty-zones-enable no; notify no; {options} }};\ncontrols {{ }};\n")
        for zone, content in zones.items():
            file = (zone.strip(".") or "root") + ".zone"
            self._file(file, content)
            policy = f"update-policy {{ {updates[zone]} }};" if zone in updates else ""
            kind = "hint" if content.startswith(";hint") else "primary"
            text += f'zone "{zone}" {{ type {kind}; file "{file}"; {policy} }};\n'
        self._file("named.conf", text)

    def start(self):
        environment = dict(os.environ)
        if self._preload:
            environment["LD_PRELOAD"] = self._preload
        with open(self._log, "ab") as log:
            self.process = self.node.popen([binary(), "-g", "-n", "1", "-c", self._folder + "/named.conf"],
                                           stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
        until(f"the name server at {self.addresses[0]} answers", self._answers, 20)

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError("the name server ended: " + self.log()[-2000:])
        try:
            dns.lookup(self.node, self.addresses[0], "ready.example", seconds=0.1)
            return True
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def log(self):
        with open(self._log, errors="replace") as file:
            return file.read()
