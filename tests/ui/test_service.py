"""The service goes away, comes back, or does not permit: said in words, without a second window."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import service  # noqa: E402
from lab.app import AppTest, command, main  # noqa: E402

NAME = "home.dyn.example"


class Service(AppTest):
    def windows(self, app):
        from lab.window import Windows
        return Windows(app)

    def test_restarted_while_the_window_is_open(self):
        made = self.start()
        identity = self.add_own(made, NAME)
        self.assert_proven(made, identity)
        app = self.start_app(made)
        windows = self.windows(app)
        windows.until_says(self.lab.address)
        made.kill()
        windows.until_says("does not run")
        windows.until_says(NAME)
        self.desktop.screenshot("window-service-away")
        made.start()
        windows.until_silent("does not run", seconds=40)
        _, address = self.lab.change4()
        windows.until_says(address)
        self.assertEqual(len(app.windows()), 1)

    def test_started_before_the_service(self):
        made = self.new_service()
        app = self.start_app(made)
        windows = self.windows(app)
        app.window()
        windows.until_says("does not run")
        windows.until_says(made.control)
        self.desktop.screenshot("window-no-service")
        made.start()
        windows.until_says("No name yet", seconds=40)

    def test_not_permitted(self):
        """Somebody without a session at this computer: said in words, with what to do."""
        nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        if subprocess.run([*nobody, "true"], stderr=subprocess.DEVNULL).returncode:
            self.skipTest("this sandbox has only one user")
        made = self.start()
        from lab import atspi
        runtime = self.desktop.environment["XDG_RUNTIME_DIR"]
        atspi.application("nobody")  # the accessibility bus runs from now on
        for folder in (runtime, runtime + "/at-spi"):
            os.chmod(folder, 0o711)
            self.addCleanup(os.chmod, folder, 0o700)
        home = self.desktop.folder + "/nobody"
        os.mkdir(home)
        os.chown(home, 65534, 65534)
        program = self.desktop.start(*nobody, *command(service.binary("wayhome"), made.control), HOME=home,
                                     XDG_RUNTIME_DIR=None)
        self.keep(program)
        self.desktop.window("Wayhome")
        atspi.wait_for(lambda: atspi.application("org.wayhome.Wayhome") or atspi.application("wayhome"),
                       name=lambda name: "people who are signed in at this computer" in name)
        self.desktop.screenshot("window-not-permitted")
        self.assertEqual(program.complaints(), [])

    def test_another_program_answers(self):
        """Something that is no service of ours at the socket: said, and the app lives."""
        import socket
        path = self.desktop.folder + "/stranger"
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(path)
        listener.listen()
        app = self.start_app(control=path)
        app.window()
        connection, _ = listener.accept()
        connection.sendall(b"SSH-2.0-OpenSSH\r\n\0")
        connection.close()
        self.stays("the app lives", app.program.is_running, 1)


if __name__ == "__main__":
    main()
