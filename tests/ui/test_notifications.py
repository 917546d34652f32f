"""Notifications: what the desktop's server is told, what its buttons do, and a real server that shows them."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import panel  # noqa: E402
from lab.app import AppTest, main  # noqa: E402

NAME = "home.dyn.example"


class Notifications(AppTest):
    def double(self, **options):
        from lab.notification_double import NotificationDouble
        server = NotificationDouble(self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"], **options)
        self.addCleanup(server.close)
        return server

    def live(self):
        """A proven name, and the app, which knows of it."""
        made = self.start()
        identity = self.add_own(made, NAME)
        self.assert_proven(made, identity)
        return made, identity, self.signed_in(made)

    def signed_in(self, made):
        """Its icon says when the app has heard from the service."""
        from lab.tray_host import TrayHost
        app = self.start_app(made, "--background")
        with TrayHost(self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as tray:
            tray.wait_for_icon()
            tray.wait_for_state("wayhome-ok")
        return app

    def change(self, server, **options):
        asked, address = self.lab.change4()
        return server.message("the new address", lambda each: address in each.body or address in each.title,
                              since=asked, **options), address

    def test_change_and_copy(self):
        server = self.double()
        self.live()
        message, address = self.change(server)
        self.assertIn(NAME, message.title + message.body)
        self.assertIn("copy", message.actions)
        server.press(message, "copy")
        self.until("the address is on the clipboard", lambda: self.desktop.clipboard() == address)

    def test_default_opens_the_window(self):
        server = self.double()
        _, _, app = self.live()
        message, _ = self.change(server)
        self.assertEqual(app.windows(), [])
        server.press(message, "default")
        app.window()

    def test_one_after_another_takes_its_place(self):
        server = self.double()
        self.live()
        first, _ = self.change(server)
        second, _ = self.change(server)
        self.assertEqual(second.replaces, first.id)
        self.assertEqual(len(server.on_screen()), 1)

    def test_server_without_buttons(self):
        server = self.double(capabilities=("body",))
        self.live()
        message, _ = self.change(server)
        self.assertEqual(message.actions, {})

    def test_a_person_is_needed(self):
        self.lab.provider.of_host["door.free.example"] = "badauth"
        server = self.double()
        made, _, app = self.live()
        refused = self.add_free(made, "door.free.example")
        message = server.message("the refused account", lambda each: "needs you" in each.title + each.body
                                 or "door.free.example" in each.title + each.body, 30)
        server.press(message, "default")
        app.window()
        made.call("RemoveHost", host=refused)

    def test_summary_at_sign_in(self):
        server = self.double()
        made, identity, app = self.live()
        self.change(server)
        app.stop()
        _, address = self.lab.change4()
        self.assert_proven(made, identity)
        since = server.messages[-1].at + 1
        self.start_app(made, "--background")
        message = server.message("what changed meanwhile", lambda each: address in each.body, since=since)
        self.assertIn(NAME, message.title + message.body)

    def test_no_server(self):
        """Nothing to show them: everything else works."""
        _, _, app = self.live()
        self.lab.change4()
        self.assertEqual(app.again(), 0)
        app.window()

    def test_hung_server(self):
        """A server that never answers stops nothing."""
        server = self.double()
        _, _, app = self.live()
        server.hangs = True
        self.change(server)
        _, address = self.lab.change4()
        self.assertEqual(app.again(), 0)
        app.window()
        from lab.window import Windows
        Windows(app).until_says(address)

    def test_real_server(self):
        from lab.monitor import Monitor
        monitor = Monitor(self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        self.keep(panel.dunst(self.desktop))
        self.live()
        asked, address = self.lab.change4()
        shown = monitor.message(lambda each: address in each.body, since=asked)
        self.assertIsNotNone(shown, monitor.messages)
        self.until("it is on the screen", lambda: self.desktop.windows(program="Dunst"))
        self.desktop.screenshot("notification-dunst")

    def test_server_of_xfce(self):
        from lab.monitor import Monitor
        monitor = Monitor(self.desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        self.keep(panel.xfce4_notifyd(self.desktop))
        self.live()
        asked, address = self.lab.change4()
        self.assertIsNotNone(monitor.message(lambda each: address in each.body, since=asked), monitor.messages)
        self.until("it is on the screen", lambda: self.desktop.windows(program="xfce4-notifyd"))
        self.desktop.screenshot("notification-xfce")
        from lab import atspi
        button = atspi.wait_for(lambda: atspi.application("xfce4-notifyd"), "push button", "Copy address")
        x, y, width, height = atspi.extents(button)
        self.desktop.click(x + width // 2, y + height // 2)
        self.until("the address is on the clipboard", lambda: self.desktop.clipboard() == address)


if __name__ == "__main__":
    main("dunst")
