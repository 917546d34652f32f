"""Many names, and an account that gets on badly while another is fine."""
import time

from clients import PEERS, PROVIDER, Wayhomed
from figures import stats
from lab.lab import OTHER_ZONE
from lab.wait import TimedOut, until

DELAY = 0.05  # seconds that the provider takes for an answer


def _all_right(lab, client, since, seconds):
    """When the last of its names was accepted with the new address, in ms; None: not all of them in time."""
    wanted = set(client.hosts)

    def done():
        last, missing = 0, set(wanted)
        for update in list(lab.provider.updates):
            if update.at >= since and update.answer and lab.address in update.addresses:
                found = missing.intersection(update.hosts)
                if found:
                    missing -= found
                    last = max(last, update.at)
        return last if not missing else None

    try:
        return (until("all names are right", done, seconds, 0.02) - since) / 1e6
    except TimedOut:
        return None


def thousand(world, quick):
    """1000 names at a provider that answers after 50 ms: from the start of the client, or for wayhomed from a change,
    to the last request; how many requests."""
    count, rounds = (100, 1) if quick else (1000, 3)
    lab = world.direct()
    lab.change4()
    lab.provider.publish = False
    lab.provider.delay = DELAY
    result = {"names": count}
    for kind in (Wayhomed, *PEERS):
        client = kind(lab, [f"n{at}-{kind.name}.{OTHER_ZONE}" for at in range(count)], "interface", "fastest"
                      if kind is not Wayhomed else "default", tls=False)
        times, requests = [], []
        if kind is Wayhomed:
            client.start()
            until("the first updates are through", lambda: _all_right(lab, client, 0, 1), 120, 0.2)
        for _ in range(rounds):
            if kind is not Wayhomed:
                client.forget()
            time.sleep(1.2)
            since, _ = lab.change4()
            before = len(lab.provider.updates)
            if kind is not Wayhomed:
                since = time.time_ns()
                client.start()
            times.append(_all_right(lab, client, since, 30 if quick else 120))
            requests.append(len(lab.provider.updates) - before)
            if kind is not Wayhomed:
                client.stop()
        client.stop()
        result[kind.name] = {"time": stats(times), "requests": max(requests)}
    return result


BAD = "hanging.example"


def neighbour(world, quick):
    """One account's provider accepts and never answers; how late is the good account of another provider, counted
    from the change, or for the peers from their start?"""
    lab = world.direct()
    lab.change4()
    result = {}
    for kind in (Wayhomed, *PEERS):
        bad, good = f"abad-{kind.name}.{OTHER_ZONE}", f"zgood-{kind.name}.{OTHER_ZONE}"
        lab.provider.of_host[bad] = "hang"
        times = []
        for order in ((BAD, PROVIDER), (PROVIDER, BAD)):
            servers = {server: [bad] if server == BAD else [good] for server in order}
            client = kind(lab, [good], "interface", "fastest" if kind is not Wayhomed else "default", servers=servers)
            since, _ = lab.change4()
            if kind is not Wayhomed:
                since = time.time_ns()
            client.start()
            update = lab.provider.update(good, since, lab.address, 20 if quick else 200)
            times.append((update.at - since) / 1e6 if update else None)
            client.stop()
        result[kind.name] = stats(times)
    return result
