"""One measurement, in a sandbox of its own; writes its result as JSON.

usage: measure.py MEASUREMENT RESULT-FILE [--quick]        started by bench.py
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import cost  # noqa: E402
import crowd  # noqa: E402
import latency  # noqa: E402
import nonsense  # noqa: E402
from clients import PEERS  # noqa: E402
from lab import sandbox  # noqa: E402
from world import World  # noqa: E402

MEASUREMENTS = {
    "direct": latency.direct, "announcing": latency.announcing, "silent": latency.silent,
    "renumbered": latency.renumbered, "outage": latency.outage,
    **{f"idle: wayhomed, {kind}": cost.idle_wayhomed(kind) for kind in ("direct", "announcing", "polled", "silent")},
    **{f"idle: {peer.name}": cost.idle_peer(peer) for peer in PEERS}, "starts": cost.starts, "memory": cost.memory,
    "thousand": crowd.thousand, "neighbour": crowd.neighbour, "nonsense": nonsense.table,
}


def main():
    name, path = sys.argv[1:3]
    file = open(path, "w")  # the folder is not to be seen from inside under every circumstance
    sandbox.enter_or_skip()
    json.dump(MEASUREMENTS[name](World(), "--quick" in sys.argv), file)
    file.close()
    sys.stdout.flush()
    os._exit(0)  # servers' threads are still there


if __name__ == "__main__":
    main()
