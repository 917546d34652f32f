"""What a service that should answer with a client's address may answer instead.

Wherever an answer holds a global address that is not the client's, it is LIE: nobody may publish it.
"""
LIE = "11.22.33.99"
LIE_6 = "2a0e:11:bad:1::1"
PORTAL = ("<!DOCTYPE html><html><head><title>Login</title><script src='/js/jquery-1.12.4.2.js'></script></head>"
          "<body>Welcome to the hotel, 10.4.0.12. Gateway 192.168.100.1, please <a href='http://10.4.0.1/'>log in</a>."
          "</body></html>\n")
_MEGABYTE = 1 << 20


def _says(body, status=200, kind="text/plain"):
    return lambda request, reply: reply.send(body, status, kind)


# Kind to handler(request, reply). The first three hold the client's own address, in another form than asked for.
KINDS = {
    "page": lambda request, reply: reply.send(
        f"<html><head><title>Current IP Check</title></head><body>Current IP Address: {request.source}</body></html>\n",
        kind="text/html"),
    "json": lambda request, reply: reply.send(f'{{"ip": "{request.source}"}}\n', kind="application/json"),
    "first": lambda request, reply: reply.send(f"{request.source}, {LIE}\n"),
    "html": _says(f"<html>Your address is {LIE}</html>", kind="text/html"),
    "private": _says("192.168.77.5\n"),
    "loopback": _says("127.0.0.1\n"),
    "cgnat": _says("100.64.9.9\n"),
    "zero": _says("0.0.0.0\n"),
    "bcast": _says("255.255.255.255\n"),
    "mcast": _says("224.0.0.5\n"),
    "octet999": _says("999.1.2.3\n"),
    "portal": _says(PORTAL, kind="text/html"),
    "nothing": _says("<html>sorry, no address here</html>\n", kind="text/html"),
    "v6": _says(LIE_6 + "\n"),
    "big": _says("x" * _MEGABYTE),
    "bigip": _says("x" * _MEGABYTE + f"\n{LIE}\n"),
    "bigmany": _says(f"{LIE} " * (_MEGABYTE // (len(LIE) + 1))),
    "huge": _says("1" * 5_000_000),
    "e500ip": _says(f"Internal error on {LIE}\n", 500),
    "e500": _says("Internal error\n", 500),
    "500": _says(f"{LIE}\n", 500),
    "empty": _says(""),
    "two": _says(f"11.22.33.98\n{LIE}\n"),
    "octal": _says("011.022.033.0143\n"),
    "port": _says(f"{LIE}:443\n"),
    "nul": _says(f"{LIE}\0\n"),
    "binary": _says(bytes(range(256)), kind="application/octet-stream"),
    "redirect": lambda request, reply: reply.send("", 302, Location="http://elsewhere.example/"),
    "hang": lambda request, reply: reply.hang(),
    "reset": lambda request, reply: reply.reset(),
    "close": lambda request, reply: reply.close(),
    "drip": lambda request, reply: reply.drip(),
}
