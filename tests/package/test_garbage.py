"""Nonsense at the control socket, by somebody without any right, as fast as they can.

WAYHOME_GARBAGE_SECONDS: for how long; 10 when it is not set.
"""
import json
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.box import BoxTest, main  # noqa: E402
from lab.varlink import INTERFACE  # noqa: E402

SECONDS = float(os.environ.get("WAYHOME_GARBAGE_SECONDS", "10"))
ROOM = 1 << 20  # bytes by which the service may have grown
WARM = 400  # connections after which it has grown to what it keeps
SEED = 20


def truncated(chance, call):
    return call[:chance.randrange(len(call))]


def flipped(chance, call):
    changed = bytearray(call)
    for _ in range(chance.randrange(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed) + b"\0"


def noise(chance, _call):
    return chance.randbytes(chance.randrange(1, 4096))


def deep(chance, _call):
    return b"[" * chance.choice((10, 33, 5000)) + b"\0"


def long(chance, _call):
    return b'{"method":"' + b"a" * chance.choice((1000, 300000))


def wrong_types(chance, _call):
    value = chance.choice((1, None, True, [], {}, "", "x" * 5000, -1e308, "\ud7ff", 2**62))
    return json.dumps({"method": f"{INTERFACE}.{chance.choice(METHODS)}", "parameters": {
        name: value for name in ("account", "host", "name", "fields", "secrets", "names", "limit", "before")},
        chance.choice(("more", "oneway", "upgrade")): chance.choice((True, 1, "yes"))}).encode() + b"\0"


def many(chance, call):
    """Calls without waiting for an answer."""
    return (call + b"\0") * chance.randrange(1, 200)


def empty(chance, _call):
    return b"\0" * chance.randrange(1, 5000)


METHODS = ("Status", "Watch", "AddAccount", "AddHost", "Claim", "SetOwner", "SetSecret", "Keeps", "History", "Nothing")
KINDS = (truncated, flipped, noise, deep, long, wrong_types, many, empty)


class Garbage(BoxTest):
    def memory(self):
        """Bytes that the service has allocated. Its libraries do not count: its part of them grows when another ends."""
        with open(f"/proc/{self.process}/smaps_rollup") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith(("Pss_Anon:", "SwapPss:"))) * 1024

    def send(self, person, data):
        """One connection's worth; the service may close it at any time, and does."""
        try:
            with person.connect(timeout=0.02) as connection:
                connection.send_bytes(data)
                connection.receive()
        except (OSError, ValueError):
            return

    def storm(self, people, seconds, least=0):
        """For so long, and at least so many connections; returns how many were made, and bytes."""
        chance = random.Random(SEED)
        call = json.dumps({"method": f"{INTERFACE}.Status", "parameters": {}}).encode()
        deadline, asked, sent, connections, slowest = time.monotonic() + seconds, 0.0, 0, 0, 0.0
        while time.monotonic() < deadline or connections < least:
            data = chance.choice(KINDS)(chance, call)
            self.send(chance.choice(people), data)
            sent, connections = sent + len(data), connections + 1
            if time.monotonic() - asked > 0.5:
                asked = time.monotonic()
                self.assertEqual(self.alice.call("Status")["state"]["service"]["owner"], "alice")
                slowest = max(slowest, time.monotonic() - asked)
        return connections, sent, slowest

    def test_garbage(self):
        self.box.admin.call("SetOwner", user="alice")
        self.alice = self.box.session("alice")
        made = self.service(self.alice)
        host = self.add_own(made, "garbage.dyn.example")
        self.assert_proven(made, host)
        people = [self.box.person("www-data"), self.box.person("nobody"), self.box.session("bob", seat=None)]
        before = self.box.main_pid()
        self.process = self.box.outside_pid(before)
        self.storm(people, 2, WARM)  # what is kept for later is there then
        first = self.memory()
        connections, sent, slowest = self.storm(people, SECONDS)
        last = self.memory()
        print(f"{connections} connections, {sent / 1e6:.0f} MB in {SECONDS:g} s; memory {first / 1e6:.2f} MB -> "
              f"{last / 1e6:.2f} MB; the owner's slowest answer {slowest * 1000:.0f} ms")
        self.assertEqual(self.box.main_pid(), before)
        self.assertLess(last, first + ROOM)
        self.assertEqual(made.status()["service"]["notices"], [])
        self.lab.change4()
        self.assertEqual(self.assert_proven(made, host)["acknowledged"], self.lab.address)
        lines = [line for line in self.box.journal("--unit=wayhome.service").splitlines() if "wayhomed[" in line]
        print(f"{len(lines)} lines in the journal")
        self.assertLess(len(lines), 200, "the journal is flooded")

    def test_all_connections_taken(self):
        """One user takes all that one gets, and leaves them lying; others are answered."""
        bob, held = self.box.session("bob", seat=None), []
        for _ in range(200):
            held.append(bob.connect())
        self.addCleanup(lambda: [each.close() for each in held])
        for person in (self.box.admin, self.box.session("alice")):
            self.assertIn("state", person.call("Status"))


if __name__ == "__main__":
    main()
