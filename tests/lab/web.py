"""A small HTTP(S) server: one thread a connection, every request with the instant it arrived."""
import base64
import dataclasses
import email.utils
import socket
import ssl
import struct
import threading
import time
import urllib.parse

REASONS = {200: "OK", 204: "No Content", 302: "Found", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests",
           500: "Internal Server Error", 503: "Service Unavailable"}


@dataclasses.dataclass
class Request:
    at: int  # CLOCK_REALTIME, ns
    source: str
    host: str
    path: str
    query: dict
    headers: dict
    tls: bool
    last: bool  # the client wants the connection closed after the answer
    method: str = "GET"
    body: bytes = b""

    @property
    def credentials(self):
        kind, _, text = self.headers.get("authorization", "").partition(" ")
        return base64.b64decode(text).decode() if kind.lower() == "basic" else ""


class Hangup(Exception):
    """The handler wants the connection closed without an answer."""


def _read_request(stream, source, tls):
    line = stream.readline(65536)
    arrived = time.time_ns()
    if not line.strip():
        return None
    words = line.decode("latin1").split()
    target = urllib.parse.urlsplit(words[1])
    headers = {}
    while (header := stream.readline(65536).strip()):
        name, _, value = header.decode("latin1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    query = dict(urllib.parse.parse_qsl(target.query, keep_blank_values=True))
    host = headers.get("host", "").rsplit(":", 1)[0].lower()
    last = words[-1] == "HTTP/1.0" or headers.get("connection", "").lower() == "close"
    return Request(arrived, source, host, target.path, query, headers, tls, last, words[0], body)


class Reply:
    """What a handler does with its connection."""

    shift = 0  # seconds that the clocks of all web servers are wrong

    def __init__(self, connection):
        self._connection = connection

    def send(self, body, status=200, kind="text/plain", **headers):
        data = body if isinstance(body, bytes) else body.encode()
        extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        head = (f"HTTP/1.1 {status} {REASONS.get(status, 'Other')}\r\nContent-Type: {kind}\r\n"
                f"Date: {email.utils.formatdate(time.time() + Reply.shift, usegmt=True)}\r\n"
                + ("" if status == 204 else f"Content-Length: {len(data)}\r\n") + f"{extra}\r\n")
        self._connection.sendall(head.encode() + data)

    def hang(self):
        """Accepts and says nothing until the client gives up."""
        self._connection.settimeout(None)
        while self._connection.recv(4096):
            pass
        raise Hangup

    def drip(self):
        """One byte now and then, for ever."""
        self._connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            self._connection.sendall(b"x")
            time.sleep(0.5)

    def reset(self):
        """Ends the connection with a TCP reset."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Hangup

    def close(self):
        raise Hangup


class WebServer:
    """Serves handler(request, reply) at an address of a node."""

    def __init__(self, node, addresses, handler, port=80, tls=None):
        self._handler = handler
        self._tls = tls
        for address in addresses:
            with node:
                family = socket.AF_INET6 if ":" in address else socket.AF_INET
                listener = socket.create_server((address, port), family=family, backlog=64)
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            connection, peer = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection, peer[0]), daemon=True).start()

    def _serve(self, connection, source):
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection.makefile("rb") as stream:
                while (request := _read_request(stream, source, self._tls is not None)):
                    self._handler(request, Reply(connection))
                    if request.last:
                        break
        except (Hangup, OSError, ssl.SSLError, ValueError, IndexError):
            pass
        finally:
            connection.close()
