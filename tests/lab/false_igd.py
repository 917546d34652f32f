"""The UPnP side of a router that answers with whatever a test wants (UPnP Device Architecture 1.1, WANIPConnection)."""
import socket
import threading
import urllib.parse

from .nonsense import LIE
from .web import WebServer

GROUP, SSDP = "239.255.255.250", 1900
PORT = 5000
_SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:{}"
_DESCRIPTION = """<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
<friendlyName>False router</friendlyName><manufacturer>Lab</manufacturer><modelName>{model}</modelName>
<UDN>uuid:5d52a6f0-2222-4222-8333-0123456789ab</UDN><deviceList>
<device><deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><friendlyName>WAN</friendlyName>
<UDN>uuid:5d52a6f0-2222-4222-8333-0123456789ac</UDN><deviceList>
<device><deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><friendlyName>WAN</friendlyName>
<UDN>uuid:5d52a6f0-2222-4222-8333-0123456789ad</UDN><serviceList>
<service><serviceType>{service}</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
<SCPDURL>/scpd.xml</SCPDURL><controlURL>{control}</controlURL><eventSubURL>{events}</eventSubURL></service>
</serviceList></device></deviceList></device></deviceList></device></root>
"""
_ENVELOPE = ('<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
             's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>{}</s:Body></s:Envelope>')
_FAULT = ("<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
          "<UPnPError xmlns='urn:schemas-upnp-org:control-1-0'><errorCode>{}</errorCode></UPnPError></detail>"
          "</s:Fault>")
_EVENT = ('<?xml version="1.0"?><e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0"><e:property>'
          "<ExternalIPAddress>{}</ExternalIPAddress></e:property></e:propertyset>")
_LAUGHS = ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi")) + "]><root>&i;</root>")

# What may come instead of a web page of the router.
_PAGES = {
    "garbage": lambda reply: reply.send(bytes(range(256)), kind="text/xml"),
    "empty": lambda reply: reply.send("", kind="text/xml"),
    "huge": lambda reply: reply.send("<root>" + "<a>" * 2_000_000, kind="text/xml"),
    "laughs": lambda reply: reply.send(_LAUGHS, kind="text/xml"),
    "missing": lambda reply: reply.send("", 404),
    "redirect": lambda reply: reply.send("", 302, Location="http://probe.example/"),
    "hang": lambda reply: reply.hang(),
    "drip": lambda reply: reply.drip(),
    "reset": lambda reply: reply.reset(),
}


class FalseIgd:
    """ssdp, description, control, events: how each of them behaves, "right" or one of its *_kinds. address: what it
    says besides NAT-PMP (None: the same). mappings: rows (protocol, external port, internal address, internal port)."""

    ssdp_kinds = ("silent", "elsewhere", "spoofed", "garbage", "huge", "no_location", "https", "many")
    description_kinds = (*_PAGES, "elsewhere", "no_service")
    control_kinds = (*_PAGES, "fault", "two", "long")
    event_kinds = (*_PAGES, "no_sid", "short")

    def __init__(self, router, falsehood):
        self._router = router
        self._falsehood = falsehood
        self.address = None
        self.ssdp = self.description = self.control = self.events = "right"
        self.version = 1
        self.model = "False 1"
        self.mappings = []
        self.searches, self.requests = [], []
        self.subscriptions = {}
        self._listen()
        WebServer(router, [router.lan_address], self._handle, PORT)

    @property
    def location(self):
        return f"http://{self._router.lan_address}:{PORT}/description.xml"

    # discovery

    def _listen(self):
        with self._router:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("", SSDP))
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                                socket.inet_aton(GROUP) + socket.inet_aton(self._router.lan_address))
        self._other.bind((f"{self._router.network}.77", 0))
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            data, peer = self._socket.recvfrom(4096)
            if data.startswith(b"M-SEARCH") and peer[0] != self._router.lan_address:
                self.searches.append(data)
                headers = dict(line.split(":", 1) for line in data.decode("latin1").split("\r\n") if ":" in line)
                self._found({name.upper(): value.strip() for name, value in headers.items()}.get("ST", ""), peer)

    def _found(self, wanted, peer):
        kind = self.ssdp
        if kind == "silent":
            return
        elsewhere = f"http://{self._router.network}.77:{PORT}/description.xml"
        location = {"elsewhere": elsewhere, "spoofed": elsewhere,
                    "https": self.location.replace("http:", "https:")}.get(kind, self.location)
        data = (f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nST: {wanted}\r\n"
                f"USN: uuid:5d52a6f0-2222-4222-8333-0123456789ab::{wanted}\r\nEXT:\r\nSERVER: Lab UPnP/1.1 False/1\r\n"
                + ("" if kind == "no_location" else f"LOCATION: {location}\r\n") + "\r\n").encode()
        data = {"garbage": bytes(range(256)), "huge": data[:-2] + b"X: " + b"x" * 40000 + b"\r\n\r\n"}.get(kind, data)
        for _ in range(200 if kind == "many" else 1):
            (self._other if kind == "spoofed" else self._socket).sendto(data, peer)

    # description, control

    def _handle(self, request, reply):
        self.requests.append(request)
        behaviour = {"/description.xml": self.description, "/control": self.control,
                     "/events": self.events}.get(request.path, "missing")
        if behaviour in _PAGES:
            _PAGES[behaviour](reply)
        elif request.path == "/description.xml":
            self._describe(behaviour, reply)
        elif request.path == "/control":
            self._obey(behaviour, request, reply)
        else:
            self._subscribe(behaviour, request, reply)

    def _describe(self, behaviour, reply):
        top = f"http://{self._router.network}.77:{PORT}" if behaviour == "elsewhere" else ""
        service = "urn:schemas-upnp-org:service:Nothing:1" if behaviour == "no_service" else self._service
        reply.send(_DESCRIPTION.format(service=service, control=top + "/control", events=top + "/events",
                                       model=self.model), kind="text/xml")

    @property
    def _service(self):
        return _SERVICE.format(self.version)

    def _obey(self, behaviour, request, reply):
        action = request.headers.get("soapaction", "").strip('"').rpartition("#")[2]
        if behaviour == "fault":
            return reply.send(_ENVELOPE.format(_FAULT.format(501)), 500, "text/xml")
        address = {"two": f"{LIE}</NewExternalIPAddress><NewExternalIPAddress>11.22.33.98",
                   "long": LIE + "0" * 5000}.get(behaviour, self.address or self._falsehood.address)
        values = {"GetExternalIPAddress": f"<NewExternalIPAddress>{address}</NewExternalIPAddress>",
                  "GetStatusInfo": "<NewConnectionStatus>Connected</NewConnectionStatus><NewLastConnectionError>"
                                   "ERROR_NONE</NewLastConnectionError><NewUptime>1000</NewUptime>",
                  "GetGenericPortMappingEntry": self._mapping(request.body)}.get(action)
        if values is None:
            return reply.send(_ENVELOPE.format(_FAULT.format(713)), 500, "text/xml")
        body = f'<u:{action}Response xmlns:u="{self._service}">{values}</u:{action}Response>'
        return reply.send(_ENVELOPE.format(body), kind='text/xml; charset="utf-8"')

    def _mapping(self, body):
        number = body.partition(b"<NewPortMappingIndex>")[2].partition(b"<")[0]
        if not number.isdigit() or int(number) >= len(self.mappings):
            return None
        protocol, port, inside, inside_port = self.mappings[int(number)]
        return (f"<NewRemoteHost></NewRemoteHost><NewExternalPort>{port}</NewExternalPort><NewProtocol>{protocol}"
                f"</NewProtocol><NewInternalPort>{inside_port}</NewInternalPort><NewInternalClient>{inside}"
                "</NewInternalClient><NewEnabled>1</NewEnabled><NewPortMappingDescription>lab"
                "</NewPortMappingDescription><NewLeaseDuration>0</NewLeaseDuration>")

    # events

    def _subscribe(self, behaviour, request, reply):
        sid = request.headers.get("sid")
        if request.method == "UNSUBSCRIBE":
            return reply.send("", 200 if self.subscriptions.pop(sid, None) else 412)
        if sid and sid not in self.subscriptions:
            return reply.send("", 412)
        if not sid:
            sid = f"uuid:lab-{len(self.requests)}"
            self.subscriptions[sid] = [request.headers.get("callback", "").strip("<>"), 0]
        seconds = 1 if behaviour == "short" else 1800
        reply.send("", TIMEOUT=f"Second-{seconds}", **({} if behaviour == "no_sid" else {"SID": sid}))
        return threading.Timer(0.01, self.notify, kwargs={"sid": sid}).start()

    def notify(self, address=None, sid=None, seq=None, data=None, node=None):
        """Tells a subscriber (None: each) about an address. data: another body instead. node: another computer of the
        LAN says it. Returns the status codes, None for no answer."""
        body = data if data is not None else _EVENT.format(address or self.address or self._falsehood.address).encode()
        return [self._notify(each, body, seq, node or self._router)
                for each in ([sid] if sid else list(self.subscriptions))]

    def _notify(self, sid, body, seq, node):
        callback, number = self.subscriptions.get(sid) or next(iter(self.subscriptions.values()))
        if sid in self.subscriptions:
            self.subscriptions[sid][1] += 1
        target = urllib.parse.urlsplit(callback)
        head = (f"NOTIFY {target.path or '/'} HTTP/1.1\r\nHOST: {target.netloc}\r\nCONTENT-TYPE: text/xml\r\n"
                f"CONTENT-LENGTH: {len(body)}\r\nNT: upnp:event\r\nNTS: upnp:propchange\r\nSID: {sid}\r\n"
                f"SEQ: {number if seq is None else seq}\r\nConnection: close\r\n\r\n")
        try:
            with node:
                channel = socket.create_connection((target.hostname, target.port or 80), timeout=5)
            with channel:
                channel.sendall(head.encode() + body)
                return int(channel.recv(4096).split()[1])
        except (OSError, IndexError, ValueError):
            return None
