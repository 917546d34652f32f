"""The window's own menu: accounts, preferences that last, shortcuts, about, quit."""
import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402

FREE = "camera.free.example"


class Menu(AppTest):
    def open(self, **environment):
        from lab.window import Windows
        made = self.start()
        identity = self.add_free(made, FREE)
        self.assert_proven(made, identity)
        app = self.start_app(made, **environment)
        windows = Windows(app)
        windows.until_says(self.lab.address)
        return made, identity, windows

    def choose(self, windows, *entries):
        windows.press("Menu")
        for entry in entries:
            windows.press(entry)

    def test_pause_and_update_all(self):
        made, identity, windows = self.open()
        self.choose(windows, "Pause Everything")
        self.until("the service is paused", lambda: made.status()["service"]["paused"])
        windows.until_says("Everything is paused")
        windows.press("Pause Everything")  # switches leave the menu open
        self.until("the service goes on", lambda: not made.status()["service"]["paused"])
        at = self.assert_proven(made, identity)["proof"]["at"]
        windows.press("Update All Now")
        made.record_until(identity, "it is proven anew", lambda each: each["proof"]["status"] == "proven"
                          and each["proof"]["at"] > at)

    def test_accounts(self):
        from lab import atspi
        made, _, windows = self.open()
        self.choose(windows, "Accounts…")
        dialog = windows.dialog("Accounts")
        self.until("the list opens", dialog)
        windows.until_says("provider", dialog)
        self.assertEqual(atspi.nameless(dialog()), [])
        self.desktop.screenshot("window-accounts")

    def test_starts_at_sign_in(self):
        _, _, windows = self.open()
        self.choose(windows, "Preferences", "Start When I Sign In")
        pattern = self.private["XDG_CONFIG_HOME"] + "/autostart/*.desktop"
        entry = self.until("there is an entry", lambda: glob.glob(pattern))[0]
        with open(entry) as file:
            text = file.read()
        self.assertIn("--background", text)
        self.assertNotIn("Hidden=true", text)
        windows.press("Start When I Sign In")
        self.until("the entry is off", lambda: not glob.glob(pattern) or "Hidden=true" in open(entry).read())

    def test_notifications_off(self):
        from lab.notification_double import NotificationDouble
        server = NotificationDouble(self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        self.addCleanup(server.close)
        made, identity, windows = self.open()
        self.choose(windows, "Preferences", "an address has changed")
        _, address = self.lab.change4()
        windows.until_says(address)
        self.assert_proven(made, identity)
        self.stays("nothing is said", lambda: not server.messages, 2)

    def test_shortcuts_and_about(self):
        _, _, windows = self.open()
        self.desktop.activate(windows.app.window())
        self.desktop.key("F1")
        self.choose(windows, "About Wayhome")
        windows.until_says("Wayhome")
        self.desktop.screenshot("window-about")
        self.desktop.key("Escape")

    def test_quit(self):
        _, _, windows = self.open()
        self.choose(windows, "Quit")
        self.until("the app ends", lambda: not windows.app.program.is_running())
        self.assertEqual(windows.app.program.process.returncode, 0)


if __name__ == "__main__":
    main()
