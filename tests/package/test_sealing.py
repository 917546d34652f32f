"""Secrets for the time when nobody is signed in: sealed for this computer, and for the service alone."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.box import SEALED, BoxTest, main  # noqa: E402
from lab.leaks import forms  # noqa: E402

HOST_KEY = "/var/lib/systemd/credential.secret"


class Sealing(BoxTest):
    def setUp(self):
        super().setUp()
        made = self.service()
        for account in made.status()["accounts"]:
            made.call("RemoveAccount", account=account["id"])
        self.host = self.add_own(made, "sealed.dyn.example")
        self.assert_proven(made, self.host)
        self.until_sealed()
        self.account = made.status()["accounts"][0]["id"]

    def state(self):
        account = self.service().status()["accounts"][0]
        return next(each["state"] for each in account["secrets"] if each["field"] == "secret")

    def until_state(self, wanted):
        self.until(f"the secret is {wanted}", lambda: self.state() == wanted, 20, 0.05)

    def give_again(self):
        """What a person does about it; then everything is as before, also after a restart."""
        self.service().call("SetSecret", account=self.account, field="secret", secret=self.lab.key.secret)
        self.assert_still_works()

    def assert_still_works(self):
        self.until_sealed()
        self.restart()
        self.lab.change4()
        record = self.assert_proven(self.service(), self.host)
        self.assertEqual(record["acknowledged"], self.lab.address)
        self.assertEqual(self.service().status()["service"]["notices"], [])

    def only_file(self):
        (name, content), = self.sealed_files().items()
        return self.box.path(f"{SEALED}/{name}"), content

    def test_only_the_service_may_seal_and_open(self):
        """And what is sealed is not the secret."""
        path, content = self.only_file()
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        for form in forms(self.lab.key.secret):
            self.assertNotIn(form, content)
        for user in ("alice", "www-data", "nobody"):
            for door in ("encrypt", "decrypt"):
                with self.assertRaises(PermissionError):
                    self.box.person(user).connect(f"/run/wayhome/seal/{door}")
        with self.box.person("wayhome").connect("/run/wayhome/seal/decrypt"):
            pass
        self.assertEqual(self.box.admin.run("stat", "--format=%U %a", HOST_KEY).out.strip(), "root 400")

    def test_state_of_another_computer(self):
        """Who takes the files away opens nothing with them: without this computer's key, the blob is of no use."""
        content = self.only_file()[1]
        with open(self.box.path("/srv/blob"), "wb") as file:
            file.write(content.split(b"\n", 2)[2])
        self.addCleanup(os.unlink, self.box.path("/srv/blob"))
        opened = self.box.admin.run("systemd-creds", "decrypt", "--name=wayhome", "/srv/blob", "-")
        self.box.said.clear()  # root has opened it, to show that it can be opened here
        self.assertIn(self.lab.key.secret, opened.out)
        self.box.admin.run("mv", HOST_KEY, "/srv/key", check=True)
        self.addCleanup(self.box.admin.run, "mv", "/srv/key", HOST_KEY)
        opened = self.box.admin.run("systemd-creds", "decrypt", "--name=wayhome", "/srv/blob", "-")
        self.assertNotEqual(opened.code, 0)
        self.assertEqual(opened.out, "")

    def test_damaged(self):
        path, content = self.only_file()
        at = content.rindex(b"\n", 0, -1) - 40
        with open(path, "r+b") as file:
            file.seek(at)
            file.write(bytes([content[at] ^ 1]))
        self.restart()
        self.until_state("damaged")
        record = self.assert_state(self.service(), self.host, "no_secret")
        self.assertIsNotNone(record)
        print(self.box.admin.ctl("status").text)
        self.give_again()

    def test_cut_short(self):
        path, content = self.only_file()
        with open(path, "r+b") as file:
            file.truncate(len(content) // 2)
        self.restart()
        self.until_state("damaged")
        self.give_again()

    def test_of_another_account(self):
        """A sealed copy cannot be passed off as another's."""
        made = self.service()
        other = self.secret("c2VjcmV0IG9mIGFub3RoZXIgYWNjb3VudA==")
        second = made.call("AddAccount", provider="rfc2136", secrets={"secret": other}, fields={
            "server": "11.99.0.54", "zone": "free.example", "key-name": "other", "algorithm": "hmac-sha256"})["account"]
        self.until_sealed(2)
        files = self.sealed_files()
        mine = next(name for name in files if name.startswith(self.account + "."))
        theirs = next(name for name in files if name.startswith(second + "."))
        self.box.admin.run("cp", "--no-preserve=mode", f"{SEALED}/{mine}", "/srv/copy", check=True)
        self.box.admin.run("sh", "-c", f"cat /srv/copy > {SEALED}/{theirs}; rm /srv/copy", check=True)
        self.restart()

        def state():
            account = next(each for each in made.status()["accounts"] if each["id"] == second)
            return account["secrets"][0]["state"]

        self.until("the copy is refused", lambda: state() in ("damaged", "moved", "missing"), 20, 0.05)
        made.call("RemoveAccount", account=second)
        self.assert_still_works()

    def test_host_key_replaced(self):
        """The disk in another computer, or a system installed anew."""
        self.box.admin.run("rm", HOST_KEY, check=True)
        self.restart()
        print(self.notice("seal_replaced"))
        self.assert_state(self.service(), self.host, "no_secret")
        self.give_again()

    def test_sealing_does_not_work_for_a_while(self):
        """The secrets are there, and wait; nobody has to enter them again."""
        units = ("wayhome-seal-encrypt.socket", "wayhome-seal-decrypt.socket")
        self.box.admin.run("systemctl", "mask", "--runtime", "--now", *units, check=True)
        self.addCleanup(self.box.admin.run, "systemctl", "unmask", "--runtime", *units)
        self.restart()
        self.until("the secret waits", lambda: self.state() in ("locked", "closed"), 20, 0.05)
        print(self.service().status()["service"]["notice_details"])
        self.box.admin.run("systemctl", "unmask", "--runtime", *units, check=True)
        self.box.admin.run("systemctl", "start", *units, check=True)
        self.until_state_patiently("present")
        self.assert_still_works()

    def until_state_patiently(self, wanted):
        self.until(f"the secret is {wanted}", lambda: self.state() == wanted, 90, 0.1)

    def test_switch(self):
        made = self.service()
        made.call("KeepUnattended", enabled=False)
        self.until("no sealed copy is left", lambda: not self.sealed_files(), 20)
        self.restart()
        self.until_state("away")
        made.call("KeepUnattended", enabled=True)
        self.give_again()

    def test_forgotten_is_gone(self):
        self.service().call("ForgetSecrets", account=self.account)
        self.assertEqual(self.sealed_files(), {})
        self.restart()
        self.until_state("missing")

    def test_search_finds(self):
        """What looks for secrets at the end of each class would find one, wherever it were."""
        planted = self.secrets + ["a secret that is planted"]
        for place in ("/etc/wayhome/planted", "/var/lib/wayhome/planted", "/var/log/planted", "/run/wayhome/planted"):
            self.box.admin.run("sh", "-c", f"printf '%s' '{planted[-1]}' | base64 > {place}", check=True)
            search = self.search_for(planted)
            self.box.admin.run("rm", place, check=True)
            self.assertEqual(len(search.found), 1, f"{place}: {search.found}")
        self.box.admin.run("logger", "planted: " + planted[-1].encode().hex(), check=True)
        self.until("the journal has it", lambda: "planted: " in self.box.journal(), 10, 0.1)
        self.assertTrue(self.search_for(planted).found)
        self.assertGreater(self.search_for(planted).looked_at, 1000000)

    def search_for(self, secrets):
        kept, type(self).secrets = self.secrets, secrets
        try:
            return self.search()
        finally:
            type(self).secrets = kept


if __name__ == "__main__":
    main()
