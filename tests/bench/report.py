"""The results as tables. `report.py RESULTS.json` shows those of an earlier run."""
import json
import sys

from figures import NO_ADDRESS, cell, duration, number, ratio, table

PEERS = ("ddclient", "ddclient, fastest", "inadyn", "inadyn, fastest")
LINES = (("direct", "change -> request, address on the computer itself"),
         ("announcing", "the same, behind a router that announces changes"),
         ("silent", "the same, behind a silent router"),
         ("renumbered", "IPv6 renumbering, after the address is usable"),
         ("outage", "line back after an outage, with another address"))


def latency(results):
    rows = []
    for name, words in LINES:
        found = results.get(name)
        if not found:
            continue
        ours = found.get("wayhomed")
        rows.append([words, duration(ours), duration(found.get("wayhomed, own server"))]
                    + [duration(found.get(peer)) for peer in PEERS])
        rows.append(["   times as long as wayhomed", "1x", ""] + [ratio(found.get(peer), ours) for peer in PEERS])
    columns = ["median (least to greatest, n)", "wayhomed", "wayhomed, own server", *PEERS]
    return table("From a change to the update request", columns, rows)


def starts(results):
    found = results.get("starts") or {}
    rows = [[kind] + [cell(found.get(f"{client}, {kind}")) for client in ("wayhomed", "ddclient", "inadyn")]
            for kind in ("plain", "TLS")]
    return table("From exec to the first update request", ["over", "wayhomed", "ddclient", "inadyn"], rows)


def memory(results):
    found = results.get("memory") or {}
    rows = [[client] + [f"{sizes[kind] / 1000:.1f} MB" for kind in ("pss", "anonymous", "rss")]
            for client, sizes in found.items()]
    return table("Memory of one instance after an update over TLS", ["client", "PSS", "anonymous", "RSS"], rows)


def idle(results):
    found = {name.removeprefix("idle: "): each for name, each in results.items()
             if name.startswith("idle: ") and each}
    rows = [[client, number(each["wakeups"]), number(each["cpu_ms"]) + " ms", number(each["requests"]),
             f"{each['seconds']} s"] for client, each in found.items()]
    return table("An hour without any change", ["client", "wake-ups", "processor time", "requests to third parties",
                                                "reckoned from"], rows)


def crowd(results):
    found = results.get("thousand") or {}
    rows = [[client, cell(each["time"], "s"), each["requests"]]
            for client, each in found.items() if isinstance(each, dict)]
    text = table(f"{found.get('names', '')} names, and a provider that answers after 50 ms",
                 ["client", "until the last one is right", "requests"], rows)
    rows = [[client, duration(each)] for client, each in (results.get("neighbour") or {}).items()]
    return text + "\n" + table("A good account, while another account's provider accepts and never answers",
                               ["client", "until the good one is sent"], rows)


def nonsense(results):
    found = results.get("nonsense") or {}
    right = found.get("right")

    def said(addresses):
        wrong = [each for each in addresses if each not in (right, NO_ADDRESS)]
        words = ["**" + ", ".join(wrong) + "**"] if wrong else []
        words += ["right"] if right in addresses else []
        words += [NO_ADDRESS] if NO_ADDRESS in addresses else []
        return ", ".join(words) or "nothing"

    clients = ("wayhomed", "ddclient", "inadyn")
    rows = [[kind, *(said(each[client]) + (" (ended)" if client in each["dead"] else "") for client in clients)]
            for kind, each in (found.get("kinds") or {}).items()]
    return table("What is published when the echo service says ... (wrong in bold)", ["answer", *clients], rows)


def text(results):
    return "\n".join(make(results) for make in (latency, starts, memory, idle, crowd, nonsense))


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        print(text(json.load(file)))
