"""The tray app in the demonstration: shown to the person who watches, or on a screen in memory; with pictures."""
import os
import time

from . import desktop, panel
from .app import App, install_icons
from .sandbox import RUN
from .wait import TimedOut, until

SECONDS = 15


class Screen:
    """The display of the person, kept before the sandbox hides their files; an empty one when there is none."""

    def __init__(self):
        self.display = os.environ.get("DISPLAY")
        self._cookies = None
        path = os.environ.get("XAUTHORITY") or os.path.expanduser("~/.Xauthority")
        if self.display and os.path.exists(path):
            with open(path, "rb") as file:
                self._cookies = file.read()

    def open(self):
        """A desktop there, or one with a panel that nobody sees. Call inside the sandbox."""
        if self.display:
            if self._cookies is not None:
                path = RUN + "/Xauthority"
                with open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                    file.write(self._cookies)
                os.environ["XAUTHORITY"] = path
            if desktop.lets_in(self.display):
                return desktop.Desktop(display=self.display)
        os.environ.pop("XAUTHORITY", None)
        return desktop.Desktop()


class Tray:
    """The app beside the service. Every step may fail without the demonstration failing for it; it says so."""

    def __init__(self, screen, command, say):
        self._say = say
        self._command = command
        self._desktop = screen.open()
        self._desktop.adopt()
        install_icons(self._desktop, command)
        from .monitor import Monitor
        self._own = self._desktop.is_own
        self._panel = self._place = None
        if self._own and not panel.lacks("xfce4-panel"):
            panel.xfce4_panel(self._desktop)
            self._panel = panel.Tray(self._desktop)
        self._monitor = Monitor(self._desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        if not panel.lacks("dunst"):
            panel.dunst(self._desktop)
        self._app = None
        self._pictures = []

    def start(self, service):
        """Starts the app with its window, as a person would."""
        started = time.monotonic_ns()
        self._app = App(self._desktop, service.control, program=self._command).spawn()
        window = self._app.window()
        where = "with its icon in the panel of Xfce, on a screen in memory" if self._own else "on your display"
        self._say(f"The tray app shows its window after {(time.monotonic_ns() - started) / 1e6:.0f} ms, {where}.")
        if self._panel:
            self._place = self._panel.until_place()
        return window

    def shown(self, asked, address):
        """When the notification about an address was taken by the desktop's server; None: it was not."""
        message = self._monitor.message(lambda each: address in each.body or address in each.title, SECONDS, asked)
        if message and self._own:
            until("the notification is drawn", lambda: self._desktop.windows(program="Dunst"), SECONDS)
        return message and message.shown

    def picture(self, name, whole=True):
        """Of the whole screen, or of the app's window alone where the screen is a person's."""
        try:
            window = None if self._own and whole else self._app.window(2)
            self._pictures.append(self._desktop.screenshot(name, window))
        except (TimedOut, OSError):
            self._say(f"There is no picture of {name}.")

    def walk_around(self):
        """Pictures of the icon with its menu, and of the form for a new name."""
        from . import atspi, window
        if self._panel:
            self._desktop.click(*self._place, 3)
            until("the menu is open", lambda: self._desktop.popups(), SECONDS)
            self.picture("demo-menu")
            self._desktop.key("Escape")
            until("the menu is closed", lambda: not self._desktop.popups(), SECONDS)
        windows = window.Windows(self._app)
        form = windows.begin_adding()
        windows.put("Search for a provider", "DuckDNS", form)
        # Without a key press: the screen may be that of a person who types elsewhere.
        atspi.act(atspi.wait_for(form, name="Search for a provider"), "activate")
        atspi.wait_for(form, name=lambda text: text == "Name to keep right")
        self.picture("demo-form")
        windows.press("Cancel", form)

    def end(self):
        code = self._app.stop()
        for line in self._app.program.complaints():
            self._say("The app complained: " + line)
        folder = os.path.dirname(self._pictures[0]) if self._pictures else None
        if folder:
            names = ", ".join(os.path.basename(each) for each in self._pictures)
            self._say(f"\nPictures in {os.path.relpath(folder)}: {names}")
        return code
