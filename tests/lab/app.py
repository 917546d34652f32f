"""The tray app under test, and a test case with a lab, a desktop and the real service."""
import itertools
import os
import sys

from . import case, desktop, panel, sandbox, service

BUS_NAME = "org.wayhome.Wayhome"
TITLE = "Wayhome"
SECONDS = 15.0
_TESTS = itertools.count(1)


def icons(program):
    """The icons that were built with it; None for one that is installed."""
    folder = os.path.dirname(os.path.abspath(program))
    while folder != "/":
        if os.path.isdir(folder + "/icons/hicolor"):
            return folder + "/icons"
        folder = os.path.dirname(folder)
    return None


def install_icons(desk, program):
    """Where panels and notification servers find them."""
    folder = icons(program)
    if folder:
        os.symlink(folder, desk.environment["XDG_DATA_HOME"] + "/icons")


def command(program, control):
    """How the program is started with a service's socket."""
    folder = icons(program)
    return [program, "--socket", control, *(["--icons", folder] if folder else [])]


class App:
    """`wayhome` on a desktop, started the way a person or the session would. person: whose app it is
    (people.Person); None: the user's who runs the test."""

    def __init__(self, desk, control, *options, program=None, person=None, **environment):
        self.desktop = desk
        self.person = person
        self.control = control
        self.options = options
        self.environment = environment
        self.command = program or service.binary("wayhome")
        self.program = None
        self.asked_to_end = False

    def _start(self, *options):
        starter = self.person or self.desktop
        # With a folder of its own there, a program is asked for its widgets over a socket that serves its user alone.
        runtime = {"XDG_RUNTIME_DIR": self.desktop.environment["XDG_RUNTIME_DIR"]}
        return starter.start(*command(self.command, self.control), *options, **{**runtime, **self.environment})

    def spawn(self):
        """Starts without waiting."""
        self.program = self._start(*self.options)
        return self

    def start(self):
        """Starts and waits until it is on the bus."""
        self.spawn()
        case.until("the app is on the bus", self._is_there, 20, 0.05)
        return self

    def _is_there(self):
        if not self.program.is_running():
            raise RuntimeError(f"the app ended with {self.program.process.returncode}:\n{self.program.log()}")
        return (self.person or self.desktop).has_name(BUS_NAME)

    def again(self, *options):
        """A second start, as by its launcher; runs to its end and returns the exit code."""
        return self._start(*options).process.wait(20)

    def window(self, seconds=SECONDS):
        return self.desktop.window(TITLE, seconds)

    def windows(self):
        return self.desktop.windows(TITLE)

    def tree(self):
        """The app as an assistive technology sees it, or None."""
        from . import atspi
        process = self.program.process.pid if self.person else None
        return atspi.application(BUS_NAME, process) or atspi.application("wayhome", process)

    def stop(self):
        """As the end of a session does; returns the exit code."""
        self.asked_to_end = self.asked_to_end or self.program.is_running()
        return self.program.stop()


class AppTest(case.LabTest):
    """One desktop a process; `size` may be replaced by its first class."""

    size = (1024, 768)
    desktop = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if AppTest.desktop is None:
            AppTest.desktop = desktop.Desktop(cls.size)
            AppTest.desktop.adopt()
            install_icons(AppTest.desktop, service.binary("wayhome"))

    def setUp(self):
        super().setUp()
        self._apps = []
        self._number = next(_TESTS)
        # What the app keeps for its user ends with the test.
        self.private = {f"XDG_{kind}_HOME": f"{self.desktop.folder}/test{self._number}/{kind.lower()}"
                        for kind in ("CONFIG", "DATA", "CACHE", "STATE")}

    def run(self, result=None):
        self._result = result
        self._failures = len(result.failures) + len(result.errors)
        super().run(result)
        if self._has_failed():
            for app in self._apps:
                print(f"--- output of the app in {self.id()}\n" + app.program.log()[-6000:], file=sys.stderr)

    def _has_failed(self):
        return len(self._result.failures) + len(self._result.errors) > self._failures

    def tearDown(self):
        if self._has_failed():
            print("--- the screen: " + self.desktop.screenshot(f"failed-{self.id().rpartition('.')[2]}"),
                  file=sys.stderr)

    def keep(self, program):
        """A program of the desktop that ends with the test."""
        self.addCleanup(program.stop)
        return program

    def start_app(self, made=None, *options, control=None, person=None, **environment):
        """made: the service that it talks to. Ended and looked over at the end of the test."""
        private = {} if person else self.private
        app = App(self.desktop, control or made.control, *options, person=person, **{**private, **environment})
        self._apps.append(app)
        self.addCleanup(self._end_app, app)
        return app.start()

    def _end_app(self, app):
        if app.program is None:
            return
        asked = app.asked_to_end or app.program.is_running()
        self.assertIn(app.stop(), (0, -15) if asked else (0,), "how the app ended")
        self.assertEqual(app.program.complaints(), [], "GTK or GLib complained")


def main(*commands):
    """Runs the tests of the calling file; 77 where there is no desktop, no app or none of the programs."""
    reason = desktop.missing()
    lacking = panel.lacks(*commands)
    if not reason and lacking:
        reason = f"{os.path.basename(lacking)} is not installed"
    if not reason and not service.binary("wayhome"):
        reason = "wayhome has not been built"
    if reason:
        print("skipped: " + reason)
        sys.exit(sandbox.SKIPPED)
    case.main()
