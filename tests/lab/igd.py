"""UPnP as a client in the home sees it: finds the router, asks it, subscribes to its events."""
import re
import socket
import threading
import time
import urllib.parse
import urllib.request

from .false_igd import GROUP, SSDP
from .wait import until

SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1"


def discover(node, address, seconds=3.0):
    """Where the router's description is; None: no router answered."""
    with node:
        channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with channel:
        channel.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        channel.settimeout(seconds)
        channel.sendto(f'M-SEARCH * HTTP/1.1\r\nHOST: {GROUP}:{SSDP}\r\nMAN: "ssdp:discover"\r\nMX: 1\r\n'
                       f"ST: {SERVICE}\r\n\r\n".encode(), (GROUP, SSDP))
        try:
            found = re.search(rb"(?im)^location: *(\S+)", channel.recv(65536))
        except TimeoutError:
            return None
    return found[1].decode() if found else None


class Gateway:
    """A router's WANIPConnection."""

    def __init__(self, node, location):
        self._node = node
        services = re.findall(r"<serviceType>([^<]*)</serviceType>.*?<controlURL>([^<]*)</controlURL>.*?"
                              r"<eventSubURL>([^<]*)</eventSubURL>", self._open(location).decode(), re.S)
        self._service, control, events = next(each for each in services if "WANIPConnection" in each[0])
        self._control = urllib.parse.urljoin(location, control)
        self._events = urllib.parse.urljoin(location, events)

    def _open(self, request):
        with self._node, urllib.request.urlopen(request, timeout=5) as answer:
            return answer.read()

    def external_address(self):
        body = (f'<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
                f's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:GetExternalIPAddress '
                f'xmlns:u="{self._service}"/></s:Body></s:Envelope>')
        answer = self._open(urllib.request.Request(self._control, body.encode(), {
            "Content-Type": "text/xml", "SOAPAction": f'"{self._service}#GetExternalIPAddress"'}))
        return re.search(rb"<NewExternalIPAddress>([^<]*)", answer)[1].decode()

    def subscribe(self, address):
        """Its events, from now on."""
        ear = EventEar(self._node, address)
        with self._node, urllib.request.urlopen(urllib.request.Request(self._events, method="SUBSCRIBE", headers={
                "CALLBACK": ear.callback, "NT": "upnp:event", "TIMEOUT": "Second-1800"}), timeout=5) as answer:
            ear.sid = answer.headers["SID"]
        return ear


class EventEar:
    """Takes notifications; each (instant, address or None)."""

    def __init__(self, node, address):
        with node:
            self._listener = socket.create_server((address, 0))
        self.callback = f"<http://{address}:{self._listener.getsockname()[1]}/>"
        self.sid = None
        self._heard = []
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            connection, _ = self._listener.accept()
            with connection:
                self._take(connection)

    def _take(self, connection):
        data = b""
        connection.settimeout(5)
        try:
            while b"</e:propertyset>" not in data and (more := connection.recv(65536)):
                data += more
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        except OSError:
            pass
        found = re.search(rb"<ExternalIPAddress>([^<]*)", data)
        self._heard.append((time.time_ns(), found[1].decode() if found else None))

    def heard(self, since=0):
        return [each for each in list(self._heard) if each[0] >= since]

    def hear(self, what, condition=lambda address: True, since=0, seconds=30.0):
        """The first event that meets a condition, awaited."""
        return until(what, lambda: next((each for each in self.heard(since) if condition(each[1])), None), seconds)
