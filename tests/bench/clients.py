"""The programs that are measured, all in the same way: one class each.

A client keeps `hosts` (names of the provider's zone) right by dyndns2 over HTTPS. detect: "outside" (asks an echo
service) or "interface" (reads the address of eth0). setting: "default", or "fastest" (the shortest period that the
program allows); wayhomed has one setting.
"""
import itertools
import os
import shutil
import signal
import subprocess

from lab import named, sandbox
from lab.wait import until

PROVIDER = "members.example"
USER, PASSWORD = "user", "pass"
LIBRARIES = "usr/lib/x86_64-linux-gnu"
_NUMBERS = itertools.count(1)


def unpacked(package, *path):
    return os.path.join(named.tools_folder(), package, *path)


class Client:
    """One program, not started yet."""

    name = None
    periods = {"default": None, "fastest": None}

    def __init__(self, lab, hosts, detect="outside", setting="default", tls=True, family=4, servers=None):
        self.lab, self.hosts, self.detect, self.setting = lab, hosts, detect, setting
        self.tls, self.family = tls, family
        self.servers = servers or {PROVIDER: hosts}
        self.folder = f"{sandbox.RUN}/client{next(_NUMBERS)}"
        os.makedirs(self.folder)
        self.process = None

    @property
    def label(self):
        return self.name if self.setting == "default" else f"{self.name}, {self.setting}"

    @property
    def period(self):
        return self.periods[self.setting]

    def echo(self):
        echo = self.lab.echoes[0]
        return f"v{self.family}.{echo.name}"

    def start(self):
        with open(self.folder + "/log", "ab") as log:
            self.process = self.lab.home.popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                               env=dict(os.environ, **self.environment()))
        return self

    def stop(self, number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {}

    def write(self, name, text):
        path = f"{self.folder}/{name}"
        with open(path, "w") as file:
            os.chmod(path, 0o600)
            file.write(text)
        return path

    def forget(self):
        """As if it had never been started."""

    def log(self):
        with open(self.folder + "/log", errors="replace") as file:
            return file.read()


# With the operators that are asked over HTTPS, nearly as many as ship.
DNS = {"franz": "address", "georg": "TXT", "heidi": "address", "ivory": "TXT"}


class Wayhomed(Client):
    """The service. own: names in one's own zone, which are kept right by RFC 2136. batch: how many names the
    provider takes in one request, as an administrator's definition says it."""

    name = "wayhomed"

    def __init__(self, lab, hosts, *arguments, own=(), batch=1, **more):
        super().__init__(lab, hosts, *arguments, **more)
        self.own = own
        self.batch = batch
        self.service = lab.service([os.environ["WAYHOMED"]], dns=DNS)
        self.ids = {}
        self._define()

    @property
    def label(self):
        return self.name if self.batch == 1 else f"{self.name}, {self.batch} names a request"

    def _define(self):
        """The definition of the bench's provider: dyndns2, of several names a request."""
        os.makedirs(self.service.config + "/providers")
        with open(os.path.join(named.SOURCE, "service/providers/definitions/dyndns2.provider")) as file:
            text = file.read().replace("max-hosts = 1", f"max-hosts = {self.batch}")
        with open(self.service.config + "/providers/bench.provider", "w") as file:
            file.write(text)

    def start(self):
        fresh = not self.ids
        if not fresh:
            self.service.spawn()
            self.process = self.service.process
            return self
        self.service.start()
        self.process = self.service.process
        scheme = "https" if self.tls else "http"
        wants = {"ipv4": self.family == 4, "ipv6": self.family == 6}
        for server, hosts in self.servers.items():
            account = self.service.call(
                "AddAccount", provider="bench", fields={"url": f"{scheme}://{server}", "user": USER, "interval": "1"},
                secrets={"password": PASSWORD})["account"]
            for host in hosts:
                self.ids[host] = self.service.call("AddHost", account=account, name=host, **wants)["host"]
        if self.own:
            account = self.lab.rfc2136_account(self.service)
            for host in self.own:
                self.ids[host] = self.service.call("AddHost", account=account, name=host, **wants)["host"]
        return self

    def stop(self, number=signal.SIGTERM):
        self.service.stop()

    def settle(self):
        """Everything that there is to do is done."""
        until("all records are proven", self._is_settled, 60, 0.05)

    def _is_settled(self):
        try:
            hosts = self.service.status()["hosts"]
        except OSError:
            return False
        return all(record["state"] == "current" and record["proof"]["status"] not in ("none", "checking")
                   for host in hosts for record in host["records"])

    def log(self):
        return self.service.log()


class Ddclient(Client):
    """ddclient 3.10; 5 minutes is what Debian's package sets, 60 s the least that it takes."""

    name = "ddclient"
    periods = {"default": 300, "fastest": 60}

    def command(self):
        yes = "yes" if self.tls else "no"
        lines = [f"daemon={self.period}", "syslog=no", f"ssl={yes}",
                 "ssl_ca_file=/etc/ssl/certs/ca-certificates.crt"]
        if self.detect == "outside" or self.family == 6:
            lines.append(f"use=web, web=http{'s' if self.tls else ''}://{self.echo()}/")
        else:
            lines.append("use=if, if=eth0")
        lines += [f"protocol=dyndns2, server={server}, login={USER}, password='{PASSWORD}' \\\n  " + ",".join(hosts)
                  for server, hosts in self.servers.items()]
        conf = self.write("ddclient.conf", "\n".join(lines) + "\n")
        return ["perl", unpacked("ddclient", "usr/bin/ddclient"), "-foreground", "-file", conf, "-cache",
                self.folder + "/cache", "-pid", self.folder + "/pid", "-daemon", str(self.period)]

    def environment(self):
        return {"PERL5LIB": ":".join(
            [unpacked(package, "usr/share/perl5") for package in ("libio-socket-ssl-perl", "libio-socket-inet6-perl",
                                                                 "libsocket6-perl")]
            + [unpacked(package, LIBRARIES, "perl5/5.36") for package in ("libnet-ssleay-perl", "libsocket6-perl")])}

    def forget(self):
        if os.path.exists(self.folder + "/cache"):
            os.unlink(self.folder + "/cache")


class Inadyn(Client):
    """inadyn 2.10; 120 s is what it is compiled with, 30 s the least that it takes."""

    name = "inadyn"
    periods = {"default": 120, "fastest": 30}
    MOST_NAMES = 50  # in one section of its configuration

    def command(self):
        os.makedirs(self.folder + "/cache", exist_ok=True)
        yes = "true" if self.tls else "false"
        lines = [] if self.setting == "default" else [f"period = {self.period}"]
        lines += ["allow-ipv6 = true"] if self.family == 6 else []
        lines += ["iface = eth0"] if self.detect == "interface" else []
        number = 0
        for server, hosts in self.servers.items():
            for first in range(0, len(hosts), self.MOST_NAMES):
                number += 1
                names = ", ".join(f'"{host}"' for host in hosts[first:first + self.MOST_NAMES])
                lines.append(f'custom p{number} {{\n  ddns-server = {server}\n'
                             '  ddns-path = "/nic/update?hostname=%h&myip=%i"\n'
                             f"  username = {USER}\n  password = {PASSWORD}\n  ssl = {yes}\n"
                             f"  checkip-server = {self.echo()}\n  checkip-path = /\n  checkip-ssl = {yes}\n"
                             f"  hostname = {{ {names} }}\n}}")
        conf = self.write("inadyn.conf", "\n".join(lines) + "\n")
        return [unpacked("inadyn", "usr/sbin/inadyn"), "-n", "-f", conf, "--cache-dir", self.folder + "/cache",
                "-P", self.folder + "/pid", "-l", "info"]

    def environment(self):
        return {"LD_LIBRARY_PATH": ":".join(unpacked(package, LIBRARIES)
                                            for package in ("libconfuse2", "libgnutls30"))}

    def forget(self):
        shutil.rmtree(self.folder + "/cache", ignore_errors=True)


PEERS = (Ddclient, Inadyn)
