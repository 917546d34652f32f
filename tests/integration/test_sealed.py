"""The service of the whole computer and secrets that only this computer can open: what rests in its files, what a
restart finds, and every way in which sealing is absent, fails, or has another key."""
import os
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import keyring  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.sealing import Sealing  # noqa: E402
from lab.varlink import INTERFACE, VarlinkError  # noqa: E402

NAME = "home.dyn.example"
OTHER = "YW5vdGhlciBzZWNyZXQgb2YgdGhlIGxhYg=="


class Sealed(LabTest):
    def sealed(self):
        """A service with sealing, not started."""
        made = self.new_service()
        sealing = Sealing(made.seal).start()
        self.addCleanup(lambda: sealing.set("works"))
        return made, sealing

    def settled(self):
        """One that keeps a name, with its secret sealed."""
        made, sealing = self.sealed()
        made.start()
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.check_place(made, "sealed", [])
        return made, sealing, host

    def secrets(self, made):
        return made.status()["service"]["secrets"]

    def notices(self, made):
        service = made.status()["service"]
        return dict(zip(service["notices"], service["notice_details"]))

    def secret_state(self, made):
        account, = made.status()["accounts"]
        return account["secrets"][0]["state"]

    def until_secret(self, made, state):
        self.until(f"the secret is {state}", lambda: self.secret_state(made) == state)

    def until_notices(self, made, *codes):
        self.until(f"the notices are {codes}", lambda: sorted(self.notices(made)) == sorted(codes))

    def in_files(self, made, text=None):
        return keyring.holds(made.folder, text or self.lab.key.secret)

    def check_place(self, made, place, files, unattended=True):
        self.assertEqual(self.secrets(made), {"kept_in": place, "keyring": "unused", "writer": "client",
                                              "file_allowed": True, "unattended": unattended})
        self.assertEqual(self.in_files(made), files)

    def file(self, made, name="rfc2136.secret"):
        return os.path.join(made.state, "secrets", f"{name}.secret")

    def content(self, path):
        with open(path, "rb") as file:
            return file.read()

    def goes_on(self, made, host):
        _, address = self.lab.change4()
        made.record_until(host, "the new address is acknowledged", lambda each: each["acknowledged"] == address)

    def not_saved(self, made, method, **parameters):
        with self.assertRaises(VarlinkError) as caught:
            made.call(method, **parameters)
        self.assertEqual(caught.exception.name, f"{INTERFACE}.NotSaved")

    def give(self, made, secret=None):
        made.call("SetSecret", account="rfc2136", field="secret", secret=secret or self.lab.key.secret)

    def test_over_a_restart(self):
        """Killed, and a new address before the next start: it goes out without anybody there."""
        made, _, host = self.settled()
        made.kill()
        _, address = self.lab.change4()
        made.start()
        made.record_until(host, "the new address is acknowledged", lambda each: each["acknowledged"] == address)
        self.assertEqual((self.secret_state(made), self.notices(made)), ("present", {}))
        mode = os.stat(self.file(made)).st_mode & 0o777
        self.assertEqual(mode, 0o600)

    def test_killed_right_after_the_answer(self):
        made, _, host = self.settled()
        for secret in (OTHER, self.lab.key.secret) * 2:
            self.give(made, secret)
            made.kill()
            made.start()
            self.until_secret(made, "present")
        self.goes_on(made, host)
        made.call("ForgetSecrets", account="rfc2136")
        made.kill()
        self.assertFalse(os.path.exists(self.file(made)))

    def test_killed_before_the_answer(self):
        """What was there before is still there, whole."""
        made, sealing, host = self.settled()
        before = self.content(self.file(made))
        sealing.set("silent")
        asked = sealing.count["encrypt"]
        call = threading.Thread(target=self._give_in_vain, args=(made,))
        call.start()
        self.until("it is being sealed", lambda: sealing.count["encrypt"] > asked)
        made.kill()
        call.join()
        self.assertEqual(self.content(self.file(made)), before)
        sealing.set("works")
        made.start()
        self.until_secret(made, "present")
        self.goes_on(made, host)

    def _give_in_vain(self, made):
        try:
            self.give(made, OTHER)
            self.fail("it was answered")
        except (EOFError, OSError):
            pass

    def test_killed_anywhere(self):
        """Whatever was answered holds, nothing is damaged, and nothing is left of what nobody wants."""
        made, _, _ = self.settled()
        for number in range(24):
            second = self.lab.rfc2136_account(made)
            name, parameters = (("KeepUnattended", {"enabled": False}), ("ForgetSecrets", {"account": second}),
                                ("RemoveAccount", {"account": second}))[number % 3]
            answered = self._killed_within(made, number // 3, name, **parameters)
            left = os.path.exists(self.file(made, f"{second}.secret"))
            sealed = left and b"wayhome-sealed" in self.content(self.file(made, f"{second}.secret"))
            made.start()
            self.until("it is known", lambda: "locked" not in self.states(made).values())
            states = self.states(made)
            self.assertNotIn("damaged", states.values())
            self.assertEqual([each for each in os.listdir(os.path.join(made.state, "secrets"))
                              if not each.endswith(".secret")], [])
            self.assertEqual(self.in_files(made), [])
            if second not in states:
                self.assertFalse(os.path.exists(self.file(made, f"{second}.secret")))
            if answered:
                self.assertFalse(sealed)
                self.assertNotEqual(states.get(second), "present")
            made.call("KeepUnattended", enabled=True)
            if second in states:
                made.call("RemoveAccount", account=second)
            self.give(made)

    def states(self, made):
        return {each["id"]: each["secrets"][0]["state"] for each in made.status()["accounts"]}

    def _killed_within(self, made, moment, name, **parameters):
        """Whether it was answered before."""
        answers = []

        def ask():
            try:
                answers.append(made.call(name, **parameters))
            except (EOFError, OSError):
                pass

        call = threading.Thread(target=ask)
        call.start()
        call.join(moment * 0.002)
        made.kill()
        call.join()
        return bool(answers)

    def test_start_does_not_wait(self):
        made, sealing, host = self.settled()
        made.kill()
        sealing.set("silent")
        made.start()
        self.assertEqual(self.secret_state(made), "locked")
        self.assertEqual(self.notices(made), {})
        sealing.set("works")
        self.until_secret(made, "present")
        self.goes_on(made, host)

    def test_absent_and_then_there(self):
        made = self.start()
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        self.check_place(made, "file", [self.file(made)])
        self.until_notices(made, "secrets_in_file")
        self.assertIn("backup", self.notices(made)["secrets_in_file"])
        made.kill()
        Sealing(made.seal).start()
        made.start()
        self.until("it is sealed", lambda: not self.in_files(made))
        self.check_place(made, "sealed", [])
        self.until_notices(made)
        made.kill()
        made.start()
        self.until_secret(made, "present")
        self.goes_on(made, host)

    def test_fails(self):
        """What is given is used, and said not to be kept; later it is, by itself."""
        made, sealing, host = self.settled()
        sealing.set("empty")
        self.not_saved(made, "SetSecret", account="rfc2136", field="secret", secret=self.lab.key.secret)
        self.until_notices(made, "seal_trouble")
        self.assertIn("systemctl restart", self.notices(made)["seal_trouble"])
        self.goes_on(made, host)
        self.assertEqual(self.in_files(made), [])
        sealing.set("works")
        self.until("all is well", lambda: not self.notices(made), 40)
        made.kill()
        made.start()
        self.until_secret(made, "present")

    def test_does_not_answer(self):
        made, sealing, _ = self.settled()
        sealing.set("silent")
        self.not_saved(made, "SetSecret", account="rfc2136", field="secret", secret=OTHER)
        sealing.set("works")
        before = self.content(self.file(made))
        self.until("it is written", lambda: self.content(self.file(made)) != before)
        self.assertEqual(self.notices(made), {})

    def test_fails_at_the_start(self):
        """Nothing is called damaged because the sealing is."""
        made, sealing, host = self.settled()
        made.kill()
        sealing.set("empty")
        made.start()
        self.until_notices(made, "seal_trouble")
        self.assertEqual(self.secret_state(made), "locked")
        sealing.set("works")
        self.until("the secret is there", lambda: self.secret_state(made) == "present", 40)
        self.goes_on(made, host)
        self.until_notices(made)

    def test_sockets_gone(self):
        """Once there was sealing, nothing is written without."""
        made, sealing, _ = self.settled()
        made.kill()
        sealing.stop()
        made.start()
        self.until_notices(made, "seal_trouble")
        self.not_saved(made, "SetSecret", account="rfc2136", field="secret", secret=OTHER)
        self.assertEqual(self.in_files(made, OTHER), [])
        self.assertEqual(self.secrets(made)["kept_in"], "sealed")

    def test_damaged(self):
        made, _, host = self.settled()
        sound = self.content(self.file(made))
        body = bytearray(sound[sound.index(b"wayhome-sealed"):])
        for wrong in (bytes(body[:len(body) // 2]), bytes(body[:40]) + b"?" + bytes(body[41:]), b"wayhome-sealed 1\n"):
            made.kill()
            with open(self.file(made), "wb") as file:
                file.write(b"wayhome-secret 1 %05u\n" % len(wrong) + wrong)
            made.start()
            self.until_secret(made, "damaged")
            self.assert_state(made, host, "no_secret")
            self.assertIn(wrong, self.content(self.file(made)))
            self.assertEqual(self.notices(made), {})
        self.give(made)
        self.goes_on(made, host)
        made.kill()
        made.start()
        self.until_secret(made, "present")

    def test_of_another_account(self):
        made, _, _ = self.settled()
        second = self.lab.rfc2136_account(made)
        made.kill()
        os.replace(self.file(made), self.file(made, f"{second}.secret"))
        made.start()
        states = ["missing", "damaged"]
        self.until("it is refused", lambda: [each["secrets"][0]["state"] for each in made.status()["accounts"]]
                   == states)

    def test_key_replaced(self):
        """It is said, over restarts, until everything was given again."""
        made, sealing, host = self.settled()
        second = self.lab.rfc2136_account(made)
        made.kill()
        sealing.replace_key()
        for _ in range(2):
            made.start()
            self.until_notices(made, "seal_replaced")
            self.assertIn("sign in and open Wayhome".lower(), self.notices(made)["seal_replaced"].lower())
            self.assertEqual([each["secrets"][0]["state"] for each in made.status()["accounts"]], ["damaged"] * 2)
            made.kill()
        made.start()
        self.until_notices(made, "seal_replaced")
        self.give(made)
        self.goes_on(made, host)
        self.assertIn("seal_replaced", self.notices(made))
        made.call("SetSecret", account=second, field="secret", secret=OTHER)
        self.until_notices(made)
        made.kill()
        made.start()
        self.until_secret_of_all(made)
        self.assertEqual(self.notices(made), {})

    def until_secret_of_all(self, made):
        self.until("all secrets are there", lambda: all(each["secrets"][0]["state"] == "present"
                                                        for each in made.status()["accounts"]))

    def test_switch(self):
        made, _, host = self.settled()
        made.call("KeepUnattended", enabled=False)
        self.check_place(made, "memory", [], False)
        self.assertIn(b"wayhome-away", self.content(self.file(made)))
        self.assertEqual((self.secret_state(made), self.notices(made)), ("present", {}))
        self.goes_on(made, host)
        for _ in range(2):
            made.kill()
            made.start()
            self.check_place(made, "memory", [], False)
            self.assertEqual((self.secret_state(made), self.notices(made)), ("away", {}))
            self.assert_state(made, host, "no_secret")
            self.give(made)
            self.goes_on(made, host)
        made.call("KeepUnattended", enabled=True)
        self.until("it is sealed", lambda: b"wayhome-sealed" in self.content(self.file(made)))
        self.check_place(made, "sealed", [])
        made.kill()
        made.start()
        self.until_secret(made, "present")
        self.goes_on(made, host)
        made.call("KeepUnattended", enabled=False)
        made.call("RemoveAccount", account="rfc2136")
        self.assertFalse(os.path.exists(self.file(made)))

    def test_switch_without_sealing(self):
        made = self.start()
        host = self.add_own(made, NAME)
        self.assertEqual(len(self.in_files(made)), 1)
        made.call("KeepUnattended", enabled=False)
        self.check_place(made, "memory", [], False)
        self.until_notices(made)
        made.call("KeepUnattended", enabled=True)
        self.check_place(made, "file", [self.file(made)])
        self.goes_on(made, host)

    def test_switched_off_while_opening(self):
        made, sealing, host = self.settled()
        made.kill()
        sealing.set("silent")
        made.start()
        made.call("KeepUnattended", enabled=False)
        self.assertIn(b"wayhome-away", self.content(self.file(made)))
        sealing.set("works")
        self.until_secret(made, "present")
        self.goes_on(made, host)

    def test_many(self):
        """As many as the service keeps, in one start."""
        made, sealing = self.sealed()
        made.start()
        for _ in range(100):
            self.lab.rfc2136_account(made)
        made.kill()
        before = sealing.count["decrypt"]
        made.start()
        self.until_secret_of_all(made)
        self.assertEqual(sealing.count["decrypt"] - before, 100)
        self.assertEqual(self.notices(made), {})


if __name__ == "__main__":
    main()
