"""A session without a screen: private folders, a session bus, and what a sign-in does to the keyring."""
import os
import shutil
import sys

from . import keyring
from .desktop import Desktop
from .sandbox import RUN
from .wait import until

_UNLOCK = """
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
def call(interface, method, parameters):
    return bus.call_sync("org.freedesktop.secrets", "/org/freedesktop/secrets", interface, method, parameters, None, 0,
                         -1, None)
service = "org.freedesktop.Secret.Service"
session = call(service, "OpenSession", GLib.Variant("(sv)", ("plain", GLib.Variant("s", "")))).unpack()[1]
collection, = call(service, "ReadAlias", GLib.Variant("(s)", ("default",))).unpack()
call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
     GLib.Variant("(o(oayays))", (collection, (session, b"", {password!r}, "text/plain"))))
"""


def missing():
    """Why there can be no such session here, in one sentence; None when there can."""
    for each in ("dbus-daemon", "gnome-keyring-daemon", "gdbus"):
        if not shutil.which(each):
            return f"{each} is not installed"
    return None


class Session(Desktop):
    """Nothing of a desktop but what Desktop does without a screen. name: of its folder."""

    def __init__(self, name):
        self.folder = f"{RUN}/{name}"
        self._count = 0
        self.environment = self._environment("")
        del self.environment["DISPLAY"]
        self._start_bus()

    def start_locked(self):
        """A keyring on the folders of an earlier one."""
        program = self.start("gnome-keyring-daemon", "--foreground", "--components=secrets")
        self.until_name(keyring.SERVICE)
        return program

    def sign_in(self):
        """Unlocks the keyring without a question, as signing in does."""
        self.run(sys.executable, "-c", _UNLOCK.format(password=keyring.PASSWORD.encode()))
        until("the keyring is open", lambda: keyring.is_locked(self) is False, 30)

    def end(self, program):
        """The keyring goes away."""
        program.kill()
        until("nobody is a keyring", lambda: not self.has_name(keyring.SERVICE), 30)

    def without_bus(self):
        """The environment of a person who signed in without a desktop."""
        return {"HOME": self.environment["HOME"], "XDG_RUNTIME_DIR": os.path.join(self.folder, "elsewhere")}
