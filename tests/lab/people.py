"""People of this computer, and what the system says about them: who has signed in, and what an administrator lets them
do. The system bus is a real one of the sandbox; logind and polkit on it are doubles. Import after Desktop.adopt()."""
import os
import subprocess

from gi.repository import GLib

from .bus_thread import BusThread
from .sandbox import RUN
from .wait import until

CLAIM, MANAGE = "org.wayhome.claim", "org.wayhome.manage"
_LOGIN, _LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_POLKIT, _POLKIT_PATH = "org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority"
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/><allow user="*"/></policy></busconfig>
"""
_MANAGER = """<node><interface name="org.freedesktop.login1.Manager">
<method name="ListSessions"><arg type="a(susso)" direction="out"/></method></interface></node>"""
_PROPERTIES = """<node><interface name="org.freedesktop.DBus.Properties">
<method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method></interface></node>"""
_AUTHORITY = """<node><interface name="org.freedesktop.PolicyKit1.Authority">
<method name="CheckAuthorization"><arg type="(sa{sv})" direction="in"/><arg type="s" direction="in"/>
<arg type="a{ss}" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="(bba{ss})" direction="out"/></method>
<method name="CancelCheckAuthorization"><arg type="s" direction="in"/></method></interface></node>"""


class Person:
    """A user of the sandbox with a home and a session bus of their own."""

    def __init__(self, desktop, name, uid):
        self.desktop = desktop
        self.name = name
        self.uid = uid
        self.folder = f"{RUN}/people/{name}"
        self._enter("passwd", f"{name}:x:{uid}:{uid}:{name}:{self.folder}:/bin/sh")
        self._enter("group", f"{name}:x:{uid}:")
        for each in ("", "/run", "/config", "/data", "/cache", "/state"):
            os.makedirs(self.folder + each)
            os.chown(self.folder + each, uid, uid)
        os.chmod(self.folder + "/run", 0o700)
        icons = desktop.environment["XDG_DATA_HOME"] + "/icons"
        if os.path.exists(icons):
            os.symlink(os.path.realpath(icons), self.folder + "/data/icons")
        self.prefix = ("setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups")
        self.address = f"unix:path={self.folder}/run/bus"
        self._accessibility = desktop.run("gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus",
                                          "-m", "org.a11y.Bus.GetAddress").split("'")[1]
        self._start_bus()

    @staticmethod
    def _enter(file, line):
        with open("/etc/" + file, "a") as users:
            users.write(line + "\n")

    def _start_bus(self):
        config = self.folder + "/bus.conf"
        with open(config, "w") as file:
            file.write(_BUS.format(path=self.folder + "/run/bus"))
        self.desktop.start(*self.prefix, "dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile")
        until(f"the bus of {self.name} answers", lambda: os.path.exists(self.folder + "/run/bus"), 20)

    def _environment(self):
        """What their programs show, an assistive technology of the desktop sees."""
        kinds = {f"XDG_{kind}_HOME": f"{self.folder}/{kind.lower()}" for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
        return {"HOME": self.folder, "XDG_RUNTIME_DIR": self.folder + "/run", "DBUS_SESSION_BUS_ADDRESS": self.address,
                "AT_SPI_BUS_ADDRESS": self._accessibility, **kinds}

    # as of a desktop

    def start(self, *command, text=None, **environment):
        return self.desktop.start(*self.prefix, *command, text=text, **{**self._environment(), **environment})

    def run(self, *command):
        return subprocess.run([*self.prefix, *command], capture_output=True, text=True,
                              env={**self.desktop.environment, **self._environment()}).stdout

    def has_name(self, name):
        return "true" in self.run("gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                  "org.freedesktop.DBus.NameHasOwner", name)

    def until_name(self, name, seconds=20.0):
        until(f"{name} is on the bus of {self.name}", lambda: self.has_name(name), seconds, 0.05)


def add(desktop, *names):
    """People with these names; a sandbox that has one user only has none: then None."""
    if subprocess.run(["setpriv", "--reuid=1001", "--regid=1001", "--clear-groups", "true"],
                      stderr=subprocess.DEVNULL).returncode:
        return None
    _open_accessibility(desktop)
    return [Person(desktop, name, 1001 + index) for index, name in enumerate(names)]


def _open_accessibility(desktop):
    from . import atspi
    atspi.application("nobody")  # the accessibility bus runs from now on
    runtime = desktop.environment["XDG_RUNTIME_DIR"]
    for folder in (runtime, runtime + "/at-spi"):
        os.chmod(folder, 0o711)


class System:
    """signed_in: uids with a session. lets: (action, uid) to "yes" or "password"; nobody else is let do anything.
    password: what a person who is asked for one does: True, they give it. asked: (action, uid, interactive)."""

    def __init__(self, desktop):
        folder = f"{RUN}/system"
        os.makedirs(folder)
        self.address = f"unix:path={folder}/bus"
        with open(folder + "/bus.conf", "w") as file:
            file.write(_BUS.format(path=folder + "/bus"))
        desktop.start("dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile")
        until("the system bus answers", lambda: os.path.exists(folder + "/bus"), 20)
        self.forget()
        self._login, self._polkit = BusThread(self.address), BusThread(self.address)
        self._login.export(_LOGIN_PATH, _MANAGER, {"ListSessions": lambda *_: self._sessions()})
        self._known = set()
        self._login.own(_LOGIN)
        self._polkit.export(_POLKIT_PATH, _AUTHORITY, {
            "CheckAuthorization": lambda arguments, _: self._check(*arguments[:4]),
            "CancelCheckAuthorization": lambda *_: None})
        self._polkit.own(_POLKIT)

    def forget(self):
        self.signed_in, self.lets, self.password, self.asked = set(), {}, False, []

    def sign_in(self, uid):
        """The session stays known when it has ended, as one that is closing."""
        self.signed_in.add(uid)
        if uid not in self._known:
            self._known.add(uid)
            self._login.export(self._path(uid), _PROPERTIES, {"GetAll": lambda *_: self._session(uid)})

    @staticmethod
    def _path(uid):
        return f"{_LOGIN_PATH}/session/s{uid}"

    def _sessions(self):
        rows = [(f"s{uid}", uid, f"user{uid}", "seat0", self._path(uid)) for uid in sorted(self.signed_in)]
        return GLib.Variant("(a(susso))", (rows,))

    def _session(self, uid):
        user = GLib.Variant("(uo)", (uid, f"{_LOGIN_PATH}/user/_{uid}"))
        return GLib.Variant("(a{sv})", ({"Class": GLib.Variant("s", "user"), "State": GLib.Variant("s", "active"),
                                         "User": user},))

    def _check(self, subject, action, _details, flags):
        uid, interactive = subject[1]["uid"], bool(flags & 1)
        self.asked.append((action, uid, interactive))
        says = self.lets.get((action, uid), "no")
        authorized = says == "yes" or (says == "password" and interactive and self.password)
        challenge = says == "password" and not interactive
        return GLib.Variant("((bba{ss}))", ((authorized, challenge, {}),))
