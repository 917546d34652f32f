"""A desktop's panel without a desktop: StatusNotifierWatcher and host in one, for tests of the tray icon.

Needs gi, so /usr/bin/python3. Everything happens in the caller's thread, in the default main context, while one of
the methods runs."""
import time

from gi.repository import Gio, GLib

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
_XML = f"""<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
<signal name="StatusNotifierItemUnregistered"><arg type="s"/></signal>
<signal name="StatusNotifierHostRegistered"/><signal name="StatusNotifierHostUnregistered"/>
</interface></node>"""


class Line:
    """One line of a menu as a person sees it."""

    def __init__(self, identity, properties):
        self.id = identity
        self.separator = properties.get("type") == "separator"
        self.label = _without_mnemonic(properties.get("label", ""))
        self.enabled = properties.get("enabled", True)
        self.checkable = properties.get("toggle-type") == "checkmark"
        self.checked = properties.get("toggle-state") == 1

    def __repr__(self):
        return "-" if self.separator else self.label


def _without_mnemonic(label):
    return "_".join(part.replace("_", "") for part in label.split("__"))


class TrayHost:
    """Lives on the session bus of the environment, or on the one at `address`. With start=False nobody watches
    until start()."""

    def __init__(self, address=None, start=True):
        address = address or Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self._context = GLib.MainContext.default()
        self._object = None
        self.has_host = True
        self.registrations = []  # (what the item called itself, its connection), since start()
        self.signals = []        # (name, arguments) of items and menus, since ever
        for interface in (ITEM, MENU):
            self.bus.signal_subscribe(None, interface, None, None, None, Gio.DBusSignalFlags.NONE, self._signalled)
        if start:
            self.start()

    # The watcher

    def start(self):
        """The watcher comes to the bus, knowing of no icon."""
        interface = Gio.DBusNodeInfo.new_for_xml(_XML).interfaces[0]
        self._object = self.bus.register_object(WATCHER_PATH, interface, self._called, self._asked, None)
        self._ask_bus("RequestName", GLib.Variant("(su)", (WATCHER, 4)))

    def stop(self):
        """The watcher leaves the bus, as when the panel crashed."""
        if self._object is None:
            return
        self._ask_bus("ReleaseName", GLib.Variant("(s)", (WATCHER,)))
        self.bus.unregister_object(self._object)
        self._object = None
        self.registrations.clear()

    def restart(self):
        self.stop()
        self.start()

    def lose_host(self):
        """The panel goes, the watcher stays."""
        self._set_host(False, "StatusNotifierHostUnregistered")

    def gain_host(self):
        self._set_host(True, "StatusNotifierHostRegistered")

    def close(self):
        self.stop()
        self.bus.close_sync(None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _set_host(self, present, signal):
        self.has_host = present
        self.bus.emit_signal(None, WATCHER_PATH, WATCHER, signal, None)
        self.bus.flush_sync(None)

    def _ask_bus(self, method, parameters):
        name = "org.freedesktop.DBus"
        self.bus.call_sync(name, "/org/freedesktop/DBus", name, method, parameters, None, 0, -1, None)

    def _called(self, _bus, sender, _path, _interface, method, parameters, invocation):
        if method == "RegisterStatusNotifierItem":
            self.registrations.append((parameters.unpack()[0], sender))
        invocation.return_value(None)

    def _asked(self, _bus, _sender, _path, _interface, name):
        if name == "IsStatusNotifierHostRegistered":
            return GLib.Variant("b", self.has_host)
        if name == "ProtocolVersion":
            return GLib.Variant("i", 0)
        return GLib.Variant("as", [name for name, _ in self.registrations])

    def _signalled(self, _bus, _sender, _path, _interface, name, parameters):
        self.signals.append((name, parameters.unpack()))

    # Waiting

    def until(self, what, condition, seconds=30.0):
        """Runs the main context until condition() is true, and returns its value."""
        deadline = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not within {seconds:g} s")
            wake = GLib.timeout_add(20, lambda: False)
            self._context.iteration(True)
            if self._context.find_source_by_id(wake):
                GLib.source_remove(wake)

    def wait_for_icon(self, seconds=30.0):
        """Returns once an icon has registered."""
        self.until("the icon registers", lambda: self.registrations, seconds)
        return self

    # The icon that registered last

    def _call(self, path, interface, method, signature=None, *values):
        arguments = GLib.Variant(signature, values) if signature else None
        results = []
        self.bus.call(self.registrations[-1][1], path, interface, method, arguments, None, 0, 10000, None,
                      lambda bus, result: results.append(result))
        self.until(f"{method} is answered", lambda: results)
        return self.bus.call_finish(results[0]).unpack()

    def _item_path(self):
        name = self.registrations[-1][0]
        return name if name.startswith("/") else "/StatusNotifierItem"

    def properties(self):
        """All properties of the icon, as a dictionary."""
        return self._call(self._item_path(), PROPERTIES, "GetAll", "(s)", ITEM)[0]

    def icon(self):
        """The name of the icon that a person sees."""
        properties = self.properties()
        return properties["AttentionIconName" if properties["Status"] == "NeedsAttention" else "IconName"]

    def needs_attention(self):
        return self.properties()["Status"] == "NeedsAttention"

    def tooltip(self):
        """(title, body as markup)"""
        return self.properties()["ToolTip"][2:]

    def wait_for_state(self, icon, seconds=30.0):
        """Returns once the icon with this name is shown."""
        self.until(f"the icon {icon} is shown", lambda: self.icon() == icon, seconds)

    def activate(self, x=0, y=0):
        """A left click."""
        self._call(self._item_path(), ITEM, "Activate", "(ii)", x, y)

    def secondary_activate(self, x=0, y=0):
        """A middle click."""
        self._call(self._item_path(), ITEM, "SecondaryActivate", "(ii)", x, y)

    # Its menu

    def menu(self):
        """The lines of the menu, separators as well."""
        path = self.properties()["Menu"]
        self._call(path, MENU, "AboutToShow", "(i)", 0)
        _, (_, _, children) = self._call(path, MENU, "GetLayout", "(iias)", 0, -1, [])
        return [Line(identity, properties) for identity, properties, _ in children]

    def labels(self):
        return [line.label for line in self.menu() if not line.separator]

    def line(self, label):
        """The line with this label, or whose label starts with it; None when there is none."""
        lines = [line for line in self.menu() if not line.separator]
        exact = [line for line in lines if line.label == label]
        return next(iter(exact or [line for line in lines if line.label.startswith(label)]), None)

    def click(self, label):
        """Chooses the line, which can be chosen."""
        line = self.line(label)
        assert line is not None, f"the menu has no line {label!r}: {self.labels()}"
        assert line.enabled, f"the line {label!r} cannot be chosen"
        self._call(self.properties()["Menu"], MENU, "Event", "(isvu)", line.id, "clicked", GLib.Variant("s", ""), 0)
