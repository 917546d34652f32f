"""A service of one's own, beside that of the whole computer, and while nobody is signed in."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.box import BoxTest, Installed, main  # noqa: E402

NAME = "mine.dyn.example"


class OwnService(Installed):
    """wayhomed --user of one person."""

    def connect(self):
        uid = self.person.run("id", "--user").out.strip()
        return self.person.connect(f"/run/user/{uid}/wayhome/control")


class UserMode(BoxTest):
    def setUp(self):
        super().setUp()
        self.alice = self.box.session("alice")
        self.alice.run("systemctl", "--user", "enable", "--now", "wayhome.socket", "wayhome.service", check=True)
        self.mine = OwnService(self.alice)

    def tearDown(self):
        alice = self.box.person("alice")
        self.box.admin.run("loginctl", "disable-linger", "alice")
        alice.run("systemctl", "--user", "disable", "--now", "wayhome.service", "wayhome.socket")
        alice.run("sh", "-c", "rm -rf ~/.local/state/wayhome")
        self.alice.end()
        self.until("alice is signed out", lambda: not os.path.isdir(self.box.live("/run/user/1000")), 30, 0.1)

    def add_mine(self, name=NAME):
        """There is no keyring here: the file has been allowed."""
        self.mine.call("AllowSecretFile", allowed=True)
        host = self.add_own(self.mine, name)
        self.assert_proven(self.mine, host)
        return host

    def test_works(self):
        host = self.add_mine()
        self.assertEqual(self.mine.status()["service"]["scope"], "user")
        self.lab.change4()
        self.assertEqual(self.assert_proven(self.mine, host)["acknowledged"], self.lab.address)
        for person in (self.box.session("bob"), self.box.person("www-data")):
            with self.assertRaises(OSError):
                person.connect("/run/user/1000/wayhome/control")

    def test_linger_survives_a_reboot(self):
        host = self.add_mine()
        self.box.admin.run("loginctl", "enable-linger", "alice", check=True)
        self.box.power_loss()
        self.lab.change4()
        began = self.box.boot()
        self.assertIsNotNone(self.lab.capture.update(self.lab.address, began, 30))
        self.mine = OwnService(self.box.person("alice"))
        self.assert_proven(self.mine, host)
        self.assertEqual(self.box.admin.run("loginctl", "list-sessions", "--no-legend").out.strip(), "")
        self.alice = self.box.session("alice")

    def test_without_linger_it_waits_for_its_person(self):
        host = self.add_mine()
        self.box.power_loss()
        self.lab.change4()
        began = self.box.boot()
        self.assertFalse(os.path.isdir(self.box.live("/run/user/1000")))
        self.assertEqual(self.lab.capture.updates(began, self.lab.address), [])
        self.alice = self.box.session("alice")
        self.mine = OwnService(self.alice)
        self.assertEqual(self.assert_proven(self.mine, host, seconds=30)["acknowledged"], self.lab.address)

    def test_name_that_the_computer_keeps(self):
        """Two services that publish the same name would fight; the person's own one does not begin."""
        whole = self.service()
        kept = self.add_own(whole, "kept.dyn.example")
        self.addCleanup(lambda: whole.call("RemoveHost", host=kept))
        self.assert_proven(whole, kept)
        self.mine.call("AllowSecretFile", allowed=True)
        account = self.lab.rfc2136_account(self.mine)
        began = self.lab.change4()[0]
        self.assert_proven(whole, kept)
        try:
            host = self.mine.call("AddHost", account=account, name="kept.dyn.example", ipv4=True, ipv6=False)["host"]
        except Exception as error:  # noqa: BLE001 a refusal is as good, when it says why
            print(error)
            self.assertIn("whole computer", str(error))
            return
        print(self.notice("kept_by_system", self.mine))
        record = self.mine.record(host)
        print(record)
        self.assertIsNone(record["acknowledged"])
        self.lab.change4()
        self.assert_proven(whole, kept)
        sent = self.lab.capture.updates(began)
        self.assertEqual(len(sent), 2, "each change is sent by one of the two")


if __name__ == "__main__":
    main()
