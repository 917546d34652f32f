"""The power fails while everybody is away, and the computer comes back to its login screen."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.box import BoxTest, main  # noqa: E402

NAME = "home.dyn.example"


def since(began, instant):
    return f"{(instant - began) / 1e9:.2f} s"


class PowerLoss(BoxTest):
    def setUp(self):
        super().setUp()
        made = self.service()
        for account in made.status()["accounts"]:
            made.call("RemoveAccount", account=account["id"])
        made.call("KeepUnattended", enabled=True)
        self.host = self.add_own(made, NAME)
        self.assert_proven(made, self.host)
        self.until_sealed()

    def assert_nobody_is_there(self):
        self.assertEqual(self.box.admin.run("loginctl", "list-sessions", "--no-legend").out.strip(), "")

    def comes_back(self, what):
        """Boots with another address, and looks that it is published and proven; prints when."""
        self.lab.change4()
        address = self.lab.address
        began = self.box.boot(wait=False)
        sent = self.lab.capture.update(address, began, 30)
        self.assertIsNotNone(sent, f"after {what}, {address} was not published")
        self.box.wait_booted()
        made = self.service()
        self.assert_proven(made, self.host)
        proven = next(event["at"] * 1000 for event in made.history()
                      if event["kind"] == "proven" and event["at"] * 1000 > began)
        started = made.status()["service"]["started"] * 1000
        self.assertEqual(self.lab.lookup(NAME), [address])
        self.assert_nobody_is_there()
        print(f"{what}: power on -> service {since(began, started)} -> update at the name server "
              f"{since(began, sent)} -> proven {since(began, proven)}")

    def test_power_loss(self):
        self.box.power_loss()
        self.comes_back("power loss")

    def test_power_loss_at_once_after_it_was_added(self):
        """What was answered is kept."""
        made = self.service()
        account = made.status()["accounts"][0]["id"]
        second = made.call("AddHost", account=account, name="second.dyn.example", ipv4=True, ipv6=False)["host"]
        self.box.power_loss()
        self.box.boot()
        self.assert_proven(self.service(), second)
        self.assert_proven(self.service(), self.host)

    def test_reboot(self):
        self.box.go_down()
        self.comes_back("reboot")

    def test_unattended_off(self):
        """Nothing is published while nobody is signed in, and the service says why."""
        made = self.service()
        made.call("KeepUnattended", enabled=False)
        self.until("no sealed copy is left", lambda: not self.sealed_files(), 10)
        before = self.lab.address
        self.box.power_loss()
        self.lab.change4()
        began = self.box.boot()
        made = self.service()
        self.assert_state(made, self.host, "no_secret")
        account = made.status()["accounts"][0]
        self.assertEqual([each["state"] for each in account["secrets"]], ["away"])
        self.assertEqual(self.lab.capture.updates(began, self.lab.address), [])
        self.assertEqual(self.lab.lookup(NAME), [before])
        said = self.box.admin.ctl("status").text
        print(said)
        self.assertIn("sign", said)
        made.call("SetSecret", account=account["id"], field="secret", secret=self.lab.key.secret)
        self.assertEqual(self.assert_proven(made, self.host)["acknowledged"], self.lab.address)
        self.assertEqual(self.sealed_files(), {})


if __name__ == "__main__":
    main()
