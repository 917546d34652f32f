"""Listens on a bus for notifications that any server is asked to show, with their instants."""
import threading
import time

from gi.repository import Gio, GLib

_INTERFACE = "org.freedesktop.Notifications"


class Shown:
    """One message. at: when the program asked; shown: when the server had taken it, None before that."""

    def __init__(self, at, arguments):
        self.at = at
        self.shown = None
        self.id = None
        _, self.replaces, self.icon, self.title, self.body, actions, self.hints, self.timeout = arguments
        self.actions = dict(zip(actions[::2], actions[1::2]))

    def __repr__(self):
        return f"{self.title!r} {self.body!r} {self.actions}"


class Monitor:
    """messages grows while a program talks to a notification server."""

    def __init__(self, address):
        self.messages = []
        self._changed = threading.Condition()
        self._open = {}
        self._bus = self._make(address)

    def _make(self, address):
        bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        rules = [f"type='method_call',interface='{_INTERFACE}',member='Notify'", "type='method_return'",
                 f"type='method_call',interface='{_INTERFACE}',member='CloseNotification'"]
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Monitoring",
                      "BecomeMonitor", GLib.Variant("(asu)", (rules, 0)), None, Gio.DBusCallFlags.NONE, -1, None)
        bus.add_filter(self._heard)  # called by a thread of GLib
        return bus

    def _heard(self, _bus, message, incoming, *_):
        now = time.time_ns()
        if not incoming:
            return message
        with self._changed:
            if message.get_member() == "Notify":
                made = Shown(now, message.get_body().unpack())
                self.messages.append(made)
                self._open[message.get_sender(), message.get_serial()] = made
            elif message.get_message_type() == Gio.DBusMessageType.METHOD_RETURN:
                made = self._open.pop((message.get_destination(), message.get_reply_serial()), None)
                if made:
                    made.shown, made.id = now, message.get_body().unpack()[0]
            self._changed.notify_all()
        return None  # a monitor answers nothing

    def message(self, condition, seconds=15.0, since=0):
        """The first message that was taken since then and fits, awaited; None when none came in time."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for each in self.messages:
                    if each.shown and each.at >= since and condition(each):
                        return each
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    return None
