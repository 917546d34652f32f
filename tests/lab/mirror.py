"""A server that answers with what it was asked, in a spelling that the first label of the name chooses."""
import base64
import html
import json
import urllib.parse

SPELLINGS = {
    "plain": str,
    "html": html.escape,
    "numbers": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "hexnumbers": lambda text: "".join(f"&#x{ord(each):X};" for each in text),
    "twice": lambda text: html.escape(html.escape(text)),
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "json": json.dumps,
    "escapes": lambda text: "".join(f"\\u{ord(each):04x}" for each in text),
    "hex": lambda text: text.encode().hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "upper": str.upper,
}
STATUS = {"broken": 500, "slow": 429, "moved": 302, "refused": 401}


class Mirror:
    def __init__(self):
        self.requests = []

    def handle(self, request, reply):
        self.requests.append(request)
        label = request.query.get("hostname", "").partition(".")[0]
        spell = SPELLINGS.get(label, str)
        texts = [request.query.get("t", ""), request.headers.get("x-token", ""), request.credentials.partition(":")[2],
                 request.credentials, request.headers.get("authorization", "")]
        said = " ".join(spell(text) for text in texts if text)
        if label == "moved":
            place = "https://elsewhere.example/?" + urllib.parse.urlencode({"said": said})
            reply.send(said, 302, "text/html", Location=place, Refresh=place.partition("?")[0])
        elif label == "garbage":
            reply.send(said.encode() + bytes(range(1, 256)) + said.encode() + b"\0\xff" + said.encode())
        elif label == "multiline":
            reply.send("911 " + said + "\n" + said + "\r\n\0" + said)
        else:
            reply.send("<html><p>badauth: " + said + "</p>" if label in STATUS else "badauth " + said,
                       STATUS.get(label, 200), "text/html")
