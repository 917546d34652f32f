"""The door: the protocol's errors and limits, who may come in, and what never comes out."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402
from lab.named import SOURCE  # noqa: E402
from lab.varlink import INTERFACE, Connection, VarlinkError  # noqa: E402

SERVICE = "org.varlink.service"
STRANGER = 12345
SECRET = "very-secret-c2VjcmV0"


def as_stranger(function):
    """Runs function() as another user in a process of its own; returns what it returned, as JSON."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(STRANGER)
            os.setuid(STRANGER)
            os.write(writing, json.dumps(function()).encode())
        except BaseException as error:
            os.write(writing, json.dumps(f"{type(error).__name__}: {error}").encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = json.loads(pipe.read() or '"nothing"')
    os.waitpid(child, 0)
    return answer


def can_be_stranger():
    with open("/proc/self/uid_map") as file:
        return int(file.read().split()[2]) > STRANGER


class Protocol(LabTest):
    def setUp(self):
        super().setUp()
        self.made = self.start()

    def error(self, method, parameters=None, **flags):
        with self.made.connect() as connection:
            connection.send(method, parameters, **flags)
            with self.assertRaises(VarlinkError) as caught:
                connection.reply()
            connection.call(f"{SERVICE}.GetInfo")  # the connection lives
        return caught.exception

    def closed(self, data):
        with self.made.connect() as connection:
            try:
                connection.send_bytes(data)
                self.assertIsNone(connection.receive())
            except (ConnectionResetError, BrokenPipeError):
                pass
        self.made.status()

    def test_info(self):
        info = self.made.call(f"{SERVICE}.GetInfo")
        self.assertLessEqual({SERVICE, INTERFACE}, set(info["interfaces"]))
        text = self.made.call(f"{SERVICE}.GetInterfaceDescription", interface=INTERFACE)["description"]
        with open(f"{SOURCE}/service/protocol/{INTERFACE}.varlink") as file:
            self.assertEqual(text, file.read())

    def test_unknown(self):
        self.assertEqual(self.error(f"{INTERFACE}.Nonsense").name, f"{SERVICE}.MethodNotFound")
        self.assertEqual(self.error("org.elsewhere.Thing.Do").name, f"{SERVICE}.InterfaceNotFound")

    def test_wrong_parameters(self):
        missing = self.error(f"{INTERFACE}.AddHost", {"name": "a.dyn.example"})
        self.assertEqual((missing.name, missing.parameters), (f"{SERVICE}.InvalidParameter", {"parameter": "account"}))
        for parameters in ({"account": 7}, {"account": ["a"]}, {"account": None}):
            wrong = self.error(f"{INTERFACE}.RemoveAccount", parameters)
            self.assertEqual(wrong.name, f"{SERVICE}.InvalidParameter")

    def test_not_found(self):
        error = self.error(f"{INTERFACE}.RemoveHost", {"host": "no such host"})
        self.assertEqual((error.name, error.parameters["what"]), (f"{INTERFACE}.NotFound", "host"))

    def test_watch_needs_more(self):
        self.assertEqual(self.error(f"{INTERFACE}.Watch").name, f"{SERVICE}.ExpectedMore")

    def test_unknown_members_are_ignored(self):
        with self.made.connect() as connection:
            connection.send_bytes(json.dumps({"method": f"{INTERFACE}.Status", "parameters": {"new": 1}, "x": 2})
                                  .encode() + b"\0")
            self.assertIn("state", connection.reply())

    def test_oneway_and_order(self):
        with self.made.connect() as connection:
            connection.send(f"{INTERFACE}.UpdateNow", oneway=True)
            connection.send(f"{INTERFACE}.ListProviders")
            connection.send(f"{INTERFACE}.Status")
            self.assertIn("providers", connection.reply())
            self.assertIn("state", connection.reply())

    def test_garbage_closes(self):
        deep = b'{"method":"a.b.C","parameters":' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"}\0"
        for data in (b"\0", b"hello\0", b"[]\0", b'{"method":\0', b'{"method":"a.b.C","method":"a.b.C"}\0',
                     b'{"method":"a.b.\xff\xfe"}\0', deep, b"[" * 100000 + b"\0", b"x" * 300000):
            with self.subTest(data[:40]):
                self.closed(data)

    def test_split_and_joined_messages(self):
        call = json.dumps({"method": f"{SERVICE}.GetInfo"}).encode() + b"\0"
        with self.made.connect() as connection:
            for byte in call:
                connection.send_bytes(bytes([byte]))
            self.assertIn("vendor", connection.reply())
            connection.send_bytes(call * 20)
            for _ in range(20):
                self.assertIn("vendor", connection.reply())

    def test_other_users_are_refused(self):
        if not can_be_stranger():
            self.skipTest("only root can become another user")

        def try_all():
            names = []
            for method, parameters in (("Status", {}), ("AddAccount", {"provider": "dyndns2"}), ("UpdateNow", {})):
                with Connection(self.made.control) as connection:
                    try:
                        connection.call(method, **parameters)
                        names.append("allowed")
                    except VarlinkError as error:
                        names.append(error.name)
            return names

        self.assertEqual(as_stranger(try_all), [f"{SERVICE}.PermissionDenied"] * 3)

    def test_one_user_cannot_fill_the_room(self):
        if not can_be_stranger():
            self.skipTest("only root can become another user")

        def crowd():
            connections = [Connection(self.made.control) for _ in range(40)]
            served = 0
            for connection in connections:
                try:
                    connection.call(f"{SERVICE}.GetInfo")
                    served += 1
                except (OSError, ConnectionError):
                    pass
            with self.made.connect() as connection:
                pass
            return served

        self.assertEqual(as_stranger(crowd), 16)
        self.made.status()

    def test_watch_tells_changes(self):
        watch = self.made.watch()
        self.assertEqual(watch.first["state"]["hosts"], [])
        host = self.add_own(self.made, "watched.dyn.example")
        self.assertIsNotNone(watch.event(15, kind="proven", name="watched.dyn.example"))
        self.made.call("RemoveHost", host=host)
        watch.close()

    def test_a_watcher_that_does_not_read_holds_nobody_up(self):
        lazy = self.made.connect()
        lazy.send(f"{INTERFACE}.Watch", more=True)
        host = self.add_own(self.made, "lazy.dyn.example")
        for _ in range(20):
            _, address = self.lab.change4()
            self.made.record_until(host, "the change goes out", lambda each: each["acknowledged"] == address)
        lazy.close()
        self.made.status()


class Management(LabTest):
    def test_accounts_and_hosts(self):
        made = self.start()
        account = self.lab.rfc2136_account(made)
        host = made.call("AddHost", account=account, name="one.dyn.example", ipv4=True, ipv6=False)["host"]
        with self.assertRaises(VarlinkError) as caught:
            made.call("AddHost", account=account, name="one.dyn.example")
        self.assertEqual(caught.exception.name, f"{INTERFACE}.Exists")
        self.assert_proven(made, host)
        made.call("EditHost", host=host, name="other.dyn.example")
        made.record_until(host, "the new name is proven", lambda each: each["proof"]["status"] == "proven"
                          and self.lab.lookup("other.dyn.example") == [self.lab.address])
        made.call("RemoveAccount", account=account)
        state = made.status()
        self.assertEqual((state["accounts"], state["hosts"]), ([], []))

    def test_wrong_values(self):
        made = self.start()
        for provider, fields, name in (("dyndns2", {"url": "ftp://a.example", "user": "u"}, "url"),
                                       ("rfc2136", {"server": "a b", "zone": "dyn.example",
                                                    "key-name": "k", "algorithm": "hmac-sha256"}, "server"),
                                       ("dyndns2", {"url": "https://a.example", "user": "u", "hue": "red"}, "hue")):
            with self.subTest(name), self.assertRaises(VarlinkError) as caught:
                made.call("AddAccount", provider=provider, fields=fields,
                          secrets={"password" if provider == "dyndns2" else "secret": "c2VjcmV0"})
            self.assertEqual((caught.exception.name, caught.exception.parameters["field"]),
                             (f"{INTERFACE}.Invalid", name))
            self.assertTrue(caught.exception.parameters["reason"])

    def test_pause(self):
        made = self.start()
        host = self.add_own(made, "paused.dyn.example")
        self.assert_proven(made, host)
        made.call("Pause")
        asked, address = self.lab.change4()
        self.assert_state(made, host, "paused")
        made.stop()
        made.start()
        self.assertTrue(made.status()["service"]["paused"])
        self.assert_state(made, host, "paused")
        self.assertEqual(self.lab.capture.updates(asked), [])
        made.call("Resume")
        made.record_until(host, "it goes on", lambda each: each["acknowledged"] == address)

    def test_test(self):
        made = self.start()
        account = self.lab.dyndns2_account(made)
        self.until("the address is known", lambda: made.verdict()["address"], 30)
        result = made.call("Test", account=account, name="tried.free.example")["result"]
        self.assertIn(result["class"], ("CHANGED", "SAME"))
        result = made.call("Test", account=account, secrets={"password": "wrong"}, name="again.free.example")["result"]
        self.assertEqual(result["class"], "AUTH")
        with self.assertRaises(VarlinkError) as caught:
            made.call("Test", account=account, name="again.free.example")
        self.assertEqual(caught.exception.name, f"{INTERFACE}.TooSoon")

    def test_history(self):
        made = self.start()
        host = self.add_own(made, "told.dyn.example")
        self.assert_proven(made, host)
        events = self.until("the history is written",
                            lambda: (lambda found: found if any(each["kind"] == "proven" for each in found) else None)(
                                made.history(host=host)), 30)
        kinds = [event["kind"] for event in events]
        for kind in ("sent", "answered", "proven"):
            self.assertIn(kind, kinds)
        self.assertEqual([event["id"] for event in events], sorted((event["id"] for event in events), reverse=True))
        older = made.history(before=events[0]["id"], limit=1)
        self.assertEqual(len(older), 1)
        self.assertLess(older[0]["id"], events[0]["id"])

    def test_secrets_only_go_in(self):
        made = self.start()
        account = self.lab.dyndns2_account(made, password=SECRET)
        host = made.call("AddHost", account=account, name="secret.free.example", ipv4=True, ipv6=False)["host"]
        self.assert_state(made, host, "halted", "AUTH")
        seen = json.dumps([made.status(), made.history(), made.call("ListProviders")]) + made.log()
        self.assertNotIn(SECRET, seen)
        for name in ("cmdline", "environ"):
            with open(f"/proc/{made.process.pid}/{name}", "rb") as file:
                self.assertNotIn(SECRET.encode(), file.read())
        made.call("ForgetSecrets", account=account)
        account, = made.status()["accounts"]
        self.assertEqual(account["secrets"], [{"field": "password", "state": "missing"}])
        for folder, _, files in os.walk(made.state):
            for name in files:
                path = os.path.join(folder, name)
                self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)
                with open(path, "rb") as file:
                    self.assertNotIn(SECRET.encode(), file.read(), path)


class UserService(LabTest):
    def test_user_scope(self):
        made = self.new_service()
        made.options = ["--user"]
        made.start()
        self.assertEqual(made.status()["service"]["scope"], "user")
        self.assertEqual(os.stat(made.control).st_mode & 0o077, 0)

    def test_a_second_service_does_not_take_the_door(self):
        made = self.start()
        other = self.new_service()
        other.control = made.control
        other.spawn()
        self.assertNotEqual(other.process.wait(15), 0)
        other.process = None
        made.status()

    def test_a_stale_socket_is_replaced(self):
        made = self.start()
        made.kill()
        self.assertTrue(os.path.exists(made.control))
        made.start()
        self.assertEqual(made.stop(), 0)
        self.assertFalse(os.path.exists(made.control))


if __name__ == "__main__":
    main()
