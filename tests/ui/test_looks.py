"""Every window in four looks: pictures for people to look at, in build/screenshots, and what a test can see in them."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402

LOOKS = {
    "light": {"GTK_THEME": "Adwaita"},
    "dark": {"GTK_THEME": "Adwaita:dark"},
    "contrast": {"GTK_THEME": "HighContrast"},
    "double": {"GTK_THEME": "Adwaita", "GDK_SCALE": "2"},
}
FREE, REFUSED, PAUSED = "camera.free.example", "door.free.example", "attic.free.example"


def _still(test):
    """Waits until nothing moves any more on the screen."""
    pictures = []

    def same():
        pictures.append(test.desktop.pixels(0, 0, *test.size))
        return len(pictures) > 2 and pictures[-1] == pictures[-2] == pictures[-3]
    test.until("the screen is still", same, 15, 0.1)


class Looks(AppTest):
    size = (1280, 960)

    def setUp(self):
        super().setUp()
        self.lab.provider.of_host.clear()

    def hosts(self, made):
        account = self.lab.dyndns2_account(made)
        self.lab.provider.of_host[REFUSED] = "nohost"
        add = lambda name: made.call("AddHost", account=account, name=name, ipv4=True, ipv6=True)["host"]  # noqa: E731
        good, refused, paused = add(FREE), add(REFUSED), add(PAUSED)
        self.assert_proven(made, good)
        self.assert_proven(made, paused)
        made.call("Pause", host=paused)
        self.assert_state(made, refused, "halted")
        return account

    def take(self, look, name, node):
        """A picture of the screen; the window has to fit on it."""
        from lab import atspi
        self.desktop.run("xdotool", "mousemove", *map(str, self.size))
        _still(self)
        self.desktop.screenshot(f"{look}-{name}")
        x, y, width, height = atspi.extents(node)
        scale = int(LOOKS[look].get("GDK_SCALE", "1"))
        self.assertLessEqual(width * scale, self.size[0], f"{name} is too wide")
        self.assertLessEqual(height * scale, self.size[1], f"{name} is too high")

    def check(self, look):
        from lab import window
        made = self.start()
        windows = window.Windows(self.start_app(made, **LOOKS[look]))
        main_window = windows.dialog("Wayhome")
        windows.until_says("No name yet")
        self.take(look, "empty", main_window())
        form = windows.begin_adding()
        windows.until_says("Search for a provider", form)
        self.take(look, "providers", form())
        windows.choose_provider(form, "dyndns2", "Other provider (dyndns2)")
        windows.until_says("Name to keep right", form)
        self.take(look, "form", form())
        for label, text in (("Address of the update page", "https://members.example"), ("User name", "user"),
                            ("Password", "wrong"), ("Name to keep right", FREE)):
            windows.put(label, text, form)
        windows.press("Test", form)
        windows.until_says("refuses the user name", form)
        self.take(look, "form-refused", form())
        windows.press("Cancel", form)
        self.hosts(made)
        windows.until_says(PAUSED)
        windows.until_says("Check at the provider")
        self.take(look, "names", main_window())
        windows.press(f"More for {FREE}")
        windows.until_says("Edit…")
        self.take(look, "menu", main_window())
        windows.press("Edit…")
        form = windows.dialog("Edit Name")
        windows.until_says("Name to keep right", form)
        self.take(look, "edit", form())
        windows.press("Cancel", form)
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        windows.until_says("Password", form)
        self.take(look, "account", form())
        windows.press("Cancel", form)
        windows.more(FREE, "Remove…")
        windows.until_says("Cancel")
        self.take(look, "remove", main_window())
        windows.press("Cancel")
        made.stop()
        windows.until_says("does not run")
        self.take(look, "away", main_window())


class LiveSettings(AppTest):
    size = Looks.size

    def test_theme_and_text_size_change(self):
        """As a person changes them in the desktop's settings while the window is open."""
        from lab import atspi, panel, window
        first = panel.settings(self.desktop)
        made = self.start()
        self.assert_proven(made, self.add_free(made, FREE))
        windows = window.Windows(self.start_app(made))
        windows.until_says(self.lab.address)
        before = self.desktop.pixels(0, 0, *self.size)
        first.stop()
        self.keep(panel.settings(self.desktop, "Adwaita-dark", font="Sans 20"))
        self.until("the window follows", lambda: self.desktop.pixels(0, 0, *self.size) != before)
        form = windows.add_dyndns2("door.free.example")
        self.desktop.screenshot("large-form")
        for root in (windows.dialog("Wayhome"), form):
            _, _, width, height = atspi.extents(root())
            self.assertLessEqual((width, height), self.size)
        windows.press("Cancel", form)
        self.until("the form closes", lambda: not atspi.tolerant(form))
        _still(self)
        self.desktop.screenshot("large-names")


def _add(look):
    setattr(Looks, f"test_{look}", lambda self: self.check(look))


for each in LOOKS:
    _add(each)

if __name__ == "__main__":
    main()
