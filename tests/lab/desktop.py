"""A desktop in the sandbox: X server, session bus with accessibility, window manager; private folders.

Everything ends with the sandbox. The X server listens on an abstract socket alone, which is private to the
network namespace: no file is left behind, and every sandbox may use the same display number.
"""
import importlib.util
import os
import re
import shutil
import socket
import subprocess

from .named import SOURCE
from .sandbox import RUN
from .wait import until

DISPLAY = ":0"
BACKGROUND = "#406080"
LIBEXEC = "/usr/libexec"
# What the bus may start by itself; everything else is there only when a test starts it.
ACTIVATED = {
    "org.a11y.Bus": LIBEXEC + "/at-spi-bus-launcher",
    "org.xfce.Xfconf": "/usr/lib/x86_64-linux-gnu/xfce4/xfconf/xfconfd",
    "org.gnome.keyring.SystemPrompter": LIBEXEC + "/gcr-prompter",
    "org.gnome.keyring.PrivatePrompter": LIBEXEC + "/gcr-prompter",
}
_COMMANDS = ("Xvfb", "dbus-daemon", "openbox", "xdotool", "xprop", "import", LIBEXEC + "/at-spi-bus-launcher")
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/><allow user="*"/></policy></busconfig>
"""
_COMPLAINT = re.compile(r"^.*\b(?:Gtk|Gdk|GLib|GLib-GObject|GLib-GIO|GdkPixbuf|Pango|Atk|libnotify|libsecret)"
                        r"-(?:CRITICAL|WARNING)\b.*$|^.*(?:ERROR: \w*Sanitizer|runtime error:).*$", re.MULTILINE)
_CLIPBOARD = """
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk
print(Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text() or "", end="")
"""


def missing():
    """Why there can be no desktop here, in one sentence; None when there can."""
    for each in _COMMANDS:
        if not shutil.which(each):
            return f"{os.path.basename(each)} is not installed"
    if not importlib.util.find_spec("gi"):
        return "Python has no gi (python3-gi, started with /usr/bin/python3)"
    import gi
    try:
        for name, version in (("Atspi", "2.0"), ("Gtk", "3.0")):
            gi.require_version(name, version)
    except ValueError as error:
        return str(error)
    return None


def screenshot_folder():
    path = os.environ.get("WAYHOME_SCREENSHOTS") or os.path.join(SOURCE, "build", "screenshots")
    os.makedirs(path, exist_ok=True)
    return path


def lets_in(display):
    """Whether there is a screen at `display` that this process may use."""
    done = subprocess.run(["xdotool", "getdisplaygeometry"], capture_output=True, env=dict(os.environ, DISPLAY=display))
    return done.returncode == 0


class Program:
    """One process of the desktop with its output in a file."""

    def __init__(self, process, log):
        self.process = process
        self._log = log

    def log(self):
        with open(self._log, errors="replace") as file:
            return file.read()

    def is_running(self):
        return self.process.poll() is None

    def complaints(self):
        """What GTK and its libraries do not like about the program."""
        return [match[0] for match in _COMPLAINT.finditer(self.log())]

    def stop(self):
        """Returns the exit code."""
        if self.is_running():
            self.process.terminate()
        return self.process.wait(15)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Desktop:
    """size: of the screen. display: another X server that is there already, used instead of an own one."""

    def __init__(self, size=(1024, 768), display=None):
        self.folder = RUN + "/desktop"
        self.size = size
        self.is_own = display is None
        self._count = 0
        self.environment = self._environment(display or DISPLAY)
        if not display:
            self._start_screen()
        self._start_bus()
        if not display:
            self.run("xsetroot", "-solid", BACKGROUND)
            self._start_window_manager()

    def _environment(self, display):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("XDG_", "DBUS_", "GTK_", "GDK_", "GNOME_", "SESSION_", "LC_", "LANG"))
                and name not in ("WAYLAND_DISPLAY", "NO_AT_BRIDGE", "AT_SPI_BUS_ADDRESS", "SSH_AUTH_SOCK")}
        home, runtime = self.folder + "/home", self.folder + "/run"
        for path in (home, runtime):
            os.makedirs(path)
        os.chmod(runtime, 0o700)
        kept.update(HOME=home, XDG_RUNTIME_DIR=runtime, XDG_CONFIG_HOME=home + "/.config",
                    XDG_DATA_HOME=home + "/.local/share", XDG_CACHE_HOME=home + "/.cache",
                    XDG_STATE_HOME=home + "/.local/state", DISPLAY=display, GDK_BACKEND="x11", LC_ALL="C.UTF-8",
                    GSETTINGS_BACKEND="memory", DBUS_SESSION_BUS_ADDRESS=f"unix:path={runtime}/bus")
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.makedirs(kept[name])
        return kept

    def _start_screen(self):
        width, height = self.size
        screen = self.start("Xvfb", DISPLAY, "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                            "-nolisten", "unix", "-noreset", "-nolock")

        def answers():
            if not screen.is_running():
                raise RuntimeError("Xvfb ended: " + screen.log())
            with socket.socket(socket.AF_UNIX) as probe:
                return probe.connect_ex(f"\0/tmp/.X11-unix/X{DISPLAY[1:]}") == 0
        until("the screen answers", answers, 20)

    @staticmethod
    def _open_accessibility():
        """Lets programs of other users on the accessibility bus as well; in the sandbox's own /etc."""
        with open("/usr/share/defaults/at-spi2/accessibility.conf") as file:
            text = file.read()
        os.makedirs("/etc/at-spi2", exist_ok=True)
        with open("/etc/at-spi2/accessibility.conf", "w") as file:
            file.write(text.replace('<allow user="root"/>', '<allow user="*"/>'))

    def _start_bus(self):
        self._open_accessibility()
        services, path = self.folder + "/services", self.environment["XDG_RUNTIME_DIR"] + "/bus"
        os.makedirs(services)
        for name, command in ACTIVATED.items():
            with open(f"{services}/{name}.service", "w") as file:
                file.write(f"[D-BUS Service]\nName={name}\nExec={command}\n")
        with open(self.folder + "/bus.conf", "w") as file:
            file.write(_BUS.format(path=path, services=services))
        self.bus = self.start("dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile")
        until("the session bus answers", lambda: os.path.exists(path), 20)

    def _start_window_manager(self):
        self.start("openbox", "--sm-disable")
        until("the window manager works", lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"),
              20)

    # programs

    def adopt(self):
        """Makes this process a part of the desktop, for libraries that look at the environment."""
        os.environ.clear()
        os.environ.update(self.environment)

    def start(self, *command, node=None, text=None, **environment):
        """Starts a program, with `text` as its input; a variable that is None is left out."""
        self._count += 1
        path = f"{self.folder}/{self._count}-{os.path.basename(command[0])}.log"
        merged = {name: value for name, value in {**self.environment, **environment}.items() if value is not None}
        with open(path, "wb") as log:
            popen = node.popen if node else subprocess.Popen
            process = popen(command, stdin=subprocess.DEVNULL if text is None else subprocess.PIPE, stdout=log,
                            stderr=log, env=merged, cwd=self.environment["HOME"])
        if text is not None:
            process.stdin.write(text.encode())
            process.stdin.close()
        return Program(process, path)

    def run(self, *command, text=None):
        """Runs a program to its end; returns what it printed, also when it failed."""
        return subprocess.run(command, input=text, capture_output=True, text=True, env=self.environment).stdout

    # what a person sees and does

    def screenshot(self, name, window=None):
        """The screen, or one window with its frame, as a picture that stays; returns its path."""
        path = f"{screenshot_folder()}/{name}.png"
        subprocess.run(["import", "-silent", "-window", str(window or "root"), path], env=self.environment, check=True)
        return path

    def pixels(self, x, y, width, height):
        """Bytes of a part of the screen, three a pixel, by row."""
        done = subprocess.run(["import", "-silent", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}",
                               "-depth", "8", "rgb:-"], env=self.environment, check=True, capture_output=True)
        return [done.stdout[row * width * 3:(row + 1) * width * 3] for row in range(height)]

    def windows(self, title=None, program=None):
        """Ids of the visible windows whose whole title is so, or that belong to a class. Icons that a tray embeds
        have titles as well, but are no windows to a window manager."""
        pattern = ["--name", f"^{re.escape(title)}$"] if title is not None else ["--class", program]
        found = [int(each) for each in self.run("xdotool", "search", "--onlyvisible", *pattern).split()]
        if title is None:
            return found
        managed = re.findall(r"0x[0-9a-f]+", self.run("xprop", "-root", "_NET_CLIENT_LIST"))
        return [each for each in found if each in [int(one, 16) for one in managed]]

    def window(self, title, seconds=15.0):
        return until(f"the window '{title}' appears", lambda: self.windows(title), seconds)[-1]

    def popups(self):
        """Windows of menus, of whichever program draws them."""
        kinds = ("_NET_WM_WINDOW_TYPE_POPUP_MENU", "_NET_WM_WINDOW_TYPE_DROPDOWN_MENU")
        found = self.run("xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--name", "").split()
        return [each for each in found
                if any(kind in self.run("xprop", "-id", each, "_NET_WM_WINDOW_TYPE") for kind in kinds)]

    def activate(self, window):
        self.run("xdotool", "windowactivate", "--sync", str(window))

    def close(self, window):
        """As its close button does."""
        self.activate(window)
        self.key("alt+F4")

    def key(self, *keys):
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text):
        self.run("xdotool", "type", "--clearmodifiers", "--delay", "2", text)

    def click(self, x, y, button=1):
        self.run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def clipboard(self):
        return self.run("/usr/bin/python3", "-c", _CLIPBOARD)

    def has_name(self, name):
        """Whether somebody owns a name on the session bus."""
        return "true" in self.run("gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                  "org.freedesktop.DBus.NameHasOwner", name)

    def until_name(self, name, seconds=20.0):
        until(f"{name} is on the bus", lambda: self.has_name(name), seconds, 0.05)
