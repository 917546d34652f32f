"""Real trays: the panel of Xfce, and one that knows XEmbed icons only."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import panel  # noqa: E402
from lab.app import AppTest, main  # noqa: E402

NAME = "home.dyn.example"


class Panels(AppTest):
    def live(self):
        made = self.start()
        self.assert_proven(made, self.add_own(made, NAME))
        return made

    def clicks(self, name, place, app, made):
        """Left opens the window, right the menu, which Escape closes; a line of it does what it says."""
        self.desktop.click(*place)
        window = app.window()
        self.desktop.screenshot(f"tray-{name}-window")
        self.desktop.close(window)
        self.until("the window is closed", lambda: not app.windows())
        self.desktop.click(*place, 3)
        self.until("the menu opens", self.desktop.popups, 15)
        self.desktop.screenshot(f"tray-{name}-menu")
        self.desktop.key("Escape")
        self.until("the menu closes", lambda: not self.desktop.popups(), 15)
        self.desktop.click(*place, 3)
        self.until("the menu opens again", self.desktop.popups, 15)
        self.desktop.key("Up", "Up", "Up", "Return")  # from below: Quit, Open, Pause everything
        self.until("the service is paused", lambda: made.status()["service"]["paused"])

    def test_xfce4_panel(self):
        self.keep(panel.xfce4_panel(self.desktop))
        tray = panel.Tray(self.desktop)
        made = self.live()
        app = self.start_app(made, "--background")
        place = tray.until_place()
        ok = tray.picture()
        self.clicks("xfce", place, app, made)
        self.desktop.run("xdotool", "mousemove", *map(str, self.size))
        self.until("the icon is another one", lambda: tray.picture() != ok)
        self.desktop.screenshot("tray-xfce-paused")
        paused = tray.picture()
        made.call("Resume")
        self.until("the icon is another one again", lambda: tray.picture() != paused)
        app.stop()
        self.until("the icon is gone", lambda: tray.place() is None)

    def test_panel_started_later(self):
        self.start_app(self.live(), "--background")
        self.keep(panel.xfce4_panel(self.desktop))
        self.until("the panel has the icon", lambda: "StatusNotifierItem" in self.desktop.run(
            "gdbus", "call", "--session", "-d", panel.WATCHER, "-o", "/StatusNotifierWatcher", "-m",
            "org.freedesktop.DBus.Properties.Get", panel.WATCHER, "RegisteredStatusNotifierItems"), 30)

    def test_panel_crashes(self):
        """The session starts it anew, and the icon is there again."""
        first = panel.xfce4_panel(self.desktop)
        tray = panel.Tray(self.desktop)
        app = self.start_app(self.live(), "--background")
        tray.until_place()
        first.kill()
        self.until("the panel is gone", lambda: not self.desktop.has_name(panel.WATCHER))
        self.keep(panel.xfce4_panel(self.desktop))
        place = tray.until_place(30)
        self.desktop.click(*place)
        app.window()

    def test_trayer(self):
        tray = panel.Tray(self.desktop)
        self.keep(panel.trayer(self.desktop))
        made = self.live()
        app = self.start_app(made, "--background")
        place = tray.until_place(30)
        self.clicks("trayer", place, app, made)


if __name__ == "__main__":
    main("xfce4-panel", "trayer")
