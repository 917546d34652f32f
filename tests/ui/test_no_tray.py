"""A desktop without any tray: the app is useful there as well."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import service  # noqa: E402
from lab.app import AppTest, command, main  # noqa: E402


class NoTray(AppTest):
    def test_started_by_a_person(self):
        app = self.start_app(self.start())
        app.window()

    def test_started_by_the_session(self):
        """Silent, and the launcher brings up its window."""
        app = self.start_app(self.start(), "--background")
        self.stays("no window", lambda: not app.windows(), 6)
        self.assertTrue(app.program.is_running())
        self.assertEqual(app.again(), 0)
        app.window()

    def test_closed_window_comes_back(self):
        """With nowhere to click, its launcher opens it again."""
        app = self.start_app(self.start())
        self.desktop.close(app.window())
        self.until("the window is closed", lambda: not app.windows())
        if app.program.is_running():
            self.assertEqual(app.again(), 0)
            app.window()

    def test_no_screen(self):
        """In a terminal without a desktop it says why it cannot start."""
        program = self.desktop.start(*command(service.binary("wayhome"), "/nowhere"), DISPLAY=None)
        self.assertNotIn(program.process.wait(20), (0, -6, -11))
        self.assertIn("display", program.log())

    def test_no_session_bus(self):
        """An X session without a bus has no single instance, no tray and no notifications, but a window."""
        made = self.start()
        program = self.keep(self.desktop.start(
            *command(service.binary("wayhome"), made.control), DBUS_SESSION_BUS_ADDRESS=None, NO_AT_BRIDGE="1",
            XDG_RUNTIME_DIR=self.desktop.folder + "/no-runtime", **self.private))
        self.desktop.window("Wayhome")
        self.assertTrue(program.is_running())


if __name__ == "__main__":
    main()
