"""How soon a change is with the provider, on every kind of line, for all clients in the same changes."""
import random
import time

from clients import PEERS, Wayhomed
from figures import stats
from lab.demo import DadWatch
from lab.lab import OTHER_ZONE, ZONE
from lab.wait import until

TOKEN_GAP = 1.1  # seconds: the provider's gap in the bench is one second
READING = 20_000_000  # nanoseconds by which this program may hear later than the service that an address may be used


def ms(nanoseconds):
    return nanoseconds / 1e6


class Run:
    """Clients side by side behind one line. change() returns the instant (ns) from which time counts, and the
    address."""

    def __init__(self, lab, change, plan, detect="outside", family=4):
        self.lab, self.change, self.plan = lab, change, plan
        self.ours = Wayhomed(lab, [f"ours.{OTHER_ZONE}"], family=family, own=[f"own.{ZONE}"])
        self.peers = [peer(lab, [f"{peer.name}-{setting}-{at}.{OTHER_ZONE}"], detect, setting, family=family)
                      for peer in PEERS for setting in plan.settings for at in range(plan.instances)]
        self.times = {}

    def _note(self, label, value):
        self.times.setdefault(label, []).append(value)

    def alone(self, count, spread=0.0):
        """wayhomed by itself, change after change; spread: up to so many seconds after it has settled, where it polls."""
        self.ours.start()
        self.ours.settle()
        for _ in range(count):
            time.sleep(random.uniform(0, spread))
            until("the provider's gap is over", lambda: self._rested(), 10, 0.05)
            since, address = self.change()
            self._note("wayhomed", self._arrival(self.ours, since, address, 120))
            own = self.lab.capture.update(address, since - READING, 10)
            self._note("wayhomed, own server", ms(max(0, own - since)) if own else None)
            self.ours.settle()

    def _rested(self):
        last = self.lab.provider.of(self.ours.hosts[0])
        return not last or time.time_ns() - last[-1].at > TOKEN_GAP * 1e9

    def _arrival(self, client, since, address, seconds):
        found = self.lab.provider.update(client.hosts[0], since, address, seconds)
        return ms(found.at - since) if found else None

    def together(self, rounds):
        """All of them in the same changes; the peers' polls are spread over their periods."""
        begin = time.monotonic()
        for delay, peer in sorted(((self.plan.phase(peer) * peer.period, peer) for peer in self.peers),
                                  key=lambda each: each[0]):
            time.sleep(max(0.0, begin + delay - time.monotonic()))
            peer.start()
        time.sleep(self.plan.settled)
        longest = max(peer.period for peer in self.peers)
        for _ in range(rounds):
            time.sleep(random.uniform(0, self.plan.jitter))
            since, address = self.change()
            deadline = time.monotonic() + longest * 1.3 + 20
            for client in (self.ours, *self.peers):
                self._note(client.label, self._arrival(client, since, address,
                                                       max(0.01, deadline - time.monotonic())))

    def end(self):
        for client in (self.ours, *self.peers):
            client.stop()
        return {label: stats(values) for label, values in self.times.items()}


class Plan:
    """How much is measured."""

    def __init__(self, quick):
        self.quick = quick
        self.settings = ("fastest",) if quick else ("default", "fastest")
        self.instances = 1 if quick else 4
        self.jitter = 1 if quick else 20
        self.settled = 12 if quick else 35  # seconds from the last start until everybody's first round is over

    def phase(self, peer):
        """Where in its period a peer starts, so that four of them see a change at four phases."""
        if self.instances == 1:
            return random.random() * 0.3
        return int(peer.hosts[0].split(".")[0].rsplit("-", 1)[1]) / self.instances


def measure(lab, change, quick, changes, rounds, spread=0.0, **more):
    run = Run(lab, change, Plan(quick), **more)
    try:
        run.alone(changes, spread)
        run.together(rounds)
    finally:
        result = run.end()
    return result


def direct(world, quick):
    """A global IPv4 address on the computer itself; the peers read the interface."""
    lab = world.direct()
    return measure(lab, lab.change4, quick, 10 if quick else 40, 1 if quick else 3, detect="interface")


def announcing(world, quick):
    """Behind a router that announces changes."""
    lab = world.announcing()
    return measure(lab, lab.change4, quick, 8 if quick else 30, 1 if quick else 3)


def silent(world, quick):
    """Behind a router that says nothing."""
    lab = world.silent()
    return measure(lab, lab.change4, quick, 0 if quick else 12, 1 if quick else 3, spread=90.0)


def renumbered(world, quick):
    """A new IPv6 prefix; time counts from the moment at which duplicate address detection is over."""
    lab = world.direct()

    def change():
        watch = DadWatch(lab.home)
        _, address = lab.change6()
        usable = watch.usable(address)
        watch.close()
        return usable, address

    return measure(lab, change, quick, 4 if quick else 12, 1 if quick else 3, detect="interface", family=6)


def outage(world, quick):
    """The router's line is lost for a while and comes back with another address."""
    lab = world.announcing()

    def change():
        lab.lose4()
        time.sleep(5 if quick else 60)
        return lab.change4()

    return measure(lab, change, quick, 3 if quick else 4, 1 if quick else 3)
