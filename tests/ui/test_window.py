"""The status window and its forms, as a person uses them, against the real service and its providers."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402

FREE = "camera.free.example"
OWN = "home.dyn.example"


class Windows(AppTest):
    def setUp(self):
        super().setUp()
        from lab import atspi, window
        self.atspi = atspi
        self.provider = self.lab.provider
        self.provider.behaviour = "good"
        self.provider.of_host.clear()
        self.open = lambda app: window.Windows(app)

    def windows(self, made):
        return self.open(self.start_app(made))

    def host_named(self, made, name):
        return self.until(f"the service keeps {name}", lambda: next(
            (each["id"] for each in made.status()["hosts"] if each["name"] == name), None))

    def live(self, name=FREE, **account):
        """A service with a proven name of the provider, and the window."""
        made = self.start()
        identity = self.add_free(made, name, **account)
        self.assert_proven(made, identity)
        return made, identity, self.windows(made)

    def test_first_name(self):
        made = self.start()
        windows = self.windows(made)
        windows.until_says("No name yet")
        form = windows.add_dyndns2("first.free.example", password="wrong")
        windows.press("Test", form)
        windows.until_says("refuses the user name, password or token", form)
        windows.until_says("The provider does not accept this.", form)
        windows.put("Password", "pass", form)
        self.provider.of_host["second.free.example"] = "nohost"
        windows.put("Name to keep right", "second.free.example", form)
        windows.press("Test", form)
        windows.until_says("does not know this name", form)
        windows.until_says("does not take this name", form)
        windows.put("Name to keep right", FREE, form)
        windows.press("Test", form)
        windows.until_says("It works.", form)
        windows.finish(form)
        identity = self.host_named(made, FREE)
        self.assert_proven(made, identity)
        windows.until_says(self.lab.address)
        windows.until_says("roven")
        self.assertNotIn("wrong", made.log())

    def test_copy(self):
        _, _, windows = self.live()
        windows.press(f"Copy the IPv4 address of {FREE}")
        self.until("the address is on the clipboard", lambda: self.desktop.clipboard() == self.lab.address)
        windows.until_says("Copied")

    def test_reach(self):
        """What to type to reach this computer, each with copy."""
        _, _, windows = self.live()
        windows.press(lambda name: name.startswith("How to reach") or "each" in name, role="toggle button")
        windows.until_says(f"mstsc /v:{FREE}")
        windows.press(lambda name: name.startswith("Copy “ssh "))
        self.until("it is on the clipboard", lambda: self.desktop.clipboard().endswith("@" + FREE))

    def test_follows_a_change(self):
        made, identity, windows = self.live()
        _, address = self.lab.change4()
        windows.until_says(address)
        self.assert_proven(made, identity)

    def test_pause_and_resume_a_name(self):
        made, identity, windows = self.live()
        windows.press(f"Pause: {FREE}")
        self.assert_state(made, identity, "paused")
        windows.press(f"Resume: {FREE}")
        self.assert_proven(made, identity)

    def test_update_now(self):
        made, identity, windows = self.live()
        at = made.record(identity)["proof"]["at"]
        windows.press(f"Update now: {FREE}")
        made.record_until(identity, "it is proven anew", lambda each: each["proof"]["status"] == "proven"
                          and each["proof"]["at"] > at)

    def test_edit(self):
        made, identity, windows = self.live()
        windows.more(FREE, "Edit…")
        form = windows.dialog("Edit Name")
        windows.put("Name to keep right", "door.free.example", form)
        windows.finish(form, "Save")
        self.assertEqual(self.host_named(made, "door.free.example"), identity)
        windows.until_says("door.free.example")
        self.assert_proven(made, identity)

    def test_remove(self):
        made, identity, windows = self.live()
        windows.more(FREE, "Remove…")
        windows.until_says(f"{FREE}")
        windows.press(lambda name: name.startswith("Remove"), role="push button")
        self.until("the service forgets the name", lambda: not made.status()["hosts"])
        windows.until_says("No name yet")

    def test_own_name_server(self):
        made = self.start()
        windows = self.windows(made)
        form = windows.begin_adding()
        windows.choose_provider(form, "rfc", "Own DNS server (RFC 2136)")
        windows.put("DNS server", "11.99.0.53", form)
        windows.put("Zone", "dyn.example", form)
        windows.put("TSIG key name (not required)", self.lab.key.name, form)
        windows.put("TSIG secret (base64) (not required)", self.lab.key.secret, form)
        windows.put("Name to keep right", OWN, form)
        windows.finish(form)
        self.assert_proven(made, self.host_named(made, OWN))
        self.assertNotIn(self.lab.key.secret, made.log())

    def test_what_is_missing_is_said(self):
        made = self.start()
        windows = self.windows(made)
        form = windows.begin_adding()
        windows.choose_provider(form, "dyndns2", "Other provider (dyndns2)")
        windows.press("Add", form)
        windows.until_says("Please fill this in.", form)
        windows.press("Cancel", form)
        self.assertEqual(made.status()["accounts"], [])

    def test_refused_later(self):
        """The provider refuses the password one day: the window leads to the form that mends it."""
        made, identity, windows = self.live()
        self.provider.of_host[FREE] = "badauth"
        self.lab.change4()
        self.assert_state(made, identity, "halted", "AUTH", "account")
        windows.until_says("Give the right password or token")
        self.provider.of_host.clear()
        windows.press("Give it now")
        form = windows.dialog("Edit Account")
        windows.put("Password", "pass", form)
        windows.finish(form, "Save")
        self.assert_proven(made, identity)
        windows.until_says(self.lab.address)

    def test_refused_name_goes_on(self):
        self.provider.of_host[FREE] = "nohost"
        made = self.start()
        identity = self.add_free(made, FREE)
        self.assert_state(made, identity, "halted", "HOST")
        windows = self.windows(made)
        windows.until_says("Check at the provider")
        self.provider.of_host.clear()
        windows.press("Resume")
        self.assert_proven(made, identity)

    def test_pause_everything(self):
        made, _, windows = self.live()
        made.call("Pause")
        windows.until_says("Everything is paused")
        windows.press("Resume")
        self.until("the service goes on", lambda: not made.status()["service"]["paused"])
        windows.until_silent("Everything is paused")

    def test_remove_account(self):
        made, _, windows = self.live()
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        windows.press("Remove Account…", form)
        windows.press(lambda name: name.startswith("Remove"), role="push button")
        self.until("the service forgets the account", lambda: not made.status()["accounts"])
        windows.until_says("No name yet")


if __name__ == "__main__":
    main()
