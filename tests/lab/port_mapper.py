"""What lets programs in the home ask a router for its address: the real miniupnpd (NAT-PMP, PCP, UPnP)."""
import os
import subprocess

from . import natpmp, tools
from .wait import until

HTTP_PORT = 5000
_CONFIGURATION = """ext_ifname={wan}
listening_ip={lan}
http_port={port}
enable_natpmp={natpmp}
enable_upnp={upnp}
secure_mode=yes
system_uptime=no
notify_interval=60
clean_ruleset_interval=600
friendly_name=Lab router
model_number=1
uuid=5d52a6f0-1111-4222-8333-0123456789ab
serial=1
allow 1024-65535 0.0.0.0/0 1024-65535
"""


def _word(wanted):
    return "yes" if wanted else "no"


class PortMapper:
    """miniupnpd at a router. It finds the nftables chains that the router made for it."""

    def __init__(self, router, folder, use_natpmp=True, use_upnp=True):
        os.makedirs(folder, exist_ok=True)
        self._router = router
        self._folder = folder
        self._natpmp = use_natpmp
        self._upnp = use_upnp
        self.process = None

    def start(self):
        """A new epoch begins."""
        path = self._folder + "/miniupnpd.conf"
        with open(path, "w") as file:
            file.write(_CONFIGURATION.format(wan=self._router.wan, lan=self._router.lan, port=HTTP_PORT,
                                             natpmp=_word(self._natpmp), upnp=_word(self._upnp)))
        with open(self._folder + "/miniupnpd.log", "ab") as log:
            self.process = self._router.popen(
                [tools.find("miniupnpd"), "-d", "-f", path, "-P", self._folder + "/miniupnpd.pid"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until("miniupnpd answers", self._answers, 20)

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError("miniupnpd ended: " + self.log()[-2000:])
        if self._natpmp:
            return natpmp.ask(self._router, self._router.lan_address, 0.2)
        return "HTTP listening on port" in self.log()

    def stop(self):
        """At once, as by a lost power: without a word to anybody."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def log(self):
        with open(self._folder + "/miniupnpd.log", errors="replace") as file:
            return file.read()
