"""What a client costs while nothing happens, what it holds in memory, how soon it is at work."""
import time

import process
from clients import PEERS, Wayhomed
from figures import stats
from lab.lab import OTHER_ZONE
from lab.wait import until

HOUR = 3600


def _requests(lab):
    return len(lab.provider.updates) + sum(len(echo.requests) + len(echo.dns.requests) for echo in lab.echoes)


def _idle(lab, client, quick):
    """Per hour: processor time (ms), wake-ups and requests to third parties, after what follows a start is over:
    connections that are closed after a minute, and the like."""
    settled, seconds = (65, 30) if quick else (120, 3600)
    client.start()
    if isinstance(client, Wayhomed):
        client.settle()
    time.sleep(settled)
    pid = client.process.pid
    before = process.cpu(pid), process.wakeups(pid), _requests(lab)
    time.sleep(seconds)
    after = process.cpu(pid), process.wakeups(pid), _requests(lab)
    client.stop()
    cpu, wakeups, requests = ((now - then) * HOUR / seconds for then, now in zip(before, after))
    return {"cpu_ms": cpu / 1e6, "wakeups": wakeups, "requests": requests, "seconds": seconds}


def idle_wayhomed(kind):
    """wayhomed on one kind of line; see World."""
    def measure(world, quick):
        lab = getattr(world, kind)()
        return _idle(lab, Wayhomed(lab, [f"idle-{kind}.{OTHER_ZONE}"]), quick)
    return measure


def idle_peer(peer):
    """As Debian configures it, behind a router, over TLS."""
    def measure(world, quick):
        lab = world.silent()
        return _idle(lab, peer(lab, [f"idle.{OTHER_ZONE}"]), quick)
    return measure


def _first_update(lab, client, seconds=20):
    """From exec to the request, in ms; the client has no memory of earlier runs but an address that is over."""
    lab.change4()
    started = time.time_ns()
    client.start()
    update = lab.provider.update(client.hosts[0], started, lab.address, seconds)
    return (update.at - started) / 1e6 if update else None


def starts(world, quick):
    """exec -> first update request, plain and over TLS, where the address changed while the client was off."""
    count = 3 if quick else 20
    lab = world.direct()
    result = {}
    for tls in (False, True):
        for kind in (Wayhomed, *PEERS):
            client = kind(lab, [f"start-{kind.name}-{tls}.{OTHER_ZONE}".lower()], "interface", tls=tls)
            if kind is Wayhomed:
                client.start()
                client.settle()
                client.stop()
            times = []
            for _ in range(count):
                client.forget()
                times.append(_first_update(lab, client))
                if kind is Wayhomed:
                    client.settle()
                time.sleep(1.1)  # the token comes back, so that no start waits for it
                client.stop()
            result[f"{kind.name}, {'TLS' if tls else 'plain'}"] = stats(times)
    return result


def memory(world, quick):
    """Kilobytes of one instance alone after an update over TLS."""
    lab = world.direct()
    result = {}
    for kind in (Wayhomed, *PEERS):
        client = kind(lab, [f"memory-{kind.name}.{OTHER_ZONE}"], "interface")
        client.start()
        until("the first update came", lambda: lab.provider.of(client.hosts[0]), 20, 0.05)
        if kind is Wayhomed:
            client.settle()
        time.sleep(1)
        if client.is_running():
            sizes = process.memory(client.process.pid)
            result[kind.name] = {"pss": sizes["Pss"], "anonymous": sizes["Anonymous"], "rss": sizes["Rss"]}
        client.stop()
    return result
