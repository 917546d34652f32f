"""A provider that speaks dyndns2 and does what a test asks of it."""
import ipaddress
import threading
import time

from .nonsense import PORTAL

WORDS = ("badauth", "abuse", "911", "dnserr", "nohost", "notfqdn", "numhost", "badagent", "!donator", "!yours")
USER, PASSWORD = "user", "pass"


class Update:
    """One update request and what became of it."""

    def __init__(self, request, hosts, addresses):
        self.at = request.at
        self.request = request
        self.hosts = hosts
        self.addresses = addresses
        self.answer = None


class Provider:
    """behaviour: "good" or a key of _ODD or a word of WORDS; hosts may have one of their own.
    publish(name, address) puts an accepted address into the name servers, unless `publishes` is False."""

    def __init__(self, publish):
        self._publish = publish
        self._changed = threading.Condition()
        self.updates = []
        self.records = {}
        self.behaviour = "good"
        self.of_host = {}
        self.delay = 0.0
        self.publishes = True

    def handle(self, request, reply):
        hosts = [host for host in request.query.get("hostname", "").lower().split(",") if host]
        addresses = [each for name in ("myip", "myipv6") for each in request.query.get(name, "").split(",") if each]
        update = Update(request, hosts, addresses)
        with self._changed:
            self.updates.append(update)
            self._changed.notify_all()
        behaviour = next((self.of_host[host] for host in hosts if host in self.of_host), self.behaviour)
        if self.delay:
            time.sleep(self.delay)
        odd = self._ODD.get(behaviour)
        if odd:
            odd(reply)
        else:
            update.answer = self._answer(update, behaviour)
            reply.send(update.answer)

    _ODD = {
        "html": lambda reply: reply.send(PORTAL, kind="text/html"),
        "empty": lambda reply: reply.send(""),
        "garbage": lambda reply: reply.send(bytes(range(256)), kind="application/octet-stream"),
        "huge": lambda reply: reply.send("x" * 5_000_000),
        "500": lambda reply: reply.send("<html>error</html>", 500, "text/html"),
        "503": lambda reply: reply.send("<html>error</html>", 503, "text/html", Retry_After=120),
        "429": lambda reply: reply.send("slow down", 429, Retry_After=120),
        "redirect": lambda reply: reply.send("", 302, Location="http://elsewhere.example/nic/update"),
        "reset": lambda reply: reply.reset(),
        "close": lambda reply: reply.close(),
        "hang": lambda reply: reply.hang(),
        "drip": lambda reply: reply.drip(),
    }

    def _answer(self, update, behaviour):
        if update.request.credentials != f"{USER}:{PASSWORD}":
            return "badauth\n"
        if behaviour in WORDS:
            return behaviour + "\n"
        return "".join(self._set(host, update.addresses) + "\n" for host in update.hosts) or "nohost\n"

    def _set(self, host, addresses):
        changed = False
        for address in addresses:
            kind = "AAAA" if ipaddress.ip_address(address).version == 6 else "A"
            if self.records.get((host, kind)) != address:
                changed = True
                self.records[host, kind] = address
                if self.publishes:
                    self._publish(host, address)
        return ("good " if changed else "nochg ") + ",".join(addresses)

    def of(self, host, since=0):
        """The update requests that named a host, oldest first."""
        return [update for update in list(self.updates) if host in update.hosts and update.at >= since]

    def update(self, host, since=0, address=None, seconds=30.0):
        """The first such update, awaited; None when none came in time."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for update in self.of(host, since):
                    if address is None or address in update.addresses:
                        return update
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                self._changed.wait(left)
