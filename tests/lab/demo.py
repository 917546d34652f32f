"""The demonstration: the address changes, and everything that follows is timed and checked.

usage: demo.py BUILD-FOLDER [--headless]        started by tests/demo
"""
import os
import statistics
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import demo_tray, desktop, dns, sandbox  # noqa: E402
from lab.lab import NS1, NS2, Lab  # noqa: E402
from lab.netlink import NODAD, DadWatch  # noqa: E402
from lab.wait import TimedOut, until  # noqa: E402

OWN = "home.dyn.example"
FREE = "camera.free.example"
INTERVAL = 5  # seconds until the provider's token comes back; real providers ask for minutes
BURSTS = (7, 5)  # IPv4 changes, one right after the other
CHANGES_6 = 3
SECONDS = 15  # any single step


class Failed(Exception):
    """A step did not do what it should; the text says which."""


def say(text=""):
    print(text, flush=True)


def ms(nanoseconds):
    return nanoseconds / 1e6


class Demo:
    """One run."""

    def __init__(self, command):
        self.tray = None
        self.lab = Lab()
        self.lab.change4()
        self.lab.change6(flags=NODAD)
        self.service = self.lab.service(command)
        self.requests, self.proofs = [], []

    def start(self):
        self.service.start()
        self.watch = self.service.watch()
        state = self.watch.first["state"]["service"]
        say(f"The service answers: version {state['version']}, "
            f"{'told of changes by the kernel' if state['instant'] else 'polling'}.")

    def add(self):
        service_ = self.service
        own = self.lab.rfc2136_account(service_, ttl="60")
        free = self.lab.dyndns2_account(service_, interval=str(INTERVAL))
        self.own = service_.call("AddHost", account=own, name=OWN, ipv4=True, ipv6=True)["host"]
        self.free = service_.call("AddHost", account=free, name=FREE, ipv4=True, ipv6=False)["host"]
        service_.record_until(self.own, f"{OWN} is proven", is_proven, "ipv4", SECONDS)
        service_.record_until(self.own, f"{OWN} is proven over IPv6", is_proven, "ipv6", SECONDS)
        service_.record_until(self.free, f"{FREE} is proven", is_proven, "ipv4", SECONDS)
        self.in_dns(OWN, "A", self.lab.address)
        self.in_dns(OWN, "AAAA", self.lab.address6)
        self.in_dns(FREE, "A", self.lab.address)
        say(f"{OWN}: own name server (BIND, RFC 2136, signed), IPv4 and IPv6. First update done and proven.")
        say(f"{FREE}: a dyndns2 provider, three updates at once, one more every {INTERVAL} s. "
            "First update done and proven.")

    def in_dns(self, name, kind, address):
        for server in (NS1, NS2):
            found = dns.lookup(self.lab.inet, server, name, kind)
            if found != [address]:
                raise Failed(f"The name server {server} holds {found or 'nothing'} for {name}, not {address}.")

    def event(self, since, kind, name, family, address):
        found = self.watch.event(SECONDS, since, kind=kind, name=name, family=family, address=address)
        if not found:
            raise Failed(f"The service did not report '{kind}' for {name} and {address} within {SECONDS} s.")
        return found["at"] * 1000

    def follow_own(self, asked, family, address):
        """The own name server's part of one change: instants of request, answer and proof."""
        arrived = self.lab.capture.update(address, asked, SECONDS)
        if arrived is None:
            raise Failed(f"No DNS UPDATE with {address} arrived within {SECONDS} s.")
        answered = self.event(asked, "answered", OWN, family, address)
        proven = self.event(asked, "proven", OWN, family, address)
        self.in_dns(OWN, "A" if family == "ipv4" else "AAAA", address)
        return arrived, answered, proven

    def free_line(self, asked, address):
        """What became of the dyndns2 host in the same change, without waiting for a held one."""
        def settled():
            record = self.service.record(self.free)
            return record if record["desired"] == address and record["state"] in ("held", "current") else None
        record = until(f"{FREE} is sent or held", settled, SECONDS)
        if record["state"] == "held":
            if not self.watch.event(SECONDS, asked, kind="held", name=FREE):
                raise Failed(f"{FREE} is held, but the service did not report it.")
            return "held back by its token bucket"
        update = self.lab.provider.update(FREE, asked, address)
        if not update:
            raise Failed(f"{FREE} is said to be right, but the provider was not asked for {address}.")
        return f"request {ms(update.at - asked):6.2f} ms   answered '{update.answer.strip()}'"

    def change4(self, number):
        before = self.lab.address
        asked, address = self.lab.change4()
        arrived, answered, proven = self.follow_own(asked, "ipv4", address)
        say(f"\n{number:2}. IPv4 {before} -> {address}   address changed (kernel) 0 ms")
        say(f"    {OWN:20} request {ms(arrived - asked):6.2f} ms   answered {ms(answered - asked):6.2f} ms   "
            f"proven {ms(proven - asked):6.2f} ms")
        say(f"    {FREE:20} {self.free_line(asked, address)}")
        if self.tray and not self.requests:
            self.notified(asked, address)
        self.requests.append(ms(arrived - asked))
        self.proofs.append(ms(proven - asked))

    def notified(self, asked, address):
        shown = self.tray.shown(asked, address)
        if not shown:
            raise Failed(f"The tray app showed no notification about {address} within {demo_tray.SECONDS} s.")
        say(f"    notification shown {ms(shown - asked):.0f} ms after the change")
        self.tray.picture("demo-notification")

    def catch_up(self):
        address, since = self.lab.address, self.lab.provider.of(FREE)[-1].at
        self.service.record_until(
            self.free, f"{FREE} catches up", lambda record: record["state"] == "current"
            and record["acknowledged"] == address and is_proven(record), seconds=SECONDS + 3 * INTERVAL)
        last = self.lab.provider.of(FREE)[-1]
        if last.addresses != [address]:
            raise Failed(f"The provider was last given {last.addresses} and not {address}.")
        self.in_dns(FREE, "A", address)
        say(f"\n    {FREE} catches up: {address} sent {ms(last.at - since) / 1000:.2f} s after its previous "
            "update, proven; the addresses in between were never sent.")

    def change6(self, number):
        before = self.lab.address6
        watch = DadWatch(self.lab.home)
        asked, address = self.lab.change6()
        usable = watch.usable(address)
        watch.close()
        arrived, answered, proven = self.follow_own(asked, "ipv6", address)
        say(f"\n{number:2}. IPv6 {before} -> {address}   address changed (kernel) 0 ms")
        say(f"    duplicate address detection ended {ms(usable - asked):.2f} ms")
        say(f"    {OWN:20} request {ms(arrived - asked):8.2f} ms   answered {ms(answered - asked):8.2f} ms   "
            f"proven {ms(proven - asked):8.2f} ms")
        say(f"    {'':20} after detection: request {ms(arrived - usable):.2f} ms   "
            f"answered {ms(answered - usable):.2f} ms   proven {ms(proven - usable):.2f} ms")

    def check_manners(self):
        """Against the provider's own log: no address twice, and never faster than the bucket allows."""
        updates = self.lab.provider.of(FREE)
        if any(update.answer.startswith("nochg") for update in updates):
            raise Failed("The provider was asked for an address that it had already.")
        for first in range(len(updates)):
            for last in range(first, len(updates)):
                allowed = 3 + ms(updates[last].at - updates[first].at) / 1000 / INTERVAL + 0.05
                if last - first + 1 > allowed:
                    raise Failed(f"{last - first + 1} updates in "
                                 f"{ms(updates[last].at - updates[first].at):.0f} ms are too many for the provider.")
        asked = sum(len(echo.requests) for echo in self.lab.echoes)
        if asked:
            raise Failed(f"{asked} requests went to outside operators although the address is direct.")
        say(f"\nThe provider's log: {len(updates)} updates for {sum(BURSTS) + 1} addresses, never the same one "
            "twice, never faster than agreed. Outside operators were not asked at all.")

    def run(self):
        self.start()
        self.add()
        if self.tray:
            self.tray.start(self.service)
            self.tray.picture("demo-window")
        number = 0
        for burst in BURSTS:
            for _ in range(burst):
                number += 1
                self.change4(number)
            self.catch_up()
        for _ in range(CHANGES_6):
            number += 1
            self.change6(number)
        self.check_manners()
        self.show_status()
        if self.tray:
            self.tray.walk_around()
            self.tray.end()
        code = self.service.stop()
        if code != 0:
            raise Failed(f"The service ended with exit code {code}.")
        say(f"\nchange -> request: {statistics.median(self.requests):.2f} ms, "
            f"change -> proven: {statistics.median(self.proofs):.2f} ms")

    def show_status(self):
        command = self.client
        if command:
            say("\nwayhomectl status:")
            text = self.lab.home.run(command, "--socket", self.service.control, "status")
            say("".join(f"    {line}\n" for line in text.splitlines()).rstrip())

    client = None


def is_proven(record):
    return record["proof"]["status"] == "proven"


def find(folder, name):
    for path, _, files in os.walk(folder):
        if name in files and os.access(os.path.join(path, name), os.X_OK):
            return os.path.join(path, name)
    return None


def main():
    folder = os.path.abspath(sys.argv[1])
    command, face = find(folder, "wayhomed"), find(folder, "wayhome")
    if not command:
        say("There is no wayhomed in the build folder.")
        return 1
    reason = "--headless" if "--headless" in sys.argv else desktop.missing() or (None if face else "it is not built")
    screen = None if reason else demo_tray.Screen()
    sandbox.enter_or_skip()
    demo = None
    try:
        demo = Demo([command])
        demo.client = find(folder, "wayhomectl")
        if screen:
            demo.tray = demo_tray.Tray(screen, face, say)
        else:
            say(f"Without the tray app ({reason}).")
        demo.run()
        return 0
    except (Failed, TimedOut, AssertionError, OSError, RuntimeError) as error:
        say(f"\nFAILED: {error}")
        if demo and demo.service.process:
            say("The last lines of the service's log:\n" + "\n".join(demo.service.log().splitlines()[-25:]))
        return 1


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    code = main()
    sys.stdout.flush()
    os._exit(code)
