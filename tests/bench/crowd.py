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
    lab.provider.publishes = False
    lab.provider.delay = DELAY
    result = {"names": count}
    for kind, options in ((Wayhomed, {"batch": 20}), (Wayhomed, {"batch": 250}), (Wayhomed, {}),
                          *((peer, {"setting": "fastest"}) for peer in PEERS)):
        names = [f"n{at}-{kind.name[0]}{options.get('batch', '')}.{OTHER_ZONE}" for at in range(count)]
        client = kind(lab, names, "interface", tls=False, **options)
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
        result[client.label] = {"time": stats(times), "requests": max(requests)}
    return result


BAD = "second.example"


def neighbour(world, quick):
    """One account's provider accepts and never answers; how late is the good account of another provider? Counted
    from a change while wayhomed runs; the peers, which would look minutes later, are started after it. Both orders of
    the accounts in the configuration count."""
    lab = world.direct()
    result = {}
    for kind in (Wayhomed, *PEERS):
        times = []
        for number in range(2 if quick else 6):
            order = (BAD, PROVIDER) if number % 2 else (PROVIDER, BAD)
            bad, good = f"abad{number}-{kind.name}.{OTHER_ZONE}", f"zgood{number}-{kind.name}.{OTHER_ZONE}"
            servers = {server: [bad] if server == BAD else [good] for server in order}
            client = kind(lab, [good], "interface", "fastest" if kind is not Wayhomed else "default", servers=servers)
            if kind is Wayhomed:
                client.start()
                client.settle()
            lab.provider.of_host[bad] = "hang"
            time.sleep(1.1)  # the token comes back
            since, address = lab.change4()
            if kind is not Wayhomed:
                since = time.time_ns()
                client.start()
            update = lab.provider.update(good, since, address, 20 if quick else 200)
            times.append((update.at - since) / 1e6 if update else None)
            client.stop()
        result[kind.name] = stats(times)
    return result
