"""Accounts and hosts that files of the administrator declare."""
import os
import shutil
import signal
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import keyring  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.varlink import VarlinkError  # noqa: E402

HEAD = "[account]\nprovider=dyndns2\nfield.url=https://members.example\nfield.user=user\n"
CREDENTIAL = "secret.password=credential:pass\n"
NAME = "camera.free.example"


def hosts(*names):
    return "".join(f"[host {name}]\nipv6=false\n" for name in names)


class Declared(LabTest):
    def setUp(self):
        super().setUp()
        self.lab.provider.behaviour = "good"
        self.lab.provider.updates.clear()
        self.lab.provider.records.clear()

    def declare(self, made, name, text):
        folder = made.config + "/hosts.d"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{name}.conf", "w") as file:
            file.write(text)

    def forget(self, made, name):
        os.unlink(f"{made.config}/hosts.d/{name}.conf")

    def give(self, made, name="pass", text="pass\n"):
        """A credential, as the service manager hands it over."""
        folder = made.folder + "/credentials"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
        made.environment["CREDENTIALS_DIRECTORY"] = folder

    def new_declared(self, text=HEAD + CREDENTIAL + hosts(NAME)):
        made = self.new_service()
        self.give(made)
        self.declare(made, "free", text)
        return made

    def start_apart(self, made):
        """Far from the terminal that the tests may have been started from."""
        made.spawn(start_new_session=True)
        self.until("the service opens its door", made._answers, 20)
        return made

    def notices(self, made):
        service = made.status()["service"]
        return dict(zip(service["notices"], service["notice_details"]))

    def names(self, made):
        return sorted(host["name"] for host in made.status()["hosts"])

    def assert_not_possible(self, made, method, **parameters):
        with self.assertRaises(VarlinkError) as caught:
            made.call(method, **parameters)
        self.assertEqual(caught.exception.name, "org.wayhome.Control.NotPossible")
        self.assertIn("/hosts.d/free.conf", caught.exception.parameters["reason"])

    def test_publishes_and_remembers(self):
        made = self.new_declared().start()
        host = f"file-free:{NAME}"
        self.assert_proven(made, host)
        self.assertEqual(self.lab.lookup(NAME), [self.lab.address])
        account, = made.status()["accounts"]
        path = made.config + "/hosts.d/free.conf"
        self.assertEqual((account["id"], account["declared"], made.host(host)["declared"]), ("file-free", path, path))
        self.assertEqual(account["secrets"], [{"field": "password", "state": "present"}])
        self.assertFalse(keyring.holds(made.state, "pass\n"))
        self.assertEqual(os.listdir(made.state + "/secrets") if os.path.exists(made.state + "/secrets") else [], [])
        self.assertEqual(self.notices(made), {})
        made.stop()
        made.start()
        self.assert_proven(made, host)
        self.assertEqual(len(self.lab.provider.of(NAME)), 1, "what is right already is not sent again")
        self.assertTrue([event for event in made.history(host=host) if event["kind"] == "answered"])

    def test_private_file_and_own_computer(self):
        made = self.new_service()
        computer = socket.gethostname().split(".")[0].lower()
        self.declare(made, "own", "[account]\nprovider=rfc2136\nfield.server=11.99.0.53\nfield.zone=dyn.example\n"
                     f"field.key-name={self.lab.key.name}\nfield.algorithm={self.lab.key.algorithm}\n"
                     "secret.secret=file:keys/home\n" + hosts("%h.dyn.example"))
        os.mkdir(made.config + "/keys")
        path = made.config + "/keys/home"
        with open(path, "w") as file:
            file.write(self.lab.key.secret + "\n")
        os.chmod(path, 0o640)
        made.start()
        host = f"file-own:{computer}.dyn.example"
        self.assert_state(made, host, "no_secret")
        self.assertIn(f"{made.config}/hosts.d/own.conf:7: secret.secret: {path} is open to other users",
                      self.notices(made)["declared_files"])
        os.chmod(path, 0o600)
        made.call("Reload")
        self.assert_proven(made, host)
        self.assertEqual(self.notices(made), {})
        self.assertNotIn(self.lab.key.secret, made.log())

    def test_hangup_reads_again(self):
        made = self.start_apart(self.new_declared())
        watch = made.watch()
        self.addCleanup(watch.close)
        self.assert_state(made, f"file-free:{NAME}", "current")
        self.declare(made, "free", HEAD + CREDENTIAL + hosts(NAME, "new.free.example"))
        made.process.send_signal(signal.SIGHUP)
        self.until("the new name is kept", lambda: "new.free.example" in self.names(made))
        self.assert_state(made, "file-free:new.free.example", "current")
        self.assertIsNotNone(watch.event(10, kind="answered", name="new.free.example"))
        self.assertEqual(len(self.lab.provider.of(NAME)), 1, "the other one is left alone")
        self.forget(made, "free")
        made.process.send_signal(signal.SIGHUP)
        self.until("nothing is kept", lambda: not made.status()["accounts"] and not made.status()["hosts"])

    def test_bad_files(self):
        made = self.new_declared()
        self.declare(made, "bad", "[account]\nprovider=dyndns2\ncolour=red\n")
        self.declare(made, "open", HEAD + "secret.password=hunter2\n" + hosts("open.free.example"))
        made.start()
        self.assert_state(made, f"file-free:{NAME}", "current")
        told = self.notices(made)["declared_files"]
        self.assertIn("/hosts.d/bad.conf:3: There is no such key", told)
        self.assertIn("/hosts.d/open.conf:5: A secret must not stand here", told)
        self.assertNotIn("hunter2", told + made.log())
        self.declare(made, "free", HEAD + "nonsense\n")
        self.forget(made, "bad")
        self.forget(made, "open")
        made.call("Reload")
        self.assertEqual(self.notices(made)["declared_files"],
                         f"{made.config}/hosts.d/free.conf:5: This is no [group], no key=value and no # comment. "
                         f"{made.config}/hosts.d/free.conf: What this file said before stays in force.")
        _, address = self.lab.change4()
        made.record_until(f"file-free:{NAME}", "it goes on", lambda each: each["acknowledged"] == address)

    def test_others_may_not_write(self):
        made = self.new_declared()
        os.chmod(made.config + "/hosts.d/free.conf", 0o666)
        made.start()
        self.assertIn("may be changed by others", self.notices(made)["declared_files"])
        self.assertEqual(made.status()["accounts"], [])
        os.chmod(made.config + "/hosts.d/free.conf", 0o644)
        os.chmod(made.config + "/hosts.d", 0o777)
        made.call("Reload")
        self.assertIn("/hosts.d may be changed by others", self.notices(made)["declared_files"])
        self.assertEqual(made.status()["accounts"], [])

    def test_missing_credential(self):
        made = self.new_declared(HEAD + "secret.password=credential:other\n" + hosts(NAME)).start()
        self.assert_state(made, f"file-free:{NAME}", "no_secret")
        told = self.notices(made)["declared_credentials"]
        self.assertIn("/hosts.d/free.conf:5: ", told)
        self.assertIn("LoadCredential=other:", told)
        self.assertIn("needs a restart", told)
        made.stop()
        self.give(made, "other")
        made.start()
        self.assert_state(made, f"file-free:{NAME}", "current")
        self.assertEqual(self.notices(made), {})

    def test_changed_credential(self):
        """The service manager's copy stays what it was; a wrong one that was put right goes on by itself."""
        made = self.new_declared()
        self.give(made, text="wrong")
        os.utime(made.folder + "/credentials/pass", (1700000000, 1700000000))
        made.start()
        self.assert_state(made, f"file-free:{NAME}", "halted", "AUTH", "account")
        os.mkdir(made.config + "/credentials")
        with open(made.config + "/credentials/pass", "w") as file:
            file.write("pass")
        made.call("Reload")
        self.assertIn("needs a restart", self.notices(made)["declared_credentials"])
        made.stop()
        made.start()
        self.assert_state(made, f"file-free:{NAME}", "halted", "AUTH", "account")
        made.stop()
        asked = len(self.lab.provider.of(NAME))
        self.assertEqual(asked, 1)
        self.give(made, text="pass")
        made.start()
        self.assert_state(made, f"file-free:{NAME}", "current")

    def test_not_changed_over_the_door(self):
        made = self.new_declared().start()
        host = f"file-free:{NAME}"
        self.assert_state(made, host, "current")
        self.assert_not_possible(made, "EditAccount", account="file-free", label="x")
        self.assert_not_possible(made, "RemoveAccount", account="file-free")
        self.assert_not_possible(made, "SetSecret", account="file-free", field="password", secret="x")
        self.assert_not_possible(made, "ForgetSecrets", account="file-free")
        self.assert_not_possible(made, "AddHost", account="file-free", name="b.free.example")
        self.assert_not_possible(made, "EditHost", host=host, ttl=60)
        self.assert_not_possible(made, "RemoveHost", host=host)
        self.assert_not_possible(made, "AddHost", account=self.lab.dyndns2_account(made), name=NAME)

    def test_pause(self):
        made = self.new_declared().start()
        host = f"file-free:{NAME}"
        self.assert_state(made, host, "current")
        made.call("Pause", host=host)
        made.kill()
        made.start()
        self.assert_state(made, host, "paused")
        self.assertTrue(made.host(host)["paused"])
        made.call("Resume", account="file-free")
        made.call("UpdateNow", host=host)
        self.assert_state(made, host, "current")

    def test_shadow(self):
        made = self.new_service()
        self.give(made)
        made.start()
        own = self.add_free(made, NAME)
        self.assert_state(made, own, "current")
        self.declare(made, "free", HEAD + CREDENTIAL + hosts(NAME))
        made.call("Reload")
        self.assert_state(made, own, "paused")
        self.assert_state(made, f"file-free:{NAME}", "current")
        self.assertFalse(made.host(own)["paused"])
        self.until("it is said", lambda: NAME in self.notices(made).get("declared_shadows", ""))
        made.stop()
        made.start()
        self.assert_state(made, own, "paused")
        self.until("it is said", lambda: NAME in self.notices(made).get("declared_shadows", ""))
        shutil.rmtree(made.config + "/hosts.d")
        made.call("Reload")
        self.assert_state(made, own, "current")
        self.until("it is not said any more", lambda: "declared_shadows" not in self.notices(made))


if __name__ == "__main__":
    main()
