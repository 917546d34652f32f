"""A small varlink client for the service's door."""
import json
import socket
import threading
import time

INTERFACE = "org.wayhome.Control"


class VarlinkError(Exception):
    """An error reply: its name and its parameters."""

    def __init__(self, name, parameters):
        super().__init__(f"{name} {json.dumps(parameters)}")
        self.name = name
        self.parameters = parameters


class Connection:
    """One connection; calls one after another."""

    def __init__(self, path, timeout=20.0):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout)
        try:
            self._socket.connect(path)
        except OSError:
            self._socket.close()
            raise
        self._read = b""

    def close(self):
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send_bytes(self, data):
        self._socket.sendall(data)

    def send(self, method, parameters=None, **flags):
        call = {"method": method, "parameters": parameters or {}, **flags}
        self.send_bytes(json.dumps(call).encode() + b"\0")

    def receive(self):
        """One whole message, or None when the other end closed."""
        while b"\0" not in self._read:
            data = self._socket.recv(65536)
            if not data:
                return None
            self._read += data
        message, _, self._read = self._read.partition(b"\0")
        return json.loads(message)

    def reply(self):
        message = self.receive()
        if message is None:
            raise ConnectionError("the service closed the connection")
        if "error" in message:
            raise VarlinkError(message["error"], message.get("parameters", {}))
        return message.get("parameters", {})

    def call(self, name, /, **parameters):
        """A method of the control interface, or a fully qualified one."""
        self.send(name if "." in name else f"{INTERFACE}.{name}", parameters)
        return self.reply()


class Watch:
    """The Watch stream, read by a thread: every message with the instant it was read."""

    def __init__(self, connection):
        self._connection = connection
        self._connection.send(f"{INTERFACE}.Watch", more=True)
        self.first = self._connection.reply()
        self._events = []
        self._lock = threading.Condition()
        threading.Thread(target=self._run, daemon=True).start()

    def close(self):
        self._connection.close()

    def _run(self):
        while True:
            try:
                message = self._connection.receive()
            except OSError:
                return
            if message is None:
                return
            now = time.time_ns()
            with self._lock:
                for event in message.get("parameters", {}).get("events") or []:
                    self._events.append(dict(event, heard=now))
                self._lock.notify_all()

    def _found(self, since, wanted):
        return [event for event in self._events if event["at"] * 1000 >= since - 1000
                and all(event.get(key) == value for key, value in wanted.items())]

    def events(self, since=0, **wanted):
        """Events at or after `since` (CLOCK_REALTIME, ns) whose members are as wanted."""
        with self._lock:
            return self._found(since, wanted)

    def event(self, seconds, since=0, **wanted):
        """The first such event, awaited; None when none came in time."""
        deadline = time.monotonic() + seconds
        while True:
            with self._lock:
                found = self._found(since, wanted)
                if found or not self._lock.wait(max(0.0, deadline - time.monotonic())):
                    return found[0] if found else None
