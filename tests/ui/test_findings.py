"""What the doctor found shows in the window, each with what to do next, and goes when it is over."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402
from lab.lab import Lab  # noqa: E402

THEMES = {"light": "Adwaita", "dark": "Adwaita:dark"}


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
        windows.until_silent("The VPN wg0 is on")
        self.assertEqual([each["publish"] for each in made.status()["vpns"]], ["line"])


if __name__ == "__main__":
    main()
