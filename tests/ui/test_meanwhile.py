"""Things that happen while a form is open: nothing is lost, and what cannot be done is said."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import App, AppTest, main  # noqa: E402

FREE = "camera.free.example"


class Meanwhile(AppTest):
    def windows(self, made):
        from lab.window import Windows
        return Windows(self.start_app(made))

    def live(self):
        made = self.start()
        identity = self.add_free(made, FREE)
        self.assert_proven(made, identity)
        return made, identity, self.windows(made)

    def test_service_away_while_a_form_is_open(self):
        from lab import atspi
        made = self.start()
        windows = self.windows(made)
        form = windows.add_dyndns2(FREE)
        made.kill()
        windows.press("Add", form)
        atspi.wait_for(form, "notification")
        self.desktop.screenshot("form-service-away")
        made.start()
        self.until("the name is added after all", lambda: self.try_to_add(windows, form, made), 40, 0.2)
        self.assert_proven(made, made.status()["hosts"][0]["id"])

    @staticmethod
    def try_to_add(windows, form, made):
        from lab import atspi
        button = atspi.tolerant(lambda: form() and atspi.find(form(), "push button", "Add", "sensitive"))
        if button:
            atspi.tolerant(lambda: atspi.act(button))
        return made.status()["hosts"]

    def test_name_removed_while_it_is_edited(self):
        from lab import atspi
        made, identity, windows = self.live()
        windows.more(FREE, "Edit…")
        form = windows.dialog("Edit Name")
        windows.put("Name to keep right", "door.free.example", form)
        made.call("RemoveHost", host=identity)
        windows.until_says("has been removed meanwhile")
        self.until("the form is closed", lambda: not atspi.tolerant(form))
        windows.until_says("No name yet")

    def test_account_removed_while_it_is_edited(self):
        from lab import atspi
        made, identity, windows = self.live()
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        windows.put("Password", "pass", form)
        made.call("RemoveAccount", account=made.status()["accounts"][0]["id"])
        windows.until_says("has been removed meanwhile")
        self.until("the form is closed", lambda: not atspi.tolerant(form))
        windows.until_says("No name yet")

    def test_name_removed_while_its_removal_is_asked(self):
        made, identity, windows = self.live()
        windows.more(FREE, "Remove…")
        windows.until_says("Cancel")
        made.call("RemoveHost", host=identity)
        windows.until_says(f"{FREE} has been removed meanwhile")
        windows.until_silent("Cancel")
        windows.until_says("No name yet")
        self.stays("the app lives", windows.app.program.is_running, 1)

    def test_window_closed_while_a_request_runs(self):
        """The provider hangs, and the person loses patience."""
        self.lab.provider.of_host[FREE] = "hang"
        self.addCleanup(self.lab.provider.of_host.clear)
        made = self.start()
        windows = self.windows(made)
        form = windows.add_dyndns2(FREE)
        windows.press("Test", form)
        self.assertIsNotNone(self.lab.provider.update(FREE))
        self.desktop.close(self.desktop.window("Add a Name"))
        self.until("the form closes", lambda: not self.desktop.windows("Add a Name"))
        self.desktop.close(windows.app.window())
        self.until("the window closes", lambda: not windows.app.windows())
        self.assertEqual(windows.app.again(), 0)
        windows.app.window()
        windows.until_says("No name yet")

    def test_two_starts_at_once(self):
        made = self.start()
        first = self.start_app(made)
        second = App(self.desktop, made.control, **self.private)
        second.spawn()
        third = App(self.desktop, made.control, **self.private)
        third.spawn()
        self.assertEqual(second.program.process.wait(20), 0)
        self.assertEqual(third.program.process.wait(20), 0)
        first.window()
        self.assertEqual(len(first.windows()), 1)

    def test_names_beyond_ascii_and_long_ones(self):
        """Shown as people write them; a long one does not push the window off the screen."""
        from lab import atspi
        made = self.start()
        account = self.lab.dyndns2_account(made)
        label = "a-very-long-label-that-fills-all-the-room-of-one-label-0123456"
        for name in ("xn--kche-0ra.free.example", f"{label}.{label}.{label}.free.example"):
            made.call("AddHost", account=account, name=name, ipv4=True, ipv6=False)
        windows = self.windows(made)
        windows.until_says("küche.free.example")
        windows.until_says(label)
        self.desktop.screenshot("names-long")
        _, _, width, _ = atspi.extents(windows.dialog("Wayhome")())
        self.assertLessEqual(width, self.size[0])


if __name__ == "__main__":
    main()
