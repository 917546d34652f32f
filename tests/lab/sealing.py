"""The two sealing sockets, as the service manager makes them: one program a connection. It is systemd-creds with a
key of the lab's own; where there is none, a few lines that do the same to the eye."""
import base64
import os
import socket
import subprocess
import threading

PROGRAM = "/usr/bin/systemd-creds"
VERBS = ("encrypt", "decrypt")


def _play(verb, text, key):
    """Empty when it does not open."""
    head = f"sealed with {os.path.basename(key)}:".encode()
    if verb == "encrypt":
        return head + base64.b64encode(text) + b"\n"
    return base64.b64decode(text[len(head):]) if text.startswith(head) else b""


class Sealing:
    """mode: works; empty (nothing is sealed or opened); silent (nothing is answered before another mode is set)."""

    def __init__(self, folder):
        self.folder = folder
        self.mode = "works"
        self.key = os.path.join(folder, "key-1")
        self.count = dict.fromkeys(VERBS, 0)
        self._changed = threading.Condition()
        self._listeners = []

    def start(self):
        os.makedirs(self.folder, exist_ok=True)
        for verb in VERBS:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(os.path.join(self.folder, verb))
            listener.listen(64)
            self._listeners.append(listener)
            threading.Thread(target=self._accept, args=(verb, listener), daemon=True).start()
        return self

    def stop(self):
        """The sockets are gone, as when their units are stopped."""
        for verb, listener in zip(VERBS, self._listeners):
            os.unlink(os.path.join(self.folder, verb))
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._listeners = []
        self.set(self.mode)

    def set(self, mode):
        with self._changed:
            self.mode = mode
            self._changed.notify_all()

    def replace_key(self):
        self.key = os.path.join(self.folder, "key-2")

    def _accept(self, verb, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.count[verb] += 1
            threading.Thread(target=self._serve, args=(verb, connection), daemon=True).start()

    def _serve(self, verb, connection):
        with connection:
            with self._changed:
                self._changed.wait_for(lambda: self.mode != "silent")
            try:
                if self.mode == "works":
                    self._work(verb, connection)
                else:
                    self._read(connection)
            except OSError:
                pass

    def _work(self, verb, connection):
        if not os.path.exists(PROGRAM):
            connection.sendall(_play(verb, self._read(connection), self.key))
            return
        how = ["--with-key=host"] if verb == "encrypt" else []
        subprocess.run([PROGRAM, verb, *how, "--name=wayhome", "-", "-"], stdin=connection, stdout=connection,
                       stderr=subprocess.DEVNULL, env={"SYSTEMD_CREDENTIAL_SECRET": self.key})

    @staticmethod
    def _read(connection):
        text = b""
        while more := connection.recv(65536):
            text += more
        return text
