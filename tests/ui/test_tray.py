"""The icon at a tray that the test plays itself: what it shows, its menu, and a tray that comes and goes."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402

NAME = "home.dyn.example"


class Tray(AppTest):
    def setUp(self):
        super().setUp()
        from lab.tray_host import TrayHost
        self.host = TrayHost(self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        self.addCleanup(self.host.close)

    def with_name(self, *options):
        """The service with a proven name, and the app."""
        made = self.start()
        identity = self.add_own(made, NAME)
        self.assert_proven(made, identity)
        app = self.start_app(made, *(options or ("--background",)))
        self.host.wait_for_icon()
        return made, identity, app

    def test_registration(self):
        _, _, app = self.with_name()
        properties = self.host.properties()
        self.assertEqual(properties["Id"], "wayhome")
        self.assertIs(properties["ItemIsMenu"], False)
        self.host.wait_for_state("wayhome-ok")
        self.assertEqual(self.host.properties()["Status"], "Active")
        self.assertIn("right", " ".join(self.host.tooltip()))
        self.assertEqual(app.windows(), [], "--background shows no window")

    def test_click_opens_the_window_and_a_second_start_too(self):
        made, _, app = self.with_name()
        self.host.activate()
        window = app.window()
        self.desktop.close(window)
        self.until("the window is closed", lambda: not app.windows())
        self.assertTrue(app.program.is_running(), "closing the window ends the app although there is an icon")
        self.assertEqual(app.again(), 0)
        app.window()
        self.assertEqual(app.again("--background"), 0)
        self.assertEqual(len(app.windows()), 1)

    def test_second_start_that_asks_for_something_else(self):
        """Said and refused, instead of showing what was not asked for."""
        _, _, app = self.with_name()
        self.assertEqual(app.again("--socket", "/nonexistent/socket"), 1)
        self.assertEqual(app.again("--icons", "/nonexistent/icons"), 1)
        self.assertEqual(app.again("stray"), 1)
        self.assertEqual(app.windows(), [])
        self.assertEqual(app.again(), 0)
        app.window()

    def test_icons_of_the_states(self):
        made, identity, app = self.with_name()
        self.host.wait_for_state("wayhome-ok")
        made.call("Pause")
        self.host.wait_for_state("wayhome-paused")
        made.call("Resume")
        self.host.wait_for_state("wayhome-ok")
        self.lab.provider.of_host["hung.free.example"] = "hang"
        waiting = self.add_free(made, "hung.free.example")
        self.host.wait_for_state("wayhome-updating")
        made.call("RemoveHost", host=waiting)
        self.host.wait_for_state("wayhome-ok")
        self.lab.provider.of_host["bad.free.example"] = "nohost"
        refused = self.add_free(made, "bad.free.example")
        self.host.wait_for_state("wayhome-attention")
        self.assertTrue(self.host.needs_attention())
        made.call("RemoveHost", host=refused)
        self.host.wait_for_state("wayhome-ok")
        self.lab.lose4()
        try:
            self.host.wait_for_state("wayhome-offline")
        finally:
            self.lab.change4()
        self.host.wait_for_state("wayhome-ok", 30)
        made.stop()
        self.host.wait_for_state("wayhome-offline")

    def test_menu(self):
        made, identity, app = self.with_name()
        self.host.until("the menu shows the name", lambda: any(NAME in each for each in self.host.labels()))
        labels = self.host.labels()
        self.assertTrue(any(self.lab.address in each for each in labels), labels)
        for wanted in ("Update", "Pause", "Open", "Quit"):
            self.assertTrue(any(wanted in each for each in labels), f"{wanted} is not in {labels}")

    def choose(self, text):
        """The first line with this text in it."""
        self.host.until(f"the menu has {text!r}", lambda: any(text in each for each in self.host.labels()))
        self.host.click(next(each for each in self.host.labels() if text in each))

    def test_each_line(self):
        made, identity, app = self.with_name()
        self.choose("Copy")
        self.until("the address is on the clipboard", lambda: self.desktop.clipboard() == self.lab.address)
        self.choose("Pause everything")
        self.until("the service is paused", lambda: made.status()["service"]["paused"])
        self.host.wait_for_state("wayhome-paused")
        self.assertTrue(self.host.line("Pause everything").checked)
        self.choose("Pause everything")
        self.until("the service goes on", lambda: not made.status()["service"]["paused"])
        proof = self.assert_proven(made, identity)["proof"]
        self.choose("Update")
        made.record_until(identity, "it is proven anew", lambda each: each["proof"]["status"] == "proven"
                          and each["proof"]["at"] > proof["at"])
        self.choose("Open")
        app.window()
        self.choose("Quit")
        self.until("the app ends", lambda: not app.program.is_running())
        self.assertEqual(app.program.process.returncode, 0)

    def test_watcher_comes_back(self):
        self.with_name()
        self.host.stop()
        self.host.start()
        self.host.wait_for_icon()
        self.host.wait_for_state("wayhome-ok")

    def test_host_goes_and_comes(self):
        _, _, app = self.with_name()
        self.host.lose_host()
        self.host.until("the app lives on", app.program.is_running)
        self.host.gain_host()
        self.host.wait_for_state("wayhome-ok")
        self.host.activate()
        app.window()

    def test_watcher_without_a_host(self):
        """A watcher alone is no tray: a started app shows its window."""
        self.host.lose_host()
        made = self.start()
        app = self.start_app(made)
        self.host.until("the window is there", app.windows)


if __name__ == "__main__":
    main()
