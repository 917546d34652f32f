"""A person's own service and the real keyring of GNOME: open, locked, absent, and an item that is deleted."""
import os
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import keyring, service, session  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.varlink import INTERFACE, VarlinkError  # noqa: E402

NAME = "home.dyn.example"
CTL = service.binary("wayhomectl")


@unittest.skipIf(session.missing(), session.missing() or "")
class Keyrings(LabTest):
    count = 0

    def setUp(self):
        super().setUp()
        Keyrings.count += 1
        self.session = session.Session(f"session{Keyrings.count}")
        self.addCleanup(self.session.bus.kill)

    def open_keyring(self):
        program = keyring.start(self.session)
        self.addCleanup(program.kill)
        return program

    def locked_keyring(self):
        program = self.session.start_locked()
        self.addCleanup(program.kill)
        return program

    def own(self, made=None):
        """The service of the person whose session it is."""
        made = made or self.new_service()
        made.options = ["--user"]
        made.environment = self.session.environment
        return made.start()

    def secrets(self, made):
        return made.status()["service"]["secrets"]

    def until_keyring(self, made, state):
        self.until(f"the keyring is {state}", lambda: self.secrets(made)["keyring"] == state)

    def secret_state(self, made):
        account, = made.status()["accounts"]
        return account["secrets"][0]["state"]

    def until_secret(self, made, state):
        self.until(f"the secret is {state}", lambda: self.secret_state(made) == state)

    def until_items(self, count):
        self.until(f"the keyring has {count} items", lambda: len(keyring.items(self.session)) == count)

    def goes_on(self, made, host):
        """The secret is there: a new address goes out."""
        _, address = self.lab.change4()
        made.record_until(host, "the new address is acknowledged", lambda each: each["acknowledged"] == address)

    def in_files(self, made):
        return keyring.holds(made.folder, self.lab.key.secret)

    def notices(self, made):
        return made.status()["service"]["notices"]

    def command(self, made, *arguments):
        done = subprocess.run([CTL, "--socket", made.control, *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def test_open(self):
        self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        self.assertEqual(self.secrets(made), {"kept_in": "keyring", "keyring": "open", "writer": "service",
                                              "file_allowed": False})
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.until_items(1)
        self.assertEqual((self.in_files(made), self.notices(made)), ([], []))
        made.kill()
        self.own(made)
        self.until_secret(made, "present")
        self.goes_on(made, host)
        made.call("RemoveAccount", account="rfc2136")
        self.until_items(0)

    def test_killed_at_once(self):
        """What was answered is in the keyring."""
        self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        account = self.lab.rfc2136_account(made)
        made.kill()
        self.own(made)
        self.until_secret(made, "present")
        made.call("SetSecret", account=account, field="secret", secret="YW5vdGhlciBvbmU=")
        made.kill()
        self.assertEqual(len(keyring.items(self.session)), 1)
        self.own(made)
        self.until_secret(made, "present")
        made.call("ForgetSecrets", account=account)
        made.kill()
        self.assertEqual(keyring.items(self.session), [])

    def test_orderly_end_loses_nothing(self):
        self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        self.add_own(made, NAME)
        made.stop()
        self.until_items(1)
        self.own(made)
        self.until_secret(made, "present")

    def test_locked(self):
        """At the start, until somebody signs in; and again while the service runs."""
        program = self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        host = self.add_own(made, NAME)
        self.until_items(1)
        made.kill()
        self.session.end(program)
        self.locked_keyring()
        self.own(made)
        self.until_keyring(made, "locked")
        self.assertEqual(self.secret_state(made), "locked")
        self.until("it says what it waits for", lambda: self.notices(made) == ["keyring_locked"])
        if CTL:
            self.assertIn("wayhomectl unlock", self.command(made, "status")[1])
        self.assert_state(made, host, "no_secret")
        self.session.sign_in()
        self.until_secret(made, "present")
        self.goes_on(made, host)
        self.assertEqual(self.notices(made), [])
        keyring.lock(self.session)
        self.until_keyring(made, "locked")
        self.goes_on(made, host)
        self.assertEqual(self.secret_state(made), "present")

    def not_saved(self, made, method, **parameters):
        with self.assertRaises(VarlinkError) as caught:
            made.call(method, **parameters)
        self.assertEqual(caught.exception.name, f"{INTERFACE}.NotSaved")

    def test_forgotten_while_locked(self):
        """It stays forgotten, also when the service starts anew before the keyring opens."""
        program = self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        first, second = self.lab.rfc2136_account(made), self.lab.rfc2136_account(made)
        self.until_items(2)
        keyring.lock(self.session)
        self.until_keyring(made, "locked")
        self.not_saved(made, "ForgetSecrets", account=first)
        self.not_saved(made, "RemoveAccount", account=second)
        made.kill()
        self.session.end(program)
        self.locked_keyring()
        self.own(made)
        self.until_keyring(made, "locked")
        self.assertEqual(self.secret_state(made), "missing")
        self.session.sign_in()
        self.until_items(0)
        self.assertEqual(self.secret_state(made), "missing")

    def test_forgotten_while_absent(self):
        program = self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        account = self.lab.rfc2136_account(made)
        self.until_items(1)
        self.session.end(program)
        self.until_keyring(made, "absent")
        self.not_saved(made, "ForgetSecrets", account=account)
        made.kill()
        self.locked_keyring()
        self.own(made)
        self.until_keyring(made, "locked")
        self.session.sign_in()
        self.until_items(0)

    def test_two_of_one_person(self):
        """Two services with folders of their own leave each other's secrets alone."""
        self.open_keyring()
        one = self.own()
        self.until_keyring(one, "open")
        first = self.lab.rfc2136_account(one)
        self.until_items(1)
        keyring.lock(self.session)
        other = self.own(self.new_service())
        self.until_keyring(other, "locked")
        second = self.lab.rfc2136_account(other)
        self.assertNotEqual(first, second)
        self.session.sign_in()
        self.until_items(2)
        self.until("both are well", lambda: self.notices(one) == self.notices(other) == [])

    def test_given_while_locked(self):
        program = self.open_keyring()
        self.session.end(program)
        self.locked_keyring()
        made = self.own()
        self.until_keyring(made, "locked")
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.until("it says what may be lost", lambda: self.notices(made) == ["keyring_locked"])
        self.session.sign_in()
        self.until_items(1)
        self.until("all is well", lambda: self.notices(made) == [])
        self.assertEqual(self.in_files(made), [])

    def test_deleted_item(self):
        self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.until_items(1)
        keyring.delete(self.session, keyring.items(self.session)[0])
        self.until_secret(made, "missing")
        self.assert_state(made, host, "no_secret")
        made.call("SetSecret", account="rfc2136", field="secret", secret=self.lab.key.secret)
        self.until_items(1)
        self.goes_on(made, host)

    def test_keyring_dies(self):
        program = self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        host = self.add_own(made, NAME)
        self.until_items(1)
        self.session.end(program)
        self.until_keyring(made, "absent")
        self.goes_on(made, host)
        self.locked_keyring()
        self.until_keyring(made, "locked")
        self.session.sign_in()
        self.until_keyring(made, "open")
        self.goes_on(made, host)

    def test_absent(self):
        """Memory only, until the person agrees to a file."""
        made = self.own()
        self.until_keyring(made, "absent")
        self.assertEqual((self.secrets(made)["kept_in"], self.notices(made)), ("memory", []))
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.assertEqual(self.in_files(made), [])
        self.until("it says what will be lost", lambda: self.notices(made) == ["secrets_in_memory"])
        with self.assertRaises(VarlinkError) as caught:
            made.call("UnlockKeyring")
        self.assertEqual(caught.exception.name, f"{INTERFACE}.NotPossible")
        made.call("AllowSecretFile", allowed=True)
        self.until("all is well", lambda: self.notices(made) == [])
        path, = self.in_files(made)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        made.kill()
        self.own(made)
        self.until_keyring(made, "absent")
        self.assertEqual((self.secret_state(made), self.secrets(made)["kept_in"]), ("present", "file"))
        self.goes_on(made, host)
        made.call("AllowSecretFile", allowed=False)
        self.assertEqual(self.in_files(made), [])
        self.goes_on(made, host)

    def test_forbidden_while_locked(self):
        """Files go at once, and come back no more."""
        made = self.own()
        self.until_keyring(made, "absent")
        made.call("AllowSecretFile", allowed=True)
        host = self.add_own(made, NAME)
        self.assertEqual(len(self.in_files(made)), 1)
        made.stop()
        program = self.open_keyring()
        self.session.end(program)
        self.locked_keyring()
        self.own(made)
        self.until_keyring(made, "locked")
        made.call("AllowSecretFile", allowed=False)
        self.assertEqual(self.in_files(made), [])
        made.call("SetSecret", account="rfc2136", field="secret", secret=self.lab.key.secret)
        self.assertEqual(self.in_files(made), [])
        self.goes_on(made, host)
        self.session.sign_in()
        self.until_items(1)

    def test_file_that_others_can_read(self):
        """It is not used, and not thrown away unread."""
        made = self.own()
        self.until_keyring(made, "absent")
        made.call("AllowSecretFile", allowed=True)
        self.add_own(made, NAME)
        path, = self.in_files(made)
        made.stop()
        os.chmod(path, 0o644)
        self.own(made)
        self.until_secret(made, "closed")
        self.not_saved(made, "AllowSecretFile", allowed=False)
        self.assertEqual(self.in_files(made), [path])
        os.chmod(path, 0o600)
        made.call("AllowSecretFile", allowed=False)
        self.assertEqual(self.in_files(made), [])
        self.until_secret(made, "present")

    def test_hangs_at_the_start(self):
        """What is given then is not said to be kept, and is kept when the keyring goes on."""
        program = self.open_keyring()
        made = self.own()
        self.until_keyring(made, "open")
        host = self.add_own(made, NAME)
        self.until_items(1)
        made.kill()
        os.kill(program.process.pid, signal.SIGSTOP)
        self.own(made)
        self.assertEqual(self.secrets(made)["keyring"], "looking")
        self.not_saved(made, "SetSecret", account="rfc2136", field="secret", secret=self.lab.key.secret)
        os.kill(program.process.pid, signal.SIGCONT)
        self.until_keyring(made, "open")
        self.until("all is well", lambda: self.notices(made) == [])
        self.goes_on(made, host)

    def test_nobody_can_ask(self):
        program = self.open_keyring()
        self.session.end(program)
        self.locked_keyring()
        made = self.own()
        self.until_keyring(made, "locked")
        self.add_own(made, NAME)
        self.until("it says what may be lost", lambda: self.notices(made) == ["keyring_locked"])
        made.call("UnlockKeyring")
        self.until("it says that it was not unlocked",
                   lambda: "did not unlock it" in made.status()["service"]["notice_details"][0])

    def test_lost_at_the_end(self):
        made = self.own()
        self.until_keyring(made, "absent")
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        made.stop()
        self.own(made)
        self.until_secret(made, "missing")
        self.assert_state(made, host, "no_secret")

    def test_no_session(self):
        """Not even a bus: known at once."""
        made = self.new_service()
        made.options = ["--user"]
        made.environment = {"DBUS_SESSION_BUS_ADDRESS": "", **self.session.without_bus()}
        made.start()
        self.assertEqual(self.secrets(made)["keyring"], "absent")
        with open(f"/proc/{made.process.pid}/maps") as file:
            self.assertNotIn("libsecret", file.read())

    def test_files_of_an_older_version_move(self):
        """They are used at once, wait for the keyring, and are gone when it has them."""
        made = self.own()
        self.until_keyring(made, "absent")
        made.call("AllowSecretFile", allowed=True)
        host = self.add_own(made, NAME)
        self.assertEqual(len(self.in_files(made)), 1)
        made.stop()
        program = self.open_keyring()
        self.session.end(program)
        self.locked_keyring()
        self.own(made)
        self.until_keyring(made, "locked")
        self.assertEqual((self.secret_state(made), len(self.in_files(made))), ("present", 1))
        self.goes_on(made, host)
        self.session.sign_in()
        self.until("the file is gone", lambda: not self.in_files(made))
        self.until_items(1)
        made.kill()
        self.own(made)
        self.until_secret(made, "present")

    @unittest.skipUnless(CTL, "wayhomectl has not been built")
    def test_command_line(self):
        made = self.own()
        self.until_keyring(made, "absent")
        self.add_own(made, NAME)
        code, said = self.command(made, "status", "--check")
        self.assertEqual(code, 5)
        self.assertIn("wayhomectl secret-file allow", said)
        self.assertEqual(self.command(made, "secret-file", "maybe")[0], 2)
        code, said = self.command(made, "secret-file", "allow")
        self.assertEqual((code, len(self.in_files(made))), (0, 1), said)
        self.assertIn("wayhomectl secret-file forbid", self.command(made, "status")[1])
        code, said = self.command(made, "unlock")
        self.assertEqual(code, 1)
        self.assertIn("no keyring", said)
        self.assertEqual(self.command(made, "secret-file", "forbid")[0], 0)
        self.assertEqual(self.in_files(made), [])


class WholeComputer(LabTest):
    def test_no_keyring_there(self):
        made = self.start()
        self.assertEqual(made.status()["service"]["secrets"],
                         {"kept_in": "file", "keyring": "unused", "writer": "client", "file_allowed": True,
                          "unattended": True})
        for method, parameters in (("UnlockKeyring", {}), ("AllowSecretFile", {"allowed": False})):
            with self.subTest(method), self.assertRaises(VarlinkError) as caught:
                made.call(method, **parameters)
            self.assertEqual(caught.exception.name, f"{INTERFACE}.NotPossible")


if __name__ == "__main__":
    main()
