"""A person's own service beside that of the whole computer."""
import json
import os
import socket
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.varlink import VarlinkError  # noqa: E402

SYSTEM = "/run/wayhome/control"
NAME = "camera.free.example"


class Double:
    """Listens where the service of the whole computer does. answer(call): bytes, or None: it says nothing."""

    def __init__(self, answer):
        os.makedirs(os.path.dirname(SYSTEM), exist_ok=True)
        self._answer = answer
        self.calls = []
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(SYSTEM)
        self._listener.listen()
        threading.Thread(target=self._run, daemon=True).start()

    def close(self):
        self._listener.close()
        if os.path.exists(SYSTEM):
            os.unlink(SYSTEM)

    def _run(self):
        while True:
            try:
                channel, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(channel,), daemon=True).start()

    def _serve(self, channel):
        read = b""
        while True:
            try:
                data = channel.recv(65536)
            except OSError:
                return
            if not data:
                return
            *messages, read = (read + data).split(b"\0")
            for message in messages:
                call = json.loads(message)
                self.calls.append(call)
                answer = self._answer(call)
                try:
                    if answer == b"":
                        channel.close()
                        return
                    if answer is not None:
                        channel.sendall(answer)
                except OSError:
                    return

    @property
    def asked(self):
        return [name for call in list(self.calls) for name in call["parameters"]["names"]]


def keeps(*names):
    """The answer of a service that keeps these names."""
    def answer(call):
        kept = [name for name in call["parameters"]["names"] if name in names]
        return json.dumps({"parameters": {"kept": kept}}).encode() + b"\0"
    return answer


class Rivals(LabTest):
    def setUp(self):
        super().setUp()
        self.lab.provider.behaviour = "good"
        self.lab.provider.updates.clear()
        self.lab.provider.records.clear()

    def double(self, answer):
        made = Double(answer)
        self.addCleanup(made.close)
        return made

    def own(self, made=None):
        made = made or self.new_service()
        made.options = ["--user"]
        made.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        return made.start()

    def notice(self, made):
        service = made.status()["service"]
        return dict(zip(service["notices"], service["notice_details"])).get("kept_by_system")

    def unsigned(self, made, name):
        """A host that needs no secret, because a service without a keyring forgets those."""
        return made.call("AddHost", account=self.lab.unsigned_account(made), name=name, ipv6=False)["host"]

    def test_alone(self):
        made = self.own()
        self.assert_state(made, self.add_free(made, NAME), "current")
        self.assertIsNone(self.notice(made))

    def test_real_service(self):
        system = self.new_service()
        system.control = SYSTEM
        system.start()
        theirs = self.add_free(system, NAME)
        self.assert_state(system, theirs, "current")
        sent = len(self.lab.provider.of(NAME))
        made = self.own()
        account = self.lab.dyndns2_account(made)
        mine = made.call("AddHost", account=account, name=NAME, ipv6=False)["host"]
        other = made.call("AddHost", account=account, name="other.free.example", ipv6=False)["host"]
        self.assert_state(made, other, "current")
        record = self.assert_state(made, mine, "paused")
        self.assertIsNone(record["acknowledged"])
        self.until("it is said", lambda: self.notice(made))
        self.assertIn(NAME, self.notice(made))
        self.assertNotIn("other", self.notice(made))
        self.assertFalse(made.host(mine)["paused"])
        self.assertEqual(len(self.lab.provider.of(NAME)), sent)
        for method, parameters in (("AddHost", {"account": account}), ("Test", {"account": account}),
                                   ("EditHost", {"host": other})):
            with self.assertRaises(VarlinkError) as caught:
                made.call(method, name=NAME, **parameters)
            self.assertEqual(caught.exception.name, "org.wayhome.Control.NotPossible")
        system.call("RemoveHost", host=theirs)
        _, address = self.lab.change4()
        made.record_until(mine, "its own service goes on", lambda each: each["acknowledged"] == address)
        self.until("it is not said any more", lambda: not self.notice(made))

    def test_first_update_waits(self):
        made = self.own()
        host = self.unsigned(made, "home.dyn.example")
        made.stop()
        double = self.double(keeps("home.dyn.example"))
        self.own(made)
        self.until("it is said", lambda: self.notice(made))
        record = self.assert_state(made, host, "paused")
        self.assertIsNone(record["acknowledged"])
        self.assertFalse([event for event in made.history() if event["kind"] == "sent"
                          and event["at"] > made.status()["service"]["started"]])
        self.assertEqual(set(double.asked), {"home.dyn.example"})

    def test_service_goes_away(self):
        double = self.double(keeps(NAME))
        made = self.own()
        host = self.add_free(made, NAME)
        self.until("it is said", lambda: self.notice(made))
        double.close()
        self.lab.change4()
        self.assert_state(made, host, "current")

    def test_many_names(self):
        double = self.double(keeps("n7.free.example", "n203.free.example"))
        made = self.own()
        account = self.lab.dyndns2_account(made)
        made.call("Pause")
        for i in range(205):
            made.call("AddHost", account=account, name=f"n{i}.free.example", ipv6=False)
        double.calls.clear()
        self.lab.change4()
        self.until("all are asked about", lambda: len(set(double.asked)) == 205)
        self.assertGreater(len(double.calls), 2)
        self.until("both are left alone", lambda: self.notice(made)
                   and "n7.free.example and n203.free.example right" in self.notice(made))

    def check_strange(self, answer):
        self.double(answer)
        made = self.own()
        self.assert_state(made, self.add_free(made, NAME), "current")
        self.assertIsNone(self.notice(made))

    def test_says_nothing(self):
        self.check_strange(lambda call: None)

    def test_closes(self):
        self.check_strange(lambda call: b"")

    def test_no_such_method(self):
        self.check_strange(lambda call: b'{"error":"org.varlink.service.MethodNotFound","parameters":{}}\0')

    def test_nonsense(self):
        self.check_strange(lambda call: b"hello\0")

    def test_wrong_types(self):
        self.check_strange(lambda call: b'{"parameters":{"kept":{"a":1}}}\0')

    def test_endless(self):
        self.check_strange(lambda call: b"x" * 10_000_000)


if __name__ == "__main__":
    main()
