"""A connection to a bus whose calls and signals are served by a thread of its own."""
import threading

from gi.repository import Gio, GLib


class BusThread:
    """`changed` is notified after every call that came in; whoever looks at what was told holds it."""

    def __init__(self, address):
        self.changed = threading.Condition()
        self._context = GLib.MainContext()
        self._context.push_thread_default()
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self._context.pop_thread_default()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        self._context.push_thread_default()
        while True:
            self._context.iteration(True)

    def do(self, function):
        """Runs function() in the thread; returns what it returns."""
        done, result = threading.Event(), []

        def run(_data):
            result.append(function())
            done.set()
            return False
        source = GLib.idle_source_new()
        source.set_callback(run)
        source.attach(self._context)
        if not done.wait(10):
            raise TimeoutError("the bus thread does not answer")
        return result[0]

    def export(self, path, xml, handlers):
        """handlers: method name to a function of (arguments, sender) that returns the answer's arguments as a
        GLib.Variant or None. Returns the registration."""
        def called(_bus, sender, _path, _interface, method, arguments, invocation):
            with self.changed:
                answer = handlers[method](arguments.unpack(), sender)
                self.changed.notify_all()
            if answer is not HANGS:
                invocation.return_value(answer)

        interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        return self.do(lambda: self.bus.register_object(path, interface, called, None, None))

    def own(self, name):
        flags = 4  # DBUS_NAME_FLAG_DO_NOT_QUEUE
        answer = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (name, flags)))
        if answer != (1,):
            raise RuntimeError(f"{name} belongs to somebody else")

    def release(self, name):
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReleaseName",
                  GLib.Variant("(s)", (name,)))

    def call(self, name, path, interface, method, arguments=None):
        """From the calling thread; returns the answer's arguments."""
        return self.bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 5000,
                                  None).unpack()


HANGS = object()  # a handler that returns this leaves its caller without an answer
