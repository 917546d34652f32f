"""A server on port 53 that says yes to everything, without any signature."""
import socket
import threading


class Responder:
    """Answers NOERROR with the question's own id over UDP."""

    def __init__(self, node, address):
        with node:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._socket.bind((address, 53))
        self.asked = 0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            message, peer = self._socket.recvfrom(65535)
            self.asked += 1
            flags = bytes([message[2] | 0x80, 0])
            self._socket.sendto(message[:2] + flags + b"\0" * 8, peer)
