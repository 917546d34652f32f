"""Several people at one computer, also with fast user switching: one truth."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.box import BoxTest, main  # noqa: E402


class Switching(BoxTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box.admin.call("SetOwner", user="alice")
        cls.alice, cls.bob = cls.box.session("alice"), cls.box.session("bob")

    def activate(self, session):
        self.box.admin.run("loginctl", "activate", session.id, check=True)
        self.assertEqual(self.box.admin.run("loginctl", "show-seat", "seat0", "--property=ActiveSession",
                                            "--value").out.strip(), session.id)

    @staticmethod
    def shown(state):
        """What a tray shows of names."""
        return [(host["name"], host["paused"], [(each["family"], each["state"], each.get("acknowledged"),
                                                 each["proof"]["status"]) for each in host["records"]])
                for host in state["hosts"]]

    def assert_same(self):
        owner, other = self.alice.call("Status")["state"], self.bob.call("Status")["state"]
        self.assertEqual(self.shown(owner), self.shown(other))
        self.assertEqual(owner["verdicts"], other["verdicts"])
        self.assertEqual((owner["service"]["caller"], other["service"]["caller"]), ("owner", "observe"))

    def test_both_see_the_same(self):
        made = self.service(self.alice)
        watches = [made.watch(), self.service(self.bob).watch()]
        host = self.add_own(made, "shared.dyn.example")
        self.assert_proven(made, host)
        for active in (self.alice, self.bob, self.alice):
            self.activate(active)
            since = self.lab.change4()[0]
            self.assert_proven(made, host)
            for watch in watches:
                self.assertIsNotNone(watch.event(10, since, kind="proven", address=self.lab.address))
            self.assert_same()
        for watch in watches:
            watch.close()

    def test_who_is_in_front_changes_no_rights(self):
        for active in (self.bob, self.alice):
            self.activate(active)
            self.alice.call("UpdateNow")
            self.refused(self.bob, "UpdateNow", "InteractionNeeded")
            self.assertEqual(self.bob.call("Status")["state"]["service"]["caller"], "observe")

    def test_signed_out(self):
        """What is left running of somebody who signed out looks no more."""
        self.box.admin.run("useradd", "--create-home", "carol", check=True)
        carol = self.box.session("carol", seat=None)
        self.assertIn("state", carol.call("Status"))
        outside = self.box.person("carol")
        carol.end()
        self.until("carol is signed out", lambda: "carol" not in self.box.admin.run(
            "loginctl", "list-users", "--no-legend").out, 30, 0.1)
        self.refused(outside, "Status")

    def test_login_screen(self):
        """Whoever draws the login screen has no session of a person."""
        self.box.admin.run("useradd", "--create-home", "dora", check=True)
        greeter = self.box.session("dora", kind="greeter")
        self.addCleanup(greeter.end)
        self.refused(greeter, "Status")


if __name__ == "__main__":
    main()
