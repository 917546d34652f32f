"""Operators on the internet that tell a client where it comes from, or lie about it."""
from .provider import PORTAL


class Echo:
    """One operator. behaviour: "plain", an address, or a key of _ODD."""

    def __init__(self, identity, name, address, address6):
        self.identity = identity
        self.name = name
        self.address = address
        self.address6 = address6
        self.behaviour = "plain"
        self.requests = []

    def handle(self, request, reply):
        self.requests.append(request)
        odd = self._ODD.get(self.behaviour)
        if odd:
            odd(reply)
        elif self.behaviour == "plain":
            reply.send(request.source + "\n")
        else:
            reply.send(self.behaviour + "\n")

    _ODD = {
        "portal": lambda reply: reply.send(PORTAL, kind="text/html"),
        "html": lambda reply: reply.send("<html>Your address is 11.22.33.99</html>", kind="text/html"),
        "two": lambda reply: reply.send("11.22.33.98\n11.22.33.99\n"),
        "empty": lambda reply: reply.send(""),
        "huge": lambda reply: reply.send("1" * 5_000_000),
        "500": lambda reply: reply.send("11.22.33.99\n", 500),
        "reset": lambda reply: reply.reset(),
        "close": lambda reply: reply.close(),
        "hang": lambda reply: reply.hang(),
        "drip": lambda reply: reply.drip(),
    }

    def group(self):
        """Its group in the service's list of operators."""
        return (f"[{self.identity}]\norganisation={self.identity.title()}\n"
                f"ipv4=https://v4.{self.name}/\nipv6=https://v6.{self.name}/\n")
