"""The app under Wine on a screen in memory: tray, window, keyboard and mouse, second start, looks.

GTK has no accessibility on Windows: what is clicked is found by where it is in a window, and what came of it is seen in
the service. Pictures of everything are in build/screenshots/windows."""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import wine  # noqa: E402
from lab.desktop import Desktop, missing, screenshot_folder  # noqa: E402
from lab.wait import TimedOut, until  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ["WAYHOME_WINDOWS_BUILD"]
STAGE = BUILD + "/stage-gui"
TITLE = "Wayhome"
SHADOW = 26  # around a window's frame
TRAY = "Wine System Tray"  # what Wine shows where no panel takes icons
LAYOUTS = "HKLM\\System\\CurrentControlSet\\Control\\Keyboard Layouts\\00000409"
PERSONALIZE = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
APPROVED = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run"
BROWSER = "HKLM\\Software\\Classes\\https\\shell\\open\\command"
PAGE = "C:\\page.txt"
DESKTOP = "HKCU\\Control Panel\\Desktop"
NAME = "home.dedyn.io"


def lightness(data):
    return sum(data) / len(data)


class Gui(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop((1500, 1450))
        cls.prefix = wine.Prefix(TEMPLATE, display=cls.desktop.environment["DISPLAY"])
        shutil.copy(BUILD + "/tests/windows/kbdus.dll", cls.prefix.unix("C:\\windows\\system32\\kbdus.dll"))
        for key, name, value in ((LAYOUTS, "Layout File", "kbdus.dll"), ("HKCU\\Keyboard Layout\\Preload", "1", "00000409"),
                                 ("HKCU\\Keyboard Layout\\Substitutes", "none", "none"),
                                 (DESKTOP, "FontSmoothing", "2")):
            cls.write(key, name, value)
        cls.service = cls.launch("wayhomed", "--user")
        until("the service answers", lambda: cls.run_program("wayhomectl", "status").code == 0, 60)

    @classmethod
    def tearDownClass(cls):
        cls.prefix.end()

    def run(self, result=None):
        self._result, self._failures = result, len(result.failures) + len(result.errors)
        super().run(result)

    def tearDown(self):
        if len(self._result.failures) + len(self._result.errors) > self._failures:
            self.picture("failed-" + self._testMethodName)

    # doing

    @classmethod
    def write(cls, key, name, value, kind="REG_SZ"):
        cls.prefix.run("reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f")

    @classmethod
    def launch(cls, name, *arguments, **variables):
        with open(f"{BUILD}/gui-{name}.log", "ab") as log:
            return cls.prefix.start(f"{STAGE}/bin/{name}.exe", *arguments, stdout=log, stderr=log, variables=variables)

    @classmethod
    def run_program(cls, name, *arguments):
        return cls.prefix.run(f"{STAGE}/bin/{name}.exe", *arguments)

    def start(self, *arguments, **variables):
        app = self.launch("wayhome", *arguments, **variables)
        self.addCleanup(self.end, app)
        return app

    def end(self, app):
        if app.poll() is None:
            self.run_program("wayhome", "--quit")
        self.assertEqual(app.wait(60), 0)

    def start_shown(self, *arguments, **variables):
        app = self.start(*arguments, **variables)
        return app, self.window()

    def window(self, title=TITLE):
        window = self.desktop.window(title, 30)
        self.desktop.activate(window)
        until("the window is drawn", lambda: self.is_drawn(window), 20)
        return window

    def is_drawn(self, window):
        """Its title, that is, which is in the middle of the bar at its top."""
        data = self.pixels(window, self.size(window)[0] // 2 - 40, SHADOW, 120, 44)
        return len({data[i:i + 3] for i in range(0, len(data), 3)}) > 8

    def is_open(self):
        return bool(self.desktop.windows(TITLE))

    def size(self, window):
        """Width and height of what a person takes for the window."""
        shell = self.desktop.run("xdotool", "getwindowgeometry", "--shell", str(window))
        width, height = (int(re.search(rf"^{each}=(\d+)", shell, re.MULTILINE)[1]) for each in ("WIDTH", "HEIGHT"))
        return width - 2 * SHADOW, height - 2 * SHADOW

    def pixels(self, window, x, y, width, height):
        """Bytes of a part of a window, three a pixel."""
        return subprocess.run(["import", "-silent", "-window", str(window), "-crop", f"{width}x{height}+{x}+{y}",
                               "-depth", "8", "rgb:-"], env=self.desktop.environment, check=True,
                              capture_output=True).stdout

    def ink(self, window):
        """How much of a window is dark: its text, that is."""
        return sum(each < 180 for each in self.pixels(window, SHADOW, SHADOW, *self.size(window)))

    def click(self, window, x, y, what, effect):
        """x, y: from the upper left corner of the window, negative ones from the lower right. GTK takes no click on what it
        has not seen the pointer come to, which under Wine may take a moment: then one clicks again, as people do."""
        width, height = self.size(window)

        def has_effect():
            self.click_at(window, SHADOW + (x if x >= 0 else width + x), SHADOW + (y if y >= 0 else height + y))
            try:
                return until(what, effect, 5)
            except TimedOut:
                return False
        until(what, has_effect, 20)

    def click_at(self, window, x, y, button=1):
        there = ["mousemove", "--window", str(window)]
        self.desktop.run("xdotool", *there, str(x - 3), str(y), *there, str(x), str(y), "click", str(button))

    def type(self, text):
        self.desktop.run("xdotool", "type", "--delay", "30", text)

    def tray(self):
        """The window of the tray, once the icon is in it."""
        until("the icon is in the tray", self.has_icon, 30)
        window = self.desktop.windows(TRAY)[0]
        self.desktop.run("xdotool", "windowmove", str(window), "1300", "1400")
        return window

    def click_icon(self, button=1):
        self.click_at(self.tray(), 10, 10, button)

    def has_icon(self):
        """A picture of more than the empty tray's colour."""
        windows = self.desktop.windows(TRAY)
        data = self.pixels(windows[0], 2, 2, 16, 16) if windows else b""
        return len({data[i:i + 3] for i in range(0, len(data), 3)}) > 4

    def picture(self, name):
        self.desktop.screenshot("windows/" + name)

    def status(self):
        return json.loads(self.run_program("wayhomectl", "status", "--json").out)["state"]

    # looking

    def test_first_name(self):
        _, window = self.start_shown()
        self.picture("first")
        self.click(window, 320, 434, '"Add Your First Name"', lambda: self.desktop.windows("Add a Name"))
        dialog = self.window("Add a Name")
        self.picture("provider")
        self.type("desec")
        self.desktop.key("Down", "Return")
        self.type("secret-token-123")
        self.desktop.key("Tab", "Tab", "Tab")
        self.type(NAME)
        self.picture("form")
        self.opens_page(dialog)
        self.click(dialog, -45, 22, '"Add"', lambda: [each["name"] for each in self.status()["hosts"]] == [NAME])
        until("the dialog is gone", lambda: not self.desktop.windows("Add a Name"))
        self.picture("name")
        for each in ("wayhome", "wayhomed"):
            with open(f"{BUILD}/gui-{each}.log", errors="replace") as log:
                self.assertNotIn("secret-token", log.read())

    def opens_page(self, dialog):
        """A browser of the test's own gets the page behind "No account there yet?"."""
        self.prefix.run("reg", "add", BROWSER, "/ve", "/d", "cmd /c echo %1>" + PAGE, "/f")
        self.click(dialog, 109, 109, "the page is opened", lambda: os.path.exists(self.prefix.unix(PAGE)))

        def page():
            with open(self.prefix.unix(PAGE)) as file:
                return file.read().strip(' "\n')
        until("the browser has the page", lambda: page().startswith("https://desec.io"))

    def test_tray(self):
        app = self.start("--background")
        self.tray()
        self.assertFalse(self.is_open())
        self.click_icon()
        self.window()
        self.picture("tray")
        self.desktop.run("xdotool", "mousemove", "10", "1440")  # so that no tooltip comes or goes
        before = self.unmanaged()
        self.click_icon(3)
        menu = until("the menu is open", lambda: self.unmanaged() - before).pop()
        self.picture("menu")
        # X gives the keys to Wine's tray. From below: "Quit".
        self.desktop.run("xdotool", "key", "--window", menu, "Up", "Return")
        self.assertEqual(app.wait(60), 0)
        until("the icon is gone", lambda: not self.has_icon())

    def unmanaged(self):
        """Visible windows that the window manager does not know: menus and tooltips."""
        return set(self.desktop.run("xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--name", "").split())

    def test_second_start(self):
        app = self.start("--background")
        self.tray()
        self.assertEqual(self.run_program("wayhome", "--background").code, 0)
        self.assertFalse(self.is_open())
        self.assertEqual(self.run_program("wayhome").code, 0)
        until("the first one's window opens", self.is_open)
        refused = self.run_program("wayhome", "--socket", "\\\\.\\pipe\\other")
        self.assertEqual(refused.code, 1)
        self.assertIn("runs already", refused.err)
        self.assertEqual(self.run_program("wayhome", "--quit").code, 0)
        self.assertEqual(app.wait(5), 0)
        self.assertEqual(self.run_program("wayhome", "--quit").code, 0)

    def test_window_closes_and_opens(self):
        app, window = self.start_shown()
        self.click(window, -23, 22, "the window is closed", lambda: not self.is_open())
        self.assertIsNone(app.poll())
        self.click_icon()
        until("the window is open", self.is_open)

    def test_dark(self):
        self.addCleanup(self.write, PERSONALIZE, "AppsUseLightTheme", "1", "REG_DWORD")
        _, window = self.start_shown()

        def inside():
            return lightness(self.pixels(window, 60, self.size(window)[1] - 60, 100, 40))

        def bar():
            return lightness(self.pixels(window, SHADOW + 60, SHADOW + 8, 60, 30))
        until("the window is light", lambda: inside() > 200)
        self.write(PERSONALIZE, "AppsUseLightTheme", "0", "REG_DWORD")
        until("the window is dark", lambda: inside() < 80 and bar() < 80)
        self.picture("dark")
        self.write(PERSONALIZE, "AppsUseLightTheme", "1", "REG_DWORD")
        until("the window is light again", lambda: inside() > 200)

    def test_large(self):
        _, window = self.start_shown(GDK_SCALE="2")
        until("the window is twice as large", lambda: self.size(window)[0] > 1000)
        self.picture("large")

    def test_scale_between(self):
        """150 %, which GTK leaves to the text."""
        _, window = self.start_shown()
        usual = self.ink(window)
        self.run_program("wayhome", "--quit")
        until("the window is gone", lambda: not self.is_open())
        self.addCleanup(self.write, DESKTOP, "LogPixels", "96", "REG_DWORD")
        self.write(DESKTOP, "LogPixels", "144", "REG_DWORD")
        _, window = self.start_shown()
        until("its text is larger", lambda: self.ink(window) > 1.3 * usual)
        self.picture("scale-150")

    def test_not_wanted_at_sign_in(self):
        """What the Task Manager wrote, and a system that starts the program all the same."""
        self.write(APPROVED, "Wayhome", "030000000000000000000000", "REG_BINARY")
        self.addCleanup(self.prefix.run, "reg", "delete", APPROVED, "/f")
        self.assertEqual(self.run_program("wayhome", "--sign-in").code, 0)
        self.prefix.run("reg", "delete", APPROVED, "/f")
        self.start("--sign-in")
        self.tray()
        self.assertFalse(self.is_open())


def stage():
    """What the package holds, from this build."""
    sysroot = os.environ["WAYHOME_SYSROOT"]
    done = subprocess.run([SOURCE + "/installer/windows/stage", BUILD, sysroot, STAGE], capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr)
        sys.exit(1)


if __name__ == "__main__":
    if missing():
        print("skipped: " + missing())
        sys.exit(77)
    stage()
    os.makedirs(screenshot_folder() + "/windows", exist_ok=True)
    for log in ("wayhome", "wayhomed"):
        open(f"{BUILD}/gui-{log}.log", "w").close()
    TEMPLATE = wine.enter_or_skip()
    unittest.main(verbosity=2, warnings="ignore")
