"""What the doctor found shows in the window, each with what to do next, and goes when it is over."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402

THEMES = {"light": "Adwaita", "dark": "Adwaita:dark"}
# The settings of a desktop that has the computer sleep after half an hour.
SLEEPY = """<schemalist><schema id='org.mate.power-manager' path='/org/mate/power-manager/'>
<key name='sleep-computer-ac' type='i'><default>1800</default></key>
<key name='action-sleep-type-ac' type='s'><default>'suspend'</default></key>
</schema></schemalist>"""


class Findings(AppTest):
    @classmethod
    def make_lab(cls):
        return Lab(router="false")

    def setUp(self):
        super().setUp()
        self.router = self.lab.router.falsehood
        self.router.address = self.lab.address

    def show(self, made, look):
        from lab import window
        return window.Windows(self.start_app(made, GTK_THEME=THEMES[look]))

    def check(self, look):
        made = self.start()
        self.assert_proven(made, self.add_free(made, ipv6=True))
        self.router.address = "100.64.9.9"
        self.router.announce()
        self.until("the doctor tells it", lambda: "cgnat" in {
            each["code"] for each in made.call("Diagnose")["findings"]})
        windows = self.show(made, look)
        windows.until_says("Worth knowing")
        windows.until_says("known as 100.64.9.9 there")
        windows.until_says("Ask the provider for a public IPv4 address of your own")
        windows.until_says("Switch IPv6 on in the router")
        self.desktop.screenshot(f"{look}-findings")
        self.router.address = self.lab.address
        self.router.announce()
        windows.until_silent("100.64.9.9")

    def test_light(self):
        self.check("light")

    def test_dark(self):
        self.check("dark")

    def test_portal(self):
        made = self.start()
        self.assert_proven(made, self.add_free(made))
        windows = self.show(made, "light")
        windows.until_says("camera.free.example")
        self.lab.portal.close()
        try:
            made.call("Diagnose")
            windows.until_says("Open any web page in the browser of this computer")
            self.desktop.screenshot("light-portal")
        finally:
            self.lab.portal.sign_in()
        windows.until_silent("Open any web page in the browser of this computer", seconds=60)

    def test_vpn(self):
        made = self.start()
        self.assert_proven(made, self.add_free(made))
        windows = self.show(made, "dark")
        self.addCleanup(self.lab.vpn.down)
        self.lab.vpn.up("rules")
        windows.until_says("The VPN wg0 is on")
        self.desktop.screenshot("dark-vpn")
        windows.press("Use My Own Line")
        windows.until_silent("Choose what your names hold")
        self.assertEqual([each["publish"] for each in made.status()["vpns"]], ["line"])
        windows.until_says("names hold the address of your own line")
        self.desktop.screenshot("dark-vpn-chosen")
        windows.press("Undo This Choice")
        windows.until_says("Choose what your names hold")
        windows.until_silent("names hold the address of your own line")
        self.assertEqual([each["publish"] for each in made.status()["vpns"]], ["nothing"])

    def test_check_again(self):
        """The service looks again when it is told to, and the window shows what it finds."""
        made = self.start()
        self.assert_proven(made, self.add_free(made))
        windows = self.show(made, "light")
        windows.until_says("camera.free.example")
        windows.press("Menu")
        windows.press("Check This Network")
        windows.until_says("Looking at this network…")
        self.until("the check is over", lambda: not self.is_checking(windows))
        self.lab.portal.close()
        try:
            windows.press("Check Again")
            self.until("it is under way", lambda: self.is_checking(windows))
            windows.until_says("Open any web page in the browser of this computer")
            self.until("the check is over", lambda: not self.is_checking(windows))
        finally:
            self.lab.portal.sign_in()
        windows.press("Check Again")
        windows.until_silent("Open any web page in the browser of this computer", seconds=60)

    def is_checking(self, windows):
        from lab import atspi
        return atspi.tolerant(lambda: atspi.find(windows.tree(), name="Please wait") is not None)

    def go_to(self, windows, name):
        """Tab until the widget with this name has the focus."""
        from lab import atspi

        def there():
            at = atspi.tolerant(lambda: atspi.focused(windows.tree()))
            if at and atspi.tolerant(lambda: atspi.name_of(at)) == name:
                return True
            self.desktop.key("Tab")
            return False
        self.until(f"Tab reaches {name}", there, 15, 0.1)

    def test_nothing_is_wrong(self):
        """Also by keyboard alone, and before there is any name."""
        made = self.start()
        windows = self.show(made, "dark")
        windows.until_says("Add Your First Name")
        self.desktop.activate(windows.app.window())
        self.desktop.key("F10")
        windows.until_says("Check This Network")
        self.go_to(windows, "Check This Network")
        self.desktop.key("Return")
        windows.until_says("Nothing is wrong with this network.")
        self.desktop.screenshot("dark-nothing-wrong-first")
        self.assert_proven(made, self.add_free(made))
        windows.until_says("camera.free.example")
        windows.until_says("Nothing is wrong with this network.")
        self.desktop.screenshot("dark-nothing-wrong")

    def test_session_sleeps(self):
        """What only the desktop of this person knows is found as well, in the window and by the command."""
        schemas = self.desktop.folder + f"/schemas{self._number}"
        os.mkdir(schemas)
        with open(schemas + "/test.gschema.xml", "w", encoding="utf-8") as file:
            file.write(SLEEPY)
        if subprocess.run(["glib-compile-schemas", schemas], check=False).returncode:
            self.skipTest("glib-compile-schemas does not work")
        session = {"XDG_CURRENT_DESKTOP": "X-Other:MATE", "GSETTINGS_SCHEMA_DIR": schemas}
        made = self.start()
        self.assert_proven(made, self.add_free(made))
        from lab import window
        windows = window.Windows(self.start_app(made, GTK_THEME="Adwaita", **session))
        windows.until_says("goes to sleep after 30 minutes without use")
        windows.until_says("Switch automatic sleep off in the power settings")
        self.assertNotIn("sleeps", [each["code"] for each in made.status()["findings"]])
        found = json.loads(self.doctor(made, session, "--json"))["findings"]
        self.assertEqual([each["session"] for each in found if each["code"] == "sleeps"], [True])
        self.assertIn("goes to sleep after 30 minutes", self.doctor(made, session).replace("\n  ", " "))
        self.assertNotIn("goes to sleep", self.doctor(made, {}))

    def doctor(self, made, session, *options):
        from lab import service
        return subprocess.run([service.binary("wayhomectl"), "--socket", made.control, "doctor", *options],
                              env={**self.desktop.environment, **session}, capture_output=True, text=True,
                              check=True).stdout


if __name__ == "__main__":
    main()
