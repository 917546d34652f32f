"""A notification server that shows nothing: it remembers what it was told, and presses buttons for a person."""
import itertools
import time

from gi.repository import GLib

from .bus_thread import HANGS, BusThread

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_XML = f"""<node><interface name="{NAME}">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
</interface></node>"""
DISMISSED, CLOSED_BY_CALL = 2, 3


class Message:
    """One call of Notify."""

    def __init__(self, identity, arguments, sender):
        self.at = time.time_ns()
        self.id = identity
        self.sender = sender
        self.program, self.replaces, self.icon, self.title, self.body, actions, self.hints, self.timeout = arguments
        self.actions = dict(zip(actions[::2], actions[1::2]))
        self.open = True

    def __repr__(self):
        return f"({self.title!r}: {self.body!r} {self.actions})"


class NotificationDouble:
    """capabilities: as of GetCapabilities. While it hangs, calls of Notify stay without an answer."""

    def __init__(self, address, capabilities=("actions", "body", "body-markup", "icon-static", "persistence")):
        self._ids = itertools.count(1)
        self._capabilities = list(capabilities)
        self._thread = BusThread(address)
        self.messages = []
        self.hangs = False
        self._thread.export(PATH, _XML, {
            "GetCapabilities": lambda *_: GLib.Variant("(as)", (self._capabilities,)),
            "GetServerInformation": lambda *_: GLib.Variant("(ssss)", ("double", "lab", "1", "1.2")),
            "Notify": self._notify, "CloseNotification": self._close})
        self._thread.own(NAME)

    def _notify(self, arguments, sender):
        replaced = arguments[1]
        for each in self.messages:
            if each.id == replaced:
                each.open = False
        self.messages.append(Message(replaced or next(self._ids), arguments, sender))
        return HANGS if self.hangs else GLib.Variant("(u)", (self.messages[-1].id,))

    def _close(self, arguments, _sender):
        for each in self.messages:
            if each.id == arguments[0] and each.open:
                self._closed(each, CLOSED_BY_CALL)
        return None

    def _closed(self, message, reason):
        message.open = False
        self._thread.bus.emit_signal(message.sender, PATH, NAME, "NotificationClosed",
                                     GLib.Variant("(uu)", (message.id, reason)))

    def message(self, what, condition=lambda _: True, seconds=15.0, since=0):
        """The first message since then that fits, awaited."""
        deadline = time.monotonic() + seconds
        with self._thread.changed:
            while True:
                for each in self.messages:
                    if each.at >= since and condition(each):
                        return each
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"no message about {what} within {seconds:g} s; there were {self.messages}")
                self._thread.changed.wait(left)

    def on_screen(self):
        with self._thread.changed:
            return [each for each in self.messages if each.open]

    def press(self, message, action):
        """The person presses a button; the message goes, as with most servers."""
        self._thread.do(lambda: self._thread.bus.emit_signal(message.sender, PATH, NAME, "ActionInvoked",
                                                             GLib.Variant("(us)", (message.id, action))))
        self.dismiss(message)

    def dismiss(self, message):
        self._thread.do(lambda: self._closed(message, DISMISSED))

    def close(self):
        """The server goes away."""
        self._thread.release(NAME)
        self._thread.do(lambda: self._thread.bus.close_sync(None))
